"""The field dictionary: every field that a person writes, as data in ``fields/*.toml``.

One table per noun of `tender.model`, one per field: type, need, default, unit, limits, meaning (fi, sv, en), basis.
It drives reading, defaults, messages, the reference page and the JSON Schema. Labels are terms
(``field.<Noun>.<field>`` in ``templates/terms/fields.<lang>.toml``), for they stand in messages too.

A type is written in words: ``integer``, ``Buyer``, ``list of Area``, ``map of decimal by group``, ``files of text``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import Any

from tender.language import NO_TEXT, Language, Text
from tender.model import (
    clauses,
    criteria,
    framework,
    grouping,
    groups,
    indicators,
    open_data,
    prices,
    questions,
    tender,
    timetable,
)

ROOT = "Tender"
"""The noun that the whole file is."""

SCALARS = frozenset(
    {"text", "string", "id", "path", "integer", "decimal", "fraction", "boolean", "date", "moment"},
)
"""Kinds of value that are neither nouns nor choices."""

_MODULES: tuple[ModuleType, ...] = (
    tender, clauses, criteria, framework, grouping, groups, indicators, open_data, prices, questions, timetable,
)  # fmt: skip


class Shape(StrEnum):
    """Whether a field holds one value, a list, a table by id, or ids of text files."""

    ONE = "one"
    LIST = "list"
    MAP = "map"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class FieldType:
    """The type of a field.

    Attributes:
        shape: One, list, map or files.
        of: A scalar kind, or the name of a noun or a choice.
        by: What the ids of a map are: ``group``, ``area`` or ``name``; empty for other shapes.
    """

    shape: Shape
    of: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field that a person writes.

    Attributes:
        noun: The noun that has it.
        name: Its key in the file, which is its name in the dataclass.
        type: Its type.
        meaning: What it means, a sentence in each language.
        required: Whether it must be there.
        default: Its value when it is left out and not required.
        minimum: Smallest allowed number.
        maximum: Largest allowed number.
        items: Fewest items of a list.
        unique: Whether the items of a list of scalars must differ.
        form: Which form a string has (`tender.reading.limits`), empty for any.
        unit: Id of its unit (term ``field-unit.<unit>``), empty for none.
        basis: Legal basis, empty for none.
        when: Other field and its values with which this field is required, and without which it has no place.
        only: Other field and its values without which this field has no place.
    """

    noun: str
    name: str
    type: FieldType
    meaning: Text
    required: bool
    default: object = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    items: int = 0
    unique: bool = False
    form: str = ""
    unit: str = ""
    basis: str = ""
    when: Mapping[str, tuple[str, ...]] | None = None
    only: Mapping[str, tuple[str, ...]] | None = None

    @property
    def label(self) -> str:
        """Term id of its label."""
        return f"field.{self.noun}.{self.name}"


@dataclass(frozen=True, slots=True)
class Noun:
    """One noun of the tender.

    Attributes:
        name: Name of its dataclass.
        cls: The dataclass.
        meaning: What it is, a sentence in each language.
        fields: Its fields by name, in the order of the file.
    """

    name: str
    cls: type[Any]
    meaning: Text
    fields: Mapping[str, Field]

    @property
    def label(self) -> str:
        """Term id of its label."""
        return f"noun.{self.name}"


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All nouns and choices.

    Attributes:
        nouns: Nouns by name.
        choices: Enumerations that fields hold, by name.
    """

    nouns: Mapping[str, Noun]
    choices: Mapping[str, type[StrEnum]]

    @property
    def root(self) -> Noun:
        """The noun that the whole file is."""
        return self.nouns[ROOT]


@cache
def dictionary() -> Dictionary:
    """The dictionary, read once."""
    known = {name: thing for module in _MODULES for name, thing in vars(module).items() if isinstance(thing, type)}
    nouns: dict[str, Noun] = {}
    for source in sorted((files("tender.reading") / "fields").iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".toml"):
            tables = tomllib.loads(source.read_text(encoding="utf-8"), parse_float=Decimal)
            nouns |= {name: _noun(name, known[name], table) for name, table in tables.items()}
    used = dict.fromkeys(field.type.of for noun in nouns.values() for field in noun.fields.values())
    return Dictionary(nouns, {name: known[name] for name in used if name not in SCALARS and name not in nouns})


def field_units() -> Mapping[str, str]:
    """Unit id of every field that has one, by the field's label, for words about changes."""
    fields = (field for noun in dictionary().nouns.values() for field in noun.fields.values())
    return {field.label: field.unit for field in fields if field.unit}


def _noun(name: str, cls: type[Any], table: Mapping[str, Any]) -> Noun:
    fields = {key: _field(name, key, entry) for key, entry in table.get("fields", {}).items()}
    return Noun(name, cls, _meaning(table), fields)


def _field(noun: str, name: str, entry: Mapping[str, Any]) -> Field:
    kind = field_type(entry["type"])
    return Field(
        noun,
        name,
        kind,
        _meaning(entry),
        required=entry.get("required", False),
        default=entry.get("default", _empty(kind)),
        minimum=_number(entry.get("min")),
        maximum=_number(entry.get("max")),
        items=entry.get("items", 0),
        unique=entry.get("unique", False),
        form=entry.get("form", ""),
        unit=entry.get("unit", ""),
        basis=entry.get("basis", ""),
        when=_condition(entry.get("when")),
        only=_condition(entry.get("only")),
    )


def field_type(words: str) -> FieldType:
    """The type that `words` say.

    >>> field_type("map of decimal by group")
    FieldType(shape=<Shape.MAP: 'map'>, of='decimal', by='group')
    """
    shape, of, rest = words.partition(" of ")
    if not of:
        return FieldType(Shape.ONE, words)
    inner, _, by = rest.partition(" by ")
    return FieldType(Shape(shape), inner, by)


def _empty(kind: FieldType) -> object:
    """What a field that is left out holds when the dictionary names no default."""
    if kind.shape is Shape.LIST:
        return ()
    return NO_TEXT if kind == FieldType(Shape.ONE, "text") else None


def _meaning(entry: Mapping[str, Any]) -> Text:
    return Text(**{language.value: entry[language.value] for language in Language})


def _number(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _condition(entry: Mapping[str, list[str]] | None) -> Mapping[str, tuple[str, ...]] | None:
    return None if entry is None else {name: tuple(values) for name, values in entry.items()}
