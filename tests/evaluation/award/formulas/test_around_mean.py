"""``around-mean@1``: cover bids move the mean, and with it everybody's points."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from evaluation.award.formulas.around_mean import FORMULA
from tests.evaluation.award.formulas.frame import all_points, fields, reason, steps_of, whole


@settings(max_examples=25)
@given(field=fields)
def test_the_mean_price_earns_the_announced_share(field: tuple[Fraction, ...]) -> None:
    """A bid exactly at the mean, put in, leaves the mean where it is and earns half of the points."""
    mean = sum(field) / Fraction(len(field))
    assert all_points(FORMULA, (*field, mean))[-1] == 20


@pytest.mark.parametrize(("share", "slope", "expected"), [(50, 2, 28), (60, 2, Fraction(168, 5)), (50, 4, 36)])
def test_share_and_slope_are_the_announced_ones(share: int, slope: int, expected: Fraction) -> None:
    """20 percent under a mean of 100: half of the points and twice, or four times, the distance."""
    assert all_points(FORMULA, whole(80, 120), mean_share=share, slope=slope)[0] == expected


def test_cover_bids_lift_a_dear_bid() -> None:
    """120 against 100 earns 16.36; with two cover bids of 200 it earns 29.03."""
    alone, covered = (all_points(FORMULA, field)[1] for field in (whole(100, 120), whole(100, 120, 200, 200)))
    assert alone == Fraction(180, 11)
    assert covered == Fraction(900, 31)


def test_both_limits_have_a_step() -> None:
    """Far above and far below the mean."""
    field = whole(1, 100, 299)
    assert steps_of(FORMULA, Fraction(1), field, slope=4)[-1] == "at-most-weight"
    assert steps_of(FORMULA, Fraction(1), field, slope=1) == ["mean", "points"]
    assert steps_of(FORMULA, Fraction(299), field)[-1] == "at-least-zero"


def test_a_mean_of_zero_is_refused() -> None:
    """All prices are zero; one zero among others is defined."""
    assert reason(FORMULA, Fraction(0), whole(0, 0)) == "mean-not-positive"
    assert all_points(FORMULA, whole(0, 100)) == whole(40, 0)
