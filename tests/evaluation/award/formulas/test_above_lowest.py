"""``above-lowest@1``: twice the lowest price earns nothing, and a decoy spreads the others."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings

from evaluation.award.formulas.above_lowest import FORMULA
from tests.evaluation.award.formulas.frame import all_points, fields, reason, steps_of, whole


@settings(max_examples=25)
@given(field=fields)
def test_each_percent_above_the_lowest_costs_a_percent_of_the_points(field: tuple[Fraction, ...]) -> None:
    """Reckoned the other way round: 40 points less 0.4 for each percent, never below zero."""
    lowest = min(field)
    expected = tuple(max(Fraction(0), 40 - Fraction(2, 5) * (100 * price / lowest - 100)) for price in field)
    assert all_points(FORMULA, field) == expected


def test_twice_the_lowest_earns_nothing_and_more_no_less() -> None:
    """The line is cut at zero, and the working says so only where it is."""
    assert all_points(FORMULA, whole(100, 200, 300)) == whole(40, 0, 0)
    assert steps_of(FORMULA, Fraction(200), whole(100, 200)) == ["lowest", "points"]
    assert steps_of(FORMULA, Fraction(300), whole(100, 300)) == ["lowest", "points", "at-least-zero"]


def test_a_low_decoy_spreads_the_others_before_it_cuts_them() -> None:
    """Prices 100 and 110 are 4 points apart; with a decoy of 80 they are 5, with one of 40 both are at zero."""
    for decoy, gap in ((100, 4), (80, 5), (40, 0)):
        found = all_points(FORMULA, whole(decoy, 100, 110))
        assert found[1] - found[2] == gap


def test_a_lowest_price_of_zero_is_refused_for_everyone() -> None:
    """There is no percent of nothing."""
    for price in whole(0, 100):
        assert reason(FORMULA, price, whole(0, 100)) == "lowest-not-positive"
