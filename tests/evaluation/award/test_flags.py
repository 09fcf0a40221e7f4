"""Flags ask for an explanation exactly where they say, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.award.flags import ABOUT_ARITHMETIC, ABOUT_LOW, flags_of
from tender.model.bids import Bid
from tender.model.prices import price_cells
from tests.evaluation.award.build import make_bid, priced_tender

TENDER = priced_tender()
CELLS = [cell.id for cell in price_cells(TENDER.prices)]


def bid(name: str, price: int | str | None, *, total: int = 700) -> Bid:
    """A bid whose comparison price follows `price`."""
    amount = None if price is None else Decimal(price)
    prices: Mapping[str, Decimal | None] = {
        cell: amount if cell.startswith("capitation") else Decimal(0) for cell in CELLS
    }
    return make_bid(TENDER, name, prices=prices, total=total)


def rules(*bids: Bid) -> list[tuple[str, str]]:
    """Bidder and rule of each flag."""
    return [(flag.bidder, flag.rule) for flag in flags_of(TENDER, bids)]


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        ((60, 100, 100), [("b0", "flag.below-mean")]),
        ((61, 100, 100), [("b0", "flag.below-next")]),
        ((70, 100, 110), [("b0", "flag.below-next")]),
        ((71, 100, 110), []),
        ((100, 100, 100), []),
        ((0, 100), [("b0", "flag.below-mean")]),
        ((5,), []),
    ],
)
def test_the_two_measures_end_where_they_say(prices: tuple[int, ...], expected: list[tuple[str, str]]) -> None:
    """40 % below the mean of the others, 30 % below the next; a single bid is set against nobody."""
    assert rules(*(bid(f"b{number}", price) for number, price in enumerate(prices))) == expected


def test_a_blank_price_is_not_a_low_one() -> None:
    """It is not set against the others, nor they against it."""
    assert rules(bid("b0", None), bid("b1", 100), bid("b2", 100)) == []


def test_a_total_that_its_parts_cannot_reach_is_asked_about() -> None:
    """Arithmetic of the bidder's own numbers."""
    odd = replace(bid("b0", 100, total=900), capacity={("here", "all"): 700})
    [flag] = flags_of(TENDER, [odd])
    assert (flag.about, flag.found, flag.limit) == (ABOUT_ARITHMETIC, Fraction(900), Fraction(700))


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=6))
def test_flags_do_not_hang_on_order_and_never_touch_all(prices: list[int]) -> None:
    """The dearest bid is never abnormally low."""
    bids = [bid(f"b{number}", price) for number, price in enumerate(prices)]
    found = flags_of(TENDER, bids)
    assert found == flags_of(TENDER, list(reversed(bids)))
    low = {flag.bidder for flag in found if flag.about == ABOUT_LOW}
    assert f"b{prices.index(max(prices))}" not in low
