"""The attacker's program over a published pattern: the ends of what each hidden cell may be, exact.

One exact table certifies every end that it reaches and that a proof without a solver bounds already: 0 by itself, and
what a single sum leaves. So a few programs that push many cells together settle most ends; only the others are asked
one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from tender.annexes.disclosure.attack import Attacker
from tender.annexes.disclosure.building import Published
from tender.annexes.disclosure.witness import Checker, Multipliers, Table
from tender.errors import SolverError
from tender.solving import TIME_LIMIT_S, Outcome, Program

_DENOMINATORS = (1, 12, 720, 5040, 10**6)
_NEAR = 1e-6

Asked = tuple[int, int]
"""A cell and a side: 1 for the upper end, -1 for the lower one."""

Bound = tuple[Fraction, Multipliers]
"""What a cell cannot pass, with the multipliers that prove it."""

Plain = Mapping[Asked, Bound | None]
"""Bounds that need no solver."""


class ImpossibleTableError(ValueError):
    """No table of whole counts agrees with what is shown: the published figures contradict each other."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of what a cell may be.

    Attributes:
        value: The value; None when there is no end.
        witness: A table that agrees with all that is published and reaches the value; where there is no end, the ray
            along which it can grow for ever. None when none was exact.
        proof: Multipliers that prove that no table passes the value; None when none was exact.
    """

    value: Fraction | None
    witness: Table | None = None
    proof: Multipliers | None = None

    @property
    def certain(self) -> bool:
        """Whether the end is proven from both sides, or its absence by a ray."""
        return self.witness is not None and (self.value is None or self.proof is not None)


class Probe:
    """One attacker before one published table."""

    def __init__(self, tables: Published, attacker: Attacker) -> None:
        """Make the program of the cells that are not shown.

        Raises:
            ImpossibleTableError: The published figures contradict each other.
        """
        self.checker = Checker(tables, attacker)
        self._attacker = attacker
        self._unseen = [cell for cell, shown in enumerate(tables.shown) if shown is None]
        self._column = {cell: column for column, cell in enumerate(self._unseen)}
        self._used = [row for row, rest in enumerate(self.checker.rests) if rest.terms]
        self._rows_of: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row in self._used:
            for cell, factor in self.checker.rests[row].terms:
                self._rows_of[cell].append((row, factor))
        if any(rest.total for rest in self.checker.rests if not rest.terms):
            raise ImpossibleTableError
        spans = [(attacker.least.get(cell, 0), attacker.most.get(cell, inf)) for cell in self._unseen]
        self._program = self._programmed(spans, endless=False)
        if self._unseen and self._program.minimise({}).outcome is not Outcome.OPTIMAL:
            raise ImpossibleTableError
        self._rays: Program | None = None

    def _programmed(self, spans: Sequence[tuple[float, float]], *, endless: bool) -> Program:
        """The rests of the relations; with nothing on their right-hand side for a way that can go on for ever."""
        program = Program(spans)
        for row in self._used:
            rest = self.checker.rests[row]
            total = 0 if endless else rest.total
            program.add([(self._column[cell], factor) for cell, factor in rest.terms], total, total)
        return program

    def ends(self, cells: Sequence[int]) -> dict[Asked, End]:
        """Both ends of every cell.

        Raises:
            SolverError: The solver has no answer (``solver.no-proof``).
        """
        plain = {(cell, side): self._plain(cell, side) for cell in cells for side in (-1, 1)}
        found: dict[Asked, End] = {}
        for side in (-1, 1):
            self._sweep(side, plain, found)
        for cell, side in plain:
            if (cell, side) not in found:
                found[cell, side] = self._single(cell, side, plain, found)
        return found

    def _plain(self, cell: int, side: int) -> Bound | None:
        """The closest bound that needs no solver: from no relation, or from a single one."""
        tried: list[Multipliers] = [{}, *({row: Fraction(side, factor)} for row, factor in self._rows_of[cell])]
        bounds = [(bound, proof) for proof in tried if (bound := self.checker.bound(cell, side, proof)) is not None]
        return min(bounds, key=lambda pair: side * pair[0], default=None)

    def _sweep(self, side: int, plain: Plain, found: dict[Asked, End]) -> None:
        """Push all cells that are open on one side together, for as long as that settles some."""
        todo = [cell for (cell, towards), bound in plain.items() if towards == side and bound is not None]
        while todo:
            answer = self._program.minimise({self._column[cell]: -float(side) for cell in todo})
            if answer.outcome is not Outcome.OPTIMAL:
                return
            self._settle(self._witness(answer.values), plain, found)
            left = [cell for cell in todo if (cell, side) not in found]
            if len(left) == len(todo):
                return
            todo = left

    def _settle(self, table: Table | None, plain: Plain, found: dict[Asked, End]) -> None:
        """Take the ends that an exact table reaches and that need no solver's proof."""
        if table is None:
            return
        for asked, bound in plain.items():
            if bound is not None and asked not in found and table[asked[0]] == bound[0]:
                found[asked] = End(bound[0], table, bound[1])

    def _single(self, cell: int, side: int, plain: Plain, found: dict[Asked, End]) -> End:
        """One end asked alone, as exact as fractions make it."""
        answer = self._program.minimise({self._column[cell]: -float(side)})
        if answer.outcome is Outcome.UNBOUNDED:
            return End(None, self._ray(cell))
        if answer.outcome is not Outcome.OPTIMAL:
            raise SolverError("solver.no-proof", model="audit", status=answer.outcome.value, seconds=TIME_LIMIT_S)
        table = self._witness(answer.values)
        self._settle(table, plain, found)
        if (cell, side) in found:
            return found[cell, side]
        value = answer.values[self._column[cell]]
        goal = Fraction(value).limit_denominator(_DENOMINATORS[-1]) if table is None else table[cell]
        return End(goal, table, self._proof(cell, side, answer.duals, goal))

    def _ray(self, cell: int) -> Table | None:
        """The way in which a cell can grow for ever, when it is exact."""
        if self._rays is None:
            ends = [0.0 if cell in self._attacker.most else 1.0 for cell in self._unseen]
            self._rays = self._programmed([(0.0, end) for end in ends], endless=True)
        answer = self._rays.minimise({self._column[cell]: -1.0})
        return self._exact(answer.values, lambda ray: self.checker.endless(ray, cell))

    def _witness(self, values: Sequence[float]) -> Table | None:
        """The solver's table in fractions, when it agrees exactly."""
        return self._exact(values, self.checker.agrees)

    def _exact(self, values: Sequence[float], holds: Callable[[Table], bool]) -> Table | None:
        for denominator in _DENOMINATORS:
            table = {cell: _near(value, denominator) for cell, value in zip(self._unseen, values, strict=True)}
            if holds(table):
                return table
        return None

    def _proof(self, cell: int, side: int, duals: Sequence[float], goal: Fraction) -> Multipliers | None:
        """The solver's multipliers in fractions, when they prove that the cell cannot pass `goal`."""
        for denominator in _DENOMINATORS:
            near = {row: _near(-value, denominator) for row, value in zip(self._used, duals, strict=True) if value}
            proof = {row: value for row, value in near.items() if value}
            if self.checker.bound(cell, side, proof) == goal:
                return proof
        return None


def _near(value: float, denominator: int) -> Fraction:
    """The fraction nearest to `value`; a whole number where it is one but for a rounding error."""
    whole = round(value)
    return Fraction(whole) if abs(value - whole) < _NEAR else Fraction(value).limit_denominator(denominator)
