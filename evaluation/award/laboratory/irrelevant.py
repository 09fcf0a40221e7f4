"""Does a third bid move two others: the smallest witness, and what a decoy gains.

A witness is two bids and a third price that changes the distance of their points, with a difference in quality that
lies between: the third bid, which itself need not win, then turns the order of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from evaluation.award.laboratory.trial import Trial

STEPS = 20
"""Third prices are tried in steps of a twentieth of the lowest price, from half the lowest to twice the highest."""
MOST_THIRDS = 8_000
"""No more third prices than this are tried, the lowest first."""
_DECIMALS = "decimals"


@dataclass(frozen=True, slots=True)
class Witness:
    """Proof that a third bid matters.

    Attributes:
        low: Price of the cheaper bid.
        high: Price of the dearer bid.
        third: Price of the third bid, the nearest to the field that was found.
        before: Points of the cheaper bid above those of the dearer one, without the third.
        after: The same with the third.
        quality: A difference in quality points between the two; with it the third bid turns their order.
    """

    low: Fraction
    high: Fraction
    third: Fraction
    before: Fraction
    after: Fraction
    quality: Fraction


@dataclass(frozen=True, slots=True)
class Decoy:
    """What the best decoy does for one of two bids.

    Attributes:
        favoured: Price of the bid that it helps.
        rival: Price of the bid that it harms.
        decoy: Price of the decoy.
        gain: Points by which the favoured bid moves ahead of the rival.
    """

    favoured: Fraction
    rival: Fraction
    decoy: Fraction
    gain: Fraction


def smallest_witness(trial: Trial, prices: tuple[Fraction, ...]) -> Witness | None:
    """The witness whose third price is nearest to the field; ``None`` when no price on the grid moves two bids."""
    found = [one for one in _moves(trial, prices) if abs(one.after - one.before) > tolerance(trial)]
    return min(found, key=lambda one: (_distance(one.third, prices), one.low, one.third), default=None)


def best_decoy(trial: Trial, prices: tuple[Fraction, ...]) -> Decoy | None:
    """The decoy that moves two bids furthest from each other; ``None`` when no decoy moves anybody."""
    found = [one for one in _moves(trial, prices) if abs(one.after - one.before) > tolerance(trial)]
    best = max(found, key=lambda one: (abs(one.after - one.before), -one.third), default=None)
    if best is None:
        return None
    gain = best.after - best.before
    pair = (best.low, best.high) if gain > 0 else (best.high, best.low)
    return Decoy(*pair, best.third, abs(gain))


def tolerance(trial: Trial) -> Fraction:
    """What rounding at declared decimals may move a distance by: two units of the last decimal; else nothing."""
    decimals = trial.frame.parameters.get(_DECIMALS)
    return Fraction(0) if decimals is None else Fraction(2, 10 ** int(decimals))


def _moves(trial: Trial, prices: tuple[Fraction, ...]) -> Iterator[Witness]:
    for low, high in _pairs(prices):
        before = _gap(trial, low, high, ())
        if before is None:
            continue
        for third in _grid(prices):
            after = _gap(trial, low, high, (third,))
            if after is not None:
                yield Witness(low, high, third, before, after, (before + after) / 2)


def _pairs(prices: tuple[Fraction, ...]) -> list[tuple[Fraction, Fraction]]:
    ordered = sorted(set(prices))
    return [*pairwise(ordered), *([(ordered[0], ordered[-1])] if len(ordered) > 2 else [])]  # noqa: PLR2004


def _grid(prices: tuple[Fraction, ...]) -> list[Fraction]:
    lowest, highest = min(prices), max(prices)
    step = lowest / STEPS if lowest > 0 else (highest / STEPS if highest > 0 else Fraction(1))
    numbers = range(STEPS // 2, 2 * int(highest / step) + 1)[:MOST_THIRDS]
    return [number * step for number in numbers]


def _gap(trial: Trial, low: Fraction, high: Fraction, others: tuple[Fraction, ...]) -> Fraction | None:
    cheap, dear = trial.points(low, (high, *others)), trial.points(high, (low, *others))
    return None if cheap is None or dear is None else cheap - dear


def _distance(third: Fraction, prices: tuple[Fraction, ...]) -> Fraction:
    return min(abs(third - price) for price in prices)
