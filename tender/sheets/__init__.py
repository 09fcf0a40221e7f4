"""The only door to openpyxl: writes workbooks, the same input giving the same bytes, and fills cells of written ones.

Reading is done by `tender.sheets.cells` from the parts themselves, because openpyxl turns every number into a float.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from copy import copy
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell as OpenCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as OpenTable
from openpyxl.worksheet.table import TableColumn
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

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
    Value,
    Visibility,
    Workbook,
)
from tender.sheets.cells import Book, CellKind, Found, Parts, read_book
from tender.sheets.numbers import number_of
from tender.sheets.references import Target

__all__ = [
    "Align",
    "Book",
    "Cell",
    "CellKind",
    "Formula",
    "Found",
    "Highlight",
    "Limit",
    "Parts",
    "Print",
    "Sheet",
    "Style",
    "Table",
    "Target",
    "Validation",
    "Value",
    "Visibility",
    "Workbook",
    "fill_cells",
    "number_of",
    "read_book",
    "write_workbook",
]

FONT = "Calibri"
"""The font of every cell: on bidders' machines already, and never embedded in a workbook."""

Wardrobe = dict[Style, StyleArray]
"""What cells of each style wear in one workbook."""

_A4 = 9
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MARGIN_INCHES = 0.5


def write_workbook(workbook: Workbook) -> bytes:
    """`workbook` as XLSX bytes: the same workbook gives the same bytes at any time, in any time zone."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    worn: Wardrobe = {}
    for sheet in workbook.sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet, worn)
        for cell in sheet.cells:
            if cell.name:
                book.defined_names[cell.name] = DefinedName(cell.name, attr_text=_absolute(sheet.title, cell.ref))
    book.active = next(at for at, sheet in enumerate(workbook.sheets) if sheet.visibility is Visibility.VISIBLE)
    if any(sheet.protected for sheet in workbook.sheets):
        book.security = WorkbookProtection(lockStructure=True)
    book.calculation.fullCalcOnLoad = True
    properties = book.properties
    properties.title, properties.subject, properties.language = workbook.title, workbook.subject, workbook.language
    properties.creator = "Valinta"
    return _bytes_of(book, datetime.combine(workbook.created, time()))


def fill_cells(data: bytes, values: Mapping[tuple[str, str], Value]) -> bytes:
    """The workbook in `data`, written by `write_workbook`, with `values` put into cells by ``(sheet, reference)``.

    For examples and tests: a person fills a form in a spreadsheet program. Locks are not asked.
    """
    book = openpyxl.load_workbook(BytesIO(data))
    for (sheet, ref), value in values.items():
        _put(book[sheet][ref], value)
    return _bytes_of(book, book.properties.created)


def _table(sheet: Worksheet, table: Table) -> OpenTable:
    """The table, its columns named by the headings that stand in `sheet` already."""
    heads = (str(cell.value) for cell in sheet[table.ref][0])
    columns = [TableColumn(id=at, name=head) for at, head in enumerate(heads, start=1)]
    buttons = AutoFilter(ref=table.ref) if table.buttons else None
    return OpenTable(displayName=table.name, ref=table.ref, tableColumns=columns, autoFilter=buttons)


def _absolute(sheet: str, ref: str) -> str:
    letters = ref.rstrip("0123456789")
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!${letters}${ref[len(letters) :]}"


def _write_sheet(target: Worksheet, sheet: Sheet, worn: Wardrobe) -> None:
    for cell in sheet.cells:
        written = target[cell.ref]
        _put(written, cell.value)
        _wear(written, cell.style, worn)
        if cell.validation is not None:
            target.add_data_validation(_validation(cell.ref, cell.validation))
        for highlight in cell.highlights:
            target.conditional_formatting.add(cell.ref, _highlight(highlight))
    for column, width in sheet.widths.items():
        target.column_dimensions[column].width = width
    for row, height in sheet.heights.items():
        target.row_dimensions[row].height = height
    target.freeze_panes = sheet.freeze or None
    target.sheet_state = sheet.visibility.value
    target.sheet_view.showGridLines = False
    target.sheet_properties.tabColor = sheet.tab or None
    target.protection.sheet = sheet.protected
    target.protection.formatColumns = False
    target.protection.formatRows = False
    for table in sheet.tables:
        target.add_table(_table(target, table))
    if sheet.printing is not None:
        _print(target, sheet.printing)


def _put(cell: OpenCell, value: Value) -> None:
    """Put `value` with its type said outright: text is never guessed to be a formula, a number keeps its digits.

    openpyxl would write a Decimal through a float with 16 digits, which turns 9.95 into 9.949999999999999.
    """
    if value is None:
        cell.value = None
        return
    kind = "s" if isinstance(value, str) else "f" if isinstance(value, Formula) else "n"
    shown = (
        value if isinstance(value, str) else f"={value.text}" if isinstance(value, Formula) else f"{Decimal(value):f}"
    )
    cell.value = shown
    cell.data_type = kind


def _wear(cell: OpenCell, style: Style, worn: Wardrobe) -> None:
    """Dress `cell` as an earlier cell of the same style: to look a style up costs openpyxl more than all else."""
    inner: Any = cell  # openpyxl has no public way to share a style
    if style in worn:
        inner._style = copy(worn[style])  # noqa: SLF001
        return
    _dress(cell, style)
    worn[style] = inner._style  # noqa: SLF001


def _dress(cell: OpenCell, style: Style) -> None:
    cell.font = Font(name=FONT, size=style.size, bold=style.bold, italic=style.italic, color=f"FF{style.colour}")
    cell.alignment = Alignment(
        horizontal=style.align.value,
        vertical="center" if style.middle else "top",
        wrap_text=style.wrap,
        indent=style.indent,
    )
    cell.number_format = style.number_format
    cell.protection = Protection(locked=style.locked)
    if style.fill:
        cell.fill = PatternFill("solid", fgColor=f"FF{style.fill}")
    if style.edge:
        side = Side("thin", color=f"FF{style.edge}")
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    elif style.rule:
        cell.border = Border(bottom=Side("thin", color=f"FF{style.rule}"))


def _validation(ref: str, validation: Validation) -> DataValidation:
    rule = DataValidation(
        type=validation.limit.value,
        operator="between" if validation.last else None,
        formula1=validation.first,
        formula2=validation.last or None,
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=True,
        errorStyle="stop" if validation.stops else "warning",
    )
    rule.promptTitle = rule.errorTitle = _cut(validation.title, MAX_PROMPT_TITLE)
    rule.prompt, rule.error = _cut(validation.prompt, MAX_PROMPT), _cut(validation.error, MAX_PROMPT)
    rule.add(ref)
    return rule


def _cut(words: str, length: int) -> str:
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"


def _highlight(highlight: Highlight) -> Rule:
    look = DifferentialStyle(
        font=Font(color=f"FF{highlight.colour}", bold=highlight.bold),
        fill=PatternFill("solid", bgColor=f"FF{highlight.fill}") if highlight.fill else None,
    )
    return Rule(type="expression", formula=[highlight.formula], dxf=look, stopIfTrue=True)


def _print(target: Worksheet, printing: Print) -> None:
    setup = target.page_setup
    setup.orientation = "landscape" if printing.landscape else "portrait"
    setup.paperSize = _A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = target.page_margins
    margins.left = margins.right = _MARGIN_INCHES
    margins.top = margins.bottom = _MARGIN_INCHES + 0.3
    left, center = (text.replace("&", "&&") for text in printing.footer)
    for edge, words in (
        (target.oddHeader, ("", printing.header.replace("&", "&&"), "")),
        (target.oddFooter, (left, center, "&P / &N")),
    ):
        if edge is not None:
            edge.left.text, edge.center.text, edge.right.text = (word or None for word in words)
    target.print_title_rows = printing.repeat_rows or None
    for row in printing.new_pages:
        target.row_breaks.append(Break(id=row - 1))


def _bytes_of(book: openpyxl.Workbook, created: datetime) -> bytes:
    """The bytes of `book` with fixed times and system marks; `Workbook.save` would ask the clock.

    `ExcelWriter` writes the parts in a fixed order; the second ZIP keeps that order and drops what depends on the
    machine.
    """
    book.properties.created, book.properties.modified = created, created
    first = BytesIO()
    with zipfile.ZipFile(first, "w", zipfile.ZIP_STORED) as archive:
        ExcelWriter(book, archive).write_data()
    return _same_bytes(first)


def _same_bytes(written: BytesIO) -> bytes:
    final = BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 0, 0
            target.writestr(entry, source.read(name), compresslevel=9)
    return final.getvalue()
