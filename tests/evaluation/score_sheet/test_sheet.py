"""The score sheet: what is written is read back, what is missing stays missing, what is hostile is refused by cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.panel.board import Board
from evaluation.score_sheet import SheetReading, read_score_sheet, write_score_sheet
from evaluation.score_sheet.fields import SIGNED, STAMP_SHEET, cell_name
from tender.guards import open_workbook
from tender.language import Language
from tender.model.panel import MarkKind
from tender.sheets import Formula, Value, fill_cells
from tender.sheets.cells import read_book
from tender.words import words
from tests.evaluation.award.panel.desk import MEMBERS, Table
from tests.tender.archives import Entry, zip_of

DAY = date(2018, 12, 4)
NAMES = {"alfa": "=Alfa Oy", "beta": "Beta Ky"}
AINO = MEMBERS[0]


def board() -> Board:
    """All free, opened, nothing given."""
    return Table().declare("a1", "a2", "a3").board


def sheet(language: Language = Language.FI, at: Board | None = None) -> bytes:
    """Aino's sheet."""
    return write_score_sheet(at or board(), AINO, NAMES, language, DAY)


def filled(cells: dict[str, Value], data: bytes | None = None) -> bytes:
    """The sheet with values in cells by their names."""
    written = data or sheet()
    names = read_book(open_workbook(written, "a1.xlsx")).names
    places = {}
    for name, value in cells.items():
        target = names[name.casefold()]
        assert target is not None
        places[target.sheet, target.ref] = value
    return fill_cells(written, places)


def read(data: bytes) -> SheetReading:
    """What Aino's sheet gives."""
    return read_score_sheet(data, "a1.xlsx", board(), AINO)


def rules(reading: SheetReading) -> list[str]:
    """Rules of its findings, each said in three languages."""
    for finding in reading.findings:
        for language in Language:
            assert "{" not in str(words(language).finding(finding))
    return [finding.rule for finding in reading.findings]


@pytest.mark.parametrize("language", Language)
def test_a_blank_sheet_gives_nothing_and_no_zero(language: Language) -> None:
    """Blank rows are missing; the same input gives the same bytes."""
    assert sheet(language) == sheet(language)
    assert read(sheet(language)) == SheetReading((), signed=False, findings=())


def test_what_is_typed_is_read() -> None:
    """A number, a text number, a skip; and the name signs."""
    data = filled(
        {
            cell_name(0, "level"): 3,
            cell_name(0, "reason"): "Kohta 2 näyttää mittarit.",
            cell_name(1, "level"): "0",
            cell_name(1, "reason"): "Ei kuvattu.",
            cell_name(2, "level"): "Avstår",
            cell_name(2, "reason"): "En tunne tarjoajan kieltä.",
            SIGNED: "aino",
        }
    )
    reading = read(data)
    assert reading.findings == ()
    assert reading.signed
    assert [(one.bidder, one.criterion, one.kind, one.level) for one in reading.scores] == [
        ("alfa", "impact-plan", MarkKind.LEVEL, 3),
        ("beta", "impact-plan", MarkKind.LEVEL, 0),
        ("alfa", "hours-tracking", MarkKind.SKIPPED, None),
    ]


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({cell_name(0, "reason"): "Hyvä."}, "score-sheet.level-blank"),
        ({cell_name(0, "level"): 3}, "score-sheet.reason-blank"),
        ({cell_name(0, "level"): Decimal("2.5"), cell_name(0, "reason"): "Hyvä."}, "score-sheet.level-unfit"),
        ({cell_name(0, "level"): "hyvä", cell_name(0, "reason"): "Hyvä."}, "score-sheet.level-unfit"),
        ({cell_name(0, "level"): 3, cell_name(0, "reason"): Formula("1+1")}, "score-sheet.cell-kind"),
        ({SIGNED: "Bo"}, "score-sheet.signed-by-other"),
    ],
)
def test_a_slip_is_told_by_its_cell(cells: dict[str, Value], rule: str) -> None:
    """Nothing is taken from a sheet with a slip; a half level is off every scale (Bromcom)."""
    reading = read(filled(cells))
    assert rule in rules(reading)
    assert reading.scores == ()
    assert not reading.signed
    assert all(finding.place and finding.place.cell for finding in reading.findings)


def test_a_sheet_of_another_is_refused() -> None:
    """Of another evaluator, tender or method; and a workbook that is no sheet."""
    other = write_score_sheet(board(), MEMBERS[1], NAMES, Language.FI, DAY)
    assert rules(read(other)) == ["score-sheet.other-evaluator"]
    elsewhere = replace(board(), tender=replace(board().tender, id="toinen"))
    assert rules(read(sheet(at=elsewhere))) == ["score-sheet.other-tender"]
    award = replace(board().tender.award, tie_rule=board().tender.award.tie_rule[:2])
    changed = replace(board(), tender=replace(board().tender, award=award))
    assert rules(read(sheet(at=changed))) == ["score-sheet.other-award"]
    assert rules(read(fill_cells(sheet(), {(STAMP_SHEET, "B1"): "{"}))) == ["score-sheet.not-a-sheet"]


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"<html>", zip_of(Entry(b"a"))], ids=["empty", "cut", "html", "other-zip"]
)
def test_what_is_no_workbook_is_refused_in_words(data: bytes) -> None:
    """The guards say what it is."""
    reading = read(data)
    assert len(reading.findings) == 1
    assert rules(reading)


@settings(max_examples=20)
@given(st.binary(max_size=300), st.integers(0, 2_000))
def test_a_damaged_sheet_never_escapes(noise: bytes, at: int) -> None:
    """Whatever bytes: findings or a reading."""
    data = bytearray(sheet())
    data[at : at + len(noise)] = noise
    assert isinstance(read(bytes(data)), SheetReading)


def test_what_was_given_comes_with_the_next_sheet() -> None:
    """An evaluator goes on where the work stopped; nobody else's levels are in the file."""
    table = Table().declare("a1", "a2", "a3").give("a1", 4).give("a2", 1).give("a1", None, "beta")
    data = write_score_sheet(table.board, AINO, NAMES, Language.FI, DAY)
    assert [(one.cell[0], one.level) for one in read(data).scores] == [("alfa", 4), ("beta", None)]


def test_a_name_from_outside_is_no_formula() -> None:
    """The bidder's name stands as text."""
    book = read_book(open_workbook(sheet(), "a1.xlsx"))
    [shown] = [name for name in book.sheets if name != STAMP_SHEET]
    texts = [found.text for row in book.rows(shown, 3, 60).values() for found in row.values()]
    assert any("Alfa Oy" in text for text in texts)
    assert not any("€" in text for text in texts), "no price is shown to who judges quality"
