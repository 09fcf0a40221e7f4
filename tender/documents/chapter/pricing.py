"""From the annex to a price: what stocks and flows of a group come to in a year, from published figures only.

client-months       = stock · 12                    while the stock stays as it is
months a client stays = stock ÷ entries a month     in a steady state (Little's law)
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tender.documents.chapter.axes import axis_of, cells_by_place, whole_of
from tender.language import Text
from tender.model.annex import Annex, AnnexTable
from tender.model.open_data import Breakdown, Quantity
from tender.money import round_half_up

MONTHS = 12
"""Months of a year."""


@dataclass(frozen=True, slots=True)
class PriceBasis:
    """What one risk group brings in a year by the annex; ``None`` where a figure is not shown or no table has it.

    Attributes:
        name: Name of the group.
        total: Whether these are all groups together.
        stock: Clients on the reference day.
        client_months: Client-months in a year while the stock stays as it is.
        entries: Spells that began, a year; rounded half-up to whole ones.
        exits: Spells that ended, a year; rounded likewise.
        stay: How many months a client stays, by stock and entries; rounded half-up to one decimal.
        hours: Verified hours of work, a year; rounded to whole ones.
    """

    name: Text
    total: bool
    stock: int | None
    client_months: int | None
    entries: Decimal | None
    exits: Decimal | None
    stay: Decimal | None
    hours: Decimal | None


def price_bases(annex: Annex) -> tuple[PriceBasis, ...]:
    """One row for each risk group, all groups together last; empty when no stock is published by group."""
    stock = _table(annex, Quantity.STOCK)
    groups = axis_of(stock, Breakdown.GROUP) if stock else None
    if groups is None:
        return ()
    whole = whole_of(groups).code
    rows = (
        _basis(annex, category.code, category.label, total=category.code == whole) for category in groups.categories
    )
    return tuple(sorted(rows, key=lambda row: row.total))


def flow_months(annex: Annex) -> int:
    """Months of the flow period, the first and the last counted."""
    start, end = annex.flow_from, annex.reference_day
    return (end.year - start.year) * MONTHS + end.month - start.month + 1


def _basis(annex: Annex, group: str, name: Text, *, total: bool) -> PriceBasis:
    clients = _count(annex, Quantity.STOCK, group)
    entered = _count(annex, Quantity.INFLOW, group)
    stay = None if clients is None or not entered else Fraction(clients * flow_months(annex), entered)
    return PriceBasis(
        name=name,
        total=total,
        stock=clients,
        client_months=None if clients is None else clients * MONTHS,
        entries=_yearly(annex, entered),
        exits=_yearly(annex, _count(annex, Quantity.OUTFLOW, group)),
        stay=None if stay is None else round_half_up(stay, 1),
        hours=_yearly(annex, _count(annex, Quantity.HOURS, group)),
    )


def _yearly(annex: Annex, count: int | None) -> Decimal | None:
    """A count of the whole flow period as one of a year."""
    return None if count is None else round_half_up(Fraction(count * MONTHS, flow_months(annex)), 0)


def _count(annex: Annex, quantity: Quantity, group: str) -> int | None:
    """What a group has of `quantity`, everything else whole; ``None`` where it is not shown or in no table."""
    table = _table(annex, quantity)
    if table is None:
        return None
    at = tuple(group if axis.id == Breakdown.GROUP else whole_of(axis).code for axis in table.axes)
    cell = cells_by_place(table).get(at)
    return cell.value if cell else None


def _table(annex: Annex, quantity: Quantity) -> AnnexTable | None:
    """The first table of `quantity` that tells the groups apart."""
    return next(
        (each for each in annex.tables if each.quantity is quantity and axis_of(each, Breakdown.GROUP)),
        None,
    )
