"""``money-value@1`` (the table of ``docs/formulas.md``; Bergman & Lundberg)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.award.formulas.money_value import points
from tests.evaluation.award.build import fractions, positive, weights

Offer = tuple[Fraction, Fraction]


@pytest.mark.slow
@given(
    weight=weights,
    floor=fractions,
    euros=positive,
    offers=st.lists(st.tuples(fractions, fractions), min_size=2, max_size=6),
)
def test_the_order_is_that_of_price_minus_money_for_quality(
    weight: Fraction, floor: Fraction, euros: Fraction, offers: list[Offer]
) -> None:
    """Price points plus quality points order the bids as price − euros · quality does, ties included."""
    totals = [points(weight, price, floor, euros) + good for price, good in offers]
    money = [price - euros * good for price, good in offers]
    for one in range(len(offers)):
        for other in range(len(offers)):
            assert (totals[one] > totals[other]) == (money[one] < money[other])
            assert (totals[one] == totals[other]) == (money[one] == money[other])


@given(weight=weights, floor=fractions, euros=positive, price=fractions, shift=fractions)
def test_a_point_costs_the_announced_euros(
    weight: Fraction, floor: Fraction, euros: Fraction, price: Fraction, shift: Fraction
) -> None:
    """A price that is v euros dearer earns exactly one point less, anywhere on the line."""
    assert points(weight, price, floor, euros) - points(weight, price + shift * euros, floor, euros) == shift
