"""The exact side of an audit: what a third party re-checks with fractions and no solver.

A witness is a table that agrees with everything published; it shows that a cell *can* be that small or that large. A
proof is one multiplier for each relation; it shows that the cell can be no smaller or larger:

    y_p = Σ_r μ_r · b_r + Σ_i d_i · y_i,   d = e_p − Mᵀμ,   so   y_p ≤ Σ_r μ_r · b_r + Σ_{d>0} d_i · most_i + Σ_{d<0} d_i · least_i
"""  # noqa: E501 - one formula, one line

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from tender.annexes.disclosure.attack import Attacker
from tender.annexes.disclosure.building import Published

Table = Mapping[int, Fraction]
"""Values of the cells that are not shown, by number."""

Multipliers = Mapping[int, Fraction]
"""Multipliers by number of the relation; those that are zero are left out."""


def agrees(tables: Published, attacker: Attacker, table: Table) -> bool:
    """Whether `table` fits all that is published and all that the attacker knows, exactly."""
    for cell, value in table.items():
        most = attacker.most.get(cell)
        if value < attacker.least.get(cell, 0) or (most is not None and value > most):
            return False
    values: list[Fraction | None] = [
        table.get(cell) if shown is None else Fraction(shown) for cell, shown in enumerate(tables.shown)
    ]
    for relation in tables.relations:
        total = Fraction(0)
        for cell, factor in relation.terms:
            known = values[cell]
            if known is None:
                return False
            total += factor * known
        if total != relation.total:
            return False
    return True


def proven_bound(
    tables: Published, attacker: Attacker, cell: int, side: int, multipliers: Multipliers
) -> Fraction | None:
    """What `cell` cannot exceed (side 1) or fall below (side -1) by these multipliers; None when they prove nothing."""
    bound = Fraction(0)
    rest: dict[int, Fraction] = defaultdict(Fraction)
    rest[cell] += side
    for row, multiplier in multipliers.items():
        relation = tables.relations[row]
        bound += multiplier * relation.total
        for other, factor in relation.terms:
            rest[other] -= multiplier * factor
    for other, slope in rest.items():
        shown = tables.shown[other]
        end = shown if shown is not None else _end(attacker, other, slope)
        if slope and end is None:
            return None
        bound += slope * (end or 0)
    return side * bound


def _end(attacker: Attacker, cell: int, slope: Fraction) -> int | None:
    """The end of a hidden cell's range that makes slope · value largest."""
    return attacker.most.get(cell) if slope > 0 else attacker.least.get(cell, 0)
