"""The attacker as a linear program: what the hidden cells may be, given all that is shown.

For hidden cells H the attacker knows M·y = b, y = a on all others, and least ≤ y ≤ most on H (least is 0 unless an
insider knows better). One answer of the program certifies *every* demand that it moves far enough, so the sum over all
demands that are still open is maximised first, and only what is left is asked one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from tender.annexes.disclosure.rules import Need
from tender.annexes.disclosure.tables import System
from tender.solving import Outcome, Program

MOVED = 1e-6
"""A cell whose value differs by less has not moved."""


@dataclass(frozen=True, slots=True)
class Attacker:
    """Somebody who knows more than what is published.

    Attributes:
        name: Who it is, ``public`` for everybody.
        least: What a cell holds at least, for an insider who knows its own part.
        most: What a cell holds at most.
    """

    name: str = "public"
    least: Mapping[int, int] = field(default_factory=dict)
    most: Mapping[int, int] = field(default_factory=dict)


PUBLIC = Attacker()
"""Everybody: counts are not negative, and nothing else."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that an attacker must not exclude.

    Attributes:
        cell: Number of the cell.
        side: 1 for value + reach, -1 for value - reach, 0 for an interval of the width `reach`.
        reach: How far.
    """

    cell: int
    side: int
    reach: int


def demands(needs: Iterable[Need]) -> tuple[Demand, ...]:
    """What `needs` demand, the farthest first."""
    found = []
    for need in needs:
        found += [Demand(need.cell, 1, need.up)] if need.up > 0 else []
        found += [Demand(need.cell, -1, need.down)] if need.down > 0 else []
        found += [Demand(need.cell, 0, need.width)] if need.width > need.up + need.down else []
    return tuple(sorted(found, key=lambda demand: -demand.reach))


@dataclass(frozen=True, slots=True)
class Failure:
    """A demand that is not met, with the multipliers of the relations that prove it.

    Attributes:
        demand: The demand.
        proofs: Side and multipliers; two for a demand of width.
    """

    demand: Demand
    proofs: tuple[tuple[int, Sequence[float]], ...]


@dataclass(slots=True)
class Verdict:
    """What an attacker can and cannot do to a pattern.

    Attributes:
        met: The cells that move in an answer which meets the demand.
        failures: Demands that are not met.
        broken: Demands that only an answer with fractions has met so far.
    """

    met: dict[Demand, frozenset[int]]
    failures: list[Failure]
    broken: set[Demand] = field(default_factory=set)

    def take(self, demands: Iterable[Demand], moved: frozenset[int], *, whole: bool) -> None:
        """Note that one answer meets `demands`; a whole one is better than a broken one."""
        for demand in demands:
            if demand not in self.met or (whole and demand in self.broken):
                self.met[demand] = moved
                self.broken -= {demand} if whole else set()
                self.broken |= set() if whole else {demand}


class Attack:
    """One attacker's program, asked again and again for changing patterns."""

    def __init__(self, system: System, attacker: Attacker = PUBLIC, *, whole: bool = False) -> None:
        """Make the program with every cell shown; the attacker reckons with whole counts if `whole`."""
        self.system, self.attacker, self.whole = system, attacker, whole
        self.truth = [cell.value for cell in system.cells]
        self._ranges: list[tuple[float, float]] = [(value, value) for value in self.truth]
        self._program = Program(self._ranges)
        for relation in system.relations:
            self._program.add(relation.terms, relation.total, relation.total)
        self._open: list[int] = []
        self._exact = self._ranges
        self._exact_program: Program | None = None

    def room(self, cell: int) -> tuple[int, float]:
        """How far a hidden cell may lie below and above its value."""
        value = self.truth[cell]
        return value - self.attacker.least.get(cell, 0), self.attacker.most.get(cell, inf) - value

    def hide(self, hidden: Iterable[int]) -> None:
        """Let the cells in `hidden`, and those that are never published, take every value they may."""
        wanted: list[tuple[float, float]] = [(value, value) for value in self.truth]
        for cell in {*hidden, *self.system.unlisted}:
            wanted[cell] = (self.attacker.least.get(cell, 0), self.attacker.most.get(cell, inf))
        self._set(wanted)

    def loosen(self, openness: Mapping[int, float], reach: int) -> None:
        """Let each cell move by `openness` times what it may, but by no more than openness times `reach`."""
        wanted: list[tuple[float, float]] = [(value, value) for value in self.truth]
        for cell, share in openness.items():
            down, up = self.room(cell)
            value = self.truth[cell]
            wanted[cell] = (value - share * min(down, reach), value + share * min(up, reach))
        self._set(wanted)

    def _set(self, wanted: list[tuple[float, float]]) -> None:
        changed = {cell: span for cell, span in enumerate(wanted) if span != self._ranges[cell]}
        self._program.set_ranges(changed)
        self._ranges = wanted
        self._open = [cell for cell, (low, high) in enumerate(wanted) if low < high]

    def judge(self, wanted: Iterable[Demand], *, fractional: bool = False) -> Verdict:
        """Sort `wanted` into what the present pattern meets and what it does not.

        Args:
            wanted: The demands.
            fractional: Whether the pattern is a fractional one, for which whole counts make no sense.
        """
        verdict = self._relaxed(wanted)
        if self.whole and not fractional and not verdict.failures:
            for demand in sorted(verdict.broken, key=lambda demand: (demand.cell, demand.side)):
                self._whole(demand, verdict)
        return verdict

    def _relaxed(self, wanted: Iterable[Demand]) -> Verdict:
        verdict = Verdict({}, [])
        asked = list(wanted)
        for side in (1, -1):
            self._sweep([demand for demand in asked if demand.side == side], side, verdict)
        for demand in asked:
            if demand not in verdict.met:
                self._single(demand, [each for each in asked if each not in verdict.met], verdict)
        return verdict

    def _sweep(self, todo: list[Demand], side: int, verdict: Verdict) -> None:
        """Push all demands of one side together for as long as that certifies new ones."""
        while todo:
            values = self._capped(todo, side)
            met = [demand for demand in todo if _meets(demand, values, self.truth)]
            if not met:
                return
            verdict.take(met, self._moved(values), whole=self._is_whole(values))
            todo = [demand for demand in todo if demand not in verdict.met]

    def _capped(self, todo: Sequence[Demand], side: int) -> Sequence[float]:
        """Values that push the demands of `todo`, none farther than demanded."""
        before = {demand.cell: self._ranges[demand.cell] for demand in todo}
        self._program.set_ranges({demand.cell: self._cap(demand, side) for demand in todo})
        found = self._program.minimise({demand.cell: -float(side) for demand in todo}).values
        self._program.set_ranges(before)
        return found or self.truth

    def _cap(self, demand: Demand, side: int) -> tuple[float, float]:
        low, high = self._ranges[demand.cell]
        goal = self.truth[demand.cell] + side * demand.reach
        return (low, min(high, goal)) if side > 0 else (max(low, goal), high)

    def _single(self, demand: Demand, todo: Sequence[Demand], verdict: Verdict) -> None:
        """Ask for one demand; its answer may meet others in `todo` too."""
        sides = (demand.side,) if demand.side else (1, -1)
        before = {demand.cell: self._ranges[demand.cell]}
        amount, proofs, moved, whole = 0.0, [], frozenset[int](), True
        for side in sides:
            self._program.set_ranges({demand.cell: self._cap(demand, side)})
            found = self._program.minimise({demand.cell: -float(side)})
            self._program.set_ranges(before)
            if found.outcome is not Outcome.OPTIMAL:
                continue
            amount += side * (found.values[demand.cell] - self.truth[demand.cell])
            proofs.append((side, found.duals))
            moved |= self._moved(found.values)
            whole = whole and self._is_whole(found.values)
            others = [other for other in todo if _meets(other, found.values, self.truth)]
            verdict.take(others, self._moved(found.values), whole=self._is_whole(found.values))
        if amount >= demand.reach - MOVED:
            verdict.take([demand], moved, whole=whole)
        else:
            verdict.failures.append(Failure(demand, tuple(proofs)))

    def _whole(self, demand: Demand, verdict: Verdict) -> None:
        """Ask for one demand in whole counts; where they do not suffice, there is a failure without multipliers."""
        if self._exact_program is None:
            self._exact_program = Program(self._ranges, whole=True)
            for relation in self.system.relations:
                self._exact_program.add(relation.terms, relation.total, relation.total)
            self._exact = self._ranges
        spans = {cell: span for cell, span in enumerate(self._ranges) if span != self._exact[cell]}
        self._exact_program.set_ranges(spans)
        self._exact = self._ranges
        amount, moved = 0.0, frozenset[int]()
        for side in (demand.side,) if demand.side else (1, -1):
            self._exact_program.set_ranges({demand.cell: self._cap(demand, side)})
            found = self._exact_program.minimise({demand.cell: -float(side)})
            self._exact_program.set_ranges({demand.cell: self._ranges[demand.cell]})
            if found.outcome is Outcome.OPTIMAL:
                amount += side * (found.values[demand.cell] - self.truth[demand.cell])
                moved |= self._moved(found.values)
        if amount >= demand.reach - MOVED:
            verdict.take([demand], moved, whole=True)
        else:
            del verdict.met[demand]
            verdict.failures.append(Failure(demand, ()))

    def _moved(self, values: Sequence[float]) -> frozenset[int]:
        """The cells that differ from the truth; only those that are open can."""
        truth = self.truth
        return frozenset(cell for cell in self._open if abs(values[cell] - truth[cell]) > MOVED)

    def _is_whole(self, values: Sequence[float]) -> bool:
        """Whether the answer is one in whole counts."""
        return all(abs(values[cell] - round(values[cell])) < MOVED for cell in self._open)


def _meets(demand: Demand, values: Sequence[float], truth: Sequence[int]) -> bool:
    return demand.side != 0 and demand.side * (values[demand.cell] - truth[demand.cell]) >= demand.reach - MOVED
