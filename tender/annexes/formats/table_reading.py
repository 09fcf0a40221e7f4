"""Reading the CSV of one table of the annex, as a spreadsheet program may have saved it again.

Comma, semicolon or tab, a byte-order mark, CRLF, another order of rows or columns and blank lines are taken; nothing
is guessed about values and codes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tender.annexes.formats.descriptor import SYNTHETIC_MARK
from tender.annexes.formats.sound import LARGEST, STATUS, SYNTHETIC, VALUE, grid, size, status_fault
from tender.errors import InputError, Place
from tender.guards import excerpt
from tender.model.annex import AnnexCell, AnnexTable, At, CellStatus

_SHOWN_CODES = 8
_HEAD = 10_000
_STATUSES = {status.value: status for status in CellStatus}


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, its fields by column."""

    file: str
    line: int
    fields: dict[str, str]

    def wrong(self, message: str, column: str, expected: str = "") -> InputError:
        """The error that `column` does not hold what was expected."""
        return InputError(
            message, place=Place(self.file, self.line), column=column, found=excerpt(self.fields[column]),
            expected=expected, status=excerpt(self.fields[STATUS]),
        )  # fmt: skip


def read_cells(data: bytes, file: str, table: AnnexTable, *, synthetic: bool) -> tuple[AnnexCell, ...]:
    """The cells of `table` (whose own are not looked at) from the CSV in `data`, in the order of its axes.

    Raises:
        InputError: The first fault, with its line and column.
    """
    codes = {axis.id: {category.code for category in axis.categories} for axis in table.axes}
    columns = [*codes, VALUE, STATUS, *([SYNTHETIC] if synthetic else [])]
    found: dict[At, AnnexCell] = {}
    lines: dict[At, int] = {}
    for row in _rows(data, file, columns):
        at = tuple(_code(row, axis, known) for axis, known in codes.items())
        if at in found:
            place = Place(file, row.line)
            raise InputError("annex.cells.twice", place=place, at=_text(at), first=lines[at])
        if synthetic and row.fields[SYNTHETIC] != SYNTHETIC_MARK:
            raise row.wrong("annex.cells.synthetic", SYNTHETIC, expected=SYNTHETIC_MARK)
        found[at], lines[at] = _cell(row, at), row.line
    missing = size(table) - len(found)
    if missing:
        first = next(at for at in grid(table) if at not in found)
        raise InputError("annex.cells.missing", place=Place(file), at=_text(first), count=missing)
    return tuple(found[at] for at in grid(table))


def _cell(row: _Row, at: At) -> AnnexCell:
    status = _STATUSES.get(row.fields[STATUS])
    if status is None:
        raise row.wrong("annex.cells.status", STATUS, expected=", ".join(_STATUSES))
    value = _value(row)
    fault = status_fault(value, status)
    if fault:
        raise row.wrong(fault, VALUE)
    return AnnexCell(at, value, status)


def _value(row: _Row) -> int | None:
    text = row.fields[VALUE]
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))):
        raise row.wrong("annex.cells.value", VALUE)
    return int(text)


def _code(row: _Row, axis: str, known: set[str]) -> str:
    code = row.fields[axis]
    if code not in known:
        shown = sorted(known)[:_SHOWN_CODES]
        rest = ["…"] if len(known) > _SHOWN_CODES else []
        raise row.wrong("annex.cells.code", axis, expected=", ".join([*shown, *rest]))
    return code


def _rows(data: bytes, file: str, columns: Sequence[str]) -> Iterator[_Row]:
    """The rows with the fields of `columns`, blank lines left out."""
    text = _decoded(data, file)
    first = next((line for line in text[:_HEAD].splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    heads: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader, None)
        except csv.Error as error:
            raise InputError("annex.cells.broken", place=Place(file, line)) from error
        if fields is None:
            break
        if not any(field.strip() for field in fields):
            continue
        if heads is None:
            heads = _heads(fields, file, line, columns)
        elif len(fields) != len(heads):
            raise InputError("annex.cells.width", place=Place(file, line), found=len(fields), expected=len(heads))
        else:
            yield _Row(file, line, {head: field.strip() for head, field in zip(heads, fields, strict=True)})
    if heads is None:
        raise InputError("annex.cells.columns", place=Place(file, 1), found="", expected=", ".join(columns))


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("annex.cells.encoding", place=Place(file, line)) from error


def _heads(fields: Sequence[str], file: str, line: int, columns: Sequence[str]) -> list[str]:
    heads = [field.strip() for field in fields]
    if sorted(heads) != sorted(columns):
        found = excerpt(", ".join(heads), 120)
        raise InputError("annex.cells.columns", place=Place(file, line), found=found, expected=", ".join(columns))
    return heads


def _text(at: At) -> str:
    return excerpt(", ".join(at), 120)
