"""Revenue and cost of a risk group, as a bidder reckons them: exact, without VAT.

    revenue = capitation price · weight · client-months + hour price · weight · work hours
    cost    = cost of a client-month · client-months + cost of a start · starts

The costs are assumptions and the same on both sides of every comparison; only differences are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tender.annexes.comparing.volumes import Volume
from tender.model.prices import PriceForm, PriceModel, PricePart, PriceRange


@dataclass(frozen=True, slots=True)
class Rates:
    """Prices of one risk group.

    Attributes:
        month: Euros for a client-month.
        hour: Euros for a work hour.
    """

    month: Fraction
    hour: Fraction


@dataclass(frozen=True, slots=True)
class Costs:
    """What the service costs its producer: assumed, not known.

    Attributes:
        month: Euros for a client-month.
        start: Euros for each spell that begins.
    """

    month: Decimal = Decimal(25)
    start: Decimal = Decimal(60)


PLAIN = Rates(Fraction(1), Fraction(0))
"""Rates of a table without prices: what is compared is the number of client-months itself."""


def rates_of(prices: PriceModel, groups: tuple[str, ...]) -> dict[str, Rates]:
    """The price of each group at the buyer's reference price, else in the middle of the range; not rounded."""
    return {group: Rates(_rate(prices.capitation, group), _rate(prices.outcome, group)) for group in groups}


def _rate(part: PricePart, group: str) -> Fraction:
    if part.form is PriceForm.BASE_TIMES_WEIGHT and part.base is not None:
        return _price(part.base) * Fraction((part.weights or {}).get(group, Decimal(0)))
    found = (part.groups or {}).get(group)
    return _price(found) if found else Fraction(0)


def _price(price_range: PriceRange) -> Fraction:
    if price_range.reference is not None:
        return Fraction(price_range.reference)
    return (Fraction(price_range.lowest) + Fraction(price_range.highest)) / 2


@dataclass(frozen=True, slots=True)
class Worth:
    """What one group brings and costs in a year, in euros.

    Attributes:
        capitation: Revenue from client-months.
        outcome: Revenue from work hours.
        cost: Cost.
    """

    capitation: Fraction
    outcome: Fraction
    cost: Fraction

    @property
    def revenue(self) -> Fraction:
        """Both revenues together."""
        return self.capitation + self.outcome


def worth(found: Volume, rates: Rates, costs: Costs) -> Worth:
    """What a volume is worth; what nothing tells is reckoned as nothing."""
    months, starts, hours = (each or Fraction(0) for each in (found.months, found.starts, found.hours))
    return Worth(
        months * rates.month, hours * rates.hour, months * Fraction(costs.month) + starts * Fraction(costs.start)
    )


def total(parts: Mapping[str, Worth]) -> Worth:
    """All groups together."""
    each = parts.values()
    return Worth(
        sum((one.capitation for one in each), Fraction(0)),
        sum((one.outcome for one in each), Fraction(0)),
        sum((one.cost for one in each), Fraction(0)),
    )


def moved(before: Fraction, after: Fraction) -> Fraction:
    """By which share `after` differs from `before`; 1 where there was nothing and now is something."""
    if before == 0:
        return Fraction(int(after != 0))
    return (after - before) / before
