"""``ratio-squared@1``: the ratio, harsher."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings

from evaluation.award.formulas.ratio_squared import FORMULA
from evaluation.award.formulas.ratio_to_lowest import FORMULA as RATIO
from tests.evaluation.award.formulas.frame import all_points, fields, reason, steps_of, whole


@settings(max_examples=25)
@given(field=fields)
def test_it_is_the_ratio_times_itself(field: tuple[Fraction, ...]) -> None:
    """40 · P₂ = P₁², so it is never above the plain ratio."""
    for squared, plain in zip(all_points(FORMULA, field), all_points(RATIO, field), strict=True):
        assert 40 * squared == plain**2
        assert squared <= plain


def test_twice_the_lowest_earns_a_quarter() -> None:
    """And the lowest all."""
    assert all_points(FORMULA, whole(100, 200)) == whole(40, 10)
    assert steps_of(FORMULA, Fraction(200), whole(100, 200)) == ["lowest", "points"]


def test_zero_and_negative_prices_are_refused() -> None:
    """As under the plain ratio; for everybody."""
    assert reason(FORMULA, Fraction(100), whole(0, 100)) == "lowest-not-positive"
    assert reason(FORMULA, Fraction(100), whole(-1, 100)) == "negative-price"
