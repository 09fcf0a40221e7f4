"""Published PX tables before the same questions as CSV tables: what follows from them, and what they make known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tender.annexes.register.px_tidy import tidy_bytes
from tender.cli.main import main
from tender.errors import InputError

SAMPLE = Path(__file__).parents[5] / "shared" / "samples" / "statfin_tyonv_12r5_eckero_2024.px"

HEAD = """CHARSET="ANSI";
AXIS-VERSION="2010";
CODEPAGE="utf-8";
LANGUAGE="fi";
STUB="Kunta";
HEADING="Ryhmä";
VALUES("Kunta")="Yhteensä","Äänekoski","Öja";
CODES("Kunta")="Total","a","o";
VALUES("Ryhmä")="Yhteensä","helppo","vaikea";
CODES("Ryhmä")="Total","easy","hard";
DATA=
"""
ROWS = (("40", "25", "15"), ("24", "12", "12"), ("16", "13", "3"))
HIDDEN = (("40", "25", "15"), ("24", '"..."', '"..."'), ("16", '"..."', '"..."'))


def px(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """The table with these figures."""
    return (HEAD + "\n".join(" ".join(row) for row in rows) + ";\n").encode()


def run(*arguments: object) -> Result:
    """The command in English."""
    return CliRunner().invoke(main, ["annex", *map(str, arguments)], env={"VALINTA_LANGUAGE": "en"})


def spoken(*arguments: object) -> Any:
    """Its answer for machines."""
    return json.loads(run(*arguments, "--json").stdout)


def put(folder: Path, name: str, data: bytes) -> Path:
    """A file in `folder`."""
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_px_table_is_the_same_tidy_table() -> None:
    """Every cell in the order of the file; a sign is an empty count; letters stay what they are."""
    lines = tidy_bytes(px(HIDDEN), "t.px").decode().splitlines()
    assert lines[0] == "Kunta,Ryhmä,value"
    assert lines[1:5] == ["Total,Total,40", "Total,easy,25", "Total,hard,15", "a,Total,24"]
    assert lines[5:] == ["a,easy,", "a,hard,", "o,Total,16", "o,easy,", "o,hard,"]


def test_other_files_are_left_alone() -> None:
    """Whatever stands in them."""
    assert tidy_bytes(b"CHARSET", "t.csv") == b"CHARSET"


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    """As other systems write it."""
    assert len(spoken("audit", put(tmp_path, "T.PX", px(HIDDEN)))["cells"]) == 4


@pytest.mark.parametrize(("figure", "said"), [("2.5", "2.5"), ("-1", "-1")])
def test_what_is_no_count_is_refused_at_its_cell(tmp_path: Path, figure: str, said: str) -> None:
    """A share or a change is no count of persons."""
    rows = (ROWS[0], ROWS[1], ("16", "13", figure))
    with pytest.raises(InputError, match=r"px\.count") as caught:
        tidy_bytes(px(rows), "t.px")
    assert (caught.value.values["at"], caught.value.values["found"]) == ("9", said)
    answer = run("audit", put(tmp_path, "t.px", px(rows)))
    assert answer.exit_code in {1, 2}
    assert f"igure number 9 is {said}" in answer.stderr


def test_a_figure_with_zero_decimals_is_a_count() -> None:
    """StatFin writes counts of a table with shares so."""
    assert b"o,hard,3\n" in tidy_bytes(px((ROWS[0], ROWS[1], ("16", "13", "3.0"))), "t.px")


def test_an_audit_of_px_derives_what_the_arithmetic_says(tmp_path: Path) -> None:
    """X = a,hard: 15 − x is o,hard and 24 − x is a,easy, so that x lies between 0 and 15; nothing is known."""
    found = spoken("audit", put(tmp_path, "t.px", px(HIDDEN)))
    spans = {tuple(cell["coordinates"].values()): (cell["low"], cell["high"]) for cell in found["cells"]}
    assert spans == {("a", "easy"): (9, 24), ("a", "hard"): (0, 15), ("o", "easy"): (1, 16), ("o", "hard"): (0, 15)}
    assert found["safe"]


def test_a_planted_leak_in_px_is_named(tmp_path: Path) -> None:
    """One secondary cell shown again: the small one follows, and so do the others."""
    rows = (HIDDEN[0], ("24", "12", '"..."'), HIDDEN[2])
    answer = run("audit", put(tmp_path, "t.px", px(rows)))
    assert answer.exit_code == 1
    assert "o, hard" in answer.stdout
    assert {leak["low"] for leak in spoken("audit", tmp_path / "t.px")["leaks"]} == {12, 13, 3}


def test_a_px_file_can_be_what_is_known(tmp_path: Path) -> None:
    """A cell that somebody else shows is no hiding place: the audit says so."""
    hidden = put(tmp_path, "t.csv", tidy_bytes(px(HIDDEN), "t.px"))
    known = put(tmp_path, "known.px", px((HIDDEN[0], ("24", "12", '"..."'), HIDDEN[2])))
    assert run("audit", hidden).exit_code == 0
    found = spoken("audit", hidden, "--known", known)
    assert not found["safe"]
    assert found["public"] == [{"Kunta": "a", "Ryhmä": "easy"}]


def test_a_px_table_is_protected(tmp_path: Path) -> None:
    """The cell of three is primary; one row and one column more are hidden with it."""
    found = spoken("protect", put(tmp_path, "t.px", px(ROWS)))
    assert found["proven"]
    states = {tuple(cell["coordinates"].values()): cell["status"] for cell in found["cells"]}
    assert states["o", "hard"] == "primary"
    assert sum(state == "secondary" for state in states.values()) == 3


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample of StatFin is not beside the checkout")
def test_a_real_table_with_shares_says_which_figure_is_no_count() -> None:
    """StatFin's table 12r5 mixes counts with the share of the unemployed, its fourth figure."""
    answer = run("audit", SAMPLE)
    assert "igure number 4 is 5.8" in answer.stderr
    assert answer.stderr.count(SAMPLE.name) == 1
