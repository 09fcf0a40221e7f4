"""Invented bids: inside the ranges, and showing what the selection rule does."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.award.invented import PLACES, invented_field, invented_prices, small_capacity
from tender.model.prices import price_cells
from tests.evaluation.award.build import selection_tender
from tests.sample import sample_tender


@pytest.mark.parametrize("place", PLACES)
def test_invented_prices_are_admissible(place: Fraction) -> None:
    """Inside every range, with allowed decimals."""
    tender = sample_tender()
    prices = invented_prices(tender, place)
    for cell in price_cells(tender.prices):
        assert cell.range.holds(prices[cell.id])
        assert -int(prices[cell.id].as_tuple().exponent) <= cell.decimals


def test_the_pilots_numbers_give_the_worked_case() -> None:
    """1,400 clients, three providers, a cap of 700: capacities 300/300/700/700/700, points 90/88/85/80/70."""
    field = invented_field(sample_tender())
    assert field is not None
    assert [bid.capacity_total for bid in field.bids] == [300, 300, 700, 700, 700]
    assert [bid.total for bid in field.sheet.bids] == [90, 88, 85, 80, 70]


@given(providers=st.integers(1, 8), cap=st.integers(1, 50), need=st.integers(1, 400))
def test_the_small_capacity_shows_the_rule_whenever_it_can(providers: int, cap: int, need: int) -> None:
    """With it the two best do not fit together, one of them with full ones does; else it is the cap."""
    tender = selection_tender({("a", "g"): need}, providers=providers, cap=cap)
    small = small_capacity(tender)
    assert small >= 1
    if small == cap or need > providers * cap:
        return
    without = 0 if providers == 1 else small + (providers - 1) * cap
    both = small if providers == 1 else 2 * small + (providers - 2) * cap
    assert both < need
    assert providers == 1 or without >= need


def test_more_bids_than_letters_are_not_invented() -> None:
    """25 providers would need 27 names."""
    assert invented_field(selection_tender(providers=25)) is None
    assert invented_field(selection_tender(providers=24)) is not None


def test_invented_quality_meets_an_announced_floor() -> None:
    """The floor is not what the example is about."""
    field = invented_field(selection_tender(minimum_quality="44"))
    assert field is not None
    assert min(bid.quality for bid in field.sheet.bids) >= Decimal(44)
