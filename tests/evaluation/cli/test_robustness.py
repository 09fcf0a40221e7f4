"""``valinta evaluate robustness`` on a whole story: exact, marked, repeatable, and silent towards the record."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evaluation.acts.robustness import Robustness, Wishes, examine_award, look
from evaluation.cli.robustness_shown import robustness_json, show_robustness
from tender.cli.main import main
from tender.console import Console
from tender.errors import UsageError
from tender.language import Language
from tender.publishing.folder import record_state
from tests.evaluation.award.robustness.contests import selected, single


def run(*arguments: object, language: str = "fi") -> Result:
    """The command as a user types it."""
    words = ["evaluate", "robustness", *map(str, arguments)]
    return CliRunner().invoke(main, words, env={"VALINTA_LANGUAGE": language})


@pytest.fixture(scope="module")
def found(story_once: Path) -> Robustness:
    """What is found in the story; looking changes nothing, so the story itself may be read."""
    return examine_award(story_once, Wishes(samples=100))


@pytest.fixture(scope="module")
def told(found: Robustness) -> dict[str, Any]:
    """It as JSON."""
    return robustness_json(found)


def test_the_report_is_marked_as_information(told: dict[str, Any]) -> None:
    """The first key; nothing in it decides."""
    assert next(iter(told)) == "information_only"
    assert told["information_only"] is True


def test_the_stretches_cover_each_range_and_hold_the_award(told: dict[str, Any]) -> None:
    """Exact ends that meet; at the announced weights the recorded set wins."""
    announced = {"price": 40, "impact-plan": 25, "hours-tracking": 15, "adaptability": 10, "customer-experience": 10}
    assert set(told["sweeps"]) == set(announced)
    for name, stretches in told["sweeps"].items():
        assert Fraction(stretches[0]["low"]) == announced[name] - 5
        assert Fraction(stretches[-1]["high"]) == announced[name] + 5
        here = [one for one in stretches if Fraction(one["low"]) <= announced[name] <= Fraction(one["high"])]
        assert any(told["award"] in one["sets"] for one in here)


def test_the_tie_of_the_story_is_seen(told: dict[str, Any]) -> None:
    """One loser lacks no point at all: it tied, and a small cut would have won."""
    found = {one["bidder"]: one for one in told["distances"]}
    assert found["9900004-2"]["points"] == "0"
    assert Fraction(found["9900004-2"]["cut"]) == Fraction("83.03")
    assert Fraction(found["9900002-6"]["points"]) == Fraction("3.79")


def test_nothing_relative_nothing_turned(told: dict[str, Any]) -> None:
    """The example's formulas look at no other bid."""
    assert told["reversal"] is None
    assert not any(one["turned"] for one in told["dropouts"])


def test_the_same_seed_gives_the_same_bytes_and_the_record_is_as_it_was(story_once: Path, told: dict[str, Any]) -> None:
    """Information only: no event is appended."""
    head = record_state(story_once).head
    result = run(story_once, "--samples", 100, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.output) == told
    assert record_state(story_once).head == head


@pytest.mark.parametrize("language", list(Language))
def test_people_read_it_in_their_language(
    found: Robustness, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    """The mark stands first; no id is left."""
    show_robustness(Console(language, json=False), found)
    output = capsys.readouterr().out
    marks = {Language.FI: "VAIN TIEDOKSI", Language.SV: "ENDAST FÖR KÄNNEDOM", Language.EN: "INFORMATION ONLY"}
    assert output.startswith(marks[language])
    assert "robustness." not in output
    assert "[332101400/8300483]" in output


@pytest.mark.parametrize("language", list(Language))
def test_every_answer_has_its_words(language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    """An award by rank, by rounding, with a dropout, a reversal, an immaterial dispute and a hopeless bid."""
    contest = single("ratio-to-lowest@1", {"A": ("100", 50), "B": ("125", 60), "C": ("40", 10), "D": ("900", 0)})
    looked = look(contest, selected(contest), Wishes(samples=10, disputes=(("D", "plan"),)))
    odd = replace(looked, exact_award_differs=True, standing=None, reversal=None)
    show_robustness(Console(language, json=False), odd)
    output = capsys.readouterr().out
    assert "robustness." not in output
    assert len(output.splitlines()) > 12


def test_ranges_and_criteria_of_others_are_wrong_use() -> None:
    """Said before anything is reckoned."""
    contest = single("ratio-to-lowest@1", {"A": ("100", 50), "B": ("125", 60)})
    for name, low, high in (("muu", 1, 2), ("price", 50, 30), ("price", 30, 300)):
        with pytest.raises(UsageError):
            look(contest, selected(contest), Wishes(ranges={name: (Fraction(low), Fraction(high))}))


def test_before_the_ranking_is_locked_it_refuses(published: Path) -> None:
    """It says what to do first."""
    result = run(published)
    assert result.exit_code == 1
    assert "valinta bids open" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--range", "price"),
        ("--dispute", "9900001-8"),
        ("--spread", "paljon"),
    ],
)
def test_wrong_use_is_exit_code_2(tmp_path: Path, arguments: tuple[str, str]) -> None:
    """What cannot be read is said before the folder is."""
    assert run(tmp_path, "--samples", 1, *arguments).exit_code == 2
