"""From a file of any kind to the one table ``raw`` of texts with line numbers: nothing is guessed, nothing dropped.

CSV and XLSX are written anew as one plain CSV of the declared columns, with the line of every row; Parquet is looked
at where it lies. Columns that are not declared are never staged.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tender.annexes.register.columns import Kind, columns
from tender.annexes.register.engine import Engine
from tender.errors import Finding, InputError, Place, Severity
from tender.guards import excerpt

STAGED = "staged.csv"
PARQUET = "extract.parquet"

Row = tuple[int, Sequence[str]]
"""Line of the file, and its fields in the order of the headings."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What was staged.

    Attributes:
        heads: Headings of the file that are declared columns, with their column numbers from 1.
        unused: Headings that are no declared columns, fit to be shown.
        findings: Rows that could not be staged, and notes on the file.
        lost: Number of rows that could not be staged.
    """

    heads: dict[str, int]
    unused: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    lost: int = 0


def headings(heads: Sequence[str], file: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """Declared columns among `heads` with their numbers from 1, and the headings that are none.

    Raises:
        InputError: A needed column is missing, or a declared one stands there twice.
    """
    found: dict[str, int] = {}
    for number, head in enumerate(heads, start=1):
        name = head.strip().casefold()
        if name in found:
            raise InputError("register.column-twice", place=Place(file, 1, number), name=name, first=found[name])
        if name in columns():
            found[name] = number
    missing = [column.name for column in columns().values() if column.needed and column.name not in found]
    if missing:
        known = ", ".join(excerpt(head) for head in heads[:40])
        raise InputError("register.no-column", place=Place(file, 1), name=", ".join(missing), known=known or "–")
    unused = tuple(excerpt(head) for head in heads if head.strip() and head.strip().casefold() not in columns())
    return found, unused


def stage_rows(engine: Engine, heads: Sequence[str], rows: Iterable[Row], file: str) -> Staged:
    """Stage `rows` below `heads`; a row of another width is a finding.

    Raises:
        InputError: A needed column is missing, or a declared one stands there twice.
    """
    found, unused = headings(heads, file)
    findings: list[Finding] = []
    lost = 0
    with (engine.folder / STAGED).open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for line, row in rows:
            if len(row) == len(heads):
                writer.writerow([line, *(_plain(row[number - 1]) for number in found.values())])
                continue
            lost += 1
            if lost <= MOST_LISTED:
                findings.append(_width(file, line, len(row), len(heads)))
    _view(engine, found)
    return Staged(found, unused, tuple(findings), lost)


MOST_LISTED = 50
"""Most bad rows that are listed one by one for each rule; the others are counted."""


def _plain(text: str) -> str:
    """A field on one line, without what no field means."""
    return " ".join(text.replace("\x00", " ").split())


def _width(file: str, line: int, found: int, expected: int) -> Finding:
    values = {"found": str(found), "expected": str(expected)}
    return Finding("register.width", Severity.BLOCK, "", values, place=Place(file, line))


def _view(engine: Engine, found: dict[str, int]) -> None:
    """The view ``raw`` over the staged CSV: texts only, blanks are NULL, columns that the file lacks too."""
    staged = ["'line': 'BIGINT'", *(f"'{columns()[name].sql}': 'VARCHAR'" for name in found)]
    path = str(engine.folder / STAGED).replace("'", "''")
    source = (
        f"read_csv('{path}', auto_detect = false, header = false, delim = ',', quote = '\"', escape = '\"', "
        f"max_line_size = 1000000, columns = {{{', '.join(staged)}}})"
    )
    named = [f"nullif(trim({name}), '') AS {name}" for name in (columns()[head].sql for head in found)]
    engine.run(f"CREATE VIEW raw AS SELECT line, {', '.join([*named, *_absent(found)])} FROM {source}")


def _absent(found: dict[str, int]) -> Iterator[str]:
    return (f"NULL::VARCHAR AS {column.sql}" for column in columns().values() if column.name not in found)


def stage_parquet(engine: Engine, path: Path) -> Staged:
    """Look at the Parquet file `path`; its rows are numbered from 1.

    Raises:
        InputError: It is no Parquet file that can be read, or a needed column is missing or stands there twice.
    """
    import duckdb

    _bring(path.resolve(), engine.folder / PARQUET)
    path_text = str(engine.folder / PARQUET).replace("'", "''")
    source = f"read_parquet('{path_text}')"
    try:
        described = engine.run(f"DESCRIBE SELECT * FROM {source}")
        heads = [str(row[0]) for row in described]
        found, unused = headings(heads, path.name)
        named = [_as_text(heads[number - 1], name, str(described[number - 1][1])) for name, number in found.items()]
        chosen = ", ".join([*named, *_absent(found)])
        numbered = f"read_parquet('{path_text}', file_row_number = true)"
        engine.run(f"CREATE VIEW raw AS SELECT file_row_number + 1 AS line, {chosen} FROM {numbered}")
    except duckdb.Error as error:
        raise InputError("register.broken-parquet", place=Place(path.name), file=path.name) from error
    return Staged(found, unused)


def _bring(path: Path, home: Path) -> None:
    """The file under a name that the engine may open, without copying it where the file system allows that."""
    try:
        home.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, home)


def _as_text(head: str, name: str, kind: str) -> str:
    """A Parquet column as text: whole numbers that pandas keeps as floats and days that it keeps as moments too."""
    quoted = '"{}"'.format(head.replace('"', '""'))
    whole = columns()[name].kind is Kind.INTEGER
    if kind in {"DOUBLE", "FLOAT"} and whole:
        text = (
            f"CASE WHEN isnan({quoted}) THEN NULL WHEN {quoted} = floor({quoted}) AND abs({quoted}) < 1e9 "
            f"THEN CAST(CAST({quoted} AS BIGINT) AS VARCHAR) ELSE CAST({quoted} AS VARCHAR) END"
        )
    elif kind.startswith("TIMESTAMP"):
        text = f"replace(CAST({quoted} AS VARCHAR), ' 00:00:00', '')"
    else:
        text = f"CAST({quoted} AS VARCHAR)"
    return f"nullif(trim({text}), '') AS {columns()[name].sql}"
