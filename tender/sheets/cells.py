"""Reading single cells of a guarded workbook, found by name; every number keeps the digits that a person typed.

Only the parts that are asked for are walked through, and only the cells that are asked for are kept: a sheet that says
it has a million rows costs nothing. openpyxl is not used here because it turns every number into a float.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from tender.sheets.numbers import number_of
from tender.sheets.references import Target, position, reference

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedStrings.xml"
_TARGET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]]+))!\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPED_SPACE = re.compile(r"_x000[9aAdD]_")
_LONGEST_TEXT = 32_767
_SHARED_INDEX = re.compile(r"\d{1,9}", re.ASCII)


class Listener(Protocol):
    """Hears a part from its beginning to its end."""

    def open(self, tag: str, attributes: dict[str, str], /) -> None:
        """An element begins; the names come without prefixes."""

    def close(self, tag: str, /) -> None:
        """An element ends."""

    def text(self, words: str, /) -> None:
        """Character data, perhaps in several pieces."""


class Parts(Protocol):
    """The parts of a package that has passed `tender.guards.open_workbook`."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parts."""

    def walk(self, part: str, listener: Listener) -> int:
        """Read the XML of `part` to `listener`, or refuse with an InputError."""


class CellKind(StrEnum):
    """What was found in a cell."""

    BLANK = "blank"
    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    FORMULA = "formula"
    ERROR = "error"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Found:
    """One cell as it was found.

    Attributes:
        kind: What it holds.
        text: Its text, or the number, formula or error as it stands in the file; empty for a blank.
        number: The number with the digits that a person sees; ``None`` for all other kinds.
    """

    kind: CellKind
    text: str = ""
    number: Decimal | None = None


BLANK = Found(CellKind.BLANK)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook's list of contents, from which single cells are read.

    Attributes:
        sheets: Part by sheet name, in the order of the workbook.
        hidden: Names of the sheets that are not shown.
        names: Where each workbook-wide name points, by its small letters; ``None`` when not at exactly one cell.
        parts: The guarded package.
    """

    sheets: Mapping[str, str]
    hidden: frozenset[str]
    names: Mapping[str, Target | None]
    parts: Parts = field(repr=False)

    def cells(self, targets: Collection[Target]) -> dict[Target, Found]:
        """What each of `targets` holds; a cell or sheet that is not there is blank.

        Raises:
            InputError: A sheet is damaged.
        """
        found: dict[Target, Found] = {}
        for sheet in dict.fromkeys(target.sheet for target in targets):
            wanted = frozenset(target.ref for target in targets if target.sheet == sheet)
            heard = self._heard(sheet, wanted)
            found |= {Target(sheet, ref): heard.get(ref, BLANK) for ref in wanted}
        return found

    def rows(self, sheet: str, columns: int, rows: int) -> dict[int, dict[int, Found]]:
        """What stands in the first `columns` and `rows` of a sheet: by row, then by column, both from 1; no blanks.

        Raises:
            InputError: The sheet is damaged.
        """
        found: dict[int, dict[int, Found]] = {}
        for ref, cell in self._heard(sheet, _Block(columns, rows)).items():
            if cell.kind is not CellKind.BLANK:
                column, row = position(ref)
                found.setdefault(row, {})[column] = cell
        return found

    def _heard(self, sheet: str, wanted: Container[str]) -> dict[str, Found]:
        part = self.sheets.get(sheet)
        if part is None:
            return {}
        cells = _Cells(wanted)
        self.parts.walk(part, cells)
        strings = _Strings(frozenset(raw.shared for raw in cells.raw.values() if raw.shared is not None))
        if strings.wanted and _STRINGS in self.parts.names:
            self.parts.walk(_STRINGS, strings)
        return {ref: _found(raw, strings.heard) for ref, raw in cells.raw.items()}


def read_book(parts: Parts) -> Book:
    """The list of contents of a guarded workbook.

    Raises:
        InputError: The workbook is damaged.
    """
    contents, relations = _Contents(), _Relations()
    parts.walk(_WORKBOOK, contents)
    parts.walk(_RELATIONS, relations)
    found = {name: relations.targets.get(link, "") for name, link, _ in contents.sheets}
    hidden = frozenset(name for name, _, state in contents.sheets if state != "visible")
    return Book({name: part for name, part in found.items() if part in parts.names}, hidden, contents.names, parts)


@dataclass(frozen=True, slots=True)
class _Block:
    """The references of a sheet's first columns and rows."""

    columns: int
    rows: int

    def __contains__(self, ref: object) -> bool:
        column, row = position(str(ref))
        return column <= self.columns and row <= self.rows


@dataclass(slots=True)
class _Raw:
    """A wanted cell as the XML has it."""

    kind: str
    value: list[str] = field(default_factory=list)
    formula: list[str] | None = None
    length: int = 0

    def add(self, words: str, *, formula: bool) -> None:
        """Add a piece of the value or the formula; more than a cell can hold breaks the format."""
        self.length += len(words)
        if self.length > _LONGEST_TEXT:
            raise ValueError(self.length)
        (self.formula if formula and self.formula is not None else self.value).append(words)

    @property
    def said(self) -> str:
        """The value, all pieces together."""
        return "".join(self.value)

    @property
    def shared(self) -> int | None:
        """The index of the shared string that the cell shows."""
        plain = self.kind == "s" and self.formula is None and _SHARED_INDEX.fullmatch(self.said)
        return int(self.said) if plain else None


def _found(raw: _Raw, strings: Mapping[int, str]) -> Found:
    if raw.formula is not None:
        return Found(CellKind.FORMULA, f"={''.join(raw.formula)}")
    said = strings.get(raw.shared) if raw.shared is not None else raw.said
    if said is None:
        return Found(CellKind.ERROR, raw.said)
    if not said.strip():
        return BLANK
    if raw.kind == "n":
        number = number_of(said)
        return Found(CellKind.NUMBER, said, number) if number is not None else Found(CellKind.ERROR, said)
    if raw.shared is not None or raw.kind in {"str", "inlineStr"}:
        plain = _ESCAPED_SPACE.sub(" ", said)
        return Found(CellKind.TEXT, plain) if plain.strip() else BLANK
    other = {"b": CellKind.BOOLEAN, "d": CellKind.DATE}
    return Found(other.get(raw.kind, CellKind.ERROR), said)


class _Contents:
    """Hears the workbook part: its sheets and its workbook-wide names."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.names: dict[str, Target | None] = {}
        self._name: str | None = None
        self._words: list[str] = []

    def open(self, tag: str, attributes: dict[str, str], /) -> None:
        """An element begins."""
        if tag == "sheet":
            name = attributes.get("name", "")
            if any(name.casefold() == other.casefold() for other, _, _ in self.sheets):
                raise ValueError(name)
            self.sheets.append((name, attributes.get("id", ""), attributes.get("state", "visible")))
        elif tag == "definedName" and "localSheetId" not in attributes:
            self._name, self._words = attributes.get("name", "").casefold(), []

    def text(self, words: str, /) -> None:
        """Character data."""
        if self._name is not None:
            self._words.append(words)

    def close(self, tag: str, /) -> None:
        """An element ends."""
        if tag != "definedName" or self._name is None:
            return
        match = _TARGET.fullmatch("".join(self._words).strip())
        once = self._name not in self.names
        self.names[self._name] = _target(match) if match and once else None
        self._name = None


def _target(match: re.Match[str]) -> Target:
    sheet = match[1].replace("''", "'") if match[1] else match[2]
    return Target(sheet, f"{match[3]}{match[4]}")


class _Relations:
    """Hears the workbook's relationships: which part each sheet is."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def open(self, _tag: str, attributes: dict[str, str], /) -> None:
        """An element begins."""
        target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
        self.targets[attributes.get("Id", "")] = target.lstrip("/")

    def text(self, words: str, /) -> None:
        """Nothing to hear."""

    def close(self, tag: str, /) -> None:
        """Nothing to hear."""


class _Cells:
    """Hears a sheet and keeps the wanted cells; a wanted cell that comes twice breaks the format."""

    def __init__(self, wanted: Container[str]) -> None:
        self.raw: dict[str, _Raw] = {}
        self._wanted = wanted
        self._row = 0
        self._column = 0
        self._cell: _Raw | None = None
        self._inside = ""
        self._sounds = False

    def open(self, tag: str, attributes: dict[str, str], /) -> None:
        """An element begins."""
        if tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif tag == "c":
            self._begin(attributes)
        elif tag in {"v", "f", "t"}:
            self._inside = tag
            if tag == "f" and self._cell is not None:
                self._cell.formula = []
        elif tag == "rPh":
            self._sounds = True

    def _begin(self, attributes: dict[str, str]) -> None:
        ref = attributes.get("r") or reference(self._column + 1, self._row)
        self._column = position(ref)[0]
        self._cell = None
        if ref in self._wanted:
            if ref in self.raw:
                raise ValueError(ref)
            self._cell = self.raw[ref] = _Raw(attributes.get("t", "n"))

    def text(self, words: str, /) -> None:
        """Character data."""
        if self._cell is None or not self._inside or self._sounds:
            return
        self._cell.add(words, formula=self._inside == "f")

    def close(self, tag: str, /) -> None:
        """An element ends."""
        if tag in {"v", "f", "t"}:
            self._inside = ""
        elif tag == "c":
            self._cell = None
        elif tag == "rPh":
            self._sounds = False


class _Strings:
    """Hears the shared strings and keeps the wanted ones; the sounds of Asian scripts are left out."""

    def __init__(self, wanted: frozenset[int]) -> None:
        self.heard: dict[int, str] = {}
        self.wanted = wanted
        self._index = -1
        self._words: list[str] | None = None
        self._length = 0
        self._sounds = False

    def open(self, tag: str, _attributes: dict[str, str], /) -> None:
        """An element begins."""
        if tag == "si":
            self._index += 1
            self._words, self._length = None, 0
            if self._index in self.wanted:
                self.heard[self._index] = ""
        elif tag == "t" and self._index in self.wanted and not self._sounds:
            self._words = []
        elif tag == "rPh":
            self._sounds = True

    def text(self, words: str, /) -> None:
        """Character data."""
        if self._words is None:
            return
        self._length += len(words)
        if self._length > _LONGEST_TEXT:
            raise ValueError(self._length)
        self._words.append(words)

    def close(self, tag: str, /) -> None:
        """An element ends."""
        if tag == "t" and self._words is not None:
            self.heard[self._index] += "".join(self._words)
            self._words = None
        elif tag == "rPh":
            self._sounds = False
