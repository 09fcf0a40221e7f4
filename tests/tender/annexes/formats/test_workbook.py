"""The workbook: read back by openpyxl cell by cell, nothing hidden, nothing computed, the same bytes."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import product

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl.worksheet.worksheet import Worksheet

from tender.annexes.formats.codelists import languages_of
from tender.annexes.formats.guide import Issue
from tender.annexes.formats.phrases import labels
from tender.annexes.formats.wide_sheet import MOST_ACROSS, layout
from tender.annexes.formats.workbook import write_annex_workbook
from tender.language import Language, Text
from tender.model.annex import Annex, AnnexCell, AnnexTable, Axis, Category, CellStatus
from tests.tender.annexes.formats.annexes import annexes, sample_annex, with_label

DAY = date(2018, 11, 5)
Grid = list[list[object]]


def book(annex: Annex, language: Language = Language.FI) -> openpyxl.Workbook:
    """The workbook of `annex`, opened by openpyxl."""
    return openpyxl.load_workbook(BytesIO(write_annex_workbook(Issue(annex, DAY, 1), language)))


def block(sheet: Worksheet) -> Grid:
    """The cells of the only table of `sheet`, headings first."""
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]


def wide_cells(sheet: Worksheet, table: AnnexTable, language: Language) -> list[object]:
    """The numbers of a wide sheet in the order of the table's cells, found by the labels of its rows and columns."""
    plan = layout(table, language)
    heads, *rows = block(sheet)
    found = {}
    for row in rows:
        for column in range(len(plan.down), len(heads)):
            named: dict[int, object] = dict(zip(plan.down, row, strict=False))
            if plan.across is not None:
                words = labels(table.axes[plan.across], language)
                named[plan.across] = words[column - len(plan.down)]
            found[tuple(named[axis] for axis in range(len(table.axes)))] = row[column]
    return [found[place] for place in product(*(labels(axis, language) for axis in table.axes))]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(annexes())
def test_every_cell_of_any_annex_comes_back(annex: Annex) -> None:
    """Wide sheets show the number or the symbol; the tidy sheet the number or nothing, with codes and status."""
    for language in languages_of(annex):
        opened = book(annex, language)
        _, *wide, tidy, _ = opened.worksheets
        for sheet, table in zip(wide, annex.tables, strict=True):
            shown = [cell.value if cell.value is not None else "..." for cell in table.cells]
            assert wide_cells(sheet, table, language) == shown
        heads, *rows = block(tidy)
        cells = [(table, cell) for table in annex.tables for cell in table.cells]
        assert len(rows) == len(cells)
        numbers = [row[len(row) - (4 if not annex.synthetic else 5)] for row in rows]
        assert numbers == [cell.value for _, cell in cells]
        for row, (table, cell) in zip(rows, cells, strict=True):
            assert row[0] == table.id
            assert {*cell.at, cell.status.value} <= set(row)
        assert len({str(head).casefold() for head in heads}) == len(heads)


def many(axis: Axis, count: int, words: str) -> Axis:
    """`axis` with `count` categories of long words."""
    return replace(axis, categories=tuple(Category(f"c{n}", Text(f"{words} {n}"), "") for n in range(count)))


@pytest.mark.parametrize(
    ("count", "words", "across"),
    [(6, "luokka", 2), (MOST_ACROSS + 1, "luokka", 1), (9, "kiinteistöhuoltotyöntekijät", 1), (40, "luokka", 1)],
)
def test_a_sheet_stays_as_wide_as_a_page(count: int, words: str, across: int) -> None:
    """Many or long headings go down, and a shorter axis across; every number is where its labels say."""
    annex = sample_annex()
    stock = annex.table("stock")
    axes = (*stock.axes[:2], many(stock.axes[2], count, words))
    places = product(*([one.code for one in axis.categories] for axis in axes))
    filled = tuple(AnnexCell(at, number, CellStatus.SHOWN) for number, at in enumerate(places, start=1))
    table = replace(stock, axes=axes, cells=filled)
    opened = book(replace(annex, tables=(table,)))
    assert layout(table, Language.FI).across == across
    assert wide_cells(opened.worksheets[1], table, Language.FI) == [cell.value for cell in filled]


@pytest.mark.parametrize("language", Language)
def test_the_tidy_sheet_gives_the_labels_of_its_codes(language: Language) -> None:
    """Each code with its own words, blank where the table has no such axis."""
    annex = sample_annex()
    heads, *rows = block(book(annex, language).worksheets[-2])
    stock = annex.table("stock")
    places = product(*(labels(axis, language) for axis in stock.axes))
    for row, cell, words in zip(rows, stock.cells, places, strict=False):
        assert row[:7] == [stock.id, *(one for pair in zip(cell.at, words, strict=True) for one in pair)]
    hours = [row for row in rows if row[0] == "hours"]
    assert all(row[1:3] == [None, None] and row[5:7] == [None, None] for row in hours)
    assert heads[-1] == "SYNTHETIC"
    assert {row[-1] for row in rows} == {"SYNTHETIC"}


def test_the_sheet_of_codes_has_every_language() -> None:
    """Codes of each axis, and what the statuses mean."""
    rows = block(book(sample_annex()).worksheets[-1])
    found = {(row[1], row[2]): row[4:7] for row in rows[1:]}
    assert found["municipality", "402"] == ["Lapinlahti", "Lapinlax", "Lapinlahti"]
    assert found["status", "hidden"] == ["peitetty tietosuojan vuoksi", "dold av dataskyddsskäl",
                                         "hidden for data protection"]  # fmt: skip


def test_nothing_is_hidden_merged_computed_or_cached() -> None:
    """What a reader sees is all there is."""
    data = write_annex_workbook(Issue(sample_annex(), DAY, 1), Language.FI)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        texts = [archive.read(name).decode() for name in names]
    assert not [name for name in names if re.search(r"pivot|external|vba|comments|calcChain|custom", name)]
    assert not any("<f>" in text or "mergeCell" in text or 'state="hidden"' in text for text in texts)
    for sheet in openpyxl.load_workbook(BytesIO(data)):
        assert sheet.sheet_state == "visible"
        assert not any(column.hidden for column in sheet.column_dimensions.values())
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not sheet.protection.sheet


def test_the_sheets_are_laid_out_for_reading_and_printing() -> None:
    """Headings stay in sight and are repeated on paper; numbers have their own format; filters where they help."""
    opened = book(sample_annex())
    wide, tidy = opened.worksheets[1], opened.worksheets[-2]
    (table,) = wide.tables.values()
    head = int(re.findall(r"\d+", table.ref)[0])
    assert wide.freeze_panes == f"C{head + 1}"
    assert wide.print_title_rows == f"${head}:${head}"
    assert wide.page_setup.orientation == "landscape"
    assert wide.cell(head + 1, 3).number_format == "#,##0"
    assert table.autoFilter is None
    assert next(iter(tidy.tables.values())).autoFilter is not None
    assert tidy.freeze_panes == "B2"
    names = [one.displayName for sheet in opened for one in sheet.tables.values()]
    assert len(set(names)) == len(names) == 5


@pytest.mark.parametrize("language", Language)
def test_made_up_data_says_so_on_every_sheet_and_page(language: Language) -> None:
    """A screenshot or a print of one sheet cannot be taken for real figures."""
    for sheet in book(sample_annex(), language):
        assert sheet.oddHeader is not None
        assert "SYNTHETIC" in (sheet.oddHeader.center.text or "")
        assert any("SYNTHETIC" in str(cell.value) for row in sheet.iter_rows() for cell in row) or sheet.title in {
            "Koodit", "Koder", "Codes",
        }  # fmt: skip
    for sheet in book(sample_annex(synthetic=False), language):
        assert not any("SYNTHETIC" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_text_is_never_a_formula() -> None:
    """Neither a label nor a heading made of one."""
    annex = with_label(sample_annex(), '=HYPERLINK("http://example.org")')
    annex = with_label(annex, "=1+1")
    kinds = {cell.data_type for sheet in book(annex) for row in sheet.iter_rows() for cell in row if cell.value}
    assert kinds == {"s", "n"}


def test_the_read_me_tells_what_a_stranger_needs() -> None:
    """Publisher, time, licence, method, symbols, sheets, in words of the language."""
    for language, words in {
        Language.FI: (
            "Pohjois-Savon liitto",
            "30.6.2018",
            "CC BY 4.0",
            "alle 5",
            "10 prosentin",
            "valinta annex audit",
        ),
        Language.SV: ("Norra Savolax förbund", "30.6.2018", "CC BY 4.0", "under 5", "10 procents", "pivottabeller"),
        Language.EN: ("Regional Council", "30\u00a0June\u00a02018", "CC BY 4.0", "not including 5", "10 %", "pivot"),
    }.items():
        text = "\n".join(str(cell.value) for row in book(sample_annex(), language).worksheets[0] for cell in row)
        assert [word for word in words if word not in text] == []


def test_the_same_annex_gives_the_same_bytes() -> None:
    """No clock, no chance."""
    issue = Issue(sample_annex(), DAY, 1)
    assert write_annex_workbook(issue, Language.SV) == write_annex_workbook(issue, Language.SV)
