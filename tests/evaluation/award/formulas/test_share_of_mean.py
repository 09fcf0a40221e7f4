"""``share-of-mean@1``: low prices saturate, and the order among them is lost."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings

from evaluation.award.formulas.share_of_mean import FORMULA
from tests.evaluation.award.formulas.frame import all_points, fields, reason, steps_of, whole


@settings(max_examples=25)
@given(field=fields)
def test_points_are_the_ratio_to_the_mean_up_to_the_weight(field: tuple[Fraction, ...]) -> None:
    """Reckoned the other way round: p · P = 30 · mean, or P is at its limit."""
    mean = sum(field) / Fraction(len(field))
    for price, points in zip(field, all_points(FORMULA, field), strict=True):
        assert points == 40 or points * price == 30 * mean
        assert points <= 40


def test_low_prices_all_saturate() -> None:
    """Below three quarters of the mean nobody can tell bids apart."""
    assert all_points(FORMULA, whole(10, 20, 300))[:2] == whole(40, 40)
    assert steps_of(FORMULA, Fraction(10), whole(10, 20, 300)) == ["mean", "points", "at-most-weight"]


def test_a_price_of_zero_earns_full_points_with_a_step_that_says_so() -> None:
    """The ratio has no upper end; the mean must still be above zero."""
    assert all_points(FORMULA, whole(0, 100))[0] == 40
    assert steps_of(FORMULA, Fraction(0), whole(0, 100)) == ["mean", "price-zero"]
    assert reason(FORMULA, Fraction(0), whole(0, 0)) == "mean-not-positive"


def test_the_share_is_the_announced_one() -> None:
    """Everybody at the mean earns it."""
    assert all_points(FORMULA, whole(70, 70), mean_share=90) == whole(36, 36)
