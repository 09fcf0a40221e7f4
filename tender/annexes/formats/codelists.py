"""Code lists: one for each axis, shared by the tables that break down alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tender.language import Language, Text
from tender.model.annex import Annex, Axis, Category


@dataclass(frozen=True, slots=True)
class Codelist:
    """The codes of one axis.

    Attributes:
        name: Name of its file, without its ending.
        label: Words of the axis.
        categories: Its categories.
    """

    name: str
    label: Text
    categories: tuple[Category, ...]


def codelists(annex: Annex) -> Mapping[tuple[str, str], Codelist]:
    """The code list of every ``(table, axis)``.

    Axes of one id have one list, ``codes-<axis>``; one whose categories differ from the first has a list of its own.
    """
    first: dict[str, Axis] = {}
    found: dict[tuple[str, str], Codelist] = {}
    for table in annex.tables:
        for axis in table.axes:
            alike = first.setdefault(axis.id, axis).categories == axis.categories
            name = f"codes-{axis.id}" if alike else f"codes-{table.id}.{axis.id}"
            found[table.id, axis.id] = Codelist(name, axis.label, axis.categories)
    return found


def languages_of(annex: Annex) -> tuple[Language, ...]:
    """The languages of the annex: those that its title has."""
    return tuple(language for language in Language if annex.title.get(language))
