"""Laying sheets out: rows that cut no text, colours that can be read, tables, names, locks and limits as written."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.annexes.formats import looks as annex_looks
from tender.forms import looks as form_looks
from tender.guards import open_workbook
from tender.sheets import palette, write_workbook
from tender.sheets.book import (
    MAX_PROMPT,
    MAX_PROMPT_TITLE,
    Align,
    Cell,
    Formula,
    Highlight,
    Limit,
    Print,
    Sheet,
    Style,
    Table,
    Validation,
    Visibility,
    Workbook,
)
from tender.sheets.cells import Book, CellKind, read_book
from tender.sheets.grid import LINE_POINTS_PER_SIZE, Grid, height_of
from tender.sheets.references import Target, position
from tests.tender.archives import parts_of
from tests.tender.documents.test_charts import contrast

PLAIN = Style()
LINE = 10 * LINE_POINTS_PER_SIZE
CREATED = date(2026, 11, 22)


def written(*sheets: Sheet) -> bytes:
    return write_workbook(Workbook("Otsikko", "Aihe", "fi-FI", CREATED, sheets))


def book_of(data: bytes) -> Book:
    return read_book(open_workbook(data, "a.xlsx"))


def test_a_grid_by_hand() -> None:
    """Rows from 1; a row is as high as its highest cell, and at least as high as was asked."""
    grid = Grid({"A": 20.0, "B": 40.0})
    assert grid.next(30.0) == 1
    assert (grid.put("A", "short", PLAIN), grid.put("B", 7, PLAIN)) == ("A1", "B1")
    assert grid.next() == 2
    grid.put("A", "yksi\nkaksi\nkolme", PLAIN)
    grid.put("B", "yksi", PLAIN)
    assert grid.heights == {1: 30.0, 2: pytest.approx(3 * LINE + 6)}
    assert [cell.ref for cell in grid.cells] == ["A1", "B1", "A2", "B2"]


def test_a_band_runs_over_blank_cells_in_one_style() -> None:
    """Words in the first, nothing in the others, so that the words may run over them."""
    grid = Grid({"A": 60.0})
    look = Style(bold=True, fill=palette.TINT)
    assert grid.band("ABC", "Otsikko", look, 24.0) == 1
    assert grid.cells == [Cell("A1", "Otsikko", look), Cell("B1", None, look), Cell("C1", None, look)]
    assert grid.heights == {1: 24.0}


def test_a_prepared_cell_raises_its_own_row() -> None:
    """Also one above the current row, and in columns beyond Z; an unknown column has the programs' own width."""
    grid = Grid({"AB": 11.0})
    grid.next()
    grid.next()
    grid.add(Cell("AB1", "x" * 10, PLAIN))
    one = grid.heights[1]
    grid.add(Cell("C1", "x" * 10, PLAIN))
    assert one == pytest.approx(LINE + 6)
    assert grid.heights[1] == pytest.approx(2 * LINE + 6)
    assert grid.heights[2] == 0.0


WORDS = st.lists(st.text("abijWÄ", min_size=1, max_size=4), min_size=1, max_size=40)
TEXTS = st.builds(lambda one, sign, other: " ".join(one) + sign + " ".join(other), WORDS, st.sampled_from(" \n"), WORDS)


@given(TEXTS, st.floats(16, 80), st.integers(8, 18), st.booleans())
def test_more_text_and_narrower_columns_never_make_a_row_lower(text: str, width: float, size: int, bold: bool) -> None:  # noqa: FBT001 - drawn
    """Bold, large, indented and narrow need as much or more; what does not wrap needs one line."""
    look = Style(size=size, bold=bold)
    height = height_of(text, look, width)
    assert height >= size * LINE_POINTS_PER_SIZE * (text.count("\n") + 1) + 6 - 0.01
    assert height_of(text, look, width + 10) <= height <= height_of(f"{text} {text}", look, width)
    assert height <= height_of(text, replace(look, indent=2), width)
    assert height_of(text, replace(look, bold=False), width) <= height
    assert height_of(text, replace(look, wrap=False), width) == pytest.approx(size * LINE_POINTS_PER_SIZE + 6)


@pytest.mark.parametrize("value", [None, 12, Decimal("1.5"), Formula("SUM(A1:A9)")])
def test_what_is_no_text_needs_one_line(value: int | Decimal | Formula | None) -> None:
    """However narrow its column."""
    assert height_of(value, PLAIN, 1.0) == pytest.approx(LINE + 6)


COLOURS = {name: value for name, value in vars(palette).items() if name.isupper()}
STYLES = {
    f"{room.__name__}.{name}": look
    for room in (annex_looks, form_looks)
    for name, look in vars(room).items()
    if isinstance(look, Style)
}


def test_the_palette_is_of_colours() -> None:
    """Six hexadecimal digits, without a mark."""
    assert len(COLOURS) > 8
    assert all(re.fullmatch(r"[0-9A-F]{6}", value) for value in COLOURS.values())


@pytest.mark.parametrize("ink", ["TEXT", "MUTED", "BRAND", "ALERT", "SUCCESS", "WAITING"])
@pytest.mark.parametrize("ground", ["TINT", "BLANK_FILL", "ALERT_FILL", "READY_FILL", ""])
def test_every_ink_can_be_read_on_every_ground(ink: str, ground: str) -> None:
    """4.5 : 1, the least of WCAG 2.1 AA for text."""
    assert contrast(f"#{COLOURS[ink]}", f"#{COLOURS.get(ground, 'FFFFFF')}") >= 4.5


@pytest.mark.parametrize("name", STYLES)
def test_every_look_of_a_workbook_can_be_read(name: str) -> None:
    """Its own ink on its own ground."""
    look = STYLES[name]
    assert contrast(f"#{look.colour}", f"#{look.fill or 'FFFFFF'}") >= 4.5


def form(*cells: Cell, protected: bool = True) -> bytes:
    return written(Sheet("Lomake", cells, protected=protected))


def test_names_lead_to_cells_with_formulas() -> None:
    """A formula may use the names; each name is of one absolute cell, also on a sheet with an apostrophe."""
    sheets = (
        Sheet("Hinnat", (Cell("B2", Decimal("43.50"), PLAIN, "hinta"), Cell("AA10", 3, PLAIN, "maara"))),
        Sheet("Asiakkaan 'oma'", (Cell("A1", Formula("ROUND(hinta*maara,2)"), PLAIN, "summa"),)),
    )
    data = written(*sheets)
    names = {name: one.attr_text for name, one in openpyxl.load_workbook(BytesIO(data)).defined_names.items()}
    assert names == {"hinta": "'Hinnat'!$B$2", "maara": "'Hinnat'!$AA$10", "summa": "'Asiakkaan ''oma'''!$A$1"}
    book = book_of(data)
    assert book.names == {
        "hinta": Target("Hinnat", "B2"), "maara": Target("Hinnat", "AA10"), "summa": Target("Asiakkaan 'oma'", "A1")
    }  # fmt: skip
    summa = Target("Asiakkaan 'oma'", "A1")
    found = book.cells([summa])[summa]
    assert (found.kind, found.text, found.number) == (CellKind.FORMULA, "=ROUND(hinta*maara,2)", None)
    assert b'fullCalcOnLoad="1"' in parts_of(data)["xl/workbook.xml"]


def test_only_unlocked_cells_of_a_protected_sheet_take_input() -> None:
    """Cells apart and the workbook's sheets kept; columns and rows may be made wider; no password stands in it."""
    cells = (Cell("A1", "Nimi", PLAIN), Cell("B1", None, Style(locked=False)))
    sheet = openpyxl.load_workbook(BytesIO(form(*cells)))["Lomake"]
    assert (sheet["A1"].protection.locked, sheet["B1"].protection.locked) == (True, False)
    assert (sheet.protection.sheet, sheet.protection.formatColumns, sheet.protection.formatRows) == (True, False, False)
    assert sheet.protection.password is None
    assert b'lockStructure="1"' in parts_of(form(*cells))["xl/workbook.xml"]
    assert b"lockStructure" not in parts_of(form(*cells, protected=False))["xl/workbook.xml"]


def test_the_first_visible_sheet_opens() -> None:
    """A very hidden one before it does not, and cannot be shown from a menu."""
    hidden = Sheet("_ids", (Cell("A1", "x", PLAIN),), visibility=Visibility.VERY_HIDDEN)
    data = written(hidden, Sheet("Ohje", ()), Sheet("Lomake", ()))
    book = openpyxl.load_workbook(BytesIO(data))
    assert book.active is book["Ohje"]
    assert book["_ids"].sheet_state == "veryHidden"
    assert book_of(data).hidden == {"_ids"}


@pytest.mark.parametrize("limit", Limit)
@pytest.mark.parametrize("stops", [True, False])
def test_every_kind_of_limit_is_written_as_it_was_meant(limit: Limit, stops: bool) -> None:  # noqa: FBT001 - drawn
    """Ends for numbers and lengths, one formula else; a wrong value is refused or warned of."""
    last = "" if limit in {Limit.LIST, Limit.CUSTOM} else "9"
    asked = Validation(limit, "1" if last else '"a,b"', last, "T", "P", "E", stops=stops)
    sheet = openpyxl.load_workbook(BytesIO(form(Cell("B2", None, Style(locked=False), validation=asked))))["Lomake"]
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, str(rule.sqref), rule.allowBlank) == (limit.value, "B2", True)
    assert (rule.formula1, rule.formula2) == (asked.first, last or None)
    assert rule.errorStyle in ({"stop", None} if stops else {"warning"})


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_prompts_are_cut_where_the_program_would_call_the_file_damaged(extra: int) -> None:
    """Just as long stays whole; one more is cut, with a sign that it was."""
    title, prompt = "t" * (MAX_PROMPT_TITLE + extra), "p" * (MAX_PROMPT + extra)
    asked = Validation(Limit.LENGTH, "0", "5", title, prompt, prompt)
    sheet = openpyxl.load_workbook(BytesIO(form(Cell("A1", None, PLAIN, validation=asked))))["Lomake"]
    (rule,) = sheet.data_validations.dataValidation
    assert len(rule.promptTitle) == min(len(title), MAX_PROMPT_TITLE)
    assert len(rule.prompt) == len(rule.error) == min(len(prompt), MAX_PROMPT)
    assert (rule.promptTitle.endswith("…"), rule.prompt.endswith("…")) == (extra > 0, extra > 0)


def test_a_table_lies_where_it_was_put_with_its_headings_as_columns() -> None:
    """Also below a title row; each heading names its column, in the order of the block."""
    heads = ("Kunta", "Ryhmä", "Määrä")
    cells = [Cell("A1", "Otsikko", PLAIN), *(Cell(f"{c}3", head, PLAIN) for c, head in zip("BCD", heads, strict=True))]
    cells += [Cell(f"{c}4", 5, PLAIN) for c in "BCD"]
    data = written(Sheet("Avoin", tuple(cells), protected=False, tables=(Table("Luvut", "B3:D4"),)))
    found = openpyxl.load_workbook(BytesIO(data))["Avoin"].tables["Luvut"]
    assert (found.ref, [column.name for column in found.tableColumns]) == ("B3:D4", list(heads))
    assert found.autoFilter.ref == "B3:D4"


def test_the_first_true_highlight_wins() -> None:
    """Colours of their own, in the order given, and the rest are not asked."""
    ticks = (Highlight("A1>5", palette.ALERT, palette.ALERT_FILL, bold=True), Highlight("A1>3", palette.WAITING, ""))
    sheet = openpyxl.load_workbook(BytesIO(form(Cell("A1", 4, PLAIN, highlights=ticks))))["Lomake"]
    rules = [rule for one in sheet.conditional_formatting for rule in one.rules]
    assert [(rule.formula, rule.stopIfTrue) for rule in rules] == [(["A1>5"], True), (["A1>3"], True)]
    assert [rule.priority for rule in rules] == [1, 2]
    assert [rule.dxf.font.color.rgb for rule in rules] == [f"FF{palette.ALERT}", f"FF{palette.WAITING}"]
    assert [rule.dxf.fill is None for rule in rules] == [False, True]


def test_cells_of_one_style_look_alike_and_of_two_do_not() -> None:
    """Styles are shared behind the door; no cell wears another's."""
    loud = Style(14, bold=True, colour="AE332D", fill="FFF0B8", align=Align.RIGHT, indent=2, number_format="0.00")
    cells = (Cell("A1", 1, loud), Cell("A2", 2, PLAIN), Cell("A3", 3, replace(loud)), Cell("A4", 4, PLAIN))
    sheet = openpyxl.load_workbook(BytesIO(form(*cells)))["Lomake"]
    for ref, look in (("A1", loud), ("A2", PLAIN), ("A3", loud), ("A4", PLAIN)):
        cell = sheet[ref]
        assert (cell.font.sz, cell.font.b, cell.font.color.rgb) == (look.size, look.bold, f"FF{look.colour}")
        assert (cell.alignment.horizontal, cell.alignment.indent) == (look.align.value, look.indent)
        assert (cell.number_format, cell.fill.fill_type) == (look.number_format, "solid" if look.fill else None)


def test_pages_are_laid_out_as_they_were_asked_for() -> None:
    """A4, one page wide, upright or lying; an ampersand of a text is no code of the program."""
    page = Print(landscape=False, header="Tarjous", footer=("Oy A & B", "v. 1"), new_pages=(5, 9))
    sheet = openpyxl.load_workbook(BytesIO(written(Sheet("Lomake", (), printing=page))))["Lomake"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    foot = sheet.oddFooter
    assert foot is not None
    assert (foot.left.text, foot.center.text, foot.right.text) == ("Oy A && B", "v. 1", "&P / &N")
    assert [each.id for each in sheet.row_breaks.brk] == [4, 8]


def test_a_block_of_rows_is_read_without_its_blanks() -> None:
    """Only the columns and rows asked for, by number."""
    cells = (Cell("A1", "x", PLAIN), Cell("C1", 3, PLAIN), Cell("B2", None, PLAIN), Cell("A9", "far", PLAIN))
    found = book_of(form(*cells)).rows("Lomake", 2, 5)
    assert {row: {column: one.text for column, one in line.items()} for row, line in found.items()} == {1: {1: "x"}}
    assert book_of(form(*cells)).rows("ei ole", 2, 5) == {}
    assert sorted(book_of(form(*cells)).rows("Lomake", 3, 9)) == [1, 9]


@pytest.mark.parametrize("ref", ["", "A", "1", "A0", "a1", "A-1", "AAAA1", "A12345678", "A1:B2", "$A$1", "Ä1"])
def test_what_is_no_reference_is_refused(ref: str) -> None:
    """No guess is made."""
    with pytest.raises(ValueError, match=f"^{re.escape(ref)}$"):
        position(ref)
