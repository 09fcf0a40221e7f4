"""Who makes up a cell: contributions from a file, added up into the totals, joined by holding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tender.annexes.disclosure.rules import by_holding
from tender.annexes.disclosure.tables import At, Relation, System
from tender.annexes.disclosure.tidy import at_text, column_of, count_of, rows_of
from tender.errors import InputError, Place
from tender.guards import excerpt

Parts = Mapping[str, int]
"""Amount by contributor."""


@dataclass(frozen=True, slots=True)
class Contributions:
    """The contributions that a file lists.

    Attributes:
        file: The file as the user knows it.
        parts: Amount by coordinates and contributor.
        holding: The holding that a contributor belongs to; who belongs to none is left out.
        lines: First line of each cell.
    """

    file: str
    parts: Mapping[At, Parts]
    holding: Mapping[str, str]
    lines: Mapping[At, int]


def read_contributions(data: bytes, file: str, dimensions: Sequence[str]) -> Contributions:
    """The contributions of a CSV with the table's columns of coordinates, contributor, amount and, if any, holding.

    Raises:
        InputError: What is wrong, with its line.
    """
    heads, rows = rows_of(data, file)
    axes = [column_of(heads, name, file) for name in dimensions]
    who, amount = column_of(heads, "contributor", file), column_of(heads, "amount", file)
    held = heads.index("holding") if "holding" in heads else None
    parts: dict[At, dict[str, int]] = defaultdict(dict)
    holding: dict[str, str] = {}
    lines: dict[At, int] = {}
    for line, row in rows:
        place = Place(file, line)
        at, name = tuple(row[axis].strip() for axis in axes), row[who].strip()
        if not name or name in parts[at]:
            raise InputError("annex.contributor", place=place, file=place, name=excerpt(name), at=at_text(at))
        parts[at][name] = count_of(row[amount], place)
        lines.setdefault(at, line)
        owner = row[held].strip() if held is not None else ""
        if holding.setdefault(name, owner) != owner:
            raise InputError("annex.two-holdings", place=place, file=place, name=excerpt(name))
    return Contributions(file, parts, {name: owner for name, owner in holding.items() if owner}, lines)


def by_cell(system: System, listed: Contributions) -> dict[At, Parts]:
    """Contributions of every cell that the file lists, and of the totals that follow from these.

    Raises:
        InputError: A cell that the tables do not have, or contributions that make up more than it.
    """
    numbers = system.number_of()
    known: dict[int, Parts] = {}
    for at, parts in listed.parts.items():
        place = Place(listed.file, listed.lines[at])
        if at not in numbers:
            raise InputError("annex.contribution-cell", place=place, file=place, at=at_text(at))
        known[numbers[at]] = parts
    while found := _summed(system, known):
        known |= found
    for number, parts in known.items():
        cell = system.cells[number]
        if sum(parts.values()) > cell.value:
            raise InputError("annex.contribution-sum", place=Place(listed.file), file=listed.file, at=at_text(cell.at),
                             found=sum(parts.values()), expected=cell.value)  # fmt: skip
    return {system.cells[number].at: parts for number, parts in known.items()}


def _summed(system: System, known: Mapping[int, Parts]) -> dict[int, Parts]:
    """Totals whose parts are known and that are not known themselves."""
    found: dict[int, Parts] = {}
    for relation in system.relations:
        total, parts = relation.terms[0][0], _parts(system, relation)
        if total not in known and parts and all(part in known for part in parts):
            sums: dict[str, int] = defaultdict(int)
            for part in parts:
                for name, amount in known[part].items():
                    sums[name] += amount
            found[total] = sums
    return found


def _parts(system: System, relation: Relation) -> list[int]:
    """The parts of a sum in which there is anything."""
    return [cell for cell, _ in relation.terms[1:] if system.cells[cell].value]


def joined(cells: Mapping[At, Parts], holding: Mapping[str, str]) -> dict[At, tuple[int, ...]]:
    """Contributions of every cell by holding, the largest first."""
    return {at: by_holding(parts, holding) for at, parts in cells.items()}


def unruled(system: System, cells: Mapping[At, object]) -> tuple[int, ...]:
    """Cells in which there is something of which no contribution is known: no such rule can be applied to them."""
    return tuple(
        number for number, cell in enumerate(system.cells)
        if cell.value and number not in system.unlisted and not cells.get(cell.at)
    )  # fmt: skip
