"""The declared columns of an extract of client spells, from ``columns.toml``; nothing else of a file is read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from tender.language import Language, Text

SYNTHETIC = "SYNTHETIC"
"""What the mark column of an invented register says in every row."""


class Kind(StrEnum):
    """What a column holds."""

    CODE = "code"
    AREA = "area"
    GROUP = "group"
    KEY = "key"
    DATE = "date"
    INTEGER = "integer"
    OCCUPATION = "occupation"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: Its heading in the file.
        kind: What it holds.
        meaning: What it means, a sentence in each language.
        needed: Whether the file must have it.
        blank: Whether a row may leave it blank.
        personal: Whether it tells of one person alone; its values never come into any output, messages included.
        values: Codes that it may hold, when its kind is a code.
        least: Smallest number.
        most: Largest number.
    """

    name: str
    kind: Kind
    meaning: Text
    needed: bool = False
    blank: bool = False
    personal: bool = False
    values: tuple[str, ...] = ()
    least: int = 0
    most: int = 0

    @property
    def sql(self) -> str:
        """Its name in SQL, which keeps ``group`` for itself."""
        return "risk_group" if self.name == "group" else self.name


@cache
def columns() -> Mapping[str, Column]:
    """Every column by its name, in the order of the file."""
    source = files("tender.annexes.register") / "columns.toml"
    tables = tomllib.loads(source.read_text(encoding="utf-8"))
    return {name: _column(name, table) for name, table in tables.items()}


def _column(name: str, table: Mapping[str, object]) -> Column:
    rest = {key: value for key, value in table.items() if key not in {*Language, "kind", "values"}}
    meaning = Text(**{language.value: str(table[language.value]) for language in Language})
    values = table.get("values", [])
    codes = tuple(str(value) for value in values) if isinstance(values, list) else ()
    return Column(name, Kind(str(table["kind"])), meaning, values=codes, **rest)  # type: ignore[arg-type]
