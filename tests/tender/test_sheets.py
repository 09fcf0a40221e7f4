"""The door to workbooks: the same bytes every time, and every number read back with the digits that were typed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tender.errors import InputError
from tender.guards import open_workbook
from tender.sheets import fill_cells, write_workbook
from tender.sheets.book import (
    Cell,
    Formula,
    Highlight,
    Limit,
    Print,
    Sheet,
    Style,
    Table,
    Validation,
    Value,
    Visibility,
    Workbook,
)
from tender.sheets.cells import Book, CellKind, Found, read_book
from tender.sheets.numbers import number_of
from tender.sheets.references import Target, position, reference
from tests.tender.archives import edited, parts_of, rebuilt

SHEET = "xl/worksheets/sheet1.xml"
CREATED = date(2026, 11, 22)
AGE = Validation(Limit.WHOLE, "0", "120", "A title much longer than Excel allows it", "Type a number. " * 30, "No.")


def workbook(*cells: Cell) -> Workbook:
    """A workbook of one visible and one hidden sheet."""
    page = Print(landscape=True, header="A & B", footer=("left", "middle"), repeat_rows="1:1", new_pages=(3,))
    first = Sheet("Lomake & co", cells, {"A": 20.0}, {1: 30.0}, page, freeze="A2", tab="00357A")
    hidden = Sheet("_ids", (Cell("A1", "x", Style()),), visibility=Visibility.VERY_HIDDEN)
    return Workbook("Otsikko", "Aihe", "fi-FI", CREATED, (first, hidden))


def written(*cells: Cell) -> bytes:
    """The bytes of that workbook."""
    return write_workbook(workbook(*cells))


def book_of(data: bytes) -> Book:
    """The guarded workbook in `data`."""
    return read_book(open_workbook(data, "a.xlsx"))


def found_in(data: bytes, ref: str = "A1", sheet: str = "Lomake & co") -> Found:
    """What one cell holds."""
    return book_of(data).cells([Target(sheet, ref)])[Target(sheet, ref)]


def cell_xml(inner: str, kind: str = "n", more: str = "") -> bytes:
    """A workbook whose cell A1 is written by hand."""
    row = f'<row r="1"><c r="A1" t="{kind}">{inner}</c></row>{more}'
    data = written(Cell("B9", "anything", Style()))
    return edited(data, SHEET, lambda xml: xml.replace("<sheetData>", f"<sheetData>{row}"))


typed_numbers = st.decimals(
    min_value=Decimal(-99999999999), max_value=Decimal(99999999999), allow_nan=False, allow_infinity=False, places=4
)


@given(typed_numbers)
@example(Decimal("9.95"))
@example(Decimal("4.35"))
@example(Decimal("0.0001"))
def test_a_number_of_fifteen_digits_comes_back_whichever_program_wrote_it(number: Decimal) -> None:
    """Excel writes a double with 17 digits, openpyxl with 16, LibreOffice the shortest: all mean what was typed."""
    double = float(number)
    for text in (f"{number:f}", f"{double:.17g}", f"{double:.16g}", repr(double), f"{double:.15g}", f"{double:E}"):
        assert number_of(text) == number or "E" in text
    assert number_of(f"{double:.17E}") == number


@given(st.integers(1, 10**15 - 1), st.integers(-20, 5))
def test_every_significant_digit_is_kept(digits: int, exponent: int) -> None:
    number = Decimal(digits).scaleb(exponent)
    assert number_of(f"{float(number):.17g}") == number
    assert number_of(f"{number:f}"[:40]) is not None


def test_reading_through_a_float_would_lose_the_digits() -> None:
    """Plants the fault: the raw text as it stands, or openpyxl's own way, is not what was typed."""
    assert Decimal(f"{9.95:.16g}") != Decimal("9.95")
    assert Decimal(f"{4.35:.17g}") != Decimal("4.35")
    assert number_of(f"{9.95:.16g}") == Decimal("9.95")


@pytest.mark.parametrize(
    "text", ["", "abc", "NaN", "Infinity", "1e999", "0x10", "1_0 0", "9" * 5000, "1,5", "１２", "--1"]
)
def test_what_is_no_ordinary_number_is_none(text: str) -> None:
    assert number_of(text) is None


@given(st.one_of(st.text(max_size=50), st.from_regex(r"-?[0-9.]{1,9}[eE][+-]?[0-9]{1,12}", fullmatch=True)))
def test_no_text_brings_an_error_or_an_endless_number(text: str) -> None:
    number = number_of(text)
    assert number is None or len(f"{number:f}") < 400


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.one_of(typed_numbers, st.integers(-(10**9), 10**9)), st.text(max_size=60)), min_size=1))
def test_what_is_written_is_read_back(pairs: list[tuple[Decimal | int, str]]) -> None:
    from tender.guards import as_text

    texts = [as_text(text) for _, text in pairs]
    cells = [Cell(f"A{row}", number, Style()) for row, (number, _) in enumerate(pairs, 1)]
    cells += [Cell(f"B{row}", text, Style()) for row, text in enumerate(texts, 1)]
    found = book_of(written(*cells)).cells([Target("Lomake & co", cell.ref) for cell in cells])
    for row, (number, _) in enumerate(pairs, 1):
        assert found[Target("Lomake & co", f"A{row}")].number == number
        words = found[Target("Lomake & co", f"B{row}")].text
        assert words.split() == texts[row - 1].split() or "_x000" in texts[row - 1]


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, CellKind.BLANK, ""),
        ("   ", CellKind.BLANK, ""),
        ("=1+1", CellKind.TEXT, "=1+1"),
        ("43,5", CellKind.TEXT, "43,5"),
        (Formula("1+1"), CellKind.FORMULA, "=1+1"),
        (Decimal("9.950"), CellKind.NUMBER, "9.950"),
        (0, CellKind.NUMBER, "0"),
    ],
)
def test_a_type_is_never_guessed(value: Value, kind: CellKind, text: str) -> None:
    found = found_in(written(Cell("A1", value, Style())))
    assert (found.kind, found.text) == (kind, text)


@pytest.mark.parametrize(
    ("inner", "kind", "expected"),
    [
        ("<v>1</v>", "b", CellKind.BOOLEAN),
        ("<v>#REF!</v>", "e", CellKind.ERROR),
        ("<v>2026-11-22</v>", "d", CellKind.DATE),
        ("<v>0</v>", "s", CellKind.ERROR),
        ("<v>-1</v>", "s", CellKind.ERROR),
        ("<v>x</v>", "s", CellKind.ERROR),
        ("<v>NaN</v>", "n", CellKind.ERROR),
        ("<v></v>", "n", CellKind.BLANK),
        ("<f>1+1</f><v>2</v>", "n", CellKind.FORMULA),
        ('<f t="shared" si="0"/><v>2</v>', "n", CellKind.FORMULA),
        ("<f>A9</f><v>words</v>", "str", CellKind.FORMULA),
        ("<v>words</v>", "str", CellKind.TEXT),
        ("<is><r><t>wo</t></r><r><t>rds</t></r><rPh><t>no</t></rPh></is>", "inlineStr", CellKind.TEXT),
        ("<v>1</v>", "alien", CellKind.ERROR),
    ],
)
def test_every_kind_of_cell_is_told_apart(inner: str, kind: str, expected: CellKind) -> None:
    found = found_in(cell_xml(inner, kind))
    assert found.kind is expected
    assert expected is not CellKind.TEXT or found.text == "words"


def test_a_shared_string_is_found_by_its_index_and_its_sounds_are_left_out() -> None:
    data = cell_xml("<v>1</v>", "s")
    strings = "<sst><si><t>zero</t></si><si><r><t>on</t></r><r><t>e</t></r><rPh><t>ichi</t></rPh></si></sst>"
    assert found_in(rebuilt(data, {"xl/sharedStrings.xml": strings.encode()})).text == "one"


def test_cells_without_references_stand_where_they_follow() -> None:
    data = written(Cell("B9", "anything", Style()))
    rows = '<row><c t="n"><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>4</v></c></row>'
    data = edited(data, SHEET, lambda xml: xml.replace("<sheetData>", f"<sheetData>{rows}"))
    assert found_in(data, "B1").number == 2
    assert found_in(data, "B2").number == 4


def test_a_far_cell_and_a_false_dimension_cost_nothing() -> None:
    data = cell_xml("<v>1</v>", more='<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>')
    data = edited(data, SHEET, lambda xml: xml.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'))
    assert found_in(data).number == 1
    assert found_in(data, "XFD1048576").number == 7


@pytest.mark.parametrize(
    "inner",
    [
        "<v>1</v></c><c r='A1'><v>2</v>",
        f"<is><t>{'x' * 32_768}</t></is>",
        "<v>1</v></c><c r='1A'><v>2</v>",
        "<v>1</v></c></row><row r='one'><c><v>2</v>",
    ],
)
def test_a_sheet_that_breaks_its_format_is_refused(inner: str) -> None:
    with pytest.raises(InputError) as caught:
        found_in(cell_xml(inner, "inlineStr"))
    assert caught.value.message == "guard.broken-xml"
    assert caught.value.place is not None
    assert caught.value.place.sheet == SHEET


def test_two_sheets_of_one_name_are_refused() -> None:
    data = edited(written(), "xl/workbook.xml", lambda xml: xml.replace('name="_ids"', 'name="LOMAKE &amp; CO"'))
    with pytest.raises(InputError):
        book_of(data)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("'Lomake &amp; co'!$B$2", Target("Lomake & co", "B2")),
        ("Lomake!B2", Target("Lomake", "B2")),
        ("'it''s'!$B$2", Target("it's", "B2")),
        ("#REF!", None),
        ("Lomake!$B$2:$C$3", None),
        ("[1]Lomake!$B$2", None),
        ("42", None),
        ("", None),
        ("Lomake!$B$0", None),
    ],
)
def test_a_name_points_at_one_cell_or_at_none(target: str, expected: Target | None) -> None:
    names = f'<definedNames><definedName name="Price">{target}</definedName></definedNames>'
    data = written(Cell("A1", 1, Style()))
    xml = parts_of(data)["xl/workbook.xml"].decode()
    assert "definedNames" not in xml or "<definedNames>" in xml
    broken = xml[: xml.index("<definedNames")] + names + xml[xml.index("</definedNames>") + 15 :]
    data = rebuilt(data, {"xl/workbook.xml": broken.encode()})
    if target.startswith("["):
        with pytest.raises(InputError):
            book_of(data)
    else:
        assert book_of(data).names.get("price") == expected


def test_a_name_said_twice_points_nowhere() -> None:
    data = written(Cell("A1", 1, Style(), name="price"))
    again = '<definedName name="PRICE">Lomake!$B$1</definedName></definedNames>'
    data = edited(data, "xl/workbook.xml", lambda xml: xml.replace("</definedNames>", again))
    assert book_of(data).names["price"] is None


def test_sheets_and_names_are_listed() -> None:
    book = book_of(written(Cell("A1", 1, Style(), name="one"), Cell("AB12", 2, Style(), name="two_b")))
    assert list(book.sheets) == ["Lomake & co", "_ids"]
    assert book.hidden == {"_ids"}
    assert book.names["two_b"] == Target("Lomake & co", "AB12")
    assert found_in(written(), "A1", "no such sheet").kind is CellKind.BLANK


@given(st.integers(1, 16_384), st.integers(1, 1_048_576))
def test_references_go_there_and_back(column: int, row: int) -> None:
    assert position(reference(column, row)) == (column, row)


def test_a_workbook_says_what_it_is_and_asks_for_what_it_takes() -> None:
    tick = Highlight("A1>5", "AE332D", "FBE4E2", bold=True)
    look = Style(locked=False, fill="FFF0B8", edge="00357A", number_format="0.00")
    data = written(Cell("A1", None, look, "age", AGE, (tick,)), Cell("A2", "x", Style(rule="C8CDD0", bold=True)))
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book["Lomake & co"]
    assert (book.properties.title, book.properties.language) == ("Otsikko", "fi-FI")
    assert book.properties.created == book.properties.modified
    assert book.properties.created.date() == CREATED
    assert sheet.protection.sheet
    assert not sheet["A1"].protection.locked
    assert sheet["A2"].protection.locked
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert "<oddHeader>&amp;CA &amp;&amp; B</oddHeader>" in parts_of(data)[SHEET].decode()
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, rule.formula1, rule.formula2, rule.errorStyle) == ("whole", "0", "120", "stop")
    assert len(rule.promptTitle) <= 32
    assert len(rule.prompt) <= 255
    assert book["_ids"].sheet_state == "veryHidden"
    assert [brk.id for brk in sheet.row_breaks.brk] == [2]


def test_the_zip_carries_no_time_and_no_machine() -> None:
    with zipfile.ZipFile(BytesIO(written(Cell("A1", 1, Style())))) as archive:
        for entry in archive.infolist():
            assert (entry.date_time, entry.create_system) == ((1980, 1, 1, 0, 0, 0), 0)


SCRIPT = """
import hashlib, sys
from tests.tender.test_sheets import written, Cell, Style, AGE
sys.stdout.write(hashlib.sha256(written(Cell("A1", "ä", Style(), "a", AGE))).hexdigest())
"""


@pytest.mark.slow
def test_the_same_workbook_gives_the_same_bytes_in_another_zone_with_another_hash_seed() -> None:
    def run(zone: str, seed: str) -> str:
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True
        ).stdout

    assert run("Europe/Helsinki", "1") == run("America/Los_Angeles", "2") != ""


def test_filling_keeps_everything_else() -> None:
    empty = written(Cell("A1", None, Style(locked=False), "age", AGE), Cell("A2", "label", Style()))
    filled = fill_cells(empty, {("Lomake & co", "A1"): Decimal("43.50")})
    assert filled == fill_cells(empty, {("Lomake & co", "A1"): Decimal("43.50")})
    assert found_in(filled).number == Decimal("43.5")
    assert found_in(filled, "A2").text == "label"
    assert book_of(filled).names["age"] == Target("Lomake & co", "A1")
    sheet = openpyxl.load_workbook(BytesIO(filled))["Lomake & co"]
    assert len(sheet.data_validations.dataValidation) == 1
    assert sheet.protection.sheet


def test_a_table_takes_its_columns_from_its_headings_and_an_open_sheet_is_not_protected() -> None:
    """Excel calls a table whose column names differ from its headings a damaged file."""
    cells = tuple(Cell(f"{column}{row}", f"{column}{row}", Style()) for row in (1, 2) for column in "AB")
    tables = (Table("One", "A1:B2"),)
    sheet = Sheet("Avoin", cells, protected=False, tables=tables)
    bare = Sheet("Toinen", cells, protected=False, tables=(Table("Two", "A1:B2", buttons=False),))
    book = openpyxl.load_workbook(BytesIO(write_workbook(Workbook("o", "a", "fi-FI", CREATED, (sheet, bare)))))
    one, two = book["Avoin"].tables["One"], book["Toinen"].tables["Two"]
    assert [column.name for column in one.tableColumns] == ["A1", "B1"]
    assert (one.autoFilter is None, two.autoFilter is None) == (False, True)
    assert not book["Avoin"].protection.sheet
    assert book.security is None or not book.security.lockStructure
