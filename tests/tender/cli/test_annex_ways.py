"""``valinta annex protect`` beyond the threshold: contributors, insiders, rounding, merging; and the re-check."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.tender.cli.test_annex import as_json, run

TABLE = "area,group,count\nn,easy,3\nn,hard,9\nn,odd,20\ns,easy,8\ns,hard,7\ns,odd,30\nw,easy,9\nw,hard,0\nw,odd,11\n"
HOURS = (
    "area,branch,count,x1,x2\n"
    "n,metal,100,90,6\nn,food,200,60,50\nn,trade,240,40,40\n"
    "s,metal,300,70,60\ns,food,150,40,30\ns,trade,200,30,30\n"
    "w,metal,220,50,40\nw,food,180,40,30\nw,trade,300,60,50\n"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of 3 × 3 without its totals."""
    file = tmp_path / "table.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


@pytest.fixture
def hours(tmp_path: Path) -> Path:
    """Hours with the two largest contributions of each cell; only n/metal is dominated."""
    file = tmp_path / "hours.csv"
    file.write_text(HOURS, encoding="utf-8")
    return file


def primaries(found: dict[str, Any]) -> set[tuple[str, ...]]:
    return {tuple(cell["coordinates"].values()) for cell in found["cells"] if cell["status"] == "primary"}


def cell_of(found: dict[str, Any], *at: str) -> dict[str, Any]:
    cell: dict[str, Any] = next(cell for cell in found["cells"] if tuple(cell["coordinates"].values()) == at)
    return cell


def test_the_p_percent_rule_by_columns(hours: Path) -> None:
    """100 − 90 − 6 = 4 is less than 10 % of 90: the attacker must be left 100 ± 5; the rest is not primary."""
    found = as_json("protect", hours, "--p-percent", "10", "--largest", "x1,x2")
    assert primaries(found) == {("n", "metal")}
    assert found["proven"]
    cell = cell_of(found, "n", "metal")
    assert cell["low"] <= 95
    assert cell["high"] >= 105
    told = run("protect", hours, "--p-percent", "10", "--largest", "x1,x2").output
    assert "7 counts are not known" in told
    assert "Total" in told


def test_the_n_k_rule_by_columns(hours: Path) -> None:
    """The two largest hold 96 % of n/metal, more than 85 %; 60 % of s/… is none."""
    found = as_json("protect", hours, "--dominance", "2", "85", "--largest", "x1,x2")
    assert primaries(found) == {("n", "metal")}
    cell = cell_of(found, "n", "metal")
    assert cell["high"] >= 100 + 96 * 100 / 85 - 100


def contributions(tmp_path: Path, owner: str) -> Path:
    """Six people in each cell of 2 × 2 with 10 hours each, but one of 200; holding `owner` binds two of them."""
    lines = ["area,branch,contributor,holding,amount"]
    for area in "ns":
        for branch in ("metal", "food"):
            for number in range(6):
                who, amount = f"{area}{branch}{number}", 10
                if (area, branch) == ("n", "metal") and number < 2:
                    lines.append(f"{area},{branch},{who},{owner},60")
                else:
                    lines.append(f"{area},{branch},{who},,{amount}")
    file = tmp_path / "who.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_contributions_are_joined_by_holding_and_added_up(tmp_path: Path) -> None:
    """120 of 160 in one hand: 160 − 120 − 10 = 30 < 36; apart, 160 − 60 − 60 = 40 > 18: only a holding makes it so."""
    table = tmp_path / "t.csv"
    table.write_text("area,branch,count\nn,metal,160\nn,food,60\ns,metal,60\ns,food,60\n", encoding="utf-8")
    rule = ("--p-percent", "30", "--contributions")
    assert primaries(as_json("protect", table, *rule, contributions(tmp_path, ""))) == set()
    found = as_json("protect", table, *rule, contributions(tmp_path, "group"))
    assert primaries(found) == {("n", "metal")}
    assert cell_of(found, "n", "metal")["high"] >= 166
    assert "are not known" not in run("protect", table, *rule, contributions(tmp_path, "group")).output


def test_a_total_of_few_contributors_is_primary(tmp_path: Path) -> None:
    """Two people make up n, three s: fewer than five; the sum of both, five, is shown."""
    table, who = tmp_path / "t.csv", tmp_path / "who.csv"
    table.write_text("area,count\nn,160\ns,200\nw,900\n", encoding="utf-8")
    rows = [
        ("n", "a", 80),
        ("n", "b", 80),
        *(("s", f"s{i}", 66) for i in range(3)),
        *(("w", f"w{i}", 100) for i in range(9)),
    ]
    who.write_text("area,contributor,amount\n" + "".join(f"{a},{w},{x}\n" for a, w, x in rows), encoding="utf-8")
    found = as_json("protect", table, "--p-percent", "1", "--contributions", who)
    assert primaries(found) == {("n",), ("s",)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("area,branch,contributor,amount\nx,metal,a,1\n", "no count x, metal"),
        ("area,branch,contributor,amount\nn,metal,a,1\nn,metal,a,2\n", "contributor of its own"),
        ("area,branch,contributor,amount\nn,metal,,2\n", "contributor of its own"),
        ("area,branch,contributor,amount\nn,metal,a,101\n", "make up 101"),
        ("area,branch,contributor,amount\nn,metal,a,\n", "blank is not a zero"),
        ("area,branch,contributor\nn,metal,a\n", "amount is missing"),
        ("area,branch,contributor,holding,amount\nn,metal,a,g,1\nn,food,a,h,1\n", "two holdings"),
    ],
)
def test_bad_contributions_are_refused(hours: Path, tmp_path: Path, text: str, words: str) -> None:
    """Nothing is guessed."""
    who = tmp_path / "who.csv"
    who.write_text(text, encoding="utf-8")
    result = run("protect", hours, "--p-percent", "10", "--largest", "x1,x2", "--contributions", who)
    assert result.exit_code == 1
    assert words in result.stderr


def test_rules_and_contributions_go_together(hours: Path) -> None:
    """One without the other is wrong use."""
    assert run("protect", hours, "--p-percent", "10").exit_code == 2
    assert run("protect", hours, "--largest", "x1,x2").exit_code == 2


def test_insiders_cost_more(tmp_path: Path) -> None:
    """The one who stands alone knows 1; with its knowledge the cheapest pattern for outsiders gives r0/c1 away."""
    file = tmp_path / "t.csv"
    rows = [(1, 4, 30), (6, 40, 50), (20, 30, 40)]
    lines = [f"r{i},c{j},{value}" for i, row in enumerate(rows) for j, value in enumerate(row)]
    file.write_text("row,column,count\n" + "\n".join(lines) + "\n", encoding="utf-8")
    outside = as_json("protect", file)
    singles = as_json("protect", file, "--insiders", "singles")
    both = as_json("protect", file, "--insiders", "contributors")
    assert (outside["insiders"], singles["insiders"], both["insiders"]) == (0, 1, 2)
    assert outside["cost"] < singles["cost"] <= both["cost"]
    assert singles["proven"]
    assert "1 insiders" in run("protect", file, "--insiders", "singles").output


def test_rounding_writes_prints_and_can_be_proven(table: Path, tmp_path: Path) -> None:
    """Every count is 0 or at least 5, sums hold, the draw follows from the seed of which the commitment is printed."""
    seed, out = tmp_path / "seed.txt", tmp_path / "out.csv"
    found = as_json("protect", table, "--round", "5", "--seed-file", seed, "--out", out)
    assert seed.stat().st_mode & 0o077 == 0
    assert found["commitment"] == sha256(seed.read_bytes().strip()).hexdigest()
    assert as_json("protect", table, "--round", "5", "--seed-file", seed)["cells"] == found["cells"]
    values = {tuple(cell["coordinates"].values()): cell["value"] for cell in found["cells"]}
    assert all(value == 0 or value >= 5 for value in values.values())
    for area in ("n", "s", "w", "Total"):
        assert values[area, "Total"] == sum(values[area, group] for group in ("easy", "hard", "odd"))
    true = {(row["area"], row["group"]): int(row["count"]) for row in csv.DictReader(TABLE.splitlines())}
    assert found["bound"] <= found["least"] <= found["cost"]
    assert found["largest"] >= max(abs(values[at] - count) for at, count in true.items())
    assert all(cell_of(found, *at)["low"] <= count <= cell_of(found, *at)["high"] for at, count in true.items())
    assert found["certified"]
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert {row["status"] for row in rows} <= {"rounded", "zero"}
    text = run("protect", table, "--round", "5", "--seed-file", seed).output
    assert found["commitment"] in text
    assert "Rounded to base 5" in text


def test_rounding_needs_a_secret(table: Path, tmp_path: Path) -> None:
    """No seed is wrong use, a short one is refused; rounding and coarsening exclude each other."""
    assert run("protect", table, "--round", "5").exit_code == 2
    short = tmp_path / "short.txt"
    short.write_text("1234\n", encoding="ascii")
    assert run("protect", table, "--round", "5", "--seed-file", short).exit_code == 1
    assert run("protect", table, "--round", "5", "--coarsen").exit_code == 2


def test_coarsening_lists_merges(table: Path) -> None:
    """n/easy (3) is rid by one merge; the file is not changed; a strange ordered column is wrong use."""
    found = as_json("protect", table, "--coarsen")
    assert (found["small"], found["left"]) == (1, 0)
    assert [merge["after"] for merge in found["proposals"]] == [0]
    assert table.read_text(encoding="utf-8") == TABLE
    assert "merge" in run("protect", table, "--coarsen", "--ordered", "group").output
    assert run("protect", table, "--coarsen", "--ordered", "age").exit_code == 2


@pytest.fixture
def proven(table: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A protected table with the witnesses of its audit."""
    out, witnesses = tmp_path / "out.csv", tmp_path / "witnesses.json"
    assert run("protect", table, "--out", out).exit_code == 0
    assert run("audit", out, "--witness", witnesses).exit_code == 0
    return out, witnesses


@pytest.mark.slow
def test_a_recheck_needs_no_solver(proven: tuple[Path, Path]) -> None:
    """Python that cannot import any solver checks every end and says the same as the audit."""
    out, witnesses = proven
    blocked = "import sys; sys.modules.update(highspy=None, pulp=None); from tender.cli.main import main; main()"
    command = [sys.executable, "-c", blocked, "annex", "recheck", str(witnesses), str(out), "--json"]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    said, audited = json.loads(result.stdout), as_json("audit", out)
    assert said.pop("faults") == []
    assert said == audited
    assert said["hidden"] > 0


def _tampered(witnesses: Path, change: str) -> None:
    said = json.loads(witnesses.read_text(encoding="utf-8"))
    end = next(end for end in said["ends"] if end["high"]["value"] not in {None, "0"} and end["high"]["proof"])
    if change == "wider":
        end["high"]["value"] = str(int(end["high"]["value"]) + 1)
    elif change == "narrower":
        end["high"]["value"] = str(int(end["high"]["value"]) - 1)
    elif change == "table":
        said["tables"] = [[str(int(value) + 1) for value in row] for row in said["tables"]]
    elif change == "proof":
        end["high"]["proof"] = {row: f"{value}1" for row, value in end["high"]["proof"].items()}
    elif change == "no proof":
        end["high"]["proof"] = None
    elif change == "endless":
        end["high"] |= {"value": None, "proof": None}
    elif change == "gone":
        said["ends"].remove(end)
    witnesses.write_text(json.dumps(said), encoding="utf-8")


@pytest.mark.parametrize("change", ["wider", "narrower", "table", "proof", "no proof", "endless", "gone"])
def test_a_tampered_witness_file_fails(proven: tuple[Path, Path], change: str) -> None:
    """Whatever is forged, the check names a cell and ends with 1."""
    out, witnesses = proven
    _tampered(witnesses, change)
    result = run("recheck", witnesses, out)
    assert result.exit_code == 1, result.output
    assert as_json("recheck", witnesses, out)["faults"]


@pytest.mark.slow
def test_witnesses_of_another_table_prove_nothing(proven: tuple[Path, Path]) -> None:
    """A sound table in which the hidden counts make up one more: no old witness fits it."""
    out, witnesses = proven
    moved = {"n,odd": -1, "w,odd": 1, "w,Total": 1, "Total,hard": 1, "Total,Total": 1}
    rows = [line.split(",") for line in out.read_text(encoding="utf-8").splitlines()]
    for row in rows[1:]:
        by = moved.get(",".join(row[:2]), 0)
        row[2] = str(int(row[2]) + by) if by else row[2]
    out.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    assert run("audit", out).exit_code == 0
    assert run("recheck", witnesses, out).exit_code == 1
    assert {fault["fault"] for fault in as_json("recheck", witnesses, out)["faults"]} == {"witness"}


@pytest.mark.parametrize(
    "text",
    [
        "[]", "{}", '{"format": "valinta-annex-witnesses-1"}', "[" * 100000,
        '{"format": "valinta-annex-witnesses-1", "unseen": [["x"]], "tables": [], "ends": []}',
        '{"format": "other", "unseen": [], "tables": [], "ends": []}',
    ],
)  # fmt: skip
def test_a_hostile_witness_file_is_refused(proven: tuple[Path, Path], text: str) -> None:
    """One message, no traceback."""
    out, witnesses = proven
    witnesses.write_text(text, encoding="utf-8")
    result = run("recheck", witnesses, out)
    assert result.exit_code == 1
    assert "no file of witnesses" in result.stderr


def test_a_huge_fraction_is_refused(proven: tuple[Path, Path]) -> None:
    """Numbers beyond 24 digits are no fractions of a count."""
    out, witnesses = proven
    said = json.loads(witnesses.read_text(encoding="utf-8"))
    said["tables"][0][0] = "9" * 10_000
    witnesses.write_text(json.dumps(said), encoding="utf-8")
    assert run("recheck", witnesses, out).exit_code == 1
    assert "no file of witnesses" in run("recheck", witnesses, out).stderr


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_ways_speak_other_languages(table: Path, tmp_path: Path, language: str) -> None:
    """Rounding and re-checking in Finnish and Swedish."""
    words = {"fi": ("Pyöristetty kantaan 5", "Ilman ratkaisijaa"), "sv": ("Avrundat till basen 5", "utan lösare")}
    seed, out, file = tmp_path / "seed.txt", tmp_path / "out.csv", tmp_path / "w.json"
    assert words[language][0] in run("protect", table, "--round", "5", "--seed-file", seed, language=language).output
    run("protect", table, "--out", out)
    run("audit", out, "--witness", file)
    assert words[language][1] in run("recheck", file, out, language=language).output
