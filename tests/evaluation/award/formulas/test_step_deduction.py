"""``step-deduction@1``: a cent at a step costs the whole deduction."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.formulas.step_deduction import FORMULA
from tests.evaluation.award.formulas.frame import all_points, framed, reason, whole


@settings(max_examples=25)
@given(cents=st.integers(0, 20_000))
def test_every_full_five_percent_costs_four_points(cents: int) -> None:
    """Counted in whole cents: five percent of 100 euros are 500 of them."""
    price = 100 + Fraction(cents, 100)
    assert FORMULA.points(framed(FORMULA, price, (Fraction(100), price))) == max(0, 40 - 4 * (cents // 500))


@pytest.mark.parametrize(("price", "points"), [("104.99", 40), ("105", 36), ("109.99", 36), ("149.99", 4), ("150", 0)])
def test_the_edges_of_the_steps(price: str, points: int) -> None:
    """A cent below, and at the step."""
    assert FORMULA.points(framed(FORMULA, Fraction(price), whole(100, price))) == points


def test_step_and_deduction_are_the_announced_ones() -> None:
    """A quarter of the points for every full ten percent."""
    assert all_points(FORMULA, whole(100, 119, 120), step=10, deduction=25) == whole(40, 30, 20)


def test_the_working_counts_the_steps_before_it_cuts_them() -> None:
    """12 percent are 2.4 steps, 2 full ones."""
    steps = FORMULA.working(framed(FORMULA, Fraction(112), whole(100, 112)))
    assert [(step.id, step.result) for step in steps[1:]] == [
        ("steps", Fraction(12, 5)),
        ("full-steps", Fraction(2)),
        ("points", Fraction(32)),
    ]


def test_a_step_of_nothing_is_refused() -> None:
    """Every price would be infinitely many steps above the lowest."""
    assert reason(FORMULA, Fraction(110), whole(100, 110), step=0) == "step-not-positive"
    assert reason(FORMULA, Fraction(110), whole(0, 110)) == "lowest-not-positive"


def test_steps_without_a_finite_decimal_stand_in_one_pair_of_parentheses() -> None:
    """A document prints the expression as it is."""
    steps = FORMULA.working(framed(FORMULA, Fraction(8), whole(7, 8)))
    assert steps[2].expression == "floor(20/7)"
    assert steps[2].result == 2
