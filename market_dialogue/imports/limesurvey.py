"""Responses exported by LimeSurvey as CSV: BOM, CRLF, everything quoted, ``code[SQ]. text`` or bare codes as heads.

A line feed inside a cell stays, the empty last line does not count, and text that looks like a formula stays text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from market_dialogue.imports.foreign import MOST_ROWS, Foreign
from market_dialogue.imports.json_file import moment_in
from tender.errors import Finding, InputError, Place, Severity
from tender.guards import excerpt

MOST_COLUMNS = 2_000
"""Most columns of an export."""

_CODE = re.compile(r"(?P<code>[A-Za-z][A-Za-z0-9_]*(?:\[[^\[\]]*\]){0,2})(?:\.\s.*)?", re.DOTALL)
_TECHNICAL = frozenset(
    {"id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr", "refurl", "token"}
)
_WORDED = re.compile(
    r"(?:response id|date submitted|last page|start language|seed|date started|date last action)", re.IGNORECASE
)
_SUBMITTED = ("submitdate", "date submitted")


def read_responses(
    data: bytes, file: str, labels: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[tuple[Foreign, ...], tuple[Finding, ...]]:
    """The responses in `data`, and those that were never submitted, which are not taken.

    Args:
        data: The file.
        file: Its name.
        labels: Words of answer codes by question code, from the structure.

    Raises:
        InputError: It is no UTF-8, no CSV, or too large.
    """
    rows = _rows(data, file)
    heads = [_head(cell) for cell in rows[0]]
    submitted = next((at for at, head in enumerate(heads) if head.casefold() in _SUBMITTED), None)
    found: list[Foreign] = []
    findings: list[Finding] = []
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(heads):
            place = Place(file, line=number)
            raise InputError("dialogue.csv-columns", place=place, found=len(row), expected=len(heads))
        at = moment_in(row[submitted]) if submitted is not None else None
        if submitted is not None and at is None:
            findings.append(Finding("dialogue.not-submitted", Severity.WARN, place=Place(file, line=number)))
            continue
        cells = {
            head: (labels or {}).get(_asked(head), {}).get(cell, cell)
            for head, cell in zip(heads, row, strict=True)
            if head.casefold() not in _TECHNICAL and _WORDED.fullmatch(head) is None
        }
        found.append(Foreign(number, cells, at))
    return tuple(found), tuple(findings)


def _asked(head: str) -> str:
    """Where the words of a column's answers stand: an array has one place for all its rows, or one for each scale.

    >>> _asked("katto"), _asked("matto[SQ001]"), _asked("matto[SQ001][2]")
    ('katto', 'matto[]', 'matto[][2]')
    """
    code, *places = head.split("[")
    return code + "".join("[]" if at == 0 else f"[{place}" for at, place in enumerate(places))


def _rows(data: bytes, file: str) -> list[list[str]]:
    """The rows that are not empty; semicolons part cells where the first line has no comma between quotes."""
    try:
        text = data.decode("utf-8-sig")
        first = text.split("\n", 1)[0]
        delimiter = ";" if '";"' in first or (";" in first and "," not in first) else ","
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = [row for row in reader if any(cell for cell in row)]
    except UnicodeDecodeError as error:
        raise InputError("dialogue.codepage", place=Place(file)) from error
    except (csv.Error, ValueError) as error:
        raise InputError("dialogue.no-csv", place=Place(file), detail=excerpt(str(error), 120)) from error
    if "\0" in text or not rows or len(rows[0]) > MOST_COLUMNS or len(rows) > MOST_ROWS:
        raise InputError("dialogue.no-csv", place=Place(file), detail=f"{len(rows)} × {len(rows[0]) if rows else 0}")
    heads = [_head(cell) for cell in rows[0]]
    if len(set(heads)) != len(heads):
        twice = next(head for head in heads if heads.count(head) > 1)
        raise InputError("dialogue.column-twice", place=Place(file, line=1), column=excerpt(twice))
    return rows


def _head(cell: str) -> str:
    """The code of a column; its words, when it begins with none."""
    match = _CODE.fullmatch(cell.strip())
    return match["code"] if match else " ".join(cell.split())
