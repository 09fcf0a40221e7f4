"""``ratio-to-lowest@1`` (the table of ``docs/formulas.md``)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.award.formulas.formula import Given, RefusedError
from evaluation.award.formulas.ratio_to_lowest import FORMULA, points
from tests.evaluation.award.build import positive, weights


@given(weight=weights, prices=st.lists(positive, min_size=1, max_size=6), scale=positive)
def test_the_currency_does_not_matter(weight: Fraction, prices: list[Fraction], scale: Fraction) -> None:
    """All prices in cents, or in any other unit, earn the same points."""
    for price in prices:
        assert points(weight, scale * price, scale * min(prices)) == points(weight, price, min(prices))


def test_a_price_of_zero_is_refused_for_everyone() -> None:
    """Neither 0/0 for the zero bid nor a silent 0 for the others (GT-SUAM's formula 7 does that)."""
    for price in (Fraction(0), Fraction(100)):
        with pytest.raises(RefusedError):
            FORMULA.points(Given(Fraction(40), price, (Fraction(0), Fraction(100)), {}))


def test_a_field_without_bids_is_refused() -> None:
    """There is no lowest price of nothing."""
    with pytest.raises(RefusedError):
        FORMULA.points(Given(Fraction(40), Fraction(1), (), {}))


def test_a_price_below_the_lowest_is_refused() -> None:
    """A bid that is not in its own field cannot be scored by it."""
    with pytest.raises(RefusedError):
        points(Fraction(40), Fraction(90), Fraction(100))
