"""The commands of bids and evaluation, from the published form to the decision, as an officer types them."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tender.cli.main import main


def _run(*arguments: object, language: str = "fi") -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], env={"VALINTA_LANGUAGE": language})


def _json(*arguments: object) -> Any:
    result = _run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.slow
@pytest.mark.pressed
def test_the_officers_way_from_form_to_decision(published: Path, tmp_path: Path) -> None:
    """Form, rehearsal, receipt, opening, score, selection, decision: each answers in JSON what it did."""
    assert _json("bids", "form", published, tmp_path / "lomake.xlsx")["version"] == 1
    files = _json("bids", "rehearse", published)["files"]
    received = _json("bids", "receive", published, *files, "--now", "2018-12-11T11:30")["bids"]
    assert len({bid["bidder"] for bid in received}) == 6
    opened = _json("bids", "open", published, "--by", "A. Avaaja", "--by", "T. Todistaja", "--now", "2018-12-11T13:00")
    assert opened["present"] == ["A. Avaaja", "T. Todistaja"]
    scored = _json("evaluate", "score", published)
    totals = {bid["name"]: Fraction(bid["total"]) for bid in scored["sheet"]["bids"]}
    assert totals["Esimerkki Pelto Ky (synteettinen)"] == Fraction("72.20")
    assert sorted(scored["admissions"].values()) == [False, True, True, True, True, True]
    selected = _json("evaluate", "select", published)
    assert selected["chosen"]["bidders"] == ["9900001-8", "9900003-4", "9900005-0"]
    assert selected["tie_key"] == "quality-points"
    decided = _json("evaluate", "decide", published, "--today", "2018-12-21")
    assert Path(decided["documents"][0]).read_bytes().startswith(b"%PDF")


def test_check_says_which_bids_can_be_compared(story: Path) -> None:
    """Exit code 1 because one cannot; the reason is said in Finnish notation."""
    result = _run("bids", "check", story)
    assert result.exit_code == 1
    assert "Huippu" in result.output
    assert "1,05" in result.output
    assert "0,60–1,00" in result.output


def test_a_form_never_overwrites_a_file(published: Path, tmp_path: Path) -> None:
    """Wrong use, nothing written."""
    (tmp_path / "lomake.xlsx").write_text("oma", encoding="utf-8")
    assert _run("bids", "form", published, tmp_path / "lomake.xlsx").exit_code == 2
    assert (tmp_path / "lomake.xlsx").read_text(encoding="utf-8") == "oma"


def test_scoring_before_the_opening_says_what_to_do(published: Path) -> None:
    """A refusal with the next command in it."""
    result = _run("evaluate", "score", published)
    assert result.exit_code == 1
    assert "valinta bids open" in result.stderr


def test_the_score_table_names_its_criteria(story: Path) -> None:
    """Columns are letters; each letter is explained below with its most points."""
    output = _run("evaluate", "score", story).output
    assert "A = Vertailuhinta (enintään 40 pistettä)" in output
    assert "72,20" in output


@pytest.mark.slow
def test_the_demo_tells_the_whole_story(tmp_path: Path) -> None:
    """Twelve chapters, three providers, points, paths, a proven record."""
    target = tmp_path / "demo"
    first = _run("demo", "--into", target)
    assert first.exit_code == 0, first.output
    assert "[12/12]" in first.output
    for name in ("Polku", "Silta", "Pelto"):
        assert f"• Esimerkki {name}" in first.output
    assert "205,73" in first.output
    assert "Paikkoja on yhteensä 1\u00a0350, tarvitaan 1\u00a0400" in first.output
    assert str(target / "private" / "decision" / "award-decision.fi.pdf") in first.output


@pytest.mark.slow
@pytest.mark.parametrize("example", ["pohjois-savo", "pohjois-karjala", "tyollisyysalue"])
def test_every_example_is_told_and_told_again_alike(tmp_path: Path, example: str) -> None:
    """The same story twice: the same words, the same head of the chain."""
    first, second = (_run("demo", "--example", example, "--into", tmp_path / "demo") for _ in range(2))
    assert first.exit_code == 0, first.output
    assert second.output == first.output


def test_the_demo_leaves_others_folders_alone(tmp_path: Path) -> None:
    """A folder that the demo did not make is wrong use."""
    (tmp_path / "työ.txt").write_text("työni", encoding="utf-8")
    assert _run("demo", "--into", tmp_path).exit_code == 2
    assert (tmp_path / "työ.txt").read_text(encoding="utf-8") == "työni"


@pytest.mark.slow
def test_the_readme_shows_what_the_demo_prints(tmp_path: Path) -> None:
    """Every line of the README's demo is real output."""
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    shown = readme.split("$ make demo\n")[1].split("```")[0].splitlines()
    printed = _run("demo", "--into", tmp_path / "demo", language="en").output.splitlines()
    assert len(shown) > 10
    assert [line for line in shown if line != "…" and line not in printed] == []
