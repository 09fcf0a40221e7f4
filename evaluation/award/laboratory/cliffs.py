"""Cliff edges: where one cent of the own price costs many points."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from evaluation.award.laboratory.trial import Trial

CENT = Fraction(1, 100)
STEEP = Fraction(1, 20)
"""Share of the criterion's points that makes one cent a cliff."""
_PARTS = 32


@dataclass(frozen=True, slots=True)
class Cliff:
    """A cliff.

    Attributes:
        bid: Price of the bid whose own price is moved.
        price: Own price just before the fall.
        drop: Points lost by asking at most one cent more.
    """

    bid: Fraction
    price: Fraction
    drop: Fraction


def steepest(trial: Trial, prices: tuple[Fraction, ...]) -> Cliff | None:
    """The deepest cliff of any bid, the others standing still; ``None`` where no cent costs a twentieth of the points.

    Each bid's price is moved through the field; where a stretch loses much it is halved, towards the greater loss,
    until it is no wider than a cent; then the fall over a whole cent is reckoned.
    """
    found = [cliff for place in range(len(prices)) if (cliff := _of_bid(trial, prices, place)) is not None]
    return max(found, key=lambda cliff: (cliff.drop, -cliff.price), default=None)


def _of_bid(trial: Trial, prices: tuple[Fraction, ...], place: int) -> Cliff | None:
    others = prices[:place] + prices[place + 1 :]
    low, high = min(prices) - CENT, max(prices) + CENT
    ends = [low + (high - low) * number / _PARTS for number in range(_PARTS + 1)]
    stretches = [(left, right) for left, right in pairwise(ends) if left >= 0]
    cliffs = [_narrowed(trial, others, left, right) for left, right in stretches]
    worst = max(cliffs, key=lambda found: found[1], default=(low, Fraction(0)))
    if worst[1] < trial.weight * STEEP:
        return None
    return Cliff(prices[place], *worst)


def _narrowed(trial: Trial, others: tuple[Fraction, ...], left: Fraction, right: Fraction) -> tuple[Fraction, Fraction]:
    """Where the stretch falls most steeply, and by how many points over a whole cent."""
    drop = _drop(trial, others, left, right)
    while right - left > CENT and drop >= trial.weight * STEEP:
        middle = (left + right) / 2
        first, second = _drop(trial, others, left, middle), _drop(trial, others, middle, right)
        left, right, drop = (left, middle, first) if first >= second else (middle, right, second)
    return left, _drop(trial, others, left, left + CENT) if right - left <= CENT else Fraction(0)


def _drop(trial: Trial, others: tuple[Fraction, ...], left: Fraction, right: Fraction) -> Fraction:
    before, after = trial.points(left, others), trial.points(right, others)
    return Fraction(0) if before is None or after is None else before - after
