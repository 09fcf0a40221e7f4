"""One bid fewer, one bid more: does the award of the others change (HR 9.5.2014, Ricoh/Xerox)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evaluation.award.comparison import highest_comparison_price, lowest_comparison_price
from evaluation.award.robustness.contest import Contest, order_of, without
from evaluation.award.robustness.sets import Award
from evaluation.award.scoring import formula_of
from tender.model.criteria import Criterion, CriterionKind

STEPS = 20
"""Prices of an added bid are tried in twentieths of the buyer's range."""


@dataclass(frozen=True, slots=True)
class Dropout:
    """What follows when one bid falls away.

    Attributes:
        bidder: Who falls away.
        kept: Who is chosen when the points of the others are kept.
        rescored: Who is chosen when they are reckoned again.
        turned: Whether reckoning them again changes the order of the others.
    """

    bidder: str
    kept: Award
    rescored: Award
    turned: bool

    @property
    def rules_differ(self) -> bool:
        """Whether the announced rule decides: keeping and reckoning again choose different sets."""
        return self.kept != self.rescored


@dataclass(frozen=True, slots=True)
class Reversal:
    """An added bid that changes the order of the recorded ones.

    Attributes:
        price: Its comparison price, the nearest to a recorded one that was found.
        award: Who of the recorded bids would be chosen.
        before: Recorded places of the recorded bids.
        after: Their places with it.
    """

    price: Fraction
    award: Award
    before: tuple[tuple[int, str], ...]
    after: tuple[tuple[int, str], ...]


def dropouts(contest: Contest) -> tuple[Dropout, ...]:
    """Every recorded bid left out once, in the order of the ranking."""
    return tuple(_dropout(contest, bid.bidder) for bid in contest.sheet.bids)


def reversal(contest: Contest) -> Reversal | None:
    """The nearest added bid of the lowest quality that turns the recorded order; ``None`` when no price does.

    Where no formula looks at other bids there is nothing to search.
    """
    leaves = contest.tender.award.leaves()
    if all(formula_of(leaf).independent for leaf in leaves):
        return None
    bidders = [bid.bidder for bid in contest.sheet.bids]
    before = order_of(contest.sheet, bidders)
    prices = [bid.comparison_price for bid in contest.sheet.bids]
    low, high = lowest_comparison_price(contest.tender), highest_comparison_price(contest.tender)
    grid = [low + (high - low) * step / STEPS for step in range(STEPS + 1)]
    for price in sorted(grid, key=lambda one: (min(abs(one - other) for other in prices), one)):
        values = {**contest.values, "": {leaf.id: _worst(leaf, price) for leaf in leaves}}
        sheet = contest.rescored(values)
        if sheet is not None and (after := order_of(sheet, bidders)) != before:
            return Reversal(price, contest.award_of(without(sheet, "")), before, after)
    return None


def _dropout(contest: Contest, bidder: str) -> Dropout:
    kept = without(contest.sheet, bidder)
    values = contest.values
    del values[bidder]
    sheet = contest.rescored(values) if values else None
    others = [bid.bidder for bid in kept.bids]
    turned = sheet is not None and order_of(kept, others) != order_of(sheet, others)
    rescored = () if sheet is None else contest.award_of(sheet)
    return Dropout(bidder, contest.award_of(kept), rescored, turned)


def _worst(leaf: Criterion, price: Fraction) -> Fraction:
    if leaf.kind is CriterionKind.PRICE:
        return price
    values = sorted(step.value for step in leaf.scale)
    return Fraction(max(values[0], leaf.minimum or values[0]))
