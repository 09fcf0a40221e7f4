"""Invented bids for worked examples: prices inside the buyer's ranges, capacities that show what the rule does.

They are computed from the tender alone, so the published example can be computed again before scoring and paying.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tender.model.awards import ScoredBid, ScoreSheet
from tender.model.bids import Bid
from tender.model.methods import award_hash, payment_hash
from tender.model.prices import price_cells
from tender.model.tender import Tender
from tender.money import exact, round_half_up

PLACES = (Fraction(1, 3), Fraction(1, 2), Fraction(2, 3))
"""Where in every range the prices of the three invented bids lie."""
POINTS = (90, 88, 85, 80, 70)
"""Points of the first invented bids; every further one has two points less than the one before."""
_NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROUND = 100
_SMALL = 2


@dataclass(frozen=True, slots=True)
class Field:
    """Invented bids with invented points.

    Attributes:
        sheet: Their points.
        bids: The bids, all at the lowest prices.
    """

    sheet: ScoreSheet
    bids: tuple[Bid, ...]


def invented_prices(tender: Tender, place: Fraction) -> dict[str, Decimal]:
    """A price in every cell, `place` of the way from the lowest to the highest allowed one."""
    prices = {}
    for cell in price_cells(tender.prices):
        lowest, highest = exact(cell.range.lowest), exact(cell.range.highest)
        prices[cell.id] = round_half_up(lowest + place * (highest - lowest), cell.decimals)
    return prices


def invented_field(tender: Tender) -> Field | None:
    """Two bids more than providers are chosen; the two best are too small to be chosen together, where that can be.

    ``None`` when there would be more bids than letters.
    """
    count = tender.framework.providers + 2
    if count > len(_NAMES):
        return None
    small = small_capacity(tender)
    capacities = [small] * _SMALL + [tender.framework.client_cap] * (count - _SMALL)
    bids = tuple(_bid(tender, name, most) for name, most in zip(_NAMES, capacities, strict=False))
    scored = tuple(_scored(tender, name, place) for place, name in enumerate(_NAMES[:count]))
    return Field(ScoreSheet(award_hash(tender), scored), bids)


def small_capacity(tender: Tender) -> int:
    """A capacity so small that the best set falls short by it, and large enough for the next one; else the cap."""
    need = sum(group.client_total for group in tender.groups)
    providers, cap = tender.framework.providers, tender.framework.client_cap
    least = max(1, need - (providers - 1) * cap)
    most = (need - (providers - 2) * cap - 1) // 2 if providers > 1 else need - 1
    if least > most:
        return cap
    plain = most // _ROUND * _ROUND
    return plain if plain >= least else most


def _bid(tender: Tender, name: str, capacity: int) -> Bid:
    return Bid(
        bidder=name,
        name=name,
        business_id="",
        email="",
        prices={cell.id: cell.range.lowest for cell in price_cells(tender.prices)},
        capacity_total=capacity,
        capacity={
            (area.id, group.id): group.clients.get(area.id, 0) for area in tender.areas for group in tender.groups
        },
        suitability={},
        annexes={},
        award_hash=award_hash(tender),
        payment_hash=payment_hash(tender),
        version=0,
        synthetic=True,
    )


def _scored(tender: Tender, name: str, place: int) -> ScoredBid:
    last = len(POINTS) - 1
    points = POINTS[place] if place <= last else POINTS[last] - 2 * (place - last)
    floor = tender.award.selection.minimum_quality
    quality = Fraction(points, 2) if floor is None else max(Fraction(points, 2), exact(floor))
    return ScoredBid(name, name, Fraction(0), (), quality, Fraction(points), place + 1)
