"""The integer model: its rows bear the names that the published statement prints."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from evaluation.award.model import (
    EXACT_LIMIT,
    RESOLUTION,
    excluded_row,
    points_objective,
    selection_model,
)
from evaluation.award.problem import Problem, read_problem
from tender.solving import broken_rows
from tests.evaluation.award.build import make_bid, make_sheet, selection_tender

STATEMENT = Path(__file__).parents[3] / "templates" / "statements" / "selection-1.fi.md"


def problem(*points: Fraction, ceiling: str | None = "1500") -> Problem:
    """Two areas, one group, two of the bidders to choose, with every kind of row."""
    tender = selection_tender(
        {("a", "g"): 3, ("b", "g"): 4}, providers=2, ceiling=ceiling, minimum_quality="10", near_tie="0"
    )
    names = "ABC"[: len(points)]
    bids = [make_bid(tender, name, total=5, cells=4, prices=Decimal("10.01")) for name in names]
    return read_problem(tender, make_sheet(tender, dict(zip(names, points, strict=True)), quality=[20] * 3), bids)


POINTS = (Fraction(90), Fraction(80), Fraction(70))


def test_rows_are_named_as_the_statement_prints_them() -> None:
    """Every row of the model stands in the statement, and the statement promises no other row."""
    every = problem(*POINTS)
    rule = replace(every.rule, choice_least=1, withstand_loss=True, viable_clients=1)
    every = replace(every, rule=rule, separate=(("A", "B"),))
    model = selection_model(every, ())
    solved = {re.sub(r"\[.*", "", row.name) for row in model.rows}
    printed = re.findall(r"^\| `([a-z_]+)(?:\[[a-z,]+\])?` \|", STATEMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert solved == set(printed)


def test_rows_without_an_announced_limit_are_left_out() -> None:
    """No ceiling, no budget row."""
    names = [row.name for row in selection_model(problem(*POINTS, ceiling=None), ()).rows]
    assert "budget" not in names
    assert "coverage[b,g]" in names


def _values(chosen: str, places: dict[tuple[str, str], int]) -> dict[str, int]:
    values = {f"chosen[{name}]": int(name in chosen) for name in "ABC"}
    cells = {f"places[{name},{area},g]": places.get((name, area), 0) for name in "ABC" for area in "ab"}
    return {**values, **cells}


GOOD = {("A", "a"): 3, ("A", "b"): 2, ("B", "b"): 2}


@pytest.mark.parametrize(
    ("chosen", "places", "broken"),
    [
        ("AB", GOOD, ()),
        ("ABC", GOOD, ("providers",)),
        ("AC", GOOD, ("total_capacity[B]", "cell_capacity[B,b,g]")),
        ("AB", {**GOOD, ("A", "b"): 3}, ("total_capacity[A]",)),
        ("AB", {("A", "a"): 3, ("A", "b"): 2, ("B", "b"): 1}, ("coverage[b,g]",)),
    ],
)
def test_each_row_forbids_what_it_says(
    chosen: str, places: dict[tuple[str, str], int], broken: tuple[str, ...]
) -> None:
    """By the exact check, row by row."""
    model = selection_model(problem(*POINTS), ())
    assert broken_rows(model, _values(chosen, places)) == broken


def test_the_budget_row_is_exact() -> None:
    """Seven places at 120.12 + nothing for hours cost 840.84: that ceiling holds, a cent less does not."""
    for ceiling, broken in (("840.84", ()), ("840.83", ("budget",))):
        model = selection_model(problem(*POINTS, ceiling=ceiling), ())
        assert broken_rows(model, _values("AB", GOOD)) == broken


def test_points_are_exact_while_they_fit() -> None:
    """Whole numbers over the common denominator; beyond the limit millionths of a point, cut down."""
    objective, exact = points_objective(problem(Fraction(90), Fraction("80.25"), Fraction(211, 3)))
    assert exact
    assert [weight for _, weight in objective] == [1080, 963, 844]
    fine = (Fraction(90), Fraction(80) + Fraction(1, 999_999_937), Fraction(70))
    objective, exact = points_objective(problem(*fine))
    assert not exact
    assert [weight for _, weight in objective] == [90 * RESOLUTION, 80 * RESOLUTION, 70 * RESOLUTION]
    assert max(problem(*fine).values) > EXACT_LIMIT


def test_an_excluded_set_cannot_come_again() -> None:
    """But any other set may."""
    row = excluded_row(problem(*POINTS), (0, 1), 7)
    assert row.name == "excluded[7]"
    assert not row.holds({"chosen[A]": 1, "chosen[B]": 1, "chosen[C]": 0})
    assert row.holds({"chosen[A]": 1, "chosen[B]": 0, "chosen[C]": 1})
