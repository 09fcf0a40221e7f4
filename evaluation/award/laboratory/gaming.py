"""Over-promising: what an empty promise is worth in price, against the largest sanction that can follow.

A promise is scored now and measured later (KHO 2014:55). The gain in quality points is turned into the price premium
that loses just as many price points; when the premium is larger than what the sanction can take, promising more than
one can keep pays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from evaluation.award.laboratory.trial import Trial

RESOLUTION = 10**9
"""Parts of the honest price in which the premium is found."""
MOST_PREMIUM = 10
"""Ten times the honest price: a premium beyond is reported as this one."""
_PERCENT = 100
_HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Promise:
    """One promised number.

    Attributes:
        trial: The criterion's formula with its weight.
        honest: What the bidder can keep.
        promised: What it writes.
    """

    trial: Trial
    honest: Fraction
    promised: Fraction

    def gain(self) -> Fraction:
        """Points that the promise earns above the honest one, both in one field; 0 where the formula refuses one."""
        more = self.trial.points(self.promised, (self.honest,))
        less = self.trial.points(self.honest, (self.promised,))
        return Fraction(0) if more is None or less is None else more - less


@dataclass(frozen=True, slots=True)
class Overpromise:
    """What over-promising comes to.

    Attributes:
        gain: Quality points that the promises earn above the honest ones.
        premium: Share of the honest price that may be asked on top for the same total points.
        sanction: Largest sanction, as a share of the price that is asked.
        left: What is left of the premium after the largest sanction, as a share of the honest price.
        smallest_sanction: Smallest sanction that leaves nothing, percent of the price asked, rounded up to hundredths.
        of_honest_price: The same in percent of the honest price.
    """

    gain: Fraction
    premium: Fraction
    sanction: Fraction
    left: Fraction
    smallest_sanction: Fraction
    of_honest_price: Fraction

    @property
    def pays(self) -> bool:
        """Whether promising more than one can keep pays."""
        return self.left > 0


def overpromise(price: Trial, honest_price: Fraction, promises: Sequence[Promise], sanction: Fraction) -> Overpromise:
    """What over-promising comes to under `price` and `promises`.

    Args:
        price: The price criterion's formula with its weight.
        honest_price: Price of the honest bid.
        promises: The promise criteria.
        sanction: Largest sanction as a share of the price asked, 0 to 1.
    """
    gain = sum((promise.gain() for promise in promises), Fraction(0))
    premium = premium_for(price, honest_price, gain)
    left = (1 + premium) * (1 - sanction) - 1
    above = premium + Fraction(1, RESOLUTION) if premium > 0 else premium
    return Overpromise(gain, premium, sanction, left, _percent_up(above / (1 + above)), _percent_up(above))


def premium_for(price: Trial, honest_price: Fraction, gain: Fraction) -> Fraction:
    """Largest premium, as a share of the honest price, that loses no more than `gain` price points."""

    def kept(parts: int) -> bool:
        asked = honest_price * (1 + Fraction(parts, RESOLUTION))
        own, honest = price.points(asked, (honest_price,)), price.points(honest_price, (asked,))
        return own is not None and honest is not None and honest - own <= gain

    least, most = 0, MOST_PREMIUM * RESOLUTION
    if gain <= 0 or kept(most):
        return Fraction(0) if gain <= 0 else Fraction(MOST_PREMIUM)
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if kept(middle) else (least, middle)
    return Fraction(least, RESOLUTION)


def _percent_up(share: Fraction) -> Fraction:
    """A share in percent, rounded up to hundredths."""
    return Fraction(ceil(share * _PERCENT * _HUNDREDTHS), _HUNDREDTHS)
