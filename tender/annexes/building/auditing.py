"""The audit of a whole annex: all tables together, earlier releases and what others have published included.

It needs the published figures alone. With the true counts at hand it also finds cells that are narrower than their
protection demands, and figures that are not what was counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tender.annexes.building.linking import Frame, Key, Linked, Spot, frames_of, holding, linked
from tender.annexes.building.truth import Counts, Limits, is_amount, need_of
from tender.annexes.disclosure.audit import ImpossibleTableError, Interval, Kind, intervals, leaks
from tender.annexes.disclosure.building import Published
from tender.annexes.disclosure.rules import Need
from tender.annexes.disclosure.tables import Relation
from tender.model.annex import TOTAL, Annex, At
from tender.model.open_data import Guard


class Flaw(StrEnum):
    """What is wrong with one cell of a published annex."""

    KNOWN = "known"
    """It is hidden, and its exact value follows from what is shown."""
    SMALL = "small"
    """It is hidden, and it follows that it lies below the threshold."""
    NARROW = "narrow"
    """It is hidden, and what follows of it is narrower than its protection demands."""
    SHOWN = "shown"
    """It shows a count below the threshold (or the base)."""
    PUBLIC = "public"
    """It is hidden, and an earlier release or somebody else shows it."""
    SUM = "sum"
    """Its parts do not make up what it shows."""
    DIFFERS = "differs"
    """It does not show what was counted."""


@dataclass(frozen=True, slots=True)
class Flawed:
    """A cell that must not be published as it is.

    Attributes:
        flaw: What is wrong with it.
        spot: The cell.
        low: The least that it can be; what it shows, where it shows something.
        high: The most that it can be; ``None`` when nothing bounds it.
    """

    flaw: Flaw
    spot: Spot
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Audit:
    """What everybody can derive from an annex.

    Attributes:
        cells: Number of cells, each counted once however many tables show it.
        hidden: Number of the hidden ones.
        spans: For each hidden cell, where it stands and what everybody derives about it.
        flaws: Cells that must not be published as they are; empty for a safe annex.
        with_truth: Whether the true counts were at hand.
    """

    cells: int
    hidden: int
    spans: tuple[tuple[Spot, Interval], ...]
    flaws: tuple[Flawed, ...]
    with_truth: bool = False

    @property
    def safe(self) -> bool:
        """Whether it may be published."""
        return not self.flaws


@dataclass(frozen=True, slots=True)
class Known:
    """Figures that somebody has published already.

    Attributes:
        frames: Their tables.
        counts: Figures by table id and coordinates; a missing one is hidden there too.
    """

    frames: tuple[Frame, ...]
    counts: Mapping[str, Mapping[At, int]]


def known_of(annex: Annex, mark: str) -> Known:
    """What an earlier release shows; `mark` is put before the ids of its tables."""
    frames = tuple(replace(frame, id=f"{mark}{frame.id}") for frame in frames_of(annex))
    counts = {
        f"{mark}{table.id}": {cell.at: cell.value for cell in table.cells if cell.value is not None}
        for table in annex.tables
        if annex.protected.guard is Guard.SUPPRESS
    }
    return Known(frames, counts)


def audited(annex: Annex, known: Sequence[Known] = (), truth: Counts | None = None) -> Audit:
    """What everybody derives from `annex`, all its tables together.

    Args:
        annex: As it is to be published.
        known: What is public besides.
        truth: The true counts, when the auditor has them.
    """
    alone = linked(frames_of(annex))
    own = {(table.id, cell.at): cell.value for table in annex.tables for cell in table.cells}
    values = [own[spots[0].table, spots[0].at] for spots in alone.spots]
    fit = fitting(known, alone, values)
    frames = [*frames_of(annex), *(frame for each in fit for frame in each.frames)]
    return _Auditor(annex, linked(frames), fit, truth).run()


class _Auditor:
    """One audit in progress."""

    def __init__(self, annex: Annex, tables: Linked, known: Sequence[Known], truth: Counts | None) -> None:
        self.annex, self.tables, self.truth = annex, tables, truth
        self.own = {table.id: {cell.at: cell.value for cell in table.cells} for table in annex.tables}
        self.others = {table: counts for each in known for table, counts in each.counts.items()}
        self.limits = Limits(annex.protected.threshold, annex.protected.share_limit)
        self.shown = [self._shown(spots) for spots in tables.spots]

    def run(self) -> Audit:
        """The audit."""
        numbers = [number for number, spots in enumerate(self.tables.spots) if spots[0].table in self.own]
        hidden = [number for number in numbers if self._hidden(number)]
        flaws = [*self._shown_flaws(numbers), *self._sum_flaws(), *self._public_flaws(hidden)]
        spans: tuple[Interval, ...] = ()
        if not any(each.flaw is Flaw.SUM for each in flaws):
            spans, more = self._derived([number for number in hidden if self.shown[number] is None])
            flaws += more
        placed = tuple((self.tables.spots[each.cell][0], each) for each in spans)
        return Audit(len(numbers), len(hidden), placed, tuple(flaws), self.truth is not None)

    def _shown(self, spots: Sequence[Spot]) -> int | None:
        """What anybody can read of a cell: here first, then elsewhere."""
        here = [self.own[spot.table][spot.at] for spot in spots if spot.table in self.own]
        there = [self.others.get(spot.table, {}).get(spot.at) for spot in spots if spot.table not in self.own]
        return next((value for value in (*here, *there) if value is not None), None)

    def _hidden(self, number: int) -> bool:
        return any(self.own[spot.table][spot.at] is None for spot in self._spots(number))

    def _spots(self, number: int) -> list[Spot]:
        """Where the cell stands in this annex."""
        return [spot for spot in self.tables.spots[number] if spot.table in self.own]

    def _shown_flaws(self, numbers: Iterable[int]) -> Iterator[Flawed]:
        """Cells that show a small count, or something else than another table, or than was counted."""
        rounds = self.annex.protected.guard is Guard.ROUND
        least = self.annex.protected.base if rounds else self.limits.threshold
        for number in numbers:
            amount = is_amount(self.tables.cells[number])
            for spot in self._spots(number):
                value = self.own[spot.table][spot.at]
                if value is None:
                    continue
                few = self._few(spot) and (amount or not rounds)
                if few or (0 < value < least and not amount):
                    yield Flawed(Flaw.SHOWN, spot, value, value)
                elif self._differs(spot, value, amount=amount) or value != self._first(number):
                    yield Flawed(Flaw.DIFFERS, spot, value, value)

    def _few(self, spot: Spot) -> bool:
        """Whether it is known here that a cell which is not zero is of fewer persons than may be known."""
        true = (self.truth or {}).get(spot.table, {}).get(spot.at)
        return true is not None and true.amount > 0 and 0 < true.persons < self.limits.threshold

    def _first(self, number: int) -> int | None:
        return next(value for spot in self._spots(number) if (value := self.own[spot.table][spot.at]) is not None)

    def _differs(self, spot: Spot, value: int, *, amount: bool) -> bool:
        """Whether a figure is not what was counted; rounded ones may differ."""
        if self.truth is None or (self.annex.protected.guard is Guard.ROUND and not amount):
            return False
        true = self.truth.get(spot.table, {}).get(spot.at)
        return true is None or true.amount != value

    def _sum_flaws(self) -> Iterator[Flawed]:
        """Totals that their parts do not make up."""
        for relation in self.tables.sums:
            total, *parts = (cell for cell, _ in relation.terms)
            shown, known = self.shown[total], [self.shown[part] for part in parts]
            found = sum(value for value in known if value is not None)
            if shown is not None and (found > shown or (found < shown and None not in known)):
                yield Flawed(Flaw.SUM, self.tables.spots[total][0], shown, found)

    def _public_flaws(self, hidden: Iterable[int]) -> Iterator[Flawed]:
        """Hidden cells that another table, or somebody else, shows."""
        for number in hidden:
            value = self.shown[number]
            if value is not None and self._true(number) in {None, value}:
                spot = next(spot for spot in self._spots(number) if self.own[spot.table][spot.at] is None)
                yield Flawed(Flaw.PUBLIC, spot, value, value)

    def _derived(self, cells: Sequence[int]) -> tuple[tuple[Interval, ...], list[Flawed]]:
        """Intervals of the hidden cells, and those that are given away."""
        try:
            spans = self._spans(cells, (*self.tables.sums, *holding(self.tables.balances, self.shown)))
        except ImpossibleTableError:
            spans = self._spans(cells, self.tables.sums)
        counts = [each for each in spans if not is_amount(self.tables.cells[each.cell])]
        amounts = [each for each in spans if is_amount(self.tables.cells[each.cell])]
        truth, needs = self._needs(cells)
        found = (*leaks(counts, truth, needs, self.limits.threshold), *leaks(amounts, truth, needs, 0))
        return spans, [
            Flawed(_FLAWS[leak.kind], self.tables.spots[leak.interval.cell][0], leak.interval.least, leak.interval.most)
            for leak in found
        ]

    def _spans(self, cells: Sequence[int], relations: tuple[Relation, ...]) -> tuple[Interval, ...]:
        tables = Published(
            self.tables.dimensions, self.tables.cells, tuple(self.shown), len(self.tables.cells), relations
        )
        return intervals(tables, cells=cells) if cells else ()

    def _true(self, number: int) -> int | None:
        spot = self._spots(number)[0]
        true = (self.truth or {}).get(spot.table, {}).get(spot.at)
        return None if true is None else true.amount

    def _needs(self, cells: Iterable[int]) -> tuple[dict[int, int], dict[int, Need]]:
        """True values and protection levels, where the auditor knows them."""
        truth: dict[int, int] = {}
        needs: dict[int, Need] = {}
        for number in cells if self.truth is not None else ():
            spot = self._spots(number)[0]
            true = (self.truth or {}).get(spot.table, {}).get(spot.at)
            if true is not None:
                need = need_of(number, true, self.limits, amount=is_amount(self.tables.cells[number]))
                truth[number] = true.amount
                needs |= {number: need} if need else {}
        return truth, needs


_FLAWS = {Kind.KNOWN: Flaw.KNOWN, Kind.SMALL: Flaw.SMALL, Kind.NARROW: Flaw.NARROW}


def fitting(known: Iterable[Known], tables: Linked, values: Sequence[int | None]) -> tuple[Known, ...]:
    """`known` without the quantities of which it shows another value than `values` do: those were counted anew since.

    Args:
        known: What is public.
        tables: Linked tables of the annex.
        values: What they show, or their true values.
    """
    own = dict(zip(tables.cells, values, strict=True))
    found = []
    for each in known:
        shown = published_keys(each, tables.dimensions)
        other = {key[0] for key, value in shown.items() if own.get(key) not in {None, value}}
        frames = tuple(frame for frame in each.frames if frame.quantity.value not in other)
        found.append(Known(frames, {frame.id: each.counts.get(frame.id, {}) for frame in frames}))
    return tuple(found)


def public_cells(tables: Linked, known: Iterable[Known]) -> frozenset[int]:
    """Numbers of the cells that `known` shows."""
    numbers = {key: number for number, key in enumerate(tables.cells)}
    keys = {key for each in known for key in published_keys(each, tables.dimensions)}
    return frozenset(numbers[key] for key in keys if key in numbers)


def published_keys(known: Known, dimensions: Sequence[str]) -> dict[Key, int]:
    """What `known` shows, by coordinates over `dimensions`; what has coordinates beyond these is left out."""
    lone = linked(known.frames)
    found: dict[Key, int] = {}
    for key, spots in zip(lone.cells, lone.spots, strict=True):
        codes = dict(zip(lone.dimensions, key, strict=True))
        beyond = any(code != TOTAL for name, code in codes.items() if name not in dimensions)
        value = known.counts.get(spots[0].table, {}).get(spots[0].at)
        if value is not None and not beyond:
            found[tuple(codes.get(name, TOTAL) for name in dimensions)] = value
    return found
