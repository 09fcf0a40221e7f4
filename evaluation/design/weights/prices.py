"""The tender's own prices, unit prices from bases and weights, and what a new set of them would be in the file."""

from __future__ import annotations

from decimal import Decimal

from tender.model.design import GroupPrice, Prices
from tender.model.prices import PriceForm, PricePart, PriceRange
from tender.model.tender import Tender
from tender.money import exact, round_half_up

NO_PRICE = Decimal(0)


def reference_prices(tender: Tender) -> Prices:
    """The prices that the tender has in mind: its reference prices, else the middle of each range, times its weights.

    A group that has no range is priced at zero; other rules say that it has none.
    """
    capitation, outcome = tender.prices.capitation, tender.prices.outcome
    return Prices(
        tuple(
            GroupPrice(
                group.id,
                _unit(capitation, group.id),
                _unit(outcome, group.id),
                _weight(capitation, group.id),
                _weight(outcome, group.id),
            )
            for group in tender.groups
        ),
        _base(capitation),
        _base(outcome),
    )


def unit_price(base: Decimal, weight: Decimal, part: PricePart) -> Decimal:
    """Base times weight, rounded half-up as the tender says."""
    return round_half_up(exact(base) * exact(weight), part.unit_decimals)


def _unit(part: PricePart, group: str) -> Decimal:
    base, weight = _base(part), _weight(part, group)
    if base is not None:
        return unit_price(base, weight if weight is not None else Decimal(1), part)
    found = (part.groups or {}).get(group)
    return round_half_up(_middle(found, part), part.unit_decimals) if found else NO_PRICE


def _base(part: PricePart) -> Decimal | None:
    if part.form is not PriceForm.BASE_TIMES_WEIGHT or part.base is None:
        return None
    return _middle(part.base, part)


def _weight(part: PricePart, group: str) -> Decimal | None:
    if part.form is not PriceForm.BASE_TIMES_WEIGHT:
        return None
    return (part.weights or {}).get(group, Decimal(1))


def _middle(found: PriceRange, part: PricePart) -> Decimal:
    if found.reference is not None:
        return found.reference
    return round_half_up((exact(found.lowest) + exact(found.highest)) / 2, part.decimals)
