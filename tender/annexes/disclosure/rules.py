"""Primary rules: which cells would reveal somebody, and how far an attacker must be left in doubt.

Frequency, p % and (n,k) rules as in Hundepool et al., *Statistical Disclosure Control* (2012), chapter 4; holdings
first add up what belongs together. A frequency cell is by default safe only when the attacker can exclude neither 0
nor the threshold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from tender.annexes.disclosure.tables import At, Role, System

THRESHOLD = 5
"""Smallest count that is shown; the employment service statistics of Statistics Finland show none of 1 to 4."""


@dataclass(frozen=True, slots=True)
class Need:
    """How far from the truth the attacker must be left at a primary cell.

    Attributes:
        cell: Number of the cell.
        down: The attacker must not exclude value − down.
        up: The attacker must not exclude value + up.
        width: The attacker's interval is at least this wide (sliding protection).
        rule: Id of the rule that made it primary.
    """

    cell: int
    down: int
    up: int
    width: int = 0
    rule: str = "given"


def by_threshold(system: System, threshold: int = THRESHOLD, *, zeros: bool = False) -> tuple[Need, ...]:
    """Cells of 1 to threshold − 1 (and of 0 when `zeros`): the attacker may exclude neither 0 nor the threshold."""
    least = 0 if zeros else 1
    return tuple(
        Need(number, cell.value, threshold - cell.value, rule="threshold")
        for number, cell in enumerate(system.cells)
        if cell.role is not Role.UNLISTED and least <= cell.value < threshold
    )


def given(system: System, cells: Sequence[int], threshold: int, level: int | None = None) -> tuple[Need, ...]:
    """Needs of cells that somebody named: as by the threshold below it, else `level` (the threshold) either way."""
    reach = threshold if level is None else level
    return tuple(
        Need(number, value, threshold - value)
        if (value := system.cells[number].value) < threshold and level is None
        else Need(number, min(value, reach), reach)
        for number in cells
    )


def unknown(system: System, cells: Sequence[int]) -> tuple[Need, ...]:
    """The weakest need: the attacker must not know the exact value of these `cells` (sdcTable's levels 1 and 1)."""
    return tuple(Need(number, 0, 0, 1) for number in cells if system.cells[number].role is not Role.UNLISTED)


def by_dominance(
    system: System, contributions: Mapping[At, Sequence[int]], count: int, percent: Fraction
) -> tuple[Need, ...]:
    """The (n,k) rule: the `count` largest contributors hold more than `percent` of the cell."""

    def need(total: int, parts: list[int]) -> Fraction:
        return sum(parts[:count]) * 100 / percent - total

    return _by_contributors(system, contributions, need, "dominance")


def by_p_percent(
    system: System, contributions: Mapping[At, Sequence[int]], percent: Fraction
) -> tuple[Need, ...]:  # fmt: skip
    """The p % rule: the second largest contributor can tell the largest one within `percent`."""

    def need(total: int, parts: list[int]) -> Fraction:
        first, second = (*parts, 0, 0)[:2]
        return first * percent / 100 - (total - first - second)

    return _by_contributors(system, contributions, need, "p-percent")


def _by_contributors(
    system: System,
    contributions: Mapping[At, Sequence[int]],
    need: Callable[[int, list[int]], Fraction],
    rule: str,
) -> tuple[Need, ...]:
    """Cells whose level of protection by `need` is above zero."""
    needs = []
    for number, cell in enumerate(system.cells):
        if cell.role is Role.UNLISTED or not contributions.get(cell.at):
            continue
        reach = ceil(need(cell.value, sorted(contributions[cell.at], reverse=True)))
        if reach > 0:
            needs.append(Need(number, min(cell.value, reach), reach, rule=rule))
    return tuple(needs)


def by_holding(contributions: Mapping[str, int], holding: Mapping[str, str]) -> tuple[int, ...]:
    """Contributions after adding up those of one holding: it knows what all its members gave.

    >>> by_holding({"a": 5, "b": 4, "c": 3}, {"a": "group", "c": "group"})
    (8, 4)
    """
    sums: dict[str, int] = defaultdict(int)
    for contributor, amount in contributions.items():
        sums[holding.get(contributor, contributor)] += amount
    return tuple(sorted(sums.values(), reverse=True))


def group_disclosed(system: System) -> tuple[int, ...]:
    """Cells equal to their own margin, which is not zero: whoever is in the margin is in the cell.

    They are told, not hidden: whether the attribute is sensitive is for the data-protection officer to say.
    """
    found: dict[int, None] = {}
    for relation in system.relations:
        total, parts = relation.terms[0][0], [cell for cell, _ in relation.terms[1:]]
        margin = system.cells[total].value
        if margin and len(parts) > 1:
            found.update({part: None for part in parts if system.cells[part].value == margin})
    return tuple(part for part in found if system.cells[part].role is not Role.UNLISTED)


def strongest(needs: Sequence[Need]) -> tuple[Need, ...]:
    """One need for each cell: the largest of each level that any rule asks."""
    by_cell: dict[int, Need] = {}
    for need in needs:
        old = by_cell.get(need.cell, need)
        by_cell[need.cell] = Need(
            need.cell, max(old.down, need.down), max(old.up, need.up), max(old.width, need.width), old.rule
        )
    return tuple(by_cell.values())
