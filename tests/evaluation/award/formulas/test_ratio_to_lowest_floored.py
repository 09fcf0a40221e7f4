"""``ratio-to-lowest-floored@1``: below the floor there is nothing to gain."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.formulas.ratio_to_lowest import FORMULA as RATIO
from evaluation.award.formulas.ratio_to_lowest_floored import FORMULA
from tests.evaluation.award.formulas.frame import all_points, fields, framed, reason, whole


@settings(max_examples=25)
@given(field=fields)
def test_above_the_floor_it_is_the_ratio(field: tuple[Fraction, ...]) -> None:
    """A floor of one euro under whole prices changes nothing."""
    assert all_points(FORMULA, field, floor=1) == all_points(RATIO, field)


@settings(max_examples=25)
@given(field=fields, floor=st.integers(1, 10_000))
def test_below_the_floor_every_price_counts_alike(field: tuple[Fraction, ...], floor: int) -> None:
    """Nobody earns more by dumping, and nobody loses by somebody's dumping."""
    lifted = tuple(max(price, Fraction(floor)) for price in field)
    assert all_points(FORMULA, field, floor=floor) == all_points(RATIO, lifted)


def test_zero_is_defined() -> None:
    """Also when everybody asks nothing."""
    assert all_points(FORMULA, whole(0, 100), floor=50) == whole(40, 20)
    assert all_points(FORMULA, whole(0, 0), floor=50) == whole(40, 40)


def test_both_lifted_prices_are_steps() -> None:
    """So that a bidder sees which number was used."""
    steps = FORMULA.working(framed(FORMULA, Fraction(30), whole(20, 30), floor=25))
    assert [(step.id, step.result) for step in steps[1:3]] == [
        ("counted-lowest", Fraction(25)),
        ("counted", Fraction(30)),
    ]


def test_a_floor_of_zero_is_refused() -> None:
    """It would be the plain ratio with its hole at zero."""
    assert reason(FORMULA, Fraction(1), whole(1, 2), floor=0) == "floor-not-positive"
