"""What the entry point of scenarios tells of another value."""

from __future__ import annotations

from dataclasses import replace

from evaluation.scenarios import scenario
from tender.language import Language
from tender.model.scenarios import ScenarioLine
from tender.model.tender import Tender
from tender.words import words
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
