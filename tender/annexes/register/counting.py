"""Counting: the ordered tables from the rows of a register, by DuckDB; every cell of the full grid, zeros too.

At the end of a day a client is in the stock when a spell began on that day or before and has not ended by then; who
has two such spells is in it once, with the one that began last. A spell is in the inflow by its first day and in the
outflow by the day on which it ended. So stock before + inflow − outflow = stock after, where a breakdown never changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from tender.annexes.counts import TrueCell, TrueTable
from tender.annexes.register.classes import axes_of, class_codes, has_total, months
from tender.annexes.register.engine import Engine
from tender.annexes.register.register import Register
from tender.annexes.register.rules import OPEN_WORK
from tender.errors import InputError, Place, UsageError
from tender.model.annex import TOTAL
from tender.model.open_data import Breakdown, OpenData, OpenTable, Quantity
from tender.model.tender import Tender

NOBODY = TrueCell(0, 0)
"""A cell that nobody is in."""


def count_tables(register: Register, tender: Tender) -> tuple[TrueTable, ...]:
    """The tables that the tender orders, as the register counts them: secret until they are protected.

    Raises:
        UsageError: The tender declares no open data.
        InputError: Rows have no risk group yet.
    """
    order = tender.open_data
    if order is None:
        raise UsageError("register.no-order")
    if not register.grouped:
        raise InputError("register.no-group", place=Place(register.file))
    _prepare(register.engine, order)
    return tuple(_counted(register.engine, tender, order, table) for table in order.tables)


def _prepare(engine: Engine, order: OpenData) -> None:
    """Tables of what is counted, filtered first, with the codes of all axes: one each for stock, months and flows."""
    engine.run("CREATE OR REPLACE TEMP TABLE ends (month VARCHAR, day DATE)")
    for code_and_end in months(order):
        engine.run("INSERT INTO ends VALUES (?, ?)", code_and_end)
    days = (order.flow_from, order.reference_day)
    for name, source, day, month, values in (
        ("stock", _STOCK, "$1::DATE", "NULL::VARCHAR", (order.reference_day,)),
        ("months", _MONTHS, "day", "month", ()),
        ("inflow", _INFLOW, "started", "strftime(started, '%Y-%m')", days),
        ("outflow", _OUTFLOW, "ended", "strftime(ended, '%Y-%m')", days),
    ):
        engine.run(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {_axes_sql(order, day, month)} FROM {source}", values
        )


_IN_STOCK = "started <= {day} AND (ended IS NULL OR ended > {day})"
_ONCE = "QUALIFY row_number() OVER (PARTITION BY {by} ORDER BY started DESC, line DESC) = 1"
_STOCK = f"(SELECT * FROM spells WHERE {_IN_STOCK.format(day='$1::DATE')} {_ONCE.format(by='client')})"
_MONTHS = (
    f"(SELECT * FROM spells JOIN ends ON {_IN_STOCK.format(day='ends.day')} {_ONCE.format(by='client, ends.day')})"
)
_INFLOW = "(SELECT * FROM spells WHERE started BETWEEN $1::DATE AND $2::DATE)"
_OUTFLOW = "(SELECT * FROM spells WHERE ended BETWEEN $1::DATE AND $2::DATE)"


def _axes_sql(order: OpenData, day: str, month: str) -> str:
    """Every axis as a column of codes, seen from `day`."""
    age = f"year({day}) - birth_year"
    months_of = f"12 * (year({day}) - year(started)) + month({day}) - month(started) - (day({day}) < day(started))::INT"
    return (
        'client, hours, destination, municipality, risk_group AS "group", sex, education, occupation, '
        f"{_class_sql(age, order.age_limits)} AS age, {_class_sql(months_of, order.duration_limits)} AS duration, "
        f"{month} AS month"
    )


def _class_sql(number: str, limits: Sequence[int]) -> str:
    codes = class_codes(limits)
    cases = " ".join(f"WHEN {number} < {limit} THEN '{code}'" for limit, code in zip(limits, codes, strict=False))
    return f"CASE {cases} ELSE '{codes[-1]}' END"


def _counted(engine: Engine, tender: Tender, order: OpenData, table: OpenTable) -> TrueTable:
    axes = axes_of(tender, order, table)
    found = {_at(row, len(axes)): _cell(row[len(axes) :]) for row in engine.run(_sql(table))}
    grid = product(*([category.code for category in axis.categories] for axis in axes))
    cells = {at: found.pop(at, NOBODY) for at in grid}
    if found:
        raise KeyError(sorted(found))
    return TrueTable(table, axes, cells)


def _at(row: Sequence[object], width: int) -> tuple[str, ...]:
    return tuple(TOTAL if code is None else str(code) for code in row[:width])


def _cell(numbers: Sequence[object]) -> TrueCell:
    persons, amount, largest, second = (int(str(number)) for number in numbers)
    return TrueCell(persons, amount, largest, second)


def _sql(table: OpenTable) -> str:
    """The one query of a table: all cells that somebody is in, totals as NULL."""
    names = [f'"{dimension.value}"' for dimension in table.dimensions]
    summed = [name for name, each in zip(names, table.dimensions, strict=True) if has_total(table, each)]
    alone = [name for name in names if name not in summed]
    grouping = ", ".join([*alone, *([f"CUBE ({', '.join(summed)})"] if summed else [])])
    chosen = ", ".join(names)
    match table.quantity:
        case Quantity.STOCK:
            source = "months" if Breakdown.MONTH in table.dimensions else "stock"
            return f"SELECT {chosen}, count(*), count(*), 0, 0 FROM {source} GROUP BY {grouping}"
        case Quantity.INFLOW | Quantity.OUTFLOW:
            source = table.quantity.value
            return f"SELECT {chosen}, count(DISTINCT client), count(*), 0, 0 FROM {source} GROUP BY {grouping}"
        case Quantity.HOURS:
            return _HOURS.format(chosen=chosen, grouping=grouping)


_HOURS = f"""
    SELECT {{chosen}}, count(*), sum(hours), max(hours), COALESCE(list_extract(max(hours, 2), 2), 0) FROM (
        SELECT {{chosen}}, sum(hours) AS hours FROM outflow
        WHERE destination = '{OPEN_WORK}' AND hours IS NOT NULL GROUP BY client, {{grouping}}
    ) GROUP BY ALL
"""
"""Hours of each person in each cell first, so that the two largest parts are those of persons, not of jobs."""
