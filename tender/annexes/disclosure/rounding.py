"""Small-count rounding: no blanks, and no count between 0 and the base, additive over all linked tables.

The model, with its row names (docs/disclosure.md):

    minimise  Σ up_i + down_i,   z_i = a_i + up_i − down_i,   u_i ∈ {0, 1} for small counts
    sum[...]:  M·z = b        small[i]:  z_i = base · u_i + more_i        gone[i]:  more_i ≤ (a_i + most − base) · u_i

For a small count the way up is then (base − a_i) · u_i + more_i and the way down a_i · (1 − u_i), so that even a
fractional u_i costs what it changes: the bound is tight.

The least change alone could be foreseen, so one of the tables near it is drawn: random costs from a secret seed choose
among all that change at most a little more. The seed's commitment is published, so that the draw can be proven later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from math import ceil

from tender.annexes.disclosure.tables import Relation, Role, System, broken_relations
from tender.errors import SolverError
from tender.solving import Outcome, Program, Proposal

_NO_END = 1e30
_SLACK = Fraction(1, 20)
_SPREAD = 1000
_ROUGHLY = 0.15
_FIRST_SHARE = 0.6
"""Share of the time that the search for the least change may take; the draw has the rest."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """Rounded tables that have passed their exact check.

    Attributes:
        system: The tables with their rounded counts.
        base: The least count that is not zero.
        total: Sum of all changes.
        largest: Largest change of one count.
        least: Sum of changes of the best rounding found.
        most: The most that one count was let change: base − 1, unless that leaves no rounding.
        bound: No rounding changes less in all, among those that let zeros be, keep counts of at least the base so, and
            change no count by more than `most`.
        commitment: SHA-256 of the seed, to be published; the seed stays secret until the draw is to be proven.
    """

    system: System
    base: int
    total: int
    largest: int
    least: int
    most: int
    bound: int
    commitment: str

    @property
    def proven(self) -> bool:
        """Whether `least` is the least, in the sense of `bound`."""
        return self.least == self.bound


def commitment_of(seed: bytes) -> str:
    """What is published about a secret seed.

    >>> commitment_of(b"secret")[:12]
    '2bb80d537b1d'
    """
    return sha256(seed).hexdigest()


def round_small(
    system: System, base: int, seed: bytes, clock: Callable[[], float], seconds: float, slack: Fraction = _SLACK
) -> Rounding:
    """Round every count of 1 to base − 1 to 0 or to at least `base`, changing the others as little as it takes.

    Args:
        system: The tables; what is public already stays as it is.
        base: The least count that may be shown, besides 0.
        seed: Secret chance.
        clock: Seconds from any moment.
        seconds: Time for both programs together.
        slack: By which share the drawn table may change more than the least.

    Raises:
        SolverError: No rounding was found (``annex.no-rounding``), or it fails the exact check (``annex.unsafe``).
    """
    end = clock() + seconds
    for most in (base - 1, 2 * base, sum(cell.value for cell in system.cells) + base):
        model = _Model(system, base, most)
        best, bound = model.least(max(end - clock(), 0.0) * _FIRST_SHARE)
        if best.outcome in {Outcome.OPTIMAL, Outcome.FEASIBLE}:
            least = model.change(best)
            drawn = model.drawn(least + ceil(least * slack), seed, best, max(end - clock(), 0.0))
            return _checked(model, drawn, least, bound, seed)
    raise SolverError("annex.no-rounding", base=base)


@dataclass(frozen=True, slots=True)
class _Way:
    """A rounded count: start + Σ factor · column."""

    start: int
    terms: tuple[tuple[int, int], tuple[int, int]]


class _Model:
    """The program, asked for the least change first and for a drawn table then."""

    def __init__(self, system: System, base: int, most: int) -> None:
        self.system, self.base, self.most = system, base, most
        self._spans: list[tuple[float, float]] = []
        self._ways = [self._way(number) for number in range(len(system.cells))]
        self._program = Program(self._spans, whole=True)
        for relation in system.relations:
            self._program.add(*self._row(relation))
        for number, way in enumerate(self._ways):
            if self._is_small(number):
                (stays, _), (more, _) = way.terms
                self._program.add([(more, 1), (stays, -self._spans[more][1])], -_NO_END, 0)

    def _is_small(self, number: int) -> bool:
        cell = self.system.cells[number]
        return cell.role is Role.OPEN and 0 < cell.value < self.base

    def _way(self, number: int) -> _Way:
        """Columns of one cell: a small count vanishes or stays as base + more, a large one goes up or down."""
        cell = self.system.cells[number]
        if self._is_small(number):
            return _Way(0, ((self._column(1), self.base), (self._column(cell.value + self.most - self.base), 1)))
        up, down = self._span(number)
        return _Way(cell.value, ((self._column(up), 1), (self._column(down), -1)))

    def _column(self, most: float) -> int:
        self._spans.append((0, most))
        return len(self._spans) - 1

    def _span(self, number: int) -> tuple[int, int]:
        """How far a count that is not small may go up and down: zeros stay, a large one stays at least base."""
        cell = self.system.cells[number]
        if cell.role is Role.UNLISTED:
            return self.most * len(self.system.cells), cell.value
        if cell.role is Role.PUBLIC or cell.value == 0:
            return 0, 0
        return self.most, min(self.most, cell.value - self.base)

    def _row(self, relation: Relation) -> tuple[list[tuple[int, int]], int, int]:
        rest = relation.total - sum(factor * self._ways[cell].start for cell, factor in relation.terms)
        moves = [(way, factor * by) for cell, factor in relation.terms for way, by in self._ways[cell].terms]
        return moves, rest, rest

    def _costs(self, price: Callable[[int, int], int]) -> tuple[dict[int, float], int]:
        """Σ price · change in the columns, and what stands apart; `price` of a cell and 0 (up) or 1 (down)."""
        costs: dict[int, float] = {}
        apart = 0
        for number, cell in enumerate(self.system.cells):
            if cell.role is not Role.OPEN:
                continue
            up, down = price(number, 0), price(number, 1)
            first, second = (column for column, _ in self._ways[number].terms)
            if self._is_small(number):
                costs[first], costs[second] = up * (self.base - cell.value) - down * cell.value, up
                apart += down * cell.value
            else:
                costs[first], costs[second] = up, down
        return costs, apart

    def least(self, seconds: float) -> tuple[Proposal, int]:
        """The smallest sum of changes, and what no sum is smaller than."""
        costs, apart = self._costs(lambda *_: 1)
        found = self._program.minimise(costs, seconds)
        return found, ceil(found.bound - 1 / _SPREAD) + apart if found.values else 0

    def drawn(self, most: int, seed: bytes, best: Proposal, seconds: float) -> Proposal:
        """A table that changes at most `most` in all, the cheapest by random costs or nearly so."""
        costs, apart = self._costs(lambda *_: 1)
        self._program.add(list(costs.items()), -_NO_END, most - apart)
        self._program.suggest(best.values)
        count = len(self.system.cells)
        chance, _ = self._costs(lambda cell, way: 1 + _number(seed, cell + way * count) % _SPREAD)
        found = self._program.minimise(chance, seconds, _ROUGHLY)
        return found if found.values else best

    def values(self, found: Proposal) -> list[int]:
        """The rounded counts."""
        return [way.start + sum(by * round(found.values[column]) for column, by in way.terms) for way in self._ways]

    def change(self, found: Proposal) -> int:
        """Sum of the changes of published counts."""
        return sum(_changes(self.system, self.values(found)))


def _changes(system: System, values: Sequence[int]) -> list[int]:
    return [
        abs(value - cell.value)
        for value, cell in zip(values, system.cells, strict=True)
        if cell.role is not Role.UNLISTED
    ]


def _number(seed: bytes, way: int) -> int:
    return int.from_bytes(sha256(seed + way.to_bytes(8, "big")).digest()[:8], "big")


def _checked(model: _Model, drawn: Proposal, least: int, bound: int, seed: bytes) -> Rounding:
    """The rounding, when whole numbers say that it is one."""
    values = model.values(drawn)
    old = model.system
    cells = tuple(replace(cell, value=value) for cell, value in zip(old.cells, values, strict=True))
    rounded = replace(old, cells=cells)
    broken = [relation.name for relation in broken_relations(rounded)]
    broken += [
        cell.name for cell in cells if cell.value < 0 or (cell.role is Role.OPEN and 0 < cell.value < model.base)
    ]
    if broken:
        raise SolverError("annex.unsafe", cells="; ".join(broken))
    changes = _changes(old, values)
    total = sum(changes)
    # A first search that ran out of time may be beaten by the draw.
    least = min(least, total)
    return Rounding(rounded, model.base, total, max(changes), least, model.most, min(bound, least), commitment_of(seed))
