"""The tables that ways to protect are tried on: one plain table, or all the tables of an annex, linked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from typing import Protocol

from tender.annexes.building.assembly import truth_of
from tender.annexes.building.linking import Period
from tender.annexes.building.truth import Limits, Truth, is_amount
from tender.annexes.comparing.variants import Lot
from tender.annexes.comparing.volumes import YEAR, Layout
from tender.annexes.counts import TrueCell, TrueTable
from tender.annexes.disclosure.building import Branch, Dimension, build
from tender.annexes.disclosure.coarsening import Merge, merged, narrowed, proposals
from tender.annexes.disclosure.rules import by_threshold
from tender.annexes.disclosure.tables import At, Role
from tender.model.annex import TOTAL, Axis, Category
from tender.model.open_data import Breakdown, OpenData

KEPT_APART = frozenset({Breakdown.GROUP.value, Breakdown.MUNICIPALITY.value, Breakdown.MONTH.value})
"""What a price is reckoned by; its categories are never merged."""


class Scene(Protocol):
    """Tables on which ways to protect can be tried."""

    @property
    def layout(self) -> Layout:
        """Where a bidder finds its volumes."""

    def lots(self, threshold: int) -> tuple[Lot, ...]:
        """The cells with what they need at this threshold."""

    def coarser(self, threshold: int) -> tuple[Scene, tuple[Merge, ...]]:
        """The same tables after the merges that rid them of counts below the threshold."""


@dataclass(frozen=True, slots=True)
class TableScene:
    """One plain table of clients.

    Attributes:
        axes: Its dimensions.
        counts: Count by coordinates.
        group: Name of the dimension of risk groups.
        place: Name of the dimension of places; empty where there is none.
        ordered: Dimensions whose categories have an order.
    """

    axes: tuple[Dimension, ...]
    counts: Mapping[At, int]
    group: str
    place: str
    ordered: Collection[str] = ()

    @property
    def layout(self) -> Layout:
        """Where a bidder finds its volumes."""
        codes = {axis.name: self._codes(axis) for axis in self.axes}
        names = tuple(axis.name for axis in self.axes)
        roots = tuple(axis.root for axis in self.axes)
        groups = tuple(code for code in codes[self.group] if code != roots[names.index(self.group)])
        return Layout(names, roots, self.group, groups, self.place, codes[self.place] if self.place else ())

    def _codes(self, axis: Dimension) -> tuple[str, ...]:
        return tuple(dict.fromkeys([axis.root, *(part for branch in axis.branches for part in branch.parts)]))

    def lots(self, threshold: int) -> tuple[Lot, ...]:
        """The cells with what they need at this threshold."""
        system = build(self.axes, self.counts)
        return (Lot(system, by_threshold(system, threshold)),)

    def coarser(self, threshold: int) -> tuple[TableScene, tuple[Merge, ...]]:
        """The same table after the merges that rid it of counts below the threshold."""
        system = build(self.axes, self.counts)
        listed = {cell.at: cell.value for cell in system.cells if cell.role is not Role.UNLISTED}
        kept = {self.group, self.place}
        free = [replace(axis, branches=()) if axis.name in kept else axis for axis in self.axes]
        merges = proposals(free, listed, threshold, self.ordered)
        axes, counts = list(self.axes), dict(self.counts)
        for merge in merges:
            place = next(number for number, axis in enumerate(axes) if axis.name == merge.dimension)
            axes[place], counts = narrowed(axes[place], merge), merged(counts, place, merge.codes)
        return replace(self, axes=tuple(axes), counts=counts), merges


@dataclass(frozen=True, slots=True)
class AnnexScene:
    """All the tables of an annex.

    Attributes:
        tables: The counted tables.
        declared: What the buyer declared of them.
    """

    tables: tuple[TrueTable, ...]
    declared: OpenData

    @property
    def truth(self) -> Truth:
        """The tables, linked."""
        return truth_of(self.tables, self.declared)

    @property
    def layout(self) -> Layout:
        """Where a bidder finds its volumes."""
        return layout_of([table.axes for table in self.tables], self.truth.tables.dimensions, self.declared)

    def lots(self, threshold: int) -> tuple[Lot, ...]:
        """The cells with what they need at this threshold."""
        blocks = self.truth.blocks(Limits(threshold, self.declared.share_limit))
        return tuple(Lot(block.system, block.needs, block.amounts) for block in blocks)

    def coarser(self, threshold: int) -> tuple[AnnexScene, tuple[Merge, ...]]:
        """The same tables after the merges that rid them of counts of persons below the threshold."""
        truth = self.truth
        axes = {axis.id: axis for table in self.tables for axis in table.axes}
        counts = {
            key: cell.amount
            for key, cell in zip(truth.tables.cells, truth.cells, strict=True)
            if not is_amount(key)
        }  # fmt: skip
        free = [_dimension(name, axes.get(name)) for name in truth.tables.dimensions]
        merges = proposals(free, counts, threshold, {axis.id for axis in axes.values() if axis.ordered})
        return replace(self, tables=tuple(reduce(_merged_table, merges, table) for table in self.tables)), merges


def layout_of(axes: Sequence[Sequence[Axis]], dimensions: Sequence[str], declared: OpenData) -> Layout:
    """Where volumes stand among linked tables with these axes."""
    codes: dict[str, dict[str, None]] = {}
    for axis in (axis for table in axes for axis in table):
        codes.setdefault(axis.id, {}).update({category.code: None for category in axis.categories})
    period = Period(declared.flow_from, declared.reference_day)
    group, place = Breakdown.GROUP.value, Breakdown.MUNICIPALITY.value
    months = [code for code in codes.get(Breakdown.MONTH.value, {}) if code != TOTAL]
    return Layout(
        tuple(dimensions),
        tuple("" if name == "quantity" else TOTAL for name in dimensions),
        group,
        tuple(code for code in codes.get(group, {}) if code != TOTAL),
        place if place in codes else "",
        tuple(codes.get(place, {})),
        tuple(dict.fromkeys([*months, period.stock])),
        period.flow,
        Fraction(YEAR, _months(period)),
    )


def _months(period: Period) -> int:
    """Calendar months that the flow period touches."""
    return (period.last.year - period.first.year) * YEAR + period.last.month - period.first.month + 1


def _dimension(name: str, axis: Axis | None) -> Dimension:
    """An axis whose categories may be merged; one that must stay as it is has no branches."""
    parts: dict[str, list[str]] = {}
    for category in axis.categories if axis is not None and name not in KEPT_APART else ():
        if category.parent:
            parts.setdefault(category.parent, []).append(category.code)
    return Dimension(name, TOTAL, tuple(Branch(parent, tuple(found)) for parent, found in parts.items()), listed=True)


def _merged_table(table: TrueTable, merge: Merge) -> TrueTable:
    """A table with two categories of one of its axes as one."""
    place = next((number for number, axis in enumerate(table.axes) if axis.id == merge.dimension), None)
    if place is None or not {category.code for category in table.axes[place].categories} >= set(merge.codes):
        return table
    axes = list(table.axes)
    axes[place] = replace(axes[place], categories=_joined(axes[place].categories, merge))
    cells: dict[At, TrueCell] = {}
    for at, cell in table.cells.items():
        code = merge.code if at[place] in merge.codes else at[place]
        spot = (*at[:place], code, *at[place + 1 :])
        cells[spot] = _sum(cells[spot], cell) if spot in cells else cell
    return replace(table, axes=tuple(axes), cells=cells)


def _joined(categories: Sequence[Category], merge: Merge) -> tuple[Category, ...]:
    found: dict[str, Category] = {}
    for category in categories:
        one = replace(category, code=merge.code) if category.code in merge.codes else category
        found.setdefault(one.code, one)
    return tuple(found.values())


def _sum(one: TrueCell, other: TrueCell) -> TrueCell:
    """Two cells of other people as one."""
    largest = sorted((one.largest, one.second, other.largest, other.second), reverse=True)[:2]
    return TrueCell(one.persons + other.persons, one.amount + other.amount, *largest)
