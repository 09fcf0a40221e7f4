"""``around-median@1``: one odd bid moves the median little, but it is still relative."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.formulas.around_median import FORMULA
from tests.evaluation.award.formulas.frame import all_points, fields, framed, reason, whole


@settings(max_examples=25)
@given(field=fields, odd=st.integers(10_001, 10**9))
def test_how_odd_the_odd_bid_is_does_not_matter(field: tuple[Fraction, ...], odd: int) -> None:
    """Any price above all others moves the median alike: the points of the others are the same."""
    far, further = (all_points(FORMULA, (*field, Fraction(price))) for price in (odd, 2 * odd))
    assert far[:-1] == further[:-1]


@pytest.mark.parametrize(("field", "median"), [((1, 2, 9), 2), ((1, 2, 4, 9), 3), ((5,), 5), ((7, 7), 7)])
def test_the_median_price_earns_half(field: tuple[int, ...], median: int) -> None:
    """Odd and even numbers of bids; a bid at the median keeps it where it is."""
    assert FORMULA.points(framed(FORMULA, Fraction(median), (*whole(*field), Fraction(median)))) == 20


def test_the_working_reckons_the_median_from_the_two_in_the_middle() -> None:
    """The same price twice when their number is odd."""
    even, odd = (
        FORMULA.working(framed(FORMULA, Fraction(2), field))[0] for field in (whole(1, 2, 4, 9), whole(1, 2, 9))
    )
    assert (even.expression, even.result) == ("(2 + 4) / 2", Fraction(3))
    assert (odd.expression, odd.result) == ("(2 + 2) / 2", Fraction(2))


def test_limits_and_refusal() -> None:
    """One and a half times the median and above earn nothing; a median of zero is refused."""
    assert FORMULA.points(framed(FORMULA, Fraction(300), whole(100, 100, 300))) == 0
    assert reason(FORMULA, Fraction(9), whole(0, 0, 9)) == "median-not-positive"
