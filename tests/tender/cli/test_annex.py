"""``valinta annex protect | audit`` on files: figures, words, refusals, planted leaks."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tender.cli.main import main

TABLE = "area,group,count\nn,easy,3\nn,hard,9\nn,odd,20\ns,easy,8\ns,hard,7\ns,odd,30\nw,easy,9\nw,hard,0\nw,odd,11\n"


def run(*arguments: str | Path, language: str = "en") -> Result:
    return CliRunner().invoke(main, ["annex", *map(str, arguments)], env={"VALINTA_LANGUAGE": language})


def as_json(*arguments: str | Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(run(*arguments, "--json").stdout)
    return value


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of 3 × 3 without its totals."""
    file = tmp_path / "table.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def test_a_table_without_totals_gets_them_and_is_protected(table: Path) -> None:
    """Nine counts and seven totals; the small one and its rectangle are hidden, zeros and the rest are shown."""
    found = as_json("protect", table, "--threshold", "5")
    assert len(found["cells"]) == 16
    assert found["proven"]
    assert found["certified"]
    assert found["cost"] == found["bound"]
    hidden = [cell for cell in found["cells"] if cell["status"] in {"primary", "secondary"}]
    assert found["cost"] == sum(cell["value"] + 1 for cell in hidden)
    primary = next(cell for cell in hidden if cell["status"] == "primary")
    assert primary["coordinates"] == {"area": "n", "group": "easy"}
    assert primary["value"] == 3
    assert primary["low"] == 0
    assert primary["high"] >= 5
    shown = next(cell for cell in found["cells"] if cell["status"] == "shown")
    assert shown["low"] == shown["high"] == shown["value"]
    assert {cell["status"] for cell in found["cells"] if cell["value"] == 0} <= {"zero", "secondary"}


def test_given_totals_are_taken_as_totals(table: Path) -> None:
    """The same table with its totals written out has the same protection."""
    without = as_json("protect", table)
    rows = [[*cell["coordinates"].values(), cell["value"]] for cell in without["cells"]]
    listed = table.with_name("listed.csv")
    words = {"Total": "Yhteensä"}
    lines = [";".join(words.get(str(part), str(part)) for part in row) for row in rows]
    listed.write_text("area;group;asiakkaita\n" + "\n".join(lines) + "\n", encoding="utf-8")
    given = as_json("protect", listed, "--freq", "asiakkaita")
    assert [cell["status"] for cell in given["cells"]] == [cell["status"] for cell in without["cells"]]
    assert given["cost"] == without["cost"]


def test_the_protected_file_passes_its_audit_and_hides_which_cell_is_small(table: Path, tmp_path: Path) -> None:
    """Every hidden count is empty and says only `hidden`; the audit ends with 0, with and without the truth."""
    out = tmp_path / "out.csv"
    assert run("protect", table, "--out", out).exit_code == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert {row["status"] for row in rows} <= {"shown", "zero", "hidden"}
    assert all((row["count"] == "") == (row["status"] == "hidden") for row in rows)
    assert run("audit", out).exit_code == 0
    result = run("audit", out, "--truth", table)
    assert result.exit_code == 0, result.output


def test_a_planted_leak_is_named(table: Path, tmp_path: Path) -> None:
    """Each secondary cell shown in its turn gives the small one away: the audit names it and ends with 1."""
    out = tmp_path / "out.csv"
    found = as_json("protect", table, "--out", out)
    secondaries = [cell for cell in found["cells"] if cell["status"] == "secondary"]
    assert secondaries
    for cell in secondaries:
        rows = list(csv.reader(out.read_text(encoding="utf-8").splitlines()))
        for row in rows:
            if row[:2] == list(cell["coordinates"].values()):
                row[2] = str(cell["value"])
        planted = tmp_path / "planted.csv"
        planted.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
        leaked = as_json("audit", planted)
        assert run("audit", planted).exit_code == 1
        assert not leaked["safe"]
        small = [leak for leak in leaked["leaks"] if leak["coordinates"] == {"area": "n", "group": "easy"}]
        assert [(leak["low"], leak["high"], leak["leak"]) for leak in small] == [(3, 3, "known")]


def test_an_earlier_release_gives_a_hidden_count_away(table: Path, tmp_path: Path) -> None:
    """What the earlier release shows is known, and so is what follows from it."""
    out, earlier = tmp_path / "out.csv", tmp_path / "earlier.csv"
    found = as_json("protect", table, "--out", out)
    cell = next(cell for cell in found["cells"] if cell["status"] == "secondary")
    at = cell["coordinates"]
    earlier.write_text(f"area,group,count\n{at['area']},{at['group']},{cell['value']}\n", encoding="utf-8")
    audited = as_json("audit", out, "--known", earlier)
    assert audited["public"] == [at]
    assert {"area": "n", "group": "easy"} in [leak["coordinates"] for leak in audited["leaks"]]
    again = as_json("protect", table, "--known", earlier)
    assert next(each for each in again["cells"] if each["coordinates"] == at)["status"] == "shown"


def test_a_hierarchy_adds_its_sums(table: Path, tmp_path: Path) -> None:
    """Parents are computed, published, protected; a code that is its own part is refused."""
    tree = tmp_path / "tree.csv"
    tree.write_text("dimension,code,parent\narea,n,land\narea,s,land\narea,w,sea\n", encoding="utf-8")
    found = as_json("protect", table, "--hierarchy", tree)
    areas = {cell["coordinates"]["area"] for cell in found["cells"]}
    assert areas == {"n", "s", "w", "land", "sea", "Total"}
    assert found["proven"]
    tree.write_text("dimension,code,parent\narea,n,land\narea,land,n\n", encoding="utf-8")
    result = run("protect", table, "--hierarchy", tree)
    assert result.exit_code == 1
    assert "tree.csv:3" in result.stderr


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("area,count\na,1\na,2\n", 3, "already in line 2"),
        ("area,count\na,\n", 2, "blank is not a zero"),
        ("area,count\na,-1\n", 2, "whole number"),
        ("area,count\na,1.5\n", 2, "whole number"),
        ("area,count\na,1,2\n", 2, "3 columns"),
        ("area,clients\na,1\n", 1, "named like a count"),
        ("count\n1\n", 1, "counts only"),
        ("area,area,count\na,b,1\n", 1, "name of its own"),
        ("area,count\na,4\nb,5\nTotal,10\n", 4, "make up 9"),
        ('area,count\n"a,1\n', 2, "quotation"),
    ],
)
def test_a_bad_table_is_refused_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    """Nothing is guessed, nothing is dropped."""
    file = tmp_path / "bad.csv"
    file.write_text(text, encoding="utf-8")
    result = run("protect", file)
    assert result.exit_code == 1
    assert f"bad.csv:{line}" in result.stderr
    assert words in result.stderr


def test_hostile_bytes_are_refused(tmp_path: Path) -> None:
    """No UTF-8, nothing at all, a huge number."""
    for data in (b"area,count\n\xff\xfe,1\n", b"", b"area,count\na,99999999999\n", b"area,count\n"):
        file = tmp_path / "bad.csv"
        file.write_bytes(data)
        result = run("protect", file)
        assert result.exit_code == 1, data
        assert "Traceback" not in result.output


def test_contradicting_published_counts_are_refused(tmp_path: Path) -> None:
    """The shown counts of a row and of a column cannot both be right."""
    file = tmp_path / "p.csv"
    file.write_text("a,b,count\nx,p,\nx,q,\nx,Total,3\ny,p,4\ny,q,1\ny,Total,5\nTotal,p,2\nTotal,q,6\nTotal,Total,8\n",
                    encoding="utf-8")  # fmt: skip
    assert run("audit", file).exit_code == 1


def test_a_file_that_names_its_primary_cells_is_held_to_it(tmp_path: Path) -> None:
    """With the status `primary` an interval that excludes 0 is too narrow, without it nobody could tell."""
    rows = "a,b,count,status\nx,p,,{0}\nx,q,,hidden\nx,Total,9,shown\ny,p,,hidden\ny,q,,hidden\ny,Total,30,shown\n"
    rows += "Total,p,8,shown\nTotal,q,31,shown\nTotal,Total,39,shown\n"
    file = tmp_path / "p.csv"
    for status, code in (("hidden", 0), ("primary", 0)):
        file.write_text(rows.format(status), encoding="utf-8")
        assert run("audit", file).exit_code == code
    file.write_text(rows.format("primary").replace("y,p,,hidden", "y,p,5,shown").replace("y,q,,hidden", "y,q,25,shown"))
    assert run("audit", file).exit_code == 1


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_people_read_their_language(table: Path, language: str) -> None:
    """The result names the loss and that it is proven."""
    words = {"fi": "todistetusti pienin", "sv": "bevisligen den minsta", "en": "proven the least"}
    assert words[language] in run("protect", table, language=language).output


def test_given_primary_cells(tmp_path: Path) -> None:
    """Willenborg & de Waal's table: 59 with the threshold as the level, 85 with the level 10."""
    file = tmp_path / "i.csv"
    rows = [("20", "50", "10"), ("8", "19", "22"), ("17", "32", "12")]
    lines = [f"r{i}\tc{j}\t{value}\t{int(value == '22')}" for i, row in enumerate(rows) for j, value in enumerate(row)]
    file.write_text("row\tcolumn\tfreq\tsensitive\n" + "\n".join(lines) + "\n", encoding="utf-8")
    command = ("protect", file, "--primary", "sensitive", "--weight", "value")
    found = as_json(*command)
    assert found["cost"] == 59
    cell = next(cell for cell in found["cells"] if cell["status"] == "primary")
    assert (cell["low"], cell["high"]) == (5, 30)
    assert as_json(*command, "--level", "10")["cost"] == 85
