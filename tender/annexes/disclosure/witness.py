"""The exact side of an audit: what a third party re-checks with whole numbers and no solver.

A witness is a table that agrees with everything published; it shows that a cell *can* be that small or that large. A
ray is a way in which such a table can be changed for ever; it shows that a cell has no upper end. A proof is one
multiplier for each relation; it shows that the cell can be no smaller or larger:

    y_p = Σ_r μ_r · b_r + Σ_i d_i · y_i,   d = e_p − Mᵀμ,   so   y_p ≤ Σ_r μ_r · b_r + Σ_{d>0} d_i · most_i + Σ_{d<0} d_i · least_i
"""  # noqa: E501 - one formula, one line

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from tender.annexes.disclosure.attack import Attacker
from tender.annexes.disclosure.building import Published

Table = Mapping[int, Fraction]
"""Values of the cells that are not shown, by number."""

Multipliers = Mapping[int, Fraction]
"""Multipliers by number of the relation; those that are zero are left out."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of one relation when everything that is shown has been taken out.

    Attributes:
        terms: The cells that are not shown, with their coefficients.
        total: What they make up.
    """

    terms: tuple[tuple[int, int], ...]
    total: int


def rests(tables: Published) -> tuple[Rest, ...]:
    """The rest of every relation, in their order."""
    shown = tables.shown
    found = []
    for relation in tables.relations:
        known = sum(factor * value for cell, factor in relation.terms if (value := shown[cell]) is not None)
        open_terms = tuple((cell, factor) for cell, factor in relation.terms if shown[cell] is None)
        found.append(Rest(open_terms, relation.total - known))
    return tuple(found)


class Checker:
    """Holds witnesses, rays and proofs against one published table and one attacker, exactly."""

    def __init__(self, tables: Published, attacker: Attacker) -> None:
        """Reckon once with what is shown; only what is not shown is looked at from then on."""
        self.rests = rests(tables)
        self._attacker = attacker
        self._shown = tables.shown
        self._unseen = frozenset(cell for cell, value in enumerate(tables.shown) if value is None)

    def agrees(self, table: Table) -> bool:
        """Whether `table` names every cell that is not shown and fits all that the attacker knows."""
        if table.keys() != self._unseen:
            return False
        scale, values = _scaled(table)
        return all(self._within(cell, value, scale) for cell, value in values.items()) and self._adds_up(values, scale)

    def endless(self, ray: Table, cell: int) -> bool:
        """Whether a table that agrees still does after adding any multiple of `ray`, which raises `cell`."""
        if ray.keys() != self._unseen or ray.get(cell, 0) <= 0:
            return False
        _, values = _scaled(ray)
        free = all(value >= 0 and (not value or other not in self._attacker.most) for other, value in values.items())
        return free and self._adds_up(values, 0)

    def bound(self, cell: int, side: int, multipliers: Multipliers) -> Fraction | None:
        """What `cell` cannot exceed (side 1) or fall below (side -1) by these multipliers; None if they prove nothing.

        Raises:
            IndexError: A multiplier of a relation that there is not.
        """
        scale, whole = _scaled(multipliers)
        shown = self._shown[cell]
        total, slopes = 0, defaultdict[int, int](int)
        if shown is None:
            slopes[cell] = side * scale
        else:
            total = side * scale * shown
        for row, multiplier in whole.items():
            rest = self.rests[row]
            total += multiplier * rest.total
            for other, factor in rest.terms:
                slopes[other] -= multiplier * factor
        for end in self._ends(slopes):
            if end is None:
                return None
            total += end
        return Fraction(side * total, scale)

    def _ends(self, slopes: Mapping[int, int]) -> Iterator[int | None]:
        """What slope · value is at most, for each cell; None where nothing bounds it."""
        least, most = self._attacker.least, self._attacker.most
        for cell, slope in slopes.items():
            if slope < 0:
                yield slope * least.get(cell, 0)
            elif slope > 0:
                yield slope * most[cell] if cell in most else None

    def _within(self, cell: int, value: int, scale: int) -> bool:
        most = self._attacker.most.get(cell)
        return value >= scale * self._attacker.least.get(cell, 0) and (most is None or value <= scale * most)

    def _adds_up(self, values: Mapping[int, int], scale: int) -> bool:
        return all(
            sum(factor * values[cell] for cell, factor in rest.terms) == scale * rest.total for rest in self.rests
        )


def _scaled(fractions: Mapping[int, Fraction]) -> tuple[int, dict[int, int]]:
    """The fractions as whole numbers over one denominator."""
    scale = lcm(*(value.denominator for value in fractions.values()))
    return scale, {key: value.numerator * (scale // value.denominator) for key, value in fractions.items()}
