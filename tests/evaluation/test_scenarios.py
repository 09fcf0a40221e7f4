"""What the entry point of scenarios tells of another value."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.scenarios import scenario
from tender.cli.main import main
from tender.language import Language
from tender.model.scenarios import ScenarioLine
from tender.model.tender import Tender
from tender.words import words
from tests.house.sources import ROOT
from tests.sample import sample_tender

TENDER = sample_tender()


def with_cap(cap: int) -> Tender:
    return replace(TENDER, framework=replace(TENDER.framework, client_cap=cap))


def lines(cap: int) -> dict[str, ScenarioLine]:
    """The lines of the scenario of this cap, by their English words."""
    return {line.label.best(Language.EN): line for line in scenario(TENDER, with_cap(cap))}


def label(name: str) -> str:
    return words(Language.EN).term(f"scenario-line.{name}")


def test_a_lower_cap_is_reached_more_often() -> None:
    """Cap 500 instead of 700: more clients meet full providers."""
    found = lines(500)
    for name in ("full", "bounced"):
        line = found[label(name)]
        assert line.before is not None
        assert line.after is not None
        assert line.after > line.before


def test_the_same_tender_differs_in_nothing() -> None:
    """Before and after are equal, line by line."""
    assert all(line.before == line.after for line in scenario(TENDER, TENDER))


def test_what_cannot_be_reckoned_is_blank_and_not_zero() -> None:
    """Too few places even for an invented field: points and their cost are blank; the queue is still told."""
    found = lines(100)
    assert found[label("points")].after is None
    assert found[label("yearly-cost")].after is None
    waiting = found[label("waiting")].after
    assert waiting is not None
    assert waiting > 1000


def test_a_tender_without_groups_is_blank_throughout() -> None:
    """Other rules say what it lacks."""
    assert all(line.after is None for line in scenario(TENDER, replace(TENDER, groups=())))


@pytest.mark.slow
def test_the_command_of_the_dialogue_prints_the_figures(tmp_path: Path) -> None:
    """Asked for a cap of 500, the plug-in answers, and nothing is written."""
    folder = tmp_path / "town"
    shutil.copytree(ROOT / "examples" / "pohjois-savo", folder)
    before = (folder / "tender.toml").read_bytes()
    words_ = ["dialogue", "scenario", str(folder), "--set", "framework.client_cap=500", "--json", "--language", "en"]
    result = CliRunner().invoke(main, words_)
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert said["plugged"] == ["design"]
    full = next(one for one in said["lines"] if one["label"] == label("full"))
    assert Fraction(full["before"]) < Fraction(full["after"])
    assert (folder / "tender.toml").read_bytes() == before
