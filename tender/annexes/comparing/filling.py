"""How a bidder fills a hidden cell; the rule is declared with every comparison, and anybody can apply it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

from tender.annexes.disclosure.audit import Interval
from tender.annexes.disclosure.building import Published
from tender.annexes.disclosure.witness import Rest, rests


class Filling(StrEnum):
    """Rules of filling."""

    MIDPOINT = "midpoint"
    """The middle of what can be derived of the cell; its lower end, where there is no upper one."""
    EVEN = "even"
    """What is left of the sum with the fewest hidden cells, in equal parts; the middle, where no sum tells."""


def filled(tables: Published, found: Sequence[Interval], rule: Filling) -> dict[int, Fraction]:
    """What a bidder takes each cell for: what is shown, and what `rule` says of the hidden ones.

    Args:
        tables: The published tables.
        found: What can be derived of each hidden cell.
        rule: The rule.
    """
    values = {cell: Fraction(shown) for cell, shown in enumerate(tables.shown) if shown is not None}
    even = _even(tables) if rule is Filling.EVEN else {}
    for interval in found:
        values[interval.cell] = even.get(interval.cell, middle(interval))
    return values


def middle(interval: Interval) -> Fraction:
    """The middle of an interval, its lower end where it has no upper one."""
    low = interval.low.value or Fraction(0)
    return low if interval.high.value is None else (low + interval.high.value) / 2


def _even(tables: Published) -> Mapping[int, Fraction]:
    """Equal parts of the shortest rest in which a cell stands."""
    found: dict[int, tuple[int, Fraction]] = {}
    for rest in rests(tables):
        if _tells(rest):
            share = Fraction(rest.total, sum(factor for _, factor in rest.terms))
            for cell, _ in rest.terms:
                found[cell] = min(found.get(cell, (len(rest.terms), share)), (len(rest.terms), share))
    return {cell: share for cell, (_, share) in found.items()}


def _tells(rest: Rest) -> bool:
    """Whether the hidden cells of a sum are all parts of it, so that what is left is theirs."""
    return bool(rest.terms) and len({factor > 0 for _, factor in rest.terms}) == 1
