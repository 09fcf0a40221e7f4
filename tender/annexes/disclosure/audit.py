"""The audit: for every hidden cell of *any* published pattern, what an attacker can derive, with exact witnesses.

The solver finds, fractions decide: its answers are rounded to nearby fractions and taken only when they hold exactly
(`tender.annexes.disclosure.witness`), so that nobody needs to trust the solver.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from tender.annexes.disclosure.attack import PUBLIC, Attacker
from tender.annexes.disclosure.building import Published
from tender.annexes.disclosure.probing import End, Probe
from tender.annexes.disclosure.probing import ImpossibleTableError as ImpossibleTableError  # noqa: PLC0414 - offered here
from tender.annexes.disclosure.rules import Need


class Kind(StrEnum):
    """How a hidden cell is given away."""

    KNOWN = "known"
    """The attacker derives its exact value."""
    NARROW = "narrow"
    """The attacker excludes what its protection level says must stay possible."""
    SMALL = "small"
    """The attacker derives that it is below the threshold."""


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
    asked = tables.hidden if cells is None else cells
    ends = Probe(tables, attacker).ends(asked)
    return tuple(Interval(cell, attacker.name, ends[cell, -1], ends[cell, 1]) for cell in asked)


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
