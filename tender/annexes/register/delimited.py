"""Extracts as CSV: UTF-8, or what Windows programs write; commas, semicolons or tabs; every row with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from tender.annexes.register.engine import Engine
from tender.annexes.register.staging import Row, Staged, stage_rows
from tender.errors import Finding, InputError, Place, Severity
from tender.guards import MIB

MOST_BYTES = 8192 * MIB
"""Most bytes of a CSV file; larger registers come as Parquet."""

_SNIFFED = 64 * 1024
_LONGEST_FIELD = 10_000
_SEPARATORS = ",;\t"
_WINDOWS = "cp1252"


def stage_csv(engine: Engine, path: Path) -> Staged:
    """Stage the CSV file `path`.

    Raises:
        InputError: It is empty, too large, in no known encoding or cannot be read as CSV; or its headings do not do.
    """
    _guard(path)
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as source:
        first = source.readline(_SNIFFED)
        separator = max(_SEPARATORS, key=first.count)
        source.seek(0)
        rows = _rows(csv.reader(source, delimiter=separator, strict=True), path.name)
        _, heads = next(rows, (1, ()))
        staged = stage_rows(engine, heads, rows, path.name)
    if encoding != _WINDOWS:
        return staged
    note = Finding("register.encoding", Severity.WARN, "", {"found": _WINDOWS}, place=Place(path.name))
    return Staged(staged.heads, staged.unused, (note, *staged.findings), staged.lost)


def _guard(path: Path) -> None:
    size = path.stat().st_size
    if not size:
        raise InputError("guard.empty", place=Place(path.name))
    if size > MOST_BYTES:
        found, expected = f"{size // MIB} MiB", f"{MOST_BYTES // MIB} MiB"
        raise InputError("guard.too-large", place=Place(path.name), found=found, expected=expected)


def _encoding(path: Path) -> str:
    """UTF-8 where the whole file is UTF-8, else the encoding of Windows programs; it is said, never silent."""
    for encoding in ("utf-8-sig", _WINDOWS):
        try:
            with path.open(encoding=encoding, newline="") as source:
                while source.read(MIB):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise InputError("register.unknown-encoding", place=Place(path.name), file=path.name)


def _rows(reader: Iterator[list[str]], file: str) -> Iterator[Row]:
    """Rows that hold something, with the line on which each ends."""
    before = csv.field_size_limit(_LONGEST_FIELD)
    line = 1
    try:
        for row in reader:
            line = reader.line_num  # type: ignore[attr-defined]
            if any(field.strip() for field in row):
                yield line, row
    except csv.Error as error:
        raise InputError("register.broken-csv", place=Place(file, line + 1), file=file) from error
    finally:
        csv.field_size_limit(before)
