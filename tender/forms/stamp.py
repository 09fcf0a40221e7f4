"""What a form says about itself to machines, on a sheet that is not shown: tender, version, methods, fields, checksum.

The stamp proves nothing by itself, since who can edit a workbook can edit it too: reading compares it with the
publication.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from tender.forms.looks import HIDDEN
from tender.forms.paper import Placed
from tender.language import Language
from tender.model.methods import Json, canonical
from tender.model.publication import Publication
from tender.sheets.book import Cell, Sheet, Visibility
from tender.sheets.cells import Book
from tender.sheets.references import Target

SHEET = "_valinta"
FORM = "bid"
SCHEMA = 1

_MOST_FIELDS = 2_000
_SUM_CELL = Target(SHEET, "B1")
_HEAD_CELL = Target(SHEET, "B2")
_FIRST_FIELD_ROW = 3

Stamp = dict[str, Json]
"""Tender, version, language, hashes and fields, by name."""


def stamp_of(publication: Publication, language: Language, placed: Sequence[Placed]) -> Stamp:
    """The stamp of the form that `publication` issues in `language`."""
    return {
        "form": FORM,
        "schema": SCHEMA,
        "tender": publication.tender.id,
        "version": publication.version,
        "draft": publication.draft,
        **({"trial": True} if publication.trial else {}),
        "language": language.value,
        "award_hash": publication.award_hash,
        "payment_hash": publication.payment_hash,
        "fields": [_field(place) for place in placed],
    }


def stamp_sheet(stamp: Stamp) -> Sheet:
    """The hidden sheet: a SHA-256, then JSON of the form, then JSON of one field in each row."""
    lines = _lines(stamp)
    cells = [Cell("A1", "sha256", HIDDEN), Cell(_SUM_CELL.ref, _sha256(lines), HIDDEN)]
    for row, line in enumerate(lines, start=2):
        kind = "form" if row < _FIRST_FIELD_ROW else "field"
        cells += [Cell(f"A{row}", kind, HIDDEN), Cell(f"B{row}", line, HIDDEN)]
    return Sheet(SHEET, tuple(cells), visibility=Visibility.VERY_HIDDEN)


def read_stamp(book: Book) -> Stamp | None:
    """The stamp in `book`; ``None`` when there is none, it is damaged or its checksum does not fit."""
    found = book.cells((_SUM_CELL, _HEAD_CELL))
    head = _json(found[_HEAD_CELL].text)
    count = head.get("fields") if head else None
    if head is None or not isinstance(count, int) or not 0 <= count <= _MOST_FIELDS:
        return None
    targets = [Target(SHEET, f"B{row}") for row in range(_FIRST_FIELD_ROW, _FIRST_FIELD_ROW + count)]
    rows = book.cells(targets) if targets else {}
    lines = [found[_HEAD_CELL].text, *(rows[target].text for target in targets)]
    fields = [_json(line) for line in lines[1:]]
    if head.get("form") != FORM or found[_SUM_CELL].text != _sha256(lines) or None in fields:
        return None
    return {**head, "fields": [field for field in fields if field is not None]}


def _lines(stamp: Stamp) -> list[str]:
    fields = stamp["fields"] if isinstance(stamp["fields"], list) else []
    return [canonical(part).decode() for part in ({**stamp, "fields": len(fields)}, *fields)]


def _json(words: str) -> Stamp | None:
    try:
        value = json.loads(words)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _field(place: Placed) -> Json:
    labels: list[Json] = [words for _, words in place.labels]
    return {
        "id": place.field.id,
        "name": place.field.name,
        "sheet": place.target.sheet,
        "cell": place.target.ref,
        "labels": labels,
    }


def _sha256(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()
