"""Extracts as XLSX: the first visible sheet, headings in its first row; days may be real days or texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tender.annexes.register.columns import Kind, columns
from tender.annexes.register.engine import Engine
from tender.annexes.register.staging import Row, Staged, stage_rows
from tender.errors import InputError, Place
from tender.guards import MIB, Limits, open_workbook
from tender.sheets import CellKind, Found, read_book

_LIMITS = Limits(file_bytes=40 * MIB, unpacked_bytes=400 * MIB)
_MOST_COLUMNS, _MOST_ROWS = 60, 50_001
_DAY_ZERO = date(1899, 12, 30)
_LAST_DAY = 73_050
"""31.12.2099 as a spreadsheet counts days."""


def stage_xlsx(engine: Engine, path: Path) -> Staged:
    """Stage the first visible sheet of the workbook `path`.

    Raises:
        InputError: It is no safe workbook, too large, or its headings do not do.
    """
    if path.stat().st_size > _LIMITS.file_bytes:
        raise InputError("register.large-workbook", place=Place(path.name), expected=_LIMITS.file_bytes // MIB)
    book = read_book(open_workbook(path.read_bytes(), path.name, _LIMITS))
    sheet = next(name for name in book.sheets if name not in book.hidden)
    rows = book.rows(sheet, _MOST_COLUMNS, _MOST_ROWS + 1)
    if len(rows) > _MOST_ROWS or max(rows, default=0) > _MOST_ROWS:
        raise InputError("register.large-sheet", place=Place(path.name, sheet=sheet), expected=_MOST_ROWS - 1)
    first = min(rows, default=1)
    width = max((column for row in rows.values() for column in row), default=0)
    heads = [rows.get(first, {}).get(column, _BLANK).text for column in range(1, width + 1)]
    return stage_rows(engine, heads, _rows(rows, heads, first), path.name)


_BLANK = Found(CellKind.BLANK)


def _rows(rows: dict[int, dict[int, Found]], heads: list[str], first: int) -> Iterator[Row]:
    days = {number for number, head in enumerate(heads, start=1) if _is_day(head)}
    for line in sorted(rows):
        if line > first:
            cells = ((column, rows[line].get(column, _BLANK)) for column in range(1, len(heads) + 1))
            yield line, [_text(found, day=column in days) for column, found in cells]


def _is_day(head: str) -> bool:
    column = columns().get(head.strip().casefold())
    return column is not None and column.kind is Kind.DATE


def _text(found: Found, *, day: bool) -> str:
    """What a cell says; a number in a column of days is the day that the spreadsheet shows."""
    if found.kind is CellKind.NUMBER and found.number is not None:
        if day and found.number == int(found.number) and 0 < found.number <= _LAST_DAY:
            return (_DAY_ZERO + timedelta(days=int(found.number))).isoformat()
        return str(int(found.number)) if found.number == int(found.number) else found.text
    return found.text
