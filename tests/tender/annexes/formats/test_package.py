"""The data package as it is written: read back whole, fit for its published profile, and never with a fault in it."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft7Validator, ValidationError  # type: ignore[import-untyped]

from tender.annexes.formats.guide import Issue
from tender.annexes.formats.package import DESCRIPTOR, write_package
from tender.annexes.formats.package_reading import altered_files, read_package
from tender.annexes.formats.readme import write_readme
from tender.annexes.grouping.card import card_of
from tender.errors import InputError
from tender.language import Language, Text
from tender.model.annex import Annex, AnnexCell, Axis, Category, CellStatus
from tender.model.model_card import ModelCard
from tender.words import words
from tests.tender.annexes.formats.annexes import annexes, lay, sample_annex, with_label
from tests.tender.annexes.grouping.clients import LOGISTIC, POINTS, client

DAY = date(2018, 11, 5)
PROFILE = Path(__file__).with_name("datapackage-2.0.json")
"""The profile of Data Package 2.0, as published (public domain)."""


def described(files: Mapping[str, bytes]) -> Any:
    return json.loads(files[DESCRIPTOR])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(annexes())
def test_any_annex_comes_back_as_it_was_written(annex: Annex) -> None:
    """All of it: texts in their languages, codes, order, hidden cells, rounding, notes."""
    with TemporaryDirectory() as folder:
        lay(Path(folder), write_package(annex))
        assert read_package(Path(folder)) == annex
        assert altered_files(Path(folder), annex) == ()


def test_the_same_annex_gives_the_same_bytes() -> None:
    """Neither clock nor chance is in them."""
    assert write_package(sample_annex()) == write_package(sample_annex())


def test_the_descriptor_fits_the_published_profile() -> None:
    """Data Package 2.0, checked by its own JSON Schema; the schema itself refuses what is wrong."""
    profile = json.loads(PROFILE.read_text(encoding="utf-8"))
    found = described(write_package(sample_annex()))
    Draft7Validator(profile).validate(found)
    assert found["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert found["licenses"][0]["name"] == "CC-BY-4.0"
    with pytest.raises(ValidationError):
        Draft7Validator(profile).validate({**found, "resources": [{"path": 1}]})


def test_every_resource_tells_its_length_and_hash() -> None:
    """As anybody computes them."""
    files = write_package(sample_annex())
    resources = described(files)["resources"]
    assert {one["path"] for one in resources} == set(files) - {DESCRIPTOR}
    for one in resources:
        data = files[one["path"]]
        assert (one["bytes"], one["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")


def test_a_hidden_cell_is_empty_and_says_so() -> None:
    """Read by the plain CSV reader: no value where the status is hidden, and a value everywhere else."""
    rows = list(csv.DictReader(write_package(sample_annex())["stock.csv"].decode().splitlines()))
    assert {row["status"] for row in rows} == {"shown", "zero", "hidden"}
    assert all((row["value"] == "") == (row["status"] == "hidden") for row in rows)
    assert all(row["synthetic"] == "SYNTHETIC" for row in rows)


def test_made_up_data_says_so_in_every_file_and_real_data_nowhere() -> None:
    """A mark for machines and people in every row; none where the register is real."""
    assert all(b"SYNTHETIC" in data for data in write_package(sample_annex()).values())
    assert not any(b"SYNTHETIC" in data for data in write_package(sample_annex(synthetic=False)).values())


def test_a_label_never_becomes_a_formula_in_a_code_list() -> None:
    """Spreadsheets run what begins with ``=``; the descriptor keeps the label as it is."""
    label = '=HYPERLINK("http://example.org","Siilinjärvi")'
    annex = with_label(sample_annex(), label)
    files = write_package(annex)
    lists = [data.decode() for name, data in files.items() if name.startswith("codes-")]
    assert not any(field.startswith("=") for text in lists for row in csv.reader(text.splitlines()) for field in row)
    assert label in json.dumps(described(files), ensure_ascii=False).replace('\\"', '"')


def test_axes_that_differ_between_tables_have_code_lists_of_their_own() -> None:
    """One list for each axis, and another for a table that breaks down otherwise."""
    annex = with_label(sample_annex(), "Toinen")
    names = {name for name in write_package(annex) if name.startswith("codes-")}
    assert names == {"codes-municipality.csv", "codes-inflow.municipality.csv", "codes-group.csv", "codes-duration.csv"}


def changed(annex: Annex, table: int = 0, **values: Any) -> Annex:
    """`annex`, one table of it with other values."""
    tables = list(annex.tables)
    tables[table] = replace(tables[table], **values)
    return replace(annex, tables=tuple(tables))


def axis(code: str = "a", parent: str = "", label: str = "x", name: str = "one") -> tuple[Axis, ...]:
    """A single axis with a single category."""
    return (Axis(name, Text("Akseli"), (Category(code, Text(label), parent),)),)


CELL = (AnnexCell(("a",), 7, CellStatus.SHOWN),)


@pytest.mark.parametrize(
    ("values", "path", "expected"),
    [
        ({"id": "../up"}, "../up", "annex.expect.id"),
        ({"id": "con"}, "con", "annex.expect.id"),
        ({"id": "codes-group"}, "codes-group", "annex.expect.id"),
        ({"id": "INFLOW"}, "tables", "annex.expect.once"),
        ({"title": Text()}, "stock.title", "annex.expect.words"),
        ({"title": Text(sv=" ")}, "stock.title.sv", "annex.expect.text"),
        ({"title": Text("kaksi\nriviä")}, "stock.title.fi", "annex.expect.text"),
        ({"title": Text("\ud800")}, "stock.title.fi", "annex.expect.text"),
        ({"axes": ()}, "stock.axes", "annex.expect.axes"),
        ({"axes": axis(name="Value")}, "stock.Value", "annex.expect.axis"),
        ({"axes": axis() * 2}, "stock.axes", "annex.expect.once"),
        ({"axes": axis(code="=1+1")}, "stock.one.=1+1", "annex.expect.code"),
        ({"axes": axis(code="")}, "stock.one.", "annex.expect.code"),
        ({"axes": axis(code="a ")}, "stock.one.a", "annex.expect.code"),
        ({"axes": axis(parent="b")}, "stock.one.a.parent", "annex.expect.parent"),
        ({"axes": axis(parent="a")}, "stock.one.a.parent", "annex.expect.parent"),
        ({"axes": (Axis("one", Text("x"), ()),)}, "stock.one", "annex.expect.categories"),
        ({"axes": axis(), "cells": ()}, "stock", "annex.expect.grid"),
        ({"axes": axis(), "cells": CELL * 2}, "stock", "annex.expect.grid"),
        ({"axes": axis(), "cells": (AnnexCell(("a",), 3, CellStatus.HIDDEN),)}, "stock a", "annex.expect.pair"),
        ({"axes": axis(), "cells": (AnnexCell(("a",), None, CellStatus.SHOWN),)}, "stock a", "annex.expect.pair"),
        ({"axes": axis(), "cells": (AnnexCell(("a",), 0, CellStatus.SHOWN),)}, "stock a", "annex.expect.pair"),
        ({"axes": axis(), "cells": (AnnexCell(("a",), 1, CellStatus.ZERO),)}, "stock a", "annex.expect.pair"),
        ({"axes": axis(), "cells": (AnnexCell(("a",), -1, CellStatus.SHOWN),)}, "stock a", "annex.expect.count"),
        ({"axes": axis(), "cells": (AnnexCell(("a",), 10**15, CellStatus.SHOWN),)}, "stock a", "annex.expect.count"),
    ],
)
def test_what_no_file_can_carry_is_refused(values: dict[str, Any], path: str, expected: str) -> None:
    """An annex with a fault is never written; the error says where."""
    with pytest.raises(InputError) as error:
        write_package(changed(sample_annex(), **values))
    assert (error.value.values["path"], error.value.values["expected"]) == (path, expected)
    assert expected in words(Language.SV).terms


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"flow_from": date(2019, 1, 1)}, "flow_from"),
        ({"tables": ()}, "tables"),
        ({"notes": {"A B": "x"}}, "notes.A B"),
        ({"protected": replace(sample_annex().protected, commitment="x")}, "protected.commitment"),
        ({"protected": replace(sample_annex().protected, gap=-1)}, "protected.gap"),
        ({"tender": ""}, "tender"),
    ],
)
def test_a_fault_of_the_whole_annex_is_refused(values: dict[str, Any], path: str) -> None:
    """Days, notes and figures too."""
    with pytest.raises(InputError) as error:
        write_package(replace(sample_annex(), **values))
    assert error.value.values["path"] == path


CARD = card_of(POINTS, [client("0", "laid-off", 1), client("12", "unknown", 0)] * 400, 5, {}, corrected=3)
FEW = card_of(LOGISTIC, [client("0", "laid-off", 1, LOGISTIC)] * 20, 5, {})


@pytest.mark.parametrize("card", [CARD, FEW], ids=["points", "logistic"])
def test_the_model_card_comes_back_whole(card: ModelCard, tmp_path: Path) -> None:
    """Points, likelihoods, shares that are shown and shares that are not."""
    annex = replace(sample_annex(), model_card=card)
    assert read_package(lay(tmp_path, write_package(annex))) == annex


@pytest.mark.parametrize("language", Language)
def test_the_read_me_says_where_the_grouping_is(language: Language) -> None:
    """Only where the annex has one."""
    with_card = write_readme(Issue(replace(sample_annex(), model_card=CARD), DAY), language).decode()
    assert "annex.model_card" in with_card
    assert "annex.model_card" not in write_readme(Issue(sample_annex(), DAY), language).decode()


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("grouping.factors.0.categories.0.points", 3, "annex.expect.text"),
        ("grouping.factors.0.categories.0.points", "NaN", "annex.expect.decimal"),
        ("grouping.factors.0.categories.0.points", "1e9", "annex.expect.decimal"),
        ("grouping.factors.0.categories.0.least", "0", "annex.expect.whole"),
        ("grouping.method", "guess", "points, logistic"),
        ("grouping.scale", {}, "annex.expect.list"),
        ("clients", None, "annex.expect.whole"),
        ("example.group", "e\nasy", "annex.expect.text"),
    ],
)
def test_a_fault_in_the_model_card_is_named(path: str, value: object, expected: str, tmp_path: Path) -> None:
    """With its path in the descriptor."""
    folder = lay(tmp_path, write_package(replace(sample_annex(), model_card=CARD)))
    found = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    *above, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    inner: Any = found["annex"]["model_card"]
    for key in above:
        inner = inner[key]
    inner[last] = value
    (folder / DESCRIPTOR).write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_package(folder)
    assert error.value.values["expected"] == expected
    assert "model_card" in error.value.values["path"]
