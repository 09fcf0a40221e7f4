"""The comparison price: what a bid costs in a year at the announced volumes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.award.comparison import (
    comparison_price,
    comparison_working,
    group_cost,
    highest_comparison_price,
    lowest_comparison_price,
    tendered_prices,
)
from tender.errors import BlockedError
from tender.model.prices import PriceForm, PriceRange, price_cells
from tests.evaluation.award.build import assert_true, make_bid
from tests.sample import sample_tender

TENDER = sample_tender()
bases = st.tuples(
    st.decimals("34", "50", places=2, allow_nan=False), st.decimals("0.6", "1", places=4, allow_nan=False)
)


def test_the_pilots_numbers_by_hand() -> None:
    """Bid 43.50 and 0.95: unit prices 39.15/43.50/52.20 and 0.3800/0.7600/1.4250."""
    prices = {"capitation": Decimal("43.50"), "outcome": Decimal("0.95")}
    capitation = Decimal("39.15") * 4320 + Decimal("43.50") * 6216 + Decimal("52.20") * 6264
    outcome = Decimal("0.38") * 1392000 + Decimal("0.76") * 402500 + Decimal("1.425") * 51250
    assert comparison_price(TENDER, prices) == Fraction(capitation + outcome)


def test_a_price_per_group_is_taken_as_it_is() -> None:
    """Without weights the tendered price of each group is its unit price."""
    ranges = {group.id: PriceRange(Decimal(1), Decimal(9)) for group in TENDER.groups}
    part = replace(TENDER.prices.capitation, form=PriceForm.PER_GROUP, base=None, weights=None, groups=ranges)
    tender = replace(TENDER, prices=replace(TENDER.prices, capitation=part, outcome=part))
    prices = {cell.id: Decimal(place) for place, cell in enumerate(price_cells(tender.prices), start=1)}
    expected = 1 * 4320 + 2 * 6216 + 3 * 6264 + 4 * 1392000 + 5 * 402500 + 6 * 51250
    assert comparison_price(tender, prices) == expected


@given(bases)
def test_every_admissible_bid_is_between_the_ends(prices: tuple[Decimal, Decimal]) -> None:
    """The derived ends of the interval hold for all bids in range, so no admissible bid is clipped by them."""
    price = comparison_price(TENDER, {"capitation": prices[0], "outcome": prices[1]})
    assert lowest_comparison_price(TENDER) <= price <= highest_comparison_price(TENDER)


@given(bases)
def test_the_working_is_true_and_ends_in_the_price(prices: tuple[Decimal, Decimal]) -> None:
    """Every intermediate number is reckoned again from its expression."""
    tendered = {"capitation": prices[0], "outcome": prices[1]}
    steps = comparison_working(TENDER, tendered)
    for step in steps:
        assert_true(step)
    assert steps[-1].id == "comparison-price"
    assert steps[-1].result == comparison_price(TENDER, tendered)
    assert [step.id for step in steps].count("capitation-unit") == len(TENDER.groups)


def test_groups_add_up() -> None:
    """The price is the sum of its groups' costs."""
    prices = {"capitation": Decimal(42), "outcome": Decimal("0.8")}
    assert sum(group_cost(TENDER, prices, group) for group in TENDER.groups) == comparison_price(TENDER, prices)


def test_a_blank_price_is_never_zero() -> None:
    """A blank that slipped through stops the work and names the cell."""
    bid = make_bid(TENDER, "A", prices={"capitation": Decimal(42), "outcome": None})
    with pytest.raises(BlockedError) as error:
        tendered_prices(TENDER, bid)
    assert error.value.values == {"bidder": "Tuottaja A", "price": "outcome"}
    assert tendered_prices(TENDER, make_bid(TENDER, "A")) == {"capitation": 34, "outcome": Decimal("0.6")}
