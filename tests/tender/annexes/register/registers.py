"""Registers for tests, and the same counts by plain Python: the oracle of the counting."""

from __future__ import annotations

import calendar
import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path

from tender.annexes.counts import TrueCell
from tender.annexes.register.columns import columns
from tender.annexes.register.register import Register, read_register
from tender.language import Text
from tender.model.annex import TOTAL
from tender.model.open_data import Breakdown, Guard, OpenData, OpenTable, Quantity
from tender.model.tender import Tender
from tests.sample import sample_tender

REFERENCE_DAY, FLOW_FROM = date(2020, 2, 29), date(2019, 3, 1)
"""A leap day, so that every edge of a month is met."""


@dataclass(frozen=True)
class Spell:
    """One row, as a test writes it."""

    client: str = "c1"
    municipality: str = "siilinjarvi"
    group: str = "easy"
    sex: str = "female"
    birth_year: int = 1980
    education: str = "basic"
    occupation: str = "5223"
    started: date = date(2019, 6, 1)
    ended: date | None = None
    destination: str = ""
    hours: int | None = None
    synthetic: str = ""

    def fields(self) -> dict[str, str]:
        """The row as texts."""
        return {name: "" if value is None else str(value) for name, value in self.__dict__.items()}


def table(quantity: Quantity, *dimensions: Breakdown) -> OpenTable:
    """An ordered table."""
    return OpenTable(f"{quantity}-{'-'.join(dimensions)}"[:30], Text(fi="Taulukko"), quantity, dimensions)


def ordered(*tables: OpenTable) -> Tender:
    """The sample tender that orders `tables`."""
    data = OpenData(REFERENCE_DAY, FLOW_FROM, Guard.SUPPRESS, (25, 55), (3, 6, 12), tables)
    return replace(sample_tender(), open_data=data)


def as_csv(spells: Iterable[Spell], separator: str = ",") -> str:
    """The rows as a CSV text."""
    rows = [spell.fields() for spell in spells]
    target = io.StringIO()
    writer = csv.DictWriter(target, list(Spell().fields()), delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


def written(folder: Path, spells: Iterable[Spell], name: str = "spells.csv") -> Path:
    """The rows as a CSV file."""
    path = folder / name
    path.write_text(as_csv(spells), encoding="utf-8")
    return path


def judged(path: Path, tender: Tender) -> Register:
    """The register in `path`, its engine closed: for tests that ask what was found."""
    with read_register(path, tender, path.parent, accept_bad_rows=True) as register:
        return register


def oracle(spells: Iterable[Spell], tender: Tender, order: OpenTable) -> Mapping[tuple[str, ...], TrueCell]:
    """What `order` counts, one row after another; cells that nobody is in are left out."""
    cells: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    for at, spell in _seen(list(spells), order):
        for cell in product(*_choices(at, order)):
            cells[cell].append((spell.client, spell.hours or 0))
    return {at: _cell(parts, order.quantity) for at, parts in cells.items()}


def _choices(at: tuple[str, ...], order: OpenTable) -> Iterator[tuple[str, ...]]:
    for code, dimension in zip(at, order.dimensions, strict=True):
        alone = order.quantity is Quantity.STOCK and dimension is Breakdown.MONTH
        yield (code,) if alone else (code, TOTAL)


def _cell(parts: list[tuple[str, int]], quantity: Quantity) -> TrueCell:
    sums: dict[str, int] = defaultdict(int)
    for client, hours in parts:
        sums[client] += hours
    if quantity is not Quantity.HOURS:
        return TrueCell(len(sums), len(parts))
    first, second, *_ = (*sorted(sums.values(), reverse=True), 0)
    return TrueCell(len(sums), sum(sums.values()), first, second)


def _seen(spells: list[Spell], order: OpenTable) -> Iterator[tuple[tuple[str, ...], Spell]]:
    """Every spell that counts, with its codes."""
    if order.quantity is Quantity.STOCK:
        for day in _days(order):
            standing: dict[str, Spell] = {}
            for spell in sorted(spells, key=lambda one: one.started):
                if spell.started <= day and (spell.ended is None or spell.ended > day):
                    standing[spell.client] = spell
            yield from ((_codes(spell, day, order), spell) for spell in standing.values())
        return
    for spell in spells:
        day_of_flow = spell.started if order.quantity is Quantity.INFLOW else spell.ended
        if day_of_flow is None or not FLOW_FROM <= day_of_flow <= REFERENCE_DAY:
            continue
        if order.quantity is not Quantity.HOURS or (spell.destination == "open-work" and spell.hours is not None):
            yield _codes(spell, day_of_flow, order), spell


def _days(order: OpenTable) -> list[date]:
    if Breakdown.MONTH not in order.dimensions:
        return [REFERENCE_DAY]
    months = [(2019, month) for month in range(3, 13)] + [(2020, 1), (2020, 2)]
    return [date(year, month, calendar.monthrange(year, month)[1]) for year, month in months]


def _codes(spell: Spell, day: date, order: OpenTable) -> tuple[str, ...]:
    age, full = day.year - spell.birth_year, full_months(spell.started, day)
    codes = {
        **spell.fields(),
        "occupation": spell.occupation[0],
        "month": f"{day:%Y-%m}",
        "age": "under-25" if age < 25 else "from-25" if age < 55 else "from-55",
        "duration": "under-3" if full < 3 else "from-3" if full < 6 else "from-6" if full < 12 else "from-12",
    }
    return tuple(codes[dimension.value] for dimension in order.dimensions)


def full_months(first: date, last: date) -> int:
    """How many times a month has gone round: counted one by one."""
    count = 0
    year, month = first.year, first.month
    while True:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        if (year, month, first.day) > (last.year, last.month, last.day):
            return count
        count += 1


assert set(Spell().fields()) <= set(columns())
