"""``logarithm@1`` and its limited variant: irrational, decided exactly at declared decimals."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.formulas.logarithm import FORMULA
from evaluation.award.formulas.logarithm_limited import FORMULA as LIMITED
from tests.evaluation.award.build import logarithm
from tests.evaluation.award.formulas.frame import all_points, framed, reason, steps_of, whole


@settings(max_examples=25)
@given(low=st.integers(1, 500), high=st.integers(1, 500))
def test_four_decimals_are_right(low: int, high: int) -> None:
    """Against a series that asks no library: never further than half of the last decimal."""
    lowest, price = sorted((Fraction(low), Fraction(high)))
    points = FORMULA.points(framed(FORMULA, price, (lowest, price)))
    assert abs(points - 40 * (1 - logarithm(price / lowest))) <= Fraction(1, 2 * 10**4)
    assert (10**4 * points).denominator == 1


@settings(max_examples=25)
@given(prices=st.tuples(*[st.integers(1, 500)] * 2), third=st.integers(1, 500))
def test_a_third_bid_moves_no_distance(prices: tuple[int, int], third: int) -> None:
    """But for the rounding of the last decimal: two units at most."""
    gaps = []
    for others in ((), (Fraction(third),)):
        found = all_points(FORMULA, (*whole(*prices), *others))
        gaps.append(found[0] - found[1])
    assert abs(gaps[0] - gaps[1]) <= Fraction(2, 10**4)


def test_doublings_are_exact() -> None:
    """1, 2, 4 and 8 times the lowest price: 40, 0, −40 and −80 points."""
    assert all_points(FORMULA, whole(100, 200, 400, 800)) == whole(40, 0, -40, -80)


def test_the_limited_variant_stops_at_zero_and_so_hangs_on_others() -> None:
    """With a low third bid two distant prices are no longer told apart."""
    assert all_points(LIMITED, whole(100, 400)) == whole(40, 0)
    assert all_points(LIMITED, whole(50, 200, 400))[1:] == whole(0, 0)
    assert steps_of(LIMITED, Fraction(400), whole(100, 400)) == ["lowest", "points", "at-least-zero"]


@pytest.mark.parametrize("decimals", [0, 1, 4, 12])
def test_decimals_are_the_announced_ones(decimals: int) -> None:
    """No more and no fewer than asked."""
    points = FORMULA.points(framed(FORMULA, Fraction(110), whole(100, 110), decimals=decimals))
    assert (10**decimals * points).denominator == 1
    assert abs(points - 40 * (1 - logarithm(Fraction(11, 10)))) <= Fraction(1, 2 * 10**decimals)


def test_huge_and_tiny_ratios_come_to_an_end() -> None:
    """Thirty digits apart, and one in ten to the thirtieth above one."""
    far = FORMULA.points(framed(FORMULA, Fraction(10**30), (Fraction(1), Fraction(10**30))))
    assert far == Fraction("-3946.3137")
    near = 1 + Fraction(1, 10**30)
    assert FORMULA.points(framed(FORMULA, near, (Fraction(1), near))) == 40


def test_a_lowest_price_of_zero_is_refused() -> None:
    """There is no ratio to nothing."""
    assert reason(FORMULA, Fraction(100), whole(0, 100)) == "lowest-not-positive"
    assert reason(LIMITED, Fraction(100), whole(100, 100), decimals=13) == "decimals"
