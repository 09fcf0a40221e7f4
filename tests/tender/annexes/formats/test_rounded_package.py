"""Rounded annexes through their package: read back, edited by hand, audited; and more faults of the descriptor."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tender.annexes.building.auditing import Flaw, audited
from tender.annexes.formats.package import DESCRIPTOR, write_package
from tender.annexes.formats.package_reading import altered_files, read_descriptor, read_package
from tender.errors import InputError
from tender.language import Language
from tender.model.annex import TOTAL, Annex, AnnexCell, CellStatus, Protected
from tender.model.open_data import Guard
from tender.words import words
from tests.tender.annexes.formats.annexes import cells, lay, sample_annex
from tests.tender.annexes.formats.test_package_reading import put

COMMITMENT = "0a" * 32
ROUNDED = {"easy": 0, "average": 5, "hard": 10}


def rounded() -> Annex:
    """The sample's inflow as multiples of 5, some of them zero, and its hours in one total, protected as hours are."""
    sample = sample_annex()
    flow, hours = sample.table("inflow"), sample.table("hours")
    counts = cells(flow.axes, lambda at: ROUNDED[at[1]], lambda _, __: CellStatus.ROUNDED)
    shown = cells(hours.axes, lambda at: 1000 * len(at[0]), lambda _, __: CellStatus.SHOWN)
    protected = Protected(Guard.ROUND, 5, 10, base=5, commitment=COMMITMENT, largest_change=4, total_change=31)
    return replace(sample, protected=protected, tables=(replace(flow, cells=counts), replace(hours, cells=shown)))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return lay(tmp_path, write_package(rounded()))


def test_a_rounded_package_comes_back_and_is_safe(package: Path) -> None:
    """A rounded zero is no certain zero, and says rounded; base, changes and commitment come back."""
    annex = read_package(package)
    assert annex == rounded()
    assert altered_files(package, annex) == ()
    rows = list(csv.DictReader((package / "inflow.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["status"] for row in rows} == {"rounded"}
    assert {row["value"] for row in rows} == {"0", "5", "10", "15", "20", "30"}
    assert audited(annex).safe


@pytest.mark.parametrize(
    ("value", "flaws"),
    [(3, {Flaw.SHOWN, Flaw.SUM}), (6, {Flaw.SUM}), (0, {Flaw.SUM})],
)
def test_a_rounded_cell_that_was_edited_is_found(package: Path, value: int, flaws: set[Flaw]) -> None:
    """Below the base it is small; anything else no longer adds up, in its row and in its column."""
    path = package / "inflow.csv"
    old = next(cell for cell in rounded().table("inflow").cells if cell.at == ("402", "average"))
    line = f"402,average,{old.value},rounded"
    text = path.read_text(encoding="utf-8")
    assert text.count(line) == 1
    path.write_text(text.replace(line, f"402,average,{value},rounded"), encoding="utf-8")
    annex = read_package(package)
    assert AnnexCell(old.at, value, CellStatus.ROUNDED) in annex.table("inflow").cells
    found = audited(annex).flaws
    assert {each.flaw for each in found} == flaws
    assert {each.spot.at for each in found if each.flaw is Flaw.SUM} == {("402", TOTAL), (TOTAL, "average")}
    assert altered_files(package, rounded()) == ("inflow.csv",)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("402,average,,rounded", "annex.cells.blank"),
        ("402,average,5,hidden", "annex.cells.hidden"),
        ("402,average,5,zero", "annex.cells.not-zero"),
        ("402,average,0,shown", "annex.cells.is-zero"),
        ("402,average,5.0,rounded", "annex.cells.value"),
        ("402,average,5,Rounded", "annex.cells.status"),
    ],
)
def test_a_rounded_cell_that_contradicts_itself_is_refused(package: Path, line: str, message: str) -> None:
    """At its line."""
    path = package / "inflow.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(number for number, one in enumerate(lines) if one.startswith("402,average,"))
    lines[at] = f"{line},SYNTHETIC"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_package(package)
    assert (caught.value.message, str(caught.value.place)) == (message, f"inflow.csv:{at + 1}")


FIELD = "resources.0.schema.fields.0"


@pytest.mark.parametrize(
    ("path", "value", "fault_at", "expected"),
    [
        ("annex.protected.commitment", "0a", "protected.commitment", "annex.expect.hash"),
        ("annex.protected.commitment", COMMITMENT.upper(), "protected.commitment", "annex.expect.hash"),
        ("annex.protected.base", -5, "protected.base", "annex.expect.count"),
        ("annex.protected.base", None, "annex.protected.base", "annex.expect.present"),
        ("annex.protected.base", "5", "annex.protected.base", "annex.expect.whole"),
        ("annex.protected.proven", 1, "annex.protected.proven", "annex.expect.flag"),
        ("annex.protected", [], "annex.protected.guard", "annex.expect.present"),
        ("annex.flow_from", "2018-07-01", "flow_from", "annex.expect.before"),
        ("annex.flow_from", "2018-02-30", "annex.flow_from", "annex.expect.day"),
        ("titles.fi", 7, "titles.fi", "annex.expect.text"),
        ("titles", "Otsikko", "titles", "annex.expect.object"),
        ("contributors", {}, "contributors", "annex.expect.list"),
        ("contributors.0.titles", None, "contributors[0].titles", "annex.expect.present"),
        ("resources.0.name", None, "resources[0].name", "annex.expect.present"),
        ("resources.0.schema", None, "resources[0].schema", "annex.expect.present"),
        ("resources.0.schema.fields", {}, "resources[0].schema.fields", "annex.expect.list"),
        ("resources.0.use", None, "resources[0].use", "annex.expect.present"),
        (f"{FIELD}.name", 3, "resources[0].schema.fields[0].name", "annex.expect.text"),
        (f"{FIELD}.categories", {}, "resources[0].schema.fields[0].categories", "annex.expect.list"),
        (f"{FIELD}.categories", [], "inflow.municipality", "annex.expect.categories"),
        (f"{FIELD}.categoriesOrdered", "no", "resources[0].schema.fields[0].categoriesOrdered", "annex.expect.flag"),
        (f"{FIELD}.categories.1.value", "749", "inflow.municipality", "annex.expect.once"),
        (f"{FIELD}.categories.1.labels", {}, "inflow.municipality.402.label", "annex.expect.words"),
        (f"{FIELD}.categories.1.parent", "402", "inflow.municipality.402.parent", "annex.expect.parent"),
        (f"{FIELD}.name", "group", "inflow.axes", "annex.expect.once"),
    ],
)
def test_more_faults_of_the_descriptor_are_named_with_their_path(
    path: str, value: object, fault_at: str, expected: str
) -> None:
    """Where it stands, what was expected, in every language; no table is opened for it."""
    text = write_package(rounded())[DESCRIPTOR].decode()
    changed = put(path, value)(text)
    assert changed != json.dumps(json.loads(text), ensure_ascii=False), "the edit did nothing"
    with pytest.raises(InputError) as caught:
        read_descriptor(changed.encode())
    error = caught.value
    assert (error.message, error.values["path"], error.values["expected"]) == (
        "annex.package.wrong",
        fault_at,
        expected,
    )
    for language in Language:
        assert fault_at in str(words(language).error(error))


def test_what_the_descriptor_says_besides_is_not_asked_for() -> None:
    """Licence, sizes, hashes, constraints and unknown keys may differ: other programs write them anew."""
    said: Any = json.loads(write_package(rounded())[DESCRIPTOR])
    said |= {"licenses": [], "keywords": 3, "x-own": {"a": [None]}}
    for resource in said["resources"]:
        resource.pop("hash")
        resource |= {"bytes": -1, "dialect": {"delimiter": ";"}}
    said["resources"].reverse()
    found = read_descriptor(json.dumps(said).encode())
    expected = rounded()
    assert {table.id for table in found.tables} == {table.id for table in expected.tables}
    bare = tuple(replace(expected.table(table.id), cells=()) for table in found.tables)
    assert found == replace(expected, tables=bare)
