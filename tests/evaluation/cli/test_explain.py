"""``valinta evaluate explain`` and ``check-proof`` on the whole example, in three languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evaluation.acts.award import PROOF
from evaluation.acts.desk import EVALUATION
from tender.cli.main import main


def run(*arguments: object, language: str = "fi") -> Result:
    """The command as an officer types it."""
    return CliRunner().invoke(main, [str(one) for one in arguments], env={"VALINTA_LANGUAGE": language})


def answer(*arguments: object) -> Any:
    """Its answer in JSON."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_other_rules_are_shown_for_information(story: Path) -> None:
    """The announced rules first; whoever was not chosen is told what it lacked."""
    found = answer("evaluate", "explain", story)
    announced = found["outcomes"][0]
    assert (announced["rule"], len(announced["chosen"])) == ("announced", 3)
    assert {"providers", "client_cap"} <= {each["rule"] for each in found["outcomes"]}
    assert set(found["ways"]) == {"next-in-rank", "best-sum", "best-ranked"}
    assert found["lacking"]


@pytest.mark.parametrize(("language", "words"), [("fi", "Tiedoksi"), ("sv", "kännedom"), ("en", "no effect")])
def test_it_says_that_it_decides_nothing(story: Path, language: str, words: str) -> None:
    """In every language, without an id or a blank left over."""
    said = run("evaluate", "explain", story, language=language).output
    assert words in said
    assert "explain." not in said
    assert "{" not in said


def test_rules_are_not_tried_on_bids_before_the_selection(published: Path) -> None:
    """Nothing is selected: refused."""
    assert run("evaluate", "explain", published).exit_code != 0


def test_the_proof_of_the_story_is_checked(story: Path) -> None:
    """Written by the selection; a changed one is refused with a message."""
    path = story / EVALUATION / PROOF
    found = answer("evaluate", "check-proof", path)
    assert found["holds"]
    assert all(level["gap"] == "0" for level in found["levels"])
    assert "Todistus" in run("evaluate", "check-proof", path).output
    forged = story / "forged.json"
    forged.write_text(path.read_text(encoding="utf-8").replace('"bound": "', '"bound": "-'), encoding="utf-8")
    refused = run("evaluate", "check-proof", forged)
    assert refused.exit_code == 1
    assert "forged.json" in refused.output
