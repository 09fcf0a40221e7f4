"""Protecting tables from beginning to end: suppress, show again what is known anyway, audit, refuse what fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tender.annexes.disclosure.attack import PUBLIC, Attacker
from tender.annexes.disclosure.audit import Interval, Leak, intervals, leaks
from tender.annexes.disclosure.building import Published, published
from tender.annexes.disclosure.rules import THRESHOLD, Need
from tender.annexes.disclosure.suppression import Order, Suppression, suppress
from tender.annexes.disclosure.tables import Role, System
from tender.annexes.disclosure.weights import Weight, weights
from tender.errors import SolverError


class CellStatus(StrEnum):
    """What became of a cell; the published file says only ``hidden`` for the last two."""

    SHOWN = "shown"
    ZERO = "zero"
    PRIMARY = "primary"
    SECONDARY = "secondary"


HIDDEN = "hidden"
"""The one word that is published for every hidden cell: which of them is small is itself a secret."""


@dataclass(frozen=True, slots=True)
class Protection:
    """Tables with a pattern that has passed its audit.

    Attributes:
        system: The tables.
        needs: What each primary cell needs.
        hidden: Numbers of the hidden cells.
        intervals: What everybody can derive about each hidden cell, with witnesses.
        cost: Weight of what is hidden.
        bound: No safe pattern weighs less.
        suppression: The search behind it.
    """

    system: System
    needs: tuple[Need, ...]
    hidden: frozenset[int]
    intervals: tuple[Interval, ...]
    cost: int
    bound: int
    suppression: Suppression

    @property
    def proven(self) -> bool:
        """Whether no safe pattern is cheaper."""
        return self.cost == self.bound

    @property
    def gap(self) -> Fraction:
        """By which share of its cost the pattern may be too dear."""
        return Fraction(self.cost - self.bound, self.cost) if self.cost else Fraction(0)

    @property
    def published(self) -> Published:
        """The tables as everybody sees them."""
        return published(self.system, self.hidden)

    def status(self, cell: int) -> CellStatus:
        """What became of a cell."""
        if cell in self.hidden:
            primary = cell in self.suppression.primaries
            return CellStatus.PRIMARY if primary else CellStatus.SECONDARY
        return CellStatus.ZERO if self.system.cells[cell].value == 0 else CellStatus.SHOWN


@dataclass(frozen=True, slots=True)
class Wish:
    """How to protect.

    Attributes:
        threshold: Smallest count that may be known.
        weight: What hiding a cell costs.
        attackers: Against whom.
        whole: Whether attackers reckon with whole counts.
    """

    threshold: int = THRESHOLD
    weight: Weight = Weight.VALUE_AND_ONE
    attackers: tuple[Attacker, ...] = (PUBLIC,)
    whole: bool = True


def protect(
    system: System, needs: Sequence[Need], wish: Wish, clock: Callable[[], float], seconds: float
) -> Protection:
    """The cheapest safe pattern for `system` that is found in about `seconds`, audited.

    Args:
        system: The tables.
        needs: The primary cells and what they need.
        wish: How to protect.
        clock: Seconds from any moment.
        seconds: Time for the search; the audit comes on top.

    Raises:
        UnprotectableError: A need that nothing can meet.
        SolverError: The audit refuses the pattern (``annex.unsafe``): then nothing may be published.
    """
    scale = len(system.cells) + 1 if wish.weight is Weight.VALUE else 1
    plain = weights(system, wish.weight)
    search = tuple(weight * scale + (scale > 1) for weight in plain)
    found = suppress(Order(system, tuple(needs), search, wish.attackers, wish.whole), clock, seconds)
    hidden, known = _useful(system, found)
    by_cell = {need.cell: need for need in needs}
    for attacker in wish.attackers:
        own = attacker.least.keys() | attacker.most.keys()
        cells = [cell for cell in by_cell if cell in hidden and cell not in own]
        seen = known if attacker == PUBLIC else intervals(published(system, hidden), attacker, cells)
        leaked = _leaked(system, seen, by_cell, wish.threshold)
        if leaked:
            raise SolverError("annex.unsafe", cells="; ".join(_name(system, leak) for leak in leaked))
    bound = -((scale - 1 - found.bound) // scale) if scale > 1 else found.bound
    cost = sum(plain[cell] for cell in hidden)
    return Protection(system, tuple(needs), hidden, known, cost, min(bound, cost), found)


def _useful(system: System, found: Suppression) -> tuple[frozenset[int], tuple[Interval, ...]]:
    """The pattern without secondary cells that everybody derives anyway, and what everybody derives of the rest."""
    hidden = found.hidden
    while True:
        known = intervals(published(system, hidden))
        idle = {each.cell for each in known if each.low.value == each.high.value} - found.primaries
        if not idle:
            return hidden, known
        hidden -= idle


def _leaked(system: System, found: Sequence[Interval], needs: dict[int, Need], threshold: int) -> tuple[Leak, ...]:
    truth = {number: cell.value for number, cell in enumerate(system.cells)}
    primaries = tuple(interval for interval in found if interval.cell in needs)
    return leaks(primaries, truth, needs, threshold)


def _name(system: System, leak: Leak) -> str:
    return system.cells[leak.interval.cell].name


def singletons(system: System) -> tuple[Attacker, ...]:
    """Insiders who stand alone in a cell and know it: each knows that the count is exactly 1."""
    return tuple(
        Attacker(f"insider[{cell.name}]", {number: 1}, {number: 1})
        for number, cell in enumerate(system.cells)
        if cell.value == 1 and cell.role is not Role.UNLISTED
    )


def contributors(system: System, cells: Sequence[int]) -> tuple[Attacker, ...]:
    """Insiders who know that they themselves are in a cell: its count is at least 1."""
    return tuple(Attacker(f"insider[{system.cells[cell].name}]", {cell: 1}) for cell in cells)
