"""The comparison price: what a bid's prices would cost in a year at the announced volumes, euros without VAT.

Σ over groups of unit price of capitation × client-months + unit price of outcome × verified work hours. Unit prices
come from the room that pays (`evaluation.contract.payments`), so what is compared is what is paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from evaluation.contract.expressions import number, total
from evaluation.contract.payments import unit_price
from tender.errors import BlockedError
from tender.model.bids import Bid
from tender.model.groups import RiskGroup
from tender.model.prices import PriceForm, PriceModel, PricePart, price_cells
from tender.model.statements import Step
from tender.model.tender import Tender
from tender.money import exact

Prices = Mapping[str, Decimal]
"""Tendered price by price-cell id, every cell filled in."""

UNITS: Mapping[str, str] = MappingProxyType({"capitation": "eur-client-month", "outcome": "eur-work-hour"})
"""Unit code of each unit price."""


def comparison_price(tender: Tender, prices: Prices) -> Fraction:
    """Comparison price of `prices`, exact euros a year."""
    return sum((group_cost(tender, prices, group) for group in tender.groups), Fraction(0))


def group_cost(tender: Tender, prices: Prices, group: RiskGroup) -> Fraction:
    """What `group` costs in a year at `prices` and the announced volumes, exact euros."""
    return sum((_part_cost(part, prices, name, group) for name, part in _parts(tender.prices)), Fraction(0))


def lowest_comparison_price(tender: Tender) -> Fraction:
    """The comparison price of a bid at the lowest end of every range: no admissible bid is below it."""
    return comparison_price(tender, {cell.id: cell.range.lowest for cell in price_cells(tender.prices)})


def highest_comparison_price(tender: Tender) -> Fraction:
    """The comparison price of a bid at the highest end of every range: no admissible bid is above it."""
    return comparison_price(tender, {cell.id: cell.range.highest for cell in price_cells(tender.prices)})


def tendered_prices(tender: Tender, bid: Bid) -> Prices:
    """Every price of `bid`.

    Raises:
        BlockedError: A price was left blank, which is not zero; admissibility should have stopped the bid.
    """
    prices: dict[str, Decimal] = {}
    for cell in price_cells(tender.prices):
        price = bid.prices.get(cell.id)
        if price is None:
            raise BlockedError("award.price-missing", bidder=bid.name, price=cell.id)
        prices[cell.id] = price
    return prices


def comparison_working(tender: Tender, prices: Prices) -> tuple[Step, ...]:
    """Every intermediate number: unit prices group by group, the cost of each price, their sum."""
    steps: list[Step] = []
    costs: list[Fraction] = []
    for name, part in _parts(tender.prices):
        steps.extend(_unit_step(part, prices, name, group) for group in tender.groups)
        cost = sum((_part_cost(part, prices, name, group) for group in tender.groups), Fraction(0))
        costs.append(cost)
        steps.append(Step(f"{name}-cost", _cost_expression(tender, part, prices, name), cost, "eur-year"))
    return (*steps, Step("comparison-price", total(costs), sum(costs, Fraction(0)), "eur-year"))


def _parts(prices: PriceModel) -> tuple[tuple[str, PricePart], ...]:
    return (("capitation", prices.capitation), ("outcome", prices.outcome))


def _volume(name: str, group: RiskGroup) -> int:
    return group.client_months if name == "capitation" else group.work_hours


def _part_cost(part: PricePart, prices: Prices, name: str, group: RiskGroup) -> Fraction:
    return exact(unit_price(part, prices, name, group.id)) * _volume(name, group)


def _unit_step(part: PricePart, prices: Prices, name: str, group: RiskGroup) -> Step:
    rounded = unit_price(part, prices, name, group.id)
    if part.form is PriceForm.BASE_TIMES_WEIGHT:
        weights = part.weights or {}
        expression = f"{number(prices[name])} * {number(weights[group.id])}"
    else:
        expression = number(prices[f"{name}.{group.id}"])
    return Step(f"{name}-unit", expression, exact(rounded), UNITS[name], part.unit_decimals, group.id)


def _cost_expression(tender: Tender, part: PricePart, prices: Prices, name: str) -> str:
    terms = (f"{number(unit_price(part, prices, name, group.id))} * {_volume(name, group)}" for group in tender.groups)
    return " + ".join(terms) or "0"
