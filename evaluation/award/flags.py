"""Prices and numbers that call for an explanation. A flag asks; it never excludes (HL 96: the tenderer is heard first).

The two measures of a low price are a published policy of the toolkit, not law: they are the ones that ProZorro prints,
40 % below the mean of the others and 30 % below the next lowest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from evaluation.award.comparison import comparison_price, tendered_prices
from tender.model.bids import Bid
from tender.model.prices import price_cells
from tender.model.tender import Tender

BELOW_MEAN, BELOW_NEXT = Fraction(40, 100), Fraction(30, 100)
ABOUT_LOW, ABOUT_ARITHMETIC = "abnormally-low", "arithmetic"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that the bidder is asked to explain.

    Attributes:
        bidder: Bidder id.
        about: ``abnormally-low`` or ``arithmetic``.
        rule: Id of the words.
        found: The bidder's number.
        limit: What it is set against.
    """

    bidder: str
    about: str
    rule: str
    found: Fraction
    limit: Fraction


def flags_of(tender: Tender, bids: Iterable[Bid]) -> tuple[Flag, ...]:
    """Every flag, in the order of bidders; a bid with a blank price has no price to be set against."""
    ordered = sorted(bids, key=lambda bid: bid.bidder)
    whole = [bid for bid in ordered if all(bid.prices.get(cell.id) is not None for cell in price_cells(tender.prices))]
    prices = {bid.bidder: comparison_price(tender, tendered_prices(tender, bid)) for bid in whole}
    return (*_low(prices), *(flag for bid in ordered for flag in _capacity(bid)))


def _low(prices: dict[str, Fraction]) -> Iterator[Flag]:
    for bidder, price in prices.items():
        others = [other for name, other in prices.items() if name != bidder]
        if not others:
            return
        mean = sum(others, Fraction(0)) / len(others)
        if price <= mean * (1 - BELOW_MEAN):
            yield Flag(bidder, ABOUT_LOW, "flag.below-mean", price, mean)
        elif price <= min(others) * (1 - BELOW_NEXT):
            yield Flag(bidder, ABOUT_LOW, "flag.below-next", price, min(others))


def _capacity(bid: Bid) -> Iterator[Flag]:
    """A total that the cells together cannot reach."""
    cells = [clients for clients in bid.capacity.values() if clients is not None]
    if bid.capacity_total is not None and cells and bid.capacity_total > sum(cells):
        yield Flag(
            bid.bidder, ABOUT_ARITHMETIC, "flag.capacity-total", Fraction(bid.capacity_total), Fraction(sum(cells))
        )
