"""Effective weight: how many points can really tell bids apart, against what the criteria announce."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from evaluation.award.laboratory.trial import Trial
from tender.model.awards import ScoredBid

_PERCENT = 100


def price_spread(trial: Trial, lowest: Fraction, highest: Fraction) -> Fraction | None:
    """Points between a bid at the lowest and one at the highest price of the buyer's range; ``None`` when refused."""
    best, worst = trial.points(lowest, (highest,)), trial.points(highest, (lowest,))
    return None if best is None or worst is None else best - worst


def shares(spreads: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Effective weights in percent: each spread as a share of all; all zero where nothing tells bids apart."""
    whole = sum(spreads.values(), Fraction(0))
    return {name: _PERCENT * spread / whole if whole else Fraction(0) for name, spread in spreads.items()}


def observed_spreads(bids: Sequence[ScoredBid]) -> dict[str, Fraction]:
    """By criterion, the points between the best and the worst of the scored bids."""
    points: dict[str, list[Fraction]] = {}
    for bid in bids:
        for line in bid.lines:
            points.setdefault(line.criterion, []).append(line.points)
    return {criterion: max(found) - min(found) for criterion, found in points.items()}
