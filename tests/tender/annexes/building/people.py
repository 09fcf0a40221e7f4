"""Invented people for tests of the annex: counted by hand, without a register."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from tender.annexes.counts import TrueCell, TrueTable
from tender.language import Text
from tender.model.annex import TOTAL, Axis, Category
from tender.model.open_data import Breakdown, Guard, OpenData, OpenTable, Quantity

FIRST, LAST = date(2018, 1, 1), date(2018, 6, 30)
MONTHS = tuple(f"2018-{month:02d}" for month in range(1, 7))
CODES: dict[str, tuple[str, ...]] = {
    "municipality": ("siilinjarvi", "lapinlahti"),
    "group": ("easy", "average", "hard"),
    "sex": ("f", "m"),
    "age": ("16-24", "25-34", "35-44", "45-54", "55-59", "60-"),
    "education": ("e1", "e2", "e3", "e4", "e5", "e6"),
    "duration": ("0-2", "3-5", "6-11", "12-23", "24-35", "36-47", "48-59", "60-"),
    "destination": ("work", "service", "study", "outside"),
    "month": MONTHS,
}


@dataclass(frozen=True, slots=True)
class Spell:
    """A client's spell.

    Attributes:
        codes: Its code on every axis but months.
        begun: Number of the month it began in, -1 before the flow period.
        ended: Number of the month it ended in, 6 when it goes on.
        hours: Verified hours in open work.
    """

    codes: dict[str, str]
    begun: int
    ended: int
    hours: int


def spells(count: int = 1900, seed: int = 1) -> tuple[Spell, ...]:
    """Invented spells, about 1,400 of which are open at the end when `count` is 1,900."""
    chance = random.Random(seed)
    return tuple(_spell(chance) for _ in range(count))


def _spell(chance: random.Random) -> Spell:
    codes = {
        name: chance.choices(known, [0.62**step if len(known) > 4 else 1 for step in range(len(known))])[0]
        for name, known in CODES.items()
        if name != "month"
    }
    begun = chance.choice([-1, -1, -1, *range(6)])
    ended = chance.choice([6, 6, 6, 6, *range(max(begun, 0), 6)])
    hours = chance.randint(1, 1600) if codes["destination"] == "work" and ended < 6 else 0
    return Spell(codes, begun, ended, hours)


def order(table_id: str, quantity: Quantity, *dimensions: str) -> OpenTable:
    """A table as a buyer orders it."""
    title = Text(f"Taulukko {table_id}", f"Tabell {table_id}", f"Table {table_id}")
    return OpenTable(table_id, title, quantity, tuple(Breakdown(each) for each in dimensions))


STOCKS = tuple(
    order(f"stock-{name}", Quantity.STOCK, "municipality", "group", name)
    for name in ("sex", "age", "education", "duration", "month")
)
"""The pilot's five linked tables."""
FLOWS = (
    order("inflow-month", Quantity.INFLOW, "municipality", "group", "month"),
    order("outflow-month", Quantity.OUTFLOW, "municipality", "group", "month"),
    order("outflow-destination", Quantity.OUTFLOW, "group", "destination"),
)
HOURS = (order("hours", Quantity.HOURS, "municipality", "group"),)


def declared(
    tables: Sequence[OpenTable] = (*STOCKS, *FLOWS, *HOURS), guard: Guard = Guard.SUPPRESS, threshold: int = 5
) -> OpenData:
    """A declaration of `tables`."""
    return OpenData(LAST, FIRST, guard, (25, 35), (3, 6), tuple(tables), threshold=threshold, base=threshold)


def axis_of(name: str, quantity: Quantity) -> Axis:
    """An axis with its total, but for the months of a stock."""
    summed = not (name == "month" and quantity is Quantity.STOCK)
    parts = tuple(Category(code, Text(code, code, code), TOTAL if summed else "") for code in CODES[name])
    total = (Category(TOTAL, Text("Yhteensä", "Totalt", "Total")),) if summed else ()
    return Axis(name, Text(name, name, name), (*total, *parts), ordered=name in {"age", "duration", "month"})


def counted(orders: Iterable[OpenTable], people: Sequence[Spell]) -> tuple[TrueTable, ...]:
    """The true tables of `people`."""
    return tuple(_counted(each, people) for each in orders)


def _counted(each: OpenTable, people: Sequence[Spell]) -> TrueTable:
    axes = tuple(axis_of(dimension.value, each.quantity) for dimension in each.dimensions)
    parts: dict[tuple[str, ...], list[int]] = {}
    for spell in people:
        for codes in _codes(each, spell):
            amount = spell.hours if each.quantity is Quantity.HOURS else 1
            for at in product(*(_with_total(axis, code) for axis, code in codes)):
                parts.setdefault(at, []).append(amount)
    cells = {
        at: _cell(parts.get(at, []), each.quantity)
        for at in product(*([category.code for category in axis.categories] for axis in axes))
    }
    return TrueTable(each, axes, cells)


def _with_total(axis: Axis, code: str) -> list[str]:
    return [TOTAL, code] if axis.categories[0].code == TOTAL else [code]


def _codes(each: OpenTable, spell: Spell) -> list[list[tuple[Axis, str]]]:
    """Codes of a spell on the axes of a table, once for each month that counts it."""
    axes = [axis_of(dimension.value, each.quantity) for dimension in each.dimensions]
    months = [MONTHS[month] for month in _months(each, spell)]
    if not any(axis.id == "month" for axis in axes):
        months = months[-1:] if each.quantity is not Quantity.STOCK or MONTHS[-1] in months else []
    return [[(axis, month if axis.id == "month" else spell.codes[axis.id]) for axis in axes] for month in months]


def _months(each: OpenTable, spell: Spell) -> list[int]:
    """Numbers of the months that count a spell."""
    if each.quantity is Quantity.STOCK:
        return list(range(max(spell.begun, 0), min(spell.ended, 6)))
    if each.quantity is Quantity.INFLOW:
        return [spell.begun] if spell.begun >= 0 else []
    if each.quantity is Quantity.HOURS:
        return [spell.ended] if spell.hours else []
    return [spell.ended] if spell.ended < 6 else []


def _cell(parts: Sequence[int], quantity: Quantity) -> TrueCell:
    largest = sorted(parts, reverse=True)[:2] if quantity is Quantity.HOURS else []
    return TrueCell(len(parts), sum(parts), *largest)
