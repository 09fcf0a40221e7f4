"""Protecting linked tables by the declared guard: small counts hidden, or rounded; amounts are hidden always.

Rounding to a base of persons says nothing about hours, so tables of hours keep their blanks under either guard.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tender.annexes.building.linking import Spot
from tender.annexes.building.truth import Block, Limits, Truth
from tender.annexes.disclosure.protection import Protection, Wish, protect
from tender.annexes.disclosure.rounding import Rounding, commitment_of, round_small
from tender.annexes.disclosure.rules import group_disclosed
from tender.annexes.disclosure.suppression import UnprotectableError
from tender.errors import BlockedError
from tender.model.annex import Protected
from tender.model.open_data import Guard, OpenData

Clock = Callable[[], float]
"""Seconds from any moment."""

Tell = Callable[[int, int, int], None]
"""Told before each block: its number from 1, how many there are, how many cells it has."""

_THOUSAND = 1000


def _nobody(*_: int) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Guarding:
    """How to protect, and with what.

    Attributes:
        declared: What the buyer declared.
        seed: Secret chance of rounding.
        clock: Seconds from any moment.
        seconds: Time for the search; audits come on top.
        public: Numbers of the cells that are known already.
        tell: Told before each block.
    """

    declared: OpenData
    seed: bytes
    clock: Clock
    seconds: float
    public: frozenset[int] = frozenset()
    tell: Tell = _nobody

    @property
    def limits(self) -> Limits:
        """What may be known of persons."""
        return Limits(self.declared.threshold, self.declared.share_limit)


@dataclass(frozen=True, slots=True)
class Guarded:
    """Linked tables as they may be published.

    Attributes:
        values: What is published of each cell; ``None`` where it is hidden.
        rounded: Cells of rounded blocks.
        hidden: Number of hidden cells, each counted once however many tables show it.
        primaries: How many of them needed protection themselves.
        revealing: Places of shown cells that equal their own total, which is not zero.
        protected: The figures that are published about it; its `hidden` is filled in with the tables.
        seconds: What it took.
    """

    values: tuple[int | None, ...]
    rounded: frozenset[int]
    hidden: int
    primaries: int
    revealing: tuple[Spot, ...]
    protected: Protected
    seconds: float


def guarded(truth: Truth, how: Guarding) -> Guarded:
    """Protect `truth` block by block.

    Raises:
        BlockedError: A cell follows from what is public whatever is hidden (``annex.unprotectable``).
        SolverError: No rounding was found, or a result fails its exact check: then nothing may be published.
    """
    began = how.clock()
    blocks = truth.blocks(how.limits, how.public)
    rounds = how.declared.guard is Guard.ROUND
    values: list[int | None] = list(truth.values)
    rounded: set[int] = set()
    hidings, roundings = [], []
    for number, block in enumerate(blocks, 1):
        how.tell(number, len(blocks), len(block.cells))
        left = max(how.seconds - (how.clock() - began), 1.0)
        if rounds and not block.amounts:
            roundings.append(_rounded(block, how, left))
            rounded.update(block.cells)
            for cell, place in zip(roundings[-1].system.cells, block.cells, strict=True):
                values[place] = cell.value
        elif block.needs:
            hidings.append(_hidden(truth, block, how, left))
            for local in hidings[-1].hidden:
                values[block.cells[local]] = None
    return Guarded(
        tuple(values),
        frozenset(rounded),
        hidden=values.count(None),
        primaries=sum(len(each.suppression.primaries) for each in hidings),
        revealing=_revealing(truth, values),
        protected=_figures(how, hidings, roundings),
        seconds=how.clock() - began,
    )


def _hidden(truth: Truth, block: Block, how: Guarding, seconds: float) -> Protection:
    try:
        # Amounts are whole, but so large that whole numbers tell an attacker nothing more.
        wish = Wish(0 if block.amounts else how.declared.threshold, whole=not block.amounts)
        return protect(block.system, block.needs, wish, how.clock, seconds)
    except UnprotectableError as error:
        spots = [truth.tables.spots[block.cells[cell]][0] for cell in error.cells]
        named = "; ".join(f"{spot.table}: {', '.join(spot.at)}" for spot in spots)
        raise BlockedError("annex.unprotectable", cells=named) from error


def _rounded(block: Block, how: Guarding, seconds: float) -> Rounding:
    """A block rounded by chance of its own, which follows from the one secret seed."""
    chance = hashlib.sha256(how.seed + ",".join(block.system.cells[0].at).encode()).digest()
    return round_small(block.system, how.declared.base, chance, how.clock, seconds)


def _revealing(truth: Truth, values: Sequence[int | None]) -> tuple[Spot, ...]:
    """Cells of persons by which everybody in a total is known to have an attribute, as readers see them."""
    return tuple(
        truth.tables.spots[cell][0]
        for cell in group_disclosed(truth.system())
        if values[cell] is not None and values[cell] == truth.values[cell]
    )


def _figures(how: Guarding, hidings: Sequence[Protection], roundings: Sequence[Rounding]) -> Protected:
    """What is published about the protection; the number of hidden cells comes with the tables."""
    declared, rounds = how.declared, how.declared.guard is Guard.ROUND
    dear = sum(each.cost for each in hidings) + sum(each.least for each in roundings)
    least = sum(each.bound for each in hidings) + sum(each.bound for each in roundings)
    return Protected(
        declared.guard,
        declared.threshold,
        declared.share_limit,
        base=declared.base if rounds else 0,
        commitment=commitment_of(how.seed) if rounds else "",
        largest_change=max((each.largest for each in roundings), default=0),
        total_change=sum(each.total for each in roundings),
        proven=dear == least,
        gap=-(-(dear - least) * _THOUSAND // dear) if dear > least else 0,
    )
