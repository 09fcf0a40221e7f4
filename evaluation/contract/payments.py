"""What a provider is paid: capitation by client-months and outcome pay by verified work hours, exact to the cent.

The same functions set the comparison price (`evaluation.award.comparison`) and the worked examples of the payment
annex (`evaluation.contract.statements`), so what is published is what is compared and what is paid.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from tender.errors import BlockedError
from tender.model.payments import InvoiceTotal, PaymentLine
from tender.model.prices import PriceForm, PricePart, PriceUnit
from tender.model.tender import Tender
from tender.money import Exact, cents, exact, round_half_up

Tendered = Mapping[str, Decimal]
"""Tendered price by price-cell id (`tender.model.prices.PriceCell`); every cell filled in."""


def unit_price(part: PricePart, tendered: Tendered, name: str, group: str) -> Decimal:
    """The price of one unit of `group`: what was tendered times the announced weight, rounded half-up as announced.

    Args:
        part: Capitation or outcome.
        tendered: Tendered price by price-cell id.
        name: ``capitation`` or ``outcome``.
        group: Group id.

    Raises:
        BlockedError: The price was left blank, which is not zero, or the group has no weight.
    """
    return round_half_up(
        exact(base_price(part, tendered, name, group)) * exact(weight(part, group)), part.unit_decimals
    )


def base_price(part: PricePart, tendered: Tendered, name: str, group: str) -> Decimal:
    """The price that was tendered for `group`: the base price, or the group's own.

    Raises:
        BlockedError: It was left blank.
    """
    cell = name if part.form is PriceForm.BASE_TIMES_WEIGHT else f"{name}.{group}"
    if cell not in tendered:
        raise BlockedError("contract.price-missing", price=cell)
    return tendered[cell]


def weight(part: PricePart, group: str) -> Decimal:
    """The announced weight of `group`; 1 where a price is tendered for each group.

    Raises:
        BlockedError: The group has no weight.
    """
    if part.form is PriceForm.PER_GROUP:
        return Decimal(1)
    weights = part.weights or {}
    if group not in weights:
        raise BlockedError("contract.weight-missing", group=group)
    return weights[group]


def client_months(days: int, days_of_month: int) -> Fraction:
    """Client-months: client-days divided by the days of their month, exact.

    >>> client_months(3345, 30)
    Fraction(223, 2)
    """
    return Fraction(days, days_of_month)


def billable_hours(hours: Exact, cap: int | None) -> Fraction:
    """The hours of one client that an outcome period pays for: all of them, up to the cap.

    >>> billable_hours(812, 700)
    Fraction(700, 1)
    """
    return exact(hours) if cap is None else min(exact(hours), Fraction(cap))


def capitation(
    tender: Tender, tendered: Tendered, client_days: Mapping[str, int], year: int, month: int
) -> tuple[PaymentLine, ...]:
    """The capitation lines of one calendar month, one per group in the order of the tender.

    Args:
        tender: The tender.
        tendered: Tendered price by price-cell id.
        client_days: Billable client-days of the month by group id.
        year: Year.
        month: Month, 1–12.

    Raises:
        BlockedError: A group is missing, unknown or has negative days, or a price is blank.
    """
    days_of_month = monthrange(year, month)[1]
    counted = _counted(tender, client_days)
    return tuple(
        _line(tender, tendered, "capitation", group.id, counted[group.id], days_of_month) for group in tender.groups
    )


def outcome_pay(tender: Tender, tendered: Tendered, hours: Mapping[str, Decimal | int]) -> tuple[PaymentLine, ...]:
    """The outcome lines of one outcome period, one per group in the order of the tender.

    Args:
        tender: The tender.
        tendered: Tendered price by price-cell id.
        hours: Billable work hours of the period by group id, each client's hours already capped (`billable_hours`).

    Raises:
        BlockedError: A group is missing, unknown or has negative hours, or a price is blank.
    """
    counted = _counted(tender, hours)
    return tuple(_line(tender, tendered, "outcome", group.id, counted[group.id], 1) for group in tender.groups)


def total(lines: Iterable[PaymentLine]) -> Decimal:
    """The sum of the printed line amounts, euros without VAT."""
    return sum((line.amount for line in lines), Decimal(0))


def invoice_total(lines: Iterable[PaymentLine], vat_rate: Decimal) -> InvoiceTotal:
    """The foot of an invoice: the sum of the printed lines, VAT on it rounded half-up to cents, and both together."""
    net = total(lines)
    vat = cents(exact(net) * exact(vat_rate) / 100)
    return InvoiceTotal(net, vat, net + vat)


def _counted(tender: Tender, counts: Mapping[str, Decimal | int]) -> dict[str, Decimal]:
    """Every group's count, checked: nothing missing is skipped, nothing unknown is paid."""
    groups = {group.id for group in tender.groups}
    for group in sorted(groups - set(counts)):
        raise BlockedError("contract.group-missing", group=group)
    for group in sorted(set(counts) - groups):
        raise BlockedError("contract.group-unknown", group=group)
    for group, count in counts.items():
        if exact(count) < 0:
            raise BlockedError("contract.negative", group=group, found=count)
    return {group: Decimal(count) for group, count in counts.items()}


def _line(tender: Tender, tendered: Tendered, name: str, group: str, counted: Decimal, divisor: int) -> PaymentLine:
    part, unit = _part(tender, name)
    price = unit_price(part, tendered, name, group)
    amount = round_half_up(exact(price) * exact(counted) / divisor, tender.prices.line_decimals)
    base = base_price(part, tendered, name, group)
    return PaymentLine(group, unit, counted, divisor, base, weight(part, group), price, amount)


def _part(tender: Tender, name: str) -> tuple[PricePart, PriceUnit]:
    if name == "capitation":
        return tender.prices.capitation, PriceUnit.CLIENT_MONTH
    return tender.prices.outcome, PriceUnit.WORK_HOUR
