"""JSON-stat: read by pyjstat, and held to its own sizes, which the public validators do not check."""

from __future__ import annotations

import json
from datetime import date
from math import prod
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pyjstat import pyjstat  # type: ignore[import-untyped]

from tender.annexes.formats.guide import Issue
from tender.annexes.formats.jsonstat import write_jsonstat
from tender.annexes.formats.phrases import axis_labels, labels
from tender.language import Language
from tender.model.annex import Annex, CellStatus
from tests.tender.annexes.formats.annexes import annexes, sample_annex

DAY = date(2018, 11, 5)


def dataset(annex: Annex, table: int = 0, language: Language = Language.FI) -> Any:
    return json.loads(write_jsonstat(Issue(annex, DAY), annex.tables[table], language))


def size_faults(found: Any) -> list[str]:
    """What JSON-stat 2.0 demands of sizes: one value for each combination, one label for each code."""
    faults = [] if len(found["value"]) == prod(found["size"]) else ["value"]
    for axis, size in zip(found["id"], found["size"], strict=True):
        category = found["dimension"][axis]["category"]
        if not len(category["index"]) == len(set(category["index"])) == size:
            faults.append(axis)
        if set(category["index"]) != set(category["label"]):
            faults.append(f"{axis} label")
        below = [code for codes in category.get("child", {}).values() for code in codes]
        if not {*category.get("child", {}), *below} <= set(category["index"]) or len(below) != len(set(below)):
            faults.append(f"{axis} child")
    return faults + [at for at in found["status"] if not 0 <= int(at) < len(found["value"])]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(annexes())
def test_any_annex_keeps_its_sizes_values_and_statuses(annex: Annex) -> None:
    """Every value where its coordinates say, and a status wherever it is not simply shown."""
    for number, table in enumerate(annex.tables):
        found = dataset(annex, number)
        assert size_faults(found) == []
        assert found["value"] == [cell.value for cell in table.cells]
        statuses = [found["status"].get(str(at), "shown") for at in range(len(table.cells))]
        assert statuses == [cell.status.value for cell in table.cells]


def test_the_size_check_finds_a_missing_value_and_a_missing_label() -> None:
    """The guard is guarded."""
    short, nameless = dataset(sample_annex()), dataset(sample_annex())
    short["value"].pop()
    nameless["dimension"]["group"]["category"]["label"].pop("easy")
    assert size_faults(short) == ["value", "47"], "the last cell is hidden: its status now points at nothing"
    assert size_faults(nameless) == ["group label"]


@pytest.mark.filterwarnings("ignore:Shouldn't use this function anymore:DeprecationWarning")
@pytest.mark.parametrize("language", Language)
def test_pyjstat_reads_the_same_cells(language: Language) -> None:
    """An independent reader, in each language."""
    annex = sample_annex()
    for number, table in enumerate(annex.tables):
        read = pyjstat.Dataset.read(json.dumps(dataset(annex, number, language)))
        frame = read.write("dataframe")
        assert list(frame.columns) == [*axis_labels(table, language), "value"]
        values = [None if value != value else int(value) for value in frame["value"]]  # noqa: PLR0124 - NaN
        assert values == [cell.value for cell in table.cells]
        for axis, name in zip(table.axes, axis_labels(table, language), strict=True):
            assert set(frame[name]) == set(labels(axis, language))


def test_the_dataset_says_what_it_is() -> None:
    """Licence, unit, what the statuses mean, and that it is made up."""
    found = dataset(sample_annex(), 0, Language.SV)
    assert (found["version"], found["class"], found["updated"]) == ("2.0", "dataset", "2018-11-05")
    assert found["extension"]["licence"] == "CC-BY-4.0"
    assert found["extension"]["status"]["hidden"] == "dold av dataskyddsskäl"
    assert found["label"].startswith("SYNTHETIC: ")
    assert set(found["extension"]["status"]) == {status.value for status in CellStatus}
    assert "SYNTHETIC" not in json.dumps(dataset(sample_annex(synthetic=False)))
