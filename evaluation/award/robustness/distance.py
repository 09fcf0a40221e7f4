"""Each loser's exact distance to winning: points and price, everything else as it is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evaluation.award.comparison import lowest_comparison_price
from evaluation.award.robustness.contest import Contest
from evaluation.award.robustness.sets import Award
from tender.model.awards import ScoredBid
from tender.model.criteria import CriterionKind

CENTS = 100


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a loser was from being chosen.

    Attributes:
        bidder: Bidder id.
        points: Points by which it would tie; a little more and it would be chosen. ``None`` when no points suffice.
        price: Highest comparison price, to the cent, at which it would have been chosen, all points reckoned again;
            ``None`` when not even the lowest allowed price suffices.
        cut: How much lower that is than its own price.
    """

    bidder: str
    points: Fraction | None
    price: Fraction | None
    cut: Fraction | None


def distances(contest: Contest) -> tuple[Distance, ...]:
    """The distance of every bid that was not chosen, in the order of the ranking.

    Raises:
        BlockedError: There are too many sets to compare them one by one.
    """
    losers = [bid for bid in contest.sheet.bids if bid.bidder not in contest.award]
    return tuple(_distance(contest, bid) for bid in losers)


def points_needed(contest: Contest, bidder: str) -> Fraction | None:
    """Points that `bidder` lacks to tie for the award; ``None`` when it is in no set that may be chosen."""
    totals = contest.acceptable(contest.sheet)
    with_it = [one for one in contest.sets.among(totals) if bidder in one]
    if not with_it:
        return None
    if contest.sets.by_sum:
        return _sum(totals, contest.award) - max(_sum(totals, one) for one in with_it)
    steps = sorted({total - totals[bidder] for total in totals.values() if total >= totals[bidder]})
    return next((step for step in steps if _wins_with(contest, totals, bidder, step)), None)


def price_needed(contest: Contest, bidder: str) -> Fraction | None:
    """Highest price in cents at which `bidder` is chosen, found by halving and proven at the cent above.

    A price of zero is left aside: formulas may refuse it.
    """
    own = int(next(bid.comparison_price for bid in contest.sheet.bids if bid.bidder == bidder) * CENTS)
    least, most = max(1, int(lowest_comparison_price(contest.tender) * CENTS)), own
    if not _wins_at(contest, bidder, Fraction(least, CENTS)):
        return None
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if _wins_at(contest, bidder, Fraction(middle, CENTS)) else (least, middle)
    return Fraction(least, CENTS)


def _distance(contest: Contest, bid: ScoredBid) -> Distance:
    price = price_needed(contest, bid.bidder)
    cut = None if price is None else bid.comparison_price - price
    return Distance(bid.bidder, points_needed(contest, bid.bidder), price, cut)


def _wins_at(contest: Contest, bidder: str, price: Fraction) -> bool:
    values = contest.values
    priced = [leaf.id for leaf in contest.tender.award.leaves() if leaf.kind is CriterionKind.PRICE]
    values[bidder].update(dict.fromkeys(priced, price))
    return bidder in contest.award_for(values)


def _wins_with(contest: Contest, totals: dict[str, Fraction], bidder: str, points: Fraction) -> bool:
    return any(bidder in one for one in contest.sets.best({**totals, bidder: totals[bidder] + points}))


def _sum(totals: dict[str, Fraction], bidders: Award) -> Fraction:
    return sum((totals[bidder] for bidder in bidders), Fraction(0))
