"""Tables of one annex as one set of cells and sums: what an attacker can reckon with across all of them.

Every cell has coordinates over the union of all axes, with the total on those that its table lacks, so tables of one
quantity share their margins by sharing cells. Two things are not totals: a stock without months is the stock of the
reference day, which is that of the last month; a flow without months is that of the whole flow period. Month by month
stocks and flows are linked besides, wherever they are published for the same people:

    balance[month,…]:  stock(month) = stock(month before) + inflow(month) − outflow(month)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product

from tender.annexes.disclosure.tables import Relation
from tender.model.annex import TOTAL, Annex, At, Axis
from tender.model.open_data import Breakdown, OpenTable, Quantity

AXES = tuple(each.value for each in Breakdown)
"""Coordinates of a cell after its quantity; axes of other names follow in the order of the alphabet."""

Key = tuple[str, ...]
"""Coordinates over the union: the quantity, then one code for each axis of the union."""

_MONTH = Breakdown.MONTH.value
_SAME_PEOPLE = frozenset({Breakdown.AGE.value, Breakdown.DURATION.value, Breakdown.DESTINATION.value})
"""Axes along which people move, or that only one of stock and flow has: no balance holds there."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days that the counts of an annex are of.

    Attributes:
        first: First day of the flow period.
        last: Its last day, whose stock is counted.
    """

    first: date
    last: date

    @property
    def stock(self) -> str:
        """Code of the stock of the last day: its month, when the day ends the month."""
        ends = (self.last + timedelta(days=1)).day == 1
        return f"{self.last:%Y-%m}" if ends else self.last.isoformat()

    @property
    def flow(self) -> str:
        """Code of the flow of the whole period."""
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    def code(self, quantity: Quantity, month: str) -> str:
        """Code on the axis of months of what a table shows for `month`, the total where it has no months."""
        if quantity is not Quantity.STOCK:
            return self.flow if month == TOTAL else month
        return self.stock if month in {TOTAL, f"{self.last:%Y-%m}"} else month


@dataclass(frozen=True, slots=True)
class Frame:
    """A table without its counts.

    Attributes:
        id: Its id.
        quantity: What it counts.
        axes: Its axes.
        period: The days that it is of.
    """

    id: str
    quantity: Quantity
    axes: tuple[Axis, ...]
    period: Period

    def cells(self) -> Iterator[At]:
        """Coordinates of its cells, the last axis running fastest."""
        return product(*([category.code for category in axis.categories] for axis in self.axes))


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a table as readers know it.

    Attributes:
        table: Id of the table.
        at: Its coordinates there.
    """

    table: str
    at: At


def frame_of(order: OpenTable, axes: tuple[Axis, ...], period: Period) -> Frame:
    """The frame of a table as ordered and counted."""
    return Frame(order.id, order.quantity, axes, period)


def frames_of(annex: Annex) -> tuple[Frame, ...]:
    """The frames of a published annex."""
    period = Period(annex.flow_from, annex.reference_day)
    return tuple(Frame(table.id, table.quantity, table.axes, period) for table in annex.tables)


@dataclass(frozen=True, slots=True)
class Linked:
    """Tables as one set of cells and sums.

    Attributes:
        dimensions: Names of the coordinates.
        cells: Coordinates of each cell.
        spots: Every place in a table where the cell stands; the first one names it.
        sums: Totals and their parts, inside the tables.
        balances: Month by month links of stocks and flows, in lots that hold or do not hold together.
    """

    dimensions: tuple[str, ...]
    cells: tuple[Key, ...]
    spots: tuple[tuple[Spot, ...], ...]
    sums: tuple[Relation, ...]
    balances: tuple[tuple[Relation, ...], ...]


def linked(frames: Sequence[Frame]) -> Linked:
    """The tables of `frames` as one set of cells and sums."""
    names = _union(frames)
    spots: dict[Key, list[Spot]] = {}
    for frame in frames:
        for at in frame.cells():
            spots.setdefault(_key(frame, at, names), []).append(Spot(frame.id, at))
    numbers = {key: number for number, key in enumerate(spots)}
    sums = {relation.name: relation for frame in frames for relation in _sums(frame, names, numbers)}
    return Linked(
        ("quantity", *names),
        tuple(numbers),
        tuple(tuple(found) for found in spots.values()),
        tuple(sums.values()),
        tuple(_balances(frames, names, numbers)),
    )


def holding(
    balances: Iterable[tuple[Relation, ...]], values: Sequence[int | None]
) -> tuple[Relation, ...]:  # fmt: skip
    """The balances of the lots in which none is broken by `values`; one with an unknown value is not broken."""
    return tuple(relation for lot in balances if not any(_broken(each, values) for each in lot) for relation in lot)


def _broken(relation: Relation, values: Sequence[int | None]) -> bool:
    terms = [(factor, values[cell]) for cell, factor in relation.terms]
    known = [factor * value for factor, value in terms if value is not None]
    return len(known) == len(terms) and sum(known) != relation.total


def _union(frames: Iterable[Frame]) -> tuple[str, ...]:
    found = {axis.id for frame in frames for axis in frame.axes} | {_MONTH}
    return (*(name for name in AXES if name in found), *sorted(found - set(AXES)))


def _key(frame: Frame, at: At, names: Sequence[str]) -> Key:
    codes = {axis.id: code for axis, code in zip(frame.axes, at, strict=True)}
    codes[_MONTH] = frame.period.code(frame.quantity, codes.get(_MONTH, TOTAL))
    return (frame.quantity.value, *(codes.get(name, TOTAL) for name in names))


def _sums(frame: Frame, names: Sequence[str], numbers: Mapping[Key, int]) -> Iterator[Relation]:
    """Every total of a table with its parts, along each axis."""
    for place, axis in enumerate(frame.axes):
        for parent, parts in _branches(axis):
            others = [[category.code for category in other.categories] for other in frame.axes]
            others[place] = [parent]
            for at in product(*others):
                total = _key(frame, at, names)
                cells = [numbers[_key(frame, (*at[:place], part, *at[place + 1 :]), names)] for part in parts]
                name = f"sum[{','.join(total)}/{axis.id}:{','.join(parts)}]"
                yield Relation(name, ((numbers[total], 1), *((cell, -1) for cell in cells)))


def _branches(axis: Axis) -> list[tuple[str, tuple[str, ...]]]:
    """Each category that others are parts of, with its parts."""
    parts: dict[str, list[str]] = {}
    codes = {category.code for category in axis.categories}
    for category in axis.categories:
        if category.parent in codes:
            parts.setdefault(category.parent, []).append(category.code)
    return [(parent, tuple(found)) for parent, found in parts.items()]


def _balances(
    frames: Sequence[Frame], names: Sequence[str], numbers: Mapping[Key, int]
) -> Iterator[tuple[Relation, ...]]:
    """For each set of axes that stocks and flows by month have in common, its balances."""
    lots: dict[frozenset[str], dict[str, Relation]] = {}
    for frame in frames:
        place = next((number for number, axis in enumerate(frame.axes) if axis.id == _MONTH), None)
        if frame.quantity is not Quantity.STOCK or place is None:
            continue
        months = [category.code for category in frame.axes[place].categories if category.code != TOTAL]
        others = [[category.code for category in axis.categories] for axis in frame.axes]
        others[place] = [TOTAL]
        for at in product(*others):
            crossed = frozenset(axis.id for axis, code in zip(frame.axes, at, strict=True) if code != TOTAL)
            for before, month in pairwise(months):
                keys = [_key(frame, (*at[:place], code, *at[place + 1 :]), names) for code in (month, before)]
                relation = None if crossed & _SAME_PEOPLE else _balance(keys, month, names, numbers)
                if relation:
                    lots.setdefault(crossed, {})[relation.name] = relation
    return (tuple(lot.values()) for lot in lots.values())


def _balance(keys: Sequence[Key], month: str, names: Sequence[str], numbers: Mapping[Key, int]) -> Relation | None:
    """One balance, when both flows of the month are published for the same people."""
    now, before = keys
    place = names.index(_MONTH) + 1
    rest = (*now[1:place], month, *now[place + 1 :])
    flows = [numbers.get((quantity.value, *rest)) for quantity in (Quantity.INFLOW, Quantity.OUTFLOW)]
    if flows[0] is None or flows[1] is None:
        return None
    name = f"balance[{','.join(rest)}]"
    return Relation(name, ((numbers[now], 1), (numbers[before], -1), (flows[0], -1), (flows[1], 1)))
