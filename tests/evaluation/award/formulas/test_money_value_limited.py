"""``money-value-limited@1``: what the limits cost."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.formulas.money_value import FORMULA as FREE
from evaluation.award.formulas.money_value_limited import FORMULA
from tests.evaluation.award.formulas.frame import WEIGHT, framed, reason, steps_of, whole


@settings(max_examples=25)
@given(price=st.integers(0, 2000), start=st.integers(0, 500), worth=st.integers(1, 50))
def test_between_the_limits_it_is_the_free_formula(price: int, start: int, worth: int) -> None:
    """And beyond them the limit."""
    free = FREE.points(framed(FREE, Fraction(price), (), floor=start, euros_per_point=worth))
    limited = FORMULA.points(framed(FORMULA, Fraction(price), (), floor=start, euros_per_point=worth))
    assert limited == min(WEIGHT, max(Fraction(0), free))


def test_beyond_the_limits_prices_are_told_apart_no_longer() -> None:
    """500 and 900 both earn nothing: the order is no longer that of price minus money for quality."""
    found = [FORMULA.points(framed(FORMULA, price, (), floor=100, euros_per_point=10)) for price in whole(500, 900)]
    assert found == [0, 0]
    assert steps_of(FORMULA, Fraction(900), (), floor=100, euros_per_point=10)[-1] == "at-least-zero"
    assert steps_of(FORMULA, Fraction(50), (), floor=100, euros_per_point=10)[-1] == "at-most-weight"


def test_odd_inputs_are_refused() -> None:
    """A worthless point and a negative price."""
    assert reason(FORMULA, Fraction(1), (), floor=0, euros_per_point=0) == "point-without-value"
    assert reason(FORMULA, Fraction(-1), (), floor=0, euros_per_point=1) == "negative-price"
