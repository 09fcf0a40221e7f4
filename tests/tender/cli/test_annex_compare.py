"""``valinta annex compare`` on a table and on a tender folder: figures, words, page, refusals."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tender.annexes.building.assembly import build_annex, truth_of
from tender.annexes.building.protecting import Guarding
from tender.annexes.building.residue import COUNTS, keep_counts
from tender.annexes.formats.package import write_package
from tender.model.open_data import Guard
from tender.starting import start_folder
from tests.sample import sample_tender
from tests.tender.annexes.building.people import FLOWS, HOURS, STOCKS, counted, declared, spells
from tests.tender.annexes.instances import still
from tests.tender.cli.test_annex import as_json, run

TABLE = "area,risk,count\nn,easy,3\nn,hard,9\nn,odd,20\ns,easy,8\ns,hard,7\ns,odd,30\nw,easy,9\nw,hard,0\nw,odd,11\n"
ORDERS = (STOCKS[0], FLOWS[0], *HOURS)
DECLARATION = """
[open_data]
reference_day   = 2018-06-30
flow_from       = 2018-01-01
guard           = "suppress"
age_limits      = [25, 35]
duration_limits = [3, 6]
"""


def undeclared(text: str) -> str:
    """A tender file without its open data annex, whatever the example declares."""
    kept, inside = list[str](), False
    for line in text.splitlines():
        inside = line.startswith(("[open_data", "[[open_data")) or (inside and not line.startswith("["))
        kept += [] if inside else [line]
    return "\n".join(kept) + "\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of 3 × 3 with one small count."""
    file = tmp_path / "table.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tender folder with a built annex of 400 invented clients; never touch it."""
    folder = start_folder(tmp_path_factory.mktemp("compare") / "kunta", "pohjois-savo", None, synthetic=True)
    toml = folder / "tender.toml"
    lines = DECLARATION + "".join(
        f'\n[[open_data.tables]]\nid = "{each.id}"\ntitle.fi = "{each.title.fi}"\ntitle.sv = "{each.title.sv}"\n'
        f'title.en = "{each.title.en}"\nquantity = "{each.quantity.value}"\n'
        f"dimensions = {json.dumps([one.value for one in each.dimensions])}\n"
        for each in ORDERS
    )
    toml.write_text(undeclared(toml.read_text(encoding="utf-8")) + lines, encoding="utf-8")
    tables = counted(ORDERS, spells(400, 5))
    how = Guarding(declared(ORDERS, Guard.SUPPRESS), b"a secret seed", still, 60.0)
    annex, _ = build_annex(sample_tender(), tables, truth_of(tables, how.declared), how, synthetic=True)
    keep_counts(folder, tables)
    shutil.rmtree(folder / "open-data", ignore_errors=True)
    for name, data in write_package(annex).items():
        place = folder / "open-data" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return folder


def trial(found: dict[str, Any], method: str, threshold: int) -> dict[str, Any]:
    one: dict[str, Any] = next(
        each for each in found["trials"] if (each["method"], each["threshold"]) == (method, threshold)
    )
    return one


def test_a_table_is_compared_at_three_thresholds(table: Path) -> None:
    """Twelve trials; 3 is no small count at 3, one at 5; six cells below 10 at 10."""
    found = as_json("compare", table)
    assert len(found["trials"]) == 12
    assert found["newcomer"] is None
    assert [trial(found, "none", limit)["failing"] for limit in (3, 5)] == [0, 1]
    assert all(each["failing"] == 0 for each in found["trials"] if each["method"] != "none")
    hidden = trial(found, "suppress", 5)
    assert hidden["hidden"] == 4
    assert hidden["farthest_place"]["place"] in {"n", "s", "w"}
    assert Fraction(hidden["farthest_place"]["share"]) != 0
    assert set(hidden["revenue"]) == {"easy", "hard", "odd"}
    easy = hidden["revenue"]["easy"]
    assert easy["true"] == easy["seen"] == "240.00"


def test_people_see_two_tables_and_the_rules(table: Path, tmp_path: Path) -> None:
    """Risk and utility on the screen, the same as a page."""
    page = tmp_path / "page.md"
    result = run("compare", table, "--threshold", "5", "--fill", "even", "--out", page)
    assert result.exit_code == 0, result.output
    for words in ("what a reader can derive", "in detail %", "divides what is left of a sum evenly"):
        assert words in result.output
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# What protection costs a bidder\n")
    assert text.count("| suppress | 5 |") == 2
    widths = {line.count("|") for line in text.splitlines() if line.startswith("|")}
    assert len(widths) == 2


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_comparison_speaks_other_languages(table: Path, language: str) -> None:
    """No English word of the tables is left."""
    output = run("compare", table, "--threshold", "5", language=language).output
    assert {"fi": "pyöristys", "sv": "avrunda"}[language] in output
    assert not any(word in output for word in ("suppress", "hidden", "threshold", "annex."))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--group", "age"), "age"),
        (("--place", "region"), "region"),
        (("--ordered", "age"), "age"),
    ],
)
def test_strange_columns_are_wrong_use(table: Path, options: tuple[str, str], words: str) -> None:
    """The message names the column."""
    result = run("compare", table, *options)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_table_without_groups_is_wrong_use(tmp_path: Path) -> None:
    """No column is named like a risk group, and none was named; a total that is no sum is refused with its line."""
    file = tmp_path / "t.csv"
    file.write_text("area,age,count\nn,a,1\n", encoding="utf-8")
    assert run("compare", file).exit_code == 2
    file.write_text("risk,count\na,4\nb,5\nTotal,10\n", encoding="utf-8")
    result = run("compare", file)
    assert result.exit_code == 1
    assert "t.csv:4" in result.stderr


@pytest.mark.slow
def test_a_folder_is_compared_and_a_newcomer_can_price(made: Path) -> None:
    """The buyer's prices, the annex's cells: the test passes, the way in use is among the trials."""
    found = as_json("compare", made, "--threshold", "5")
    assert [each["method"] for each in found["trials"]] == ["none", "suppress", "round", "coarsen"]
    test = found["newcomer"]
    assert test["passed"]
    assert test["findings"] == []
    assert set(test["groups"]) == {"easy", "average", "hard"}
    easy = test["groups"]["easy"]["revenue"]
    assert Fraction(easy["share"]) == 0
    assert easy["true"] == trial(found, "none", 5)["revenue"]["easy"]["true"]
    assert trial(found, "suppress", 5)["failing"] == 0


@pytest.mark.slow
def test_a_folder_whose_annex_tells_too_little_fails(made: Path, tmp_path: Path) -> None:
    """All hours of the hard group hidden with what would tell them: exit code 1, and the group is named."""
    folder = tmp_path / "kunta"
    shutil.copytree(made, folder)
    file = folder / "open-data" / "hours.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    heads = lines[0].split(",")
    value, status = heads.index("value"), heads.index("status")
    kept = [lines[0]]
    for line in lines[1:]:
        cells = line.split(",")
        if cells[1] in {"hard", "easy", "average"} and cells[value]:
            cells[value], cells[status] = "", "hidden"
        kept.append(",".join(cells))
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    result = run("compare", folder, "--threshold", "5")
    assert result.exit_code == 1, result.output
    assert "annex.newcomer" in result.output
    assert "hard" in result.output


def test_a_folder_without_its_build_is_refused(made: Path, tmp_path: Path) -> None:
    """No declaration, no true counts, counts of another build: each has its own words."""
    bare = start_folder(tmp_path / "bare", "pohjois-savo", None, synthetic=True)
    toml = bare / "tender.toml"
    toml.write_text(undeclared(toml.read_text(encoding="utf-8")), encoding="utf-8")
    result = run("compare", bare)
    assert result.exit_code == 2
    assert "declares no open data annex" in result.stderr
    folder = tmp_path / "kunta"
    shutil.copytree(made, folder)
    counts = json.loads((folder / COUNTS).read_text(encoding="utf-8"))
    counts["hours"] = counts["hours"][1:]
    (folder / COUNTS).write_text(json.dumps(counts), encoding="utf-8")
    result = run("compare", folder)
    assert result.exit_code == 1
    assert "another build" in result.stderr
    (folder / COUNTS).unlink()
    assert run("compare", folder).exit_code == 2
