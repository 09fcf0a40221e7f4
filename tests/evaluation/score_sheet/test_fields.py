"""What a score sheet says of itself, and that nothing it says is believed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from evaluation.score_sheet import read_score_sheet, write_score_sheet
from evaluation.score_sheet.fields import SIGNED, STAMP_SHEET, SheetStamp, cell_name, read_stamp, skip_words, stamp_of
from tender.guards import open_workbook
from tender.language import Language
from tender.model.methods import award_hash
from tender.sheets import Formula, Value, fill_cells
from tender.sheets.cells import read_book
from tests.evaluation.award.panel.desk import MEMBERS, Table

BOARD = Table().declare("a1", "a2", "a3").board
AINO = MEMBERS[0]
BLANK = write_score_sheet(BOARD, AINO, {"alfa": "Alfa Oy", "beta": "Beta Ky"}, Language.EN, date(2018, 12, 4))
SAID = {
    "form": "score-sheet",
    "tender": "t",
    "evaluator": "a1",
    "award_hash": "ab",
    "cells": [["alfa", "impact-plan"]],
}


def stamp(said: object) -> SheetStamp | None:
    """The stamp of a sheet whose hidden cell holds `said`."""
    text = said if isinstance(said, str) else json.dumps(said)
    return read_stamp(read_book(open_workbook(fill_cells(BLANK, {(STAMP_SHEET, "B1"): text}), "a1.xlsx")))


def test_a_stamp_survives_its_journey() -> None:
    """Tender, evaluator, hash of the method, and every cell that the evaluator owes, in the order of the rows."""
    found = read_stamp(read_book(open_workbook(BLANK, "a1.xlsx")))
    assert found == stamp_of(BOARD, AINO)
    assert found == SheetStamp(
        BOARD.tender.id,
        "a1",
        award_hash(BOARD.tender),
        tuple((bidder, criterion) for criterion in ("impact-plan", "hours-tracking") for bidder in ("alfa", "beta")),
    )
    assert stamp(SAID) == SheetStamp("t", "a1", "ab", (("alfa", "impact-plan"),))


@pytest.mark.parametrize(
    "said",
    [
        "",
        "{",
        "[" * 20_000,
        [],
        SAID | {"form": "bid-form"},
        SAID | {"tender": 5},
        SAID | {"evaluator": None},
        {name: value for name, value in SAID.items() if name != "award_hash"},
        SAID | {"cells": "alfa"},
        SAID | {"cells": [["alfa"]]},
        SAID | {"cells": [["alfa", 5]]},
        SAID | {"cells": [["alfa", "impact-plan", "x"]]},
        SAID | {"cells": ["ab"]},
    ],
)
def test_what_is_no_stamp_is_none(said: object) -> None:
    """Nothing is guessed from half a stamp, and nothing escapes."""
    assert stamp(said) is None


def test_a_level_may_be_left_out_in_any_language_of_the_house() -> None:
    """The words are three, in small letters, and none is a level."""
    assert skip_words() == {"ohitan", "avstår", "skip"}
    assert (cell_name(0, "level"), cell_name(12, "reason")) == ("score_0_level", "score_12_reason")


def test_a_signature_forgives_spaces_and_case_but_no_slip_elsewhere() -> None:
    """Aino in capitals is Aino; a sheet with a slip is not signed; an unfit cell is not called blank besides."""
    places = {name: target for name, target in read_book(open_workbook(BLANK, "a1.xlsx")).names.items() if target}

    def read(cells: dict[str, Value]) -> tuple[bool, list[str]]:
        written = {(places[name].sheet, places[name].ref): value for name, value in cells.items()}
        found = read_score_sheet(fill_cells(BLANK, written), "a1.xlsx", BOARD, AINO)
        return found.signed, [finding.rule for finding in found.findings]

    assert read({SIGNED: "  AINO "}) == (True, [])
    assert read({SIGNED: "   "}) == (False, [])
    assert read({SIGNED: "Aino", cell_name(1, "level"): 3}) == (False, ["score-sheet.reason-blank"])
    formula = Formula("1+1")
    assert read({cell_name(1, "level"): 3, cell_name(1, "reason"): formula}) == (False, ["score-sheet.cell-kind"])
    assert read({cell_name(1, "level"): "1000", cell_name(1, "reason"): "x"}) == (False, ["score-sheet.level-unfit"])
    assert read({cell_name(1, "level"): "²", cell_name(1, "reason"): "x"}) == (False, ["score-sheet.level-unfit"])


def test_who_judges_one_criterion_gets_no_row_of_another() -> None:
    """Two rows for the two bidders; the stamp and the sheet agree."""
    only = replace(AINO, criteria=("hours-tracking",))
    data = write_score_sheet(BOARD, only, {}, Language.SV, date(2018, 12, 4))
    book = read_book(open_workbook(data, "a1.xlsx"))
    found = read_stamp(book)
    assert found is not None
    assert found.cells == (("alfa", "hours-tracking"), ("beta", "hours-tracking"))
    assert {name for name in book.names if name.endswith("_level")} == {"score_0_level", "score_1_level"}
