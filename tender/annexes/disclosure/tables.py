"""Linked tables as one constraint system: cells, and the sums that anybody can reckon with.

A `System` says M·y = b over whole counts y ≥ 0. Margins, hierarchies, tables that share a margin, earlier releases and
figures that others have published are all rows of M; an attacker knows every one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

At = tuple[str, ...]
"""Coordinates of a cell: one code for each dimension."""


class Role(StrEnum):
    """What may happen to a cell when a table is protected."""

    OPEN = "open"
    """May be shown or hidden."""
    PUBLIC = "public"
    """Already known to everybody: hiding it would protect nothing."""
    UNLISTED = "unlisted"
    """Never published: a sum that only links what is."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One count of a table.

    Attributes:
        at: Its coordinates.
        value: The count (clients, hours, euros: whole numbers).
        role: What may happen to it.
    """

    at: At
    value: int
    role: Role = Role.OPEN

    @property
    def name(self) -> str:
        """Its coordinates as one text, for rows and messages."""
        return ",".join(self.at)


@dataclass(frozen=True, slots=True)
class Relation:
    """One row of M·y = b.

    Attributes:
        name: Its name, such as ``sum[Total,easy/municipality]``: the total and the dimension that is summed.
        terms: Cell numbers with whole coefficients.
        total: The right-hand side b; 0 for a total that is a cell itself.
    """

    name: str
    terms: tuple[tuple[int, int], ...]
    total: int = 0


@dataclass(frozen=True, slots=True)
class System:
    """Every cell and every relation of the tables that are published together.

    Attributes:
        dimensions: Names of the coordinates.
        cells: The cells; others name them by their number here.
        relations: The rows; they hold for the values of the cells.
    """

    dimensions: tuple[str, ...]
    cells: tuple[Cell, ...]
    relations: tuple[Relation, ...]

    @property
    def hidable(self) -> tuple[int, ...]:
        """Numbers of the cells that may be hidden."""
        return tuple(number for number, cell in enumerate(self.cells) if cell.role is Role.OPEN)

    @property
    def unlisted(self) -> frozenset[int]:
        """Numbers of the cells that are never published."""
        return frozenset(number for number, cell in enumerate(self.cells) if cell.role is Role.UNLISTED)

    def number_of(self) -> dict[At, int]:
        """Number of each cell by its coordinates."""
        return {cell.at: number for number, cell in enumerate(self.cells)}


def broken_relations(system: System) -> tuple[Relation, ...]:
    """Relations that the cells' own values do not meet; empty for a sound table."""
    values = [cell.value for cell in system.cells]
    return tuple(
        relation
        for relation in system.relations
        if sum(factor * values[cell] for cell, factor in relation.terms) != relation.total
    )


def with_public(system: System, known: Mapping[At, int]) -> System:
    """`system` for an attacker who already knows the cells in `known`, from an earlier release or another publisher.

    Args:
        system: The tables.
        known: Counts by coordinates; those without a cell here are left alone.

    Raises:
        ValueError: A known count differs from the cell's own: then it is another figure, not this one.
    """
    for cell in system.cells:
        if known.get(cell.at, cell.value) != cell.value:
            raise ValueError(cell.name)
    cells = tuple(replace(cell, role=Role.PUBLIC) if cell.at in known else cell for cell in system.cells)
    return replace(system, cells=cells)


def with_relations(system: System, relations: tuple[Relation, ...]) -> System:
    """`system` with further sums that the attacker knows, such as a published figure of a larger area."""
    return replace(system, relations=(*system.relations, *relations))
