"""Tidy frequency tables from outside: one row a cell, coordinates in columns, one column of counts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tender.annexes.disclosure.building import Dimension, Parent, UnsoundTableError, dimension_of
from tender.annexes.disclosure.tables import At
from tender.errors import InputError, Place
from tender.guards import MIB, excerpt, guard_size

MOST_BYTES = 50 * MIB
MOST_ROWS = 200_000
FREQUENCY_NAMES = ("freq", "frequency", "count", "value", "n", "lukumäärä", "lkm", "määrä", "antal", "frekvens")
"""Column names that mean the count, in small letters; the first one that the table has is taken."""

STATUS = "status"
"""Name of the column that says what became of a count."""

HIDDEN_SIGNS = frozenset({"", ".", "..", "...", "…", "x", "c", "*", "-", "hidden"})
"""What stands for a hidden count in a published table."""

_TRUE = frozenset({"1", "true", "yes", "x", "kyllä", "ja", "primary", "k", "j", "y"})
_FALSE = frozenset({"", "0", "false", "no", "ei", "nej"})


@dataclass(frozen=True, slots=True)
class TidyTable:
    """A tidy table as it came.

    Attributes:
        file: The file as the user knows it.
        frequency: Name of the column of counts.
        dimensions: Names of the columns of coordinates.
        counts: Count by coordinates; None where it is hidden.
        marks: Text of the status or primary column by coordinates; empty where there is none.
        lines: Line of the file by coordinates.
        largest: Largest contributions by coordinates, as columns of the table gave them.
    """

    file: str
    frequency: str
    dimensions: tuple[str, ...]
    counts: Mapping[At, int | None]
    marks: Mapping[At, str]
    lines: Mapping[At, int]
    largest: Mapping[At, tuple[int, ...]]

    def axes(self, hierarchy: Mapping[str, Sequence[Parent]]) -> tuple[Dimension, ...]:
        """The dimensions with their totals and hierarchies.

        Raises:
            InputError: The hierarchy names a dimension that the table has not.
        """
        strange = sorted(hierarchy.keys() - set(self.dimensions))
        if strange:
            raise InputError(
                "annex.no-dimension", place=Place(self.file), name=strange[0], known=", ".join(self.dimensions)
            )
        return tuple(
            dimension_of(name, (at[axis] for at in self.counts), hierarchy.get(name, ()))
            for axis, name in enumerate(self.dimensions)
        )

    def unsound(self, error: UnsoundTableError) -> InputError:
        """The error about a total as a message with its line."""
        place = Place(self.file, self.lines.get(error.at))
        return InputError("annex.sum", place=place, file=place, at=at_text(error.at), dimension=error.dimension,
                          found=error.found, expected=error.expected)  # fmt: skip


def read_table(
    data: bytes,
    file: str,
    frequency: str | None = None,
    mark: str | None = None,
    largest: Sequence[str] = (),
    *,
    hidden: bool = False,
) -> TidyTable:
    """The tidy table of a CSV file.

    Args:
        data: Its bytes: UTF-8, separated by comma, semicolon or tab.
        file: The file as the user knows it.
        frequency: Column of counts; by default the first that is named like one.
        mark: A further column that is no coordinate: the primary column, or the status.
        largest: Columns of the largest, second largest … contribution; no coordinates either.
        hidden: Whether counts may be hidden.

    Raises:
        InputError: What is wrong, with its line.
    """
    heads, rows = rows_of(data, file)
    counted = _frequency(heads, frequency, file)
    marked = column_of(heads, mark, file) if mark else None
    shares = [column_of(heads, name, file) for name in largest]
    extra = {counted, marked, *shares} | {number for number, head in enumerate(heads) if head.casefold() == STATUS}
    axes = [number for number in range(len(heads)) if number not in extra]
    if not axes:
        raise InputError("annex.no-coordinates", place=Place(file, 1), file=Place(file, 1))
    counts: dict[At, int | None] = {}
    marks: dict[At, str] = {}
    lines: dict[At, int] = {}
    parts: dict[At, tuple[int, ...]] = {}
    for line, row in rows:
        at = tuple(row[axis].strip() for axis in axes)
        if at in counts:
            place = Place(file, line)
            raise InputError("annex.twice", place=place, file=place, at=at_text(at), first=lines[at])
        counts[at] = _count(row[counted], Place(file, line), hidden=hidden)
        marks[at] = row[marked].strip() if marked is not None else ""
        lines[at] = line
        parts[at] = tuple(count_of(row[share], Place(file, line)) for share in shares if row[share].strip())
    if not counts:
        raise InputError("annex.empty", place=Place(file), file=Place(file))
    return TidyTable(file, heads[counted], tuple(heads[axis] for axis in axes), counts, marks, lines, parts)


def read_published(data: bytes, file: str, frequency: str | None = None) -> TidyTable:
    """A published table, some counts hidden; its marks are its status column, where it has one.

    Raises:
        InputError: What is wrong, with its line.
    """
    heads, _ = rows_of(data, file)
    status = next((head for head in heads if head.casefold() == STATUS), None)
    return read_table(data, file, frequency, status, hidden=True)


def marked(table: TidyTable) -> tuple[At, ...]:
    """Coordinates whose mark says yes.

    Raises:
        InputError: A mark that says neither yes nor no.
    """
    for at, mark in table.marks.items():
        if mark.casefold() not in _TRUE | _FALSE:
            place = Place(table.file, table.lines[at])
            raise InputError("annex.mark", place=place, file=place, found=excerpt(mark))
    return tuple(at for at, mark in table.marks.items() if mark.casefold() in _TRUE)


def read_hierarchy(data: bytes, file: str) -> dict[str, list[Parent]]:
    """Codes with their parents by dimension, from a CSV with the columns dimension, code, parent and, if any, scheme.

    Raises:
        InputError: A column is missing, or a code is its own ancestor.
    """
    heads, rows = rows_of(data, file)
    small = [head.casefold() for head in heads]
    columns = [column_of(small, name, file) for name in ("dimension", "code", "parent")]
    scheme = small.index("scheme") if "scheme" in small else None
    found: dict[str, list[Parent]] = {}
    for line, row in rows:
        dimension, code, parent = (row[column].strip() for column in columns)
        entry = (code, parent, row[scheme].strip() if scheme is not None else "")
        found.setdefault(dimension, []).append(entry)
        if _is_ring(found[dimension], code):
            place = Place(file, line)
            raise InputError("annex.ring", place=place, file=place, code=excerpt(code))
    return found


def _is_ring(entries: Sequence[Parent], code: str) -> bool:
    """Whether `code` is reached from itself by going up."""
    above, seen = {parent for child, parent, _ in entries if child == code}, set[str]()
    while above:
        if code in above:
            return True
        seen |= above
        above = {parent for child, parent, _ in entries if child in above} - seen
    return False


def rows_of(data: bytes, file: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The heads of a CSV file, and its rows with their lines.

    Raises:
        InputError: It is too large, no UTF-8, or its heads are no CSV or not names.
    """
    guard_size(data, file, MOST_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("annex.not-utf8", place=Place(file, line), file=Place(file, line)) from error
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        heads = [head.strip() for head in next(reader, [])]
    except csv.Error as error:
        raise InputError("annex.broken-csv", place=Place(file, 1), file=Place(file, 1)) from error
    if not all(heads) or len(set(heads)) != len(heads):
        raise InputError("annex.heads", place=Place(file, 1), file=Place(file, 1))
    return heads, _checked(reader, len(heads), file)


def _checked(reader: Iterator[list[str]], width: int, file: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of the right width, blank lines left out."""
    number = 0
    while True:
        line = getattr(reader, "line_num", 0) + 1
        place = Place(file, line)
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError("annex.broken-csv", place=place, file=place) from error
        if not any(cell.strip() for cell in row):
            continue
        number += 1
        if number > MOST_ROWS:
            raise InputError("annex.too-many", place=place, file=place, most=MOST_ROWS)
        if len(row) != width:
            raise InputError("annex.width", place=place, file=place, found=len(row), expected=width)
        yield line, row


def column_of(heads: Sequence[str], name: str, file: str) -> int:
    """Number of the column `name`.

    Raises:
        InputError: There is none.
    """
    if name not in heads:
        place = Place(file, 1)
        raise InputError("annex.no-column", place=place, file=place, name=excerpt(name), known=", ".join(heads))
    return heads.index(name)


def _frequency(heads: Sequence[str], wished: str | None, file: str) -> int:
    if wished is not None:
        return column_of(heads, wished, file)
    small = [head.casefold() for head in heads]
    for name in FREQUENCY_NAMES:
        if name in small:
            return small.index(name)
    raise InputError("annex.no-frequency", place=Place(file, 1), file=Place(file, 1), known=", ".join(heads))


def count_of(text: str, place: Place) -> int:
    """The whole number that `text` says.

    Raises:
        InputError: It says none, or nothing at all.
    """
    clean = text.strip()
    if not (clean.isascii() and clean.isdigit() and len(clean) <= 9):  # noqa: PLR2004 - a count of people
        raise InputError("annex.count" if clean else "annex.blank", place=place, file=place, found=excerpt(clean))
    return int(clean)


def _count(text: str, place: Place, *, hidden: bool) -> int | None:
    return None if hidden and text.strip().casefold() in HIDDEN_SIGNS else count_of(text, place)


def at_text(at: At) -> str:
    """Coordinates as a message prints them."""
    return excerpt(", ".join(at), 120)
