"""Whole tables by trying all of them: what an attacker can know is what they have in common, without any solver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tender.annexes.disclosure.building import Published
from tender.annexes.disclosure.tables import Relation

NOTHING: Mapping[int, int] = {}


def whole_tables(
    tables: Published, most: int, least: Mapping[int, int] = NOTHING, ceiling: Mapping[int, int] = NOTHING
) -> Iterator[list[int]]:
    """Every table of counts up to `most` that agrees with all that is shown."""

    def fits(cell: int, value: int) -> bool:
        return least.get(cell, 0) <= value <= ceiling.get(cell, most)

    def walk(values: list[int | None]) -> Iterator[list[int]]:
        values = list(values)
        while (follows := _following(tables.relations, values)) is not None:
            cell, value = follows
            if not fits(cell, value):
                return
            values[cell] = value
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            if all(sum(factor * known[cell] for cell, factor in each.terms) == each.total for each in tables.relations):
                yield known
            return
        cell = values.index(None)
        for value in range(least.get(cell, 0), ceiling.get(cell, most) + 1):
            values[cell] = value
            yield from walk(values)

    yield from walk(list(tables.shown))


def _following(relations: tuple[Relation, ...], values: list[int | None]) -> tuple[int, int] | None:
    """A cell that follows from the others of a sum, with its value."""
    for relation in relations:
        unknown = [(cell, factor) for cell, factor in relation.terms if values[cell] is None]
        if len(unknown) == 1:
            ((cell, factor),) = unknown
            rest = relation.total - sum(by * (values[other] or 0) for other, by in relation.terms)
            return cell, factor * rest
    return None


def spans(
    tables: Published, most: int, least: Mapping[int, int] = NOTHING, ceiling: Mapping[int, int] = NOTHING
) -> dict[int, tuple[int, int]]:
    """The least and the most of each hidden cell over all tables that agree."""
    found = list(whole_tables(tables, most, least, ceiling))
    return {cell: (min(one[cell] for one in found), max(one[cell] for one in found)) for cell in tables.hidden}
