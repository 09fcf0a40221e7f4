"""Small-count rounding: no blanks, and no count between 0 and the base, additive over all linked tables.

The model, with its row names (docs/disclosure.md):

    minimise  Σ (up_i + down_i),   z_i = a_i + up_i − down_i,   u_i ∈ {0, 1} for small counts
    sum[...]:  M·z = b        floor[i]:  z_i ≥ base · u_i        gone[i]:  z_i ≤ (a_i + most) · u_i

The least change alone could be foreseen, so one of the tables near it is drawn: random costs from a secret seed choose
among all that change at most a little more. The seed's commitment is published, so that the draw can be proven later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from math import ceil

from tender.annexes.disclosure.tables import Role, System, broken_relations
from tender.errors import SolverError
from tender.solving import Outcome, Program, Proposal

_NO_END = 1e30
_SLACK = Fraction(1, 20)
_SPREAD = 1000
_ROUGHLY = 0.05


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
        best = model.least(max(end - clock(), 0.0))
        if best.outcome in {Outcome.OPTIMAL, Outcome.FEASIBLE}:
            least = model.change(best)
            drawn = model.drawn(least + ceil(least * slack), seed, best, max(end - clock(), 1.0))
            return _checked(model, drawn, least, ceil(best.bound - 1 / _SPREAD), seed)
    raise SolverError("annex.no-rounding", base=base)


class _Model:
    """The program, asked for the least change first and for a drawn table then."""

    def __init__(self, system: System, base: int, most: int) -> None:
        self.system, self.base, self.most = system, base, most
        self._count = len(system.cells)
        spans = [self._span(number, most) for number in range(self._count)]
        small = [number for number in range(self._count) if self._is_small(number)]
        ranges = [(0, up) for up, _ in spans] + [(0, down) for _, down in spans] + [(0, 1)] * len(small)
        self._program = Program(ranges, whole=True)
        for relation in system.relations:
            self._program.add(self._ways(relation.terms), 0, 0)
        for place, number in enumerate(small):
            value, choice = system.cells[number].value, 2 * self._count + place
            self._program.add([*self._ways([(number, 1)]), (choice, -base)], -value, _NO_END)
            self._program.add([*self._ways([(number, 1)]), (choice, -(value + most))], -_NO_END, -value)

    def _is_small(self, number: int) -> bool:
        cell = self.system.cells[number]
        return cell.role is Role.OPEN and 0 < cell.value < self.base

    def _span(self, number: int, most: int) -> tuple[int, int]:
        """How far a count may go up and down: zeros stay, a small one may vanish, a large one stays at least base."""
        cell = self.system.cells[number]
        if cell.role is Role.UNLISTED:
            return most * self._count, cell.value
        if cell.role is Role.PUBLIC or cell.value == 0:
            return 0, 0
        return most, cell.value if self._is_small(number) else min(most, cell.value - self.base)

    def _ways(self, terms: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        return [*terms, *((cell + self._count, -factor) for cell, factor in terms)]

    def _costs(self) -> dict[int, float]:
        listed = [number for number, cell in enumerate(self.system.cells) if cell.role is Role.OPEN]
        return {way: 1.0 for number in listed for way in (number, number + self._count)}

    def least(self, seconds: float) -> Proposal:
        """The smallest sum of changes."""
        return self._program.minimise(self._costs(), seconds)

    def drawn(self, most: int, seed: bytes, best: Proposal, seconds: float) -> Proposal:
        """A table that changes at most `most` in all, the cheapest by random costs or nearly so."""
        costs = self._costs()
        self._program.add(list(costs.items()), 0, most)
        self._program.suggest(best.values)
        chance = {way: float(1 + _number(seed, way) % _SPREAD) for way in costs}
        found = self._program.minimise(chance, seconds, _ROUGHLY)
        return found if found.values else best

    def values(self, found: Proposal) -> list[int]:
        """The rounded counts."""
        moves = [round(value) for value in found.values]
        return [cell.value + moves[i] - moves[i + self._count] for i, cell in enumerate(self.system.cells)]

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
    return Rounding(
        rounded, model.base, sum(changes), max(changes), least, model.most, min(bound, least), commitment_of(seed)
    )
