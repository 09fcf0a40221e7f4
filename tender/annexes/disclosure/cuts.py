"""Capacity cuts: what every safe pattern must hide, derived from a pattern that is not safe.

When relations' multipliers μ prove that cell p cannot move by its reach L, every safe pattern x obeys

    capacity[p,up]:    Σ_i min(L, α_i · up_i + β_i · down_i) · x_i  ≥  L        (Fischetti & Salazar 2001)

with α − β = e_p − Mᵀμ, α and β not negative, and up, down the room of each hidden cell. *Any* μ gives a valid cut, so
the solver's numbers are rounded to fractions and all else is exact whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import gcd, inf

from tender.annexes.disclosure.attack import Attack, Demand, Failure
from tender.annexes.disclosure.tables import Role, System

_SIDES = {1: "up", -1: "down", 0: "width"}
_DENOMINATORS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 24, 60, 720)
_ROUNDED = 1_000_000
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Cut:
    """Σ coefficient · x ≥ least over the cells that may be hidden, x = 1 for a hidden one.

    Attributes:
        name: ``capacity[<cell>,up]``, ``…,down]`` or ``…,width]``; ``cover[<cell>]`` for one without multipliers.
        terms: Cell numbers with whole coefficients above zero.
        least: The right-hand side, above zero.
    """

    name: str
    terms: tuple[tuple[int, int], ...]
    least: int

    def holds(self, hidden: frozenset[int]) -> bool:
        """Whether a pattern obeys the cut."""
        return sum(factor for cell, factor in self.terms if cell in hidden) >= self.least

    def shortfall(self, openness: Mapping[int, float]) -> float:
        """By which share of its right-hand side a fractional pattern breaks the cut; negative when it does not."""
        return 1 - sum(factor * openness.get(cell, 0.0) for cell, factor in self.terms) / self.least


@dataclass(frozen=True, slots=True)
class Bridge:
    """x of `cell` ≤ Σ x of `others`.

    Attributes:
        name: ``bridge[<cell>/<sum>]``.
        cell: Number of the cell.
        others: Numbers of the other cells of the sum that may be hidden.
    """

    name: str
    cell: int
    others: frozenset[int]

    def excess(self, openness: Mapping[int, float]) -> float:
        """By how much a fractional pattern breaks the row; negative when it does not."""
        return openness.get(self.cell, 0.0) - sum(openness.get(other, 0.0) for other in self.others)


def capacity_cut(attack: Attack, failure: Failure, always: frozenset[int]) -> Cut | None:
    """The capacity cut of a failure, None when its multipliers prove nothing.

    Args:
        attack: The attacker that failed.
        failure: The demand with its multipliers.
        always: Cells that every pattern hides: primaries and unlisted sums.
    """
    capacity: dict[int, float] = defaultdict(int)
    scale = 1
    for side, duals in failure.proofs:
        denominator, multipliers = _whole(duals)
        factor = denominator // gcd(scale, denominator)
        for cell in capacity:
            capacity[cell] *= factor
        own = scale * factor // denominator
        for cell, coefficient in _reduced(attack.system, failure.demand.cell, side, denominator, multipliers).items():
            down, up = attack.room(cell)
            room = up if coefficient > 0 else down
            capacity[cell] += abs(coefficient) * own * room if room else 0
        scale *= factor
    return _cut(attack.system, failure.demand, capacity, scale, always) if failure.proofs else None


def cover_cut(system: System, demand: Demand, hidden: frozenset[int]) -> Cut:
    """The plainest cut: whatever is hidden in `hidden` is not enough, so one cell more must be."""
    terms = tuple((cell, 1) for cell in system.hidable if cell not in hidden)
    return Cut(f"cover[{system.cells[demand.cell].name}]", terms, 1)


def bridge_rows(system: System, always: frozenset[int]) -> tuple[Bridge, ...]:
    """Rows for every sum: no cheapest pattern hides a cell alone in a sum, for it would be known and need no hiding.

    Args:
        system: The tables.
        always: Cells that every pattern hides; sums with one of them ask nothing.
    """
    rows = []
    for relation in system.relations:
        cells = [cell for cell, _ in relation.terms]
        if not any(cell in always for cell in cells):
            free = frozenset(cell for cell in cells if system.cells[cell].role is Role.OPEN)
            rows += [Bridge(f"bridge[{system.cells[cell].name}/{relation.name}]", cell, free - {cell}) for cell in free]
    return tuple(rows)


def _whole(duals: Sequence[float]) -> tuple[int, dict[int, int]]:
    """The multipliers as whole numbers over one denominator; HiGHS minimises, so their sign is turned."""
    used = {row: -value for row, value in enumerate(duals) if abs(value) > _NEAR}
    for denominator in _DENOMINATORS:
        if all(abs(value * denominator - round(value * denominator)) < _NEAR * denominator for value in used.values()):
            return denominator, {row: round(value * denominator) for row, value in used.items()}
    return _ROUNDED, {row: round(value * _ROUNDED) for row, value in used.items()}


def _reduced(system: System, cell: int, side: int, denominator: int, multipliers: Mapping[int, int]) -> dict[int, int]:
    """e_p − Mᵀμ, times the denominator; zeros left out."""
    found: dict[int, int] = defaultdict(int)
    found[cell] = side * denominator
    for row, multiplier in multipliers.items():
        for other, factor in system.relations[row].terms:
            found[other] -= multiplier * factor
    return {other: value for other, value in found.items() if value}


def _cut(
    system: System, demand: Demand, capacity: Mapping[int, float], scale: int, always: frozenset[int]
) -> Cut | None:
    """The cut with what is always hidden moved to the right, and every coefficient at most the right-hand side."""
    fixed = sum(amount for cell, amount in capacity.items() if cell in always)
    if fixed == inf or fixed >= demand.reach * scale:
        return None
    least = demand.reach * scale - int(fixed)
    terms = {
        cell: least if amount >= least else int(amount)
        for cell, amount in capacity.items()
        if amount and cell not in always and system.cells[cell].role is Role.OPEN
    }
    divisor = reduce(gcd, terms.values(), least)
    name = f"capacity[{system.cells[demand.cell].name},{_SIDES[demand.side]}]"
    return Cut(name, tuple((cell, factor // divisor) for cell, factor in terms.items()), least // divisor)
