"""The audit: for every hidden cell of *any* published pattern, what an attacker can derive, with exact witnesses.

The solver finds, fractions decide: its answers are rounded to nearby fractions and taken only when they hold exactly
(`tender.annexes.disclosure.witness`), so that nobody needs to trust the solver.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor, inf

from tender.annexes.disclosure.attack import PUBLIC, Attacker
from tender.annexes.disclosure.building import Published
from tender.annexes.disclosure.rules import Need
from tender.annexes.disclosure.witness import Multipliers, Table, agrees, proven_bound
from tender.solving import Outcome, Program

_DENOMINATORS = (1, 12, 720, 5040, 10**6)


class ImpossibleTableError(ValueError):
    """No table of whole counts agrees with what is shown: the published figures contradict each other."""


class Kind(StrEnum):
    """How a hidden cell is given away."""

    KNOWN = "known"
    """The attacker derives its exact value."""
    NARROW = "narrow"
    """The attacker excludes what its protection level says must stay possible."""
    SMALL = "small"
    """The attacker derives that it is below the threshold."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of what a cell may be.

    Attributes:
        value: The value; None when there is no end.
        witness: A table that agrees with all that is published and reaches the value; None when none was exact.
        proof: Multipliers that prove that no table passes the value; None when none was exact.
    """

    value: Fraction | None
    witness: Table | None = None
    proof: Multipliers | None = None

    @property
    def certain(self) -> bool:
        """Whether the end is proven from both sides, or open."""
        return self.value is None or (self.witness is not None and self.proof is not None)


@dataclass(frozen=True, slots=True)
class Interval:
    """What an attacker derives about one hidden cell.

    Attributes:
        cell: Its number.
        attacker: Who derives it.
        low: The lower end.
        high: The upper end; its value is None when nothing bounds the cell.
    """

    cell: int
    attacker: str
    low: End
    high: End

    @property
    def least(self) -> int:
        """The smallest whole count within."""
        return ceil(self.low.value or 0)

    @property
    def most(self) -> int | None:
        """The largest whole count within."""
        return None if self.high.value is None else floor(self.high.value)


@dataclass(frozen=True, slots=True)
class Leak:
    """A hidden cell that is given away.

    Attributes:
        interval: What the attacker derives.
        kind: How it is given away.
    """

    interval: Interval
    kind: Kind


def intervals(
    tables: Published, attacker: Attacker = PUBLIC, cells: Sequence[int] | None = None
) -> tuple[Interval, ...]:
    """What `attacker` derives about `cells`, by default about every hidden cell.

    Raises:
        ImpossibleTableError: The published figures contradict each other.
    """
    probe = _Probe(tables, attacker)
    return tuple(
        Interval(cell, attacker.name, probe.end(cell, -1), probe.end(cell, 1))
        for cell in (tables.hidden if cells is None else cells)
    )


def leaks(
    found: Sequence[Interval], truth: Mapping[int, int], needs: Mapping[int, Need], threshold: int
) -> tuple[Leak, ...]:
    """The hidden cells that are given away.

    Args:
        found: What the attacker derives.
        truth: True counts by cell, where the auditor knows them.
        needs: Protection levels of primary cells, where the auditor knows them.
        threshold: Smallest count that may be known; any hidden cell known to lie below it is given away.
    """
    named = []
    for interval in found:
        kind = _kind(interval, truth.get(interval.cell), needs.get(interval.cell), threshold)
        if kind:
            named.append(Leak(interval, kind))
    return tuple(named)


def _kind(interval: Interval, true: int | None, need: Need | None, threshold: int) -> Kind | None:
    low, high = interval.low.value or Fraction(0), interval.high.value
    if high == low or (interval.most == interval.least and 0 < interval.least < threshold):
        return Kind.KNOWN
    if need is not None and true is not None:
        return Kind.NARROW if _narrow(low, high, true, need) else None
    return Kind.SMALL if high is not None and high < threshold else None


def _narrow(low: Fraction, high: Fraction | None, true: int, need: Need) -> bool:
    if low > true - need.down:
        return True
    return high is not None and (high < true + need.up or high - low < need.width)


class _Probe:
    """The attacker's program over a published pattern."""

    def __init__(self, tables: Published, attacker: Attacker) -> None:
        self._tables, self._attacker = tables, attacker
        spans: list[tuple[float, float]] = [
            (attacker.least.get(cell, 0), attacker.most.get(cell, inf)) if shown is None else (shown, shown)
            for cell, shown in enumerate(tables.shown)
        ]
        self._program = Program(spans)
        for relation in tables.relations:
            self._program.add(relation.terms, relation.total, relation.total)
        if self._program.minimise({}).outcome is not Outcome.OPTIMAL:
            raise ImpossibleTableError
        self._unseen = [cell for cell, shown in enumerate(tables.shown) if shown is None]

    def end(self, cell: int, side: int) -> End:
        """One end of the interval of `cell`, as exact as fractions make it."""
        answer = self._program.minimise({cell: -float(side)})
        if answer.outcome is not Outcome.OPTIMAL:
            return End(None)
        witness = self._witness(answer.values)
        if witness is not None:
            return End(witness[cell], witness, self._proof(cell, side, answer.duals, witness[cell]))
        near = Fraction(answer.values[cell]).limit_denominator(_DENOMINATORS[-1])
        proof = self._proof(cell, side, answer.duals, near)
        return End(near, None, proof)

    def _bound(self, cell: int, side: int, proof: Multipliers) -> Fraction | None:
        return proven_bound(self._tables, self._attacker, cell, side, proof)

    def _witness(self, values: Sequence[float]) -> Table | None:
        """The solver's table in fractions, when it agrees exactly."""
        for denominator in _DENOMINATORS:
            table = {cell: Fraction(values[cell]).limit_denominator(denominator) for cell in self._unseen}
            if agrees(self._tables, self._attacker, table):
                return table
        return None

    def _proof(self, cell: int, side: int, duals: Sequence[float], goal: Fraction) -> Multipliers | None:
        """The solver's multipliers in fractions, when they prove that the cell cannot pass `goal`."""
        for denominator in _DENOMINATORS:
            near = {row: Fraction(-value).limit_denominator(denominator) for row, value in enumerate(duals) if value}
            proof = {row: value for row, value in near.items() if value}
            if self._bound(cell, side, proof) == goal:
                return proof
        return None
