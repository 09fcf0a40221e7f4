"""The cells of a score sheet by name, and what the sheet says about itself where it is not shown."""

from __future__ import annotations

import json
from dataclasses import dataclass

from evaluation.award.panel.board import Board
from tender.language import Language
from tender.model.methods import Json, award_hash, canonical
from tender.model.panel import Cell as Judged
from tender.model.panel import Evaluator
from tender.sheets.book import Cell, Sheet, Style, Visibility
from tender.sheets.cells import Book
from tender.sheets.references import Target
from tender.words import words

STAMP_SHEET = "_valinta"
FORM = "score-sheet"
SIGNED = "score_signed"
"""Name of the cell in which the evaluator signs by typing the own name."""

_CELL = Target(STAMP_SHEET, "B1")
_HIDDEN = Style(wrap=False)


@dataclass(frozen=True, slots=True)
class SheetStamp:
    """What a sheet says about itself; it proves nothing, so it is compared with the tender and the panel.

    Attributes:
        tender: Id of the tender.
        evaluator: Id of the evaluator.
        award_hash: Hash of the award method, whose scales the sheet shows.
        cells: Bidder and criterion of each row, in the order in which the rows are numbered.
    """

    tender: str
    evaluator: str
    award_hash: str
    cells: tuple[Judged, ...]


def stamp_of(board: Board, evaluator: Evaluator) -> SheetStamp:
    """The stamp of the sheet that is written for `evaluator`."""
    return SheetStamp(board.tender.id, evaluator.id, award_hash(board.tender), board.owed(evaluator))


def stamp_sheet(stamp: SheetStamp) -> Sheet:
    """The sheet that is not shown."""
    said: dict[str, Json] = {
        "form": FORM,
        "tender": stamp.tender,
        "evaluator": stamp.evaluator,
        "award_hash": stamp.award_hash,
        "cells": [list(cell) for cell in stamp.cells],
    }
    cells = (Cell("A1", "form", _HIDDEN), Cell(_CELL.ref, canonical(said).decode(), _HIDDEN))
    return Sheet(STAMP_SHEET, cells, visibility=Visibility.VERY_HIDDEN)


def read_stamp(book: Book) -> SheetStamp | None:
    """The stamp in `book`; ``None`` when there is none or it is damaged."""
    try:
        said = json.loads(book.cells((_CELL,))[_CELL].text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("form") != FORM:
        return None
    texts = [said.get(name) for name in ("tender", "evaluator", "award_hash")]
    cells = said.get("cells")
    if not all(isinstance(text, str) for text in texts) or not isinstance(cells, list):
        return None
    if not all(isinstance(cell, list) and [type(part) for part in cell] == [str, str] for cell in cells):
        return None
    tender, evaluator, method = (str(text) for text in texts)
    return SheetStamp(tender, evaluator, method, tuple((str(cell[0]), str(cell[1])) for cell in cells))


def cell_name(number: int, part: str) -> str:
    """Name of the cell for `part` (``level`` or ``reason``) of the row at place `number` of the stamp, from 0."""
    return f"score_{number}_{part}"


def skip_words() -> frozenset[str]:
    """What an evaluator may write instead of a level, in any language, in small letters."""
    return frozenset(words(language).term("score-sheet.skip").casefold() for language in Language)
