"""Tables in WordprocessingML: header rows, column widths, rows that came or went."""

from __future__ import annotations

from tender.documents.blocks import Cell, Kind, Row, Run, Table
from tender.documents.docx.markup import w
from tender.documents.docx.runs import Pen
from tender.language import Language
from tender.words import words

TEXT_WIDTH = 9071
"""Width between the margins in twentieths of a point."""

_NARROWEST = 10
"""Least width of a column in percent: Word breaks a longer word of a header in the middle."""

_UNSEEN = 20
"""Height of the header row of a fact box, in twentieths of a point: for assistive technology, not for the eye."""


def table_xml(table: Table, pen: Pen, language: Language) -> str:
    """`table` with its grid; a fact box gets a header row that only assistive technology meets."""
    widths = column_widths(table)
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    unseen = _unseen_row(table, pen, widths, language) if table.kind is Kind.FACTS else ""
    rows = "".join(_row(row, pen, widths, facts=table.kind is Kind.FACTS) for row in table.rows)
    return w("tbl", _properties(table), grid, unseen, rows)


def column_widths(table: Table) -> list[int]:
    """Widths of the columns, which fill the text's width; columns without one share what is left."""
    given = [*table.widths[: table.columns], *[0] * (table.columns - len(table.widths))]
    free = given.count(0)
    share = max(100 - sum(given), 5 * free) // free if free else 0
    wanted = [max(width or share, _NARROWEST) for width in given]
    widths = [TEXT_WIDTH * width // sum(wanted) for width in wanted]
    return [*widths[:-1], TEXT_WIDTH - sum(widths[:-1])]


def _properties(table: Table) -> str:
    facts = table.kind is Kind.FACTS
    look = w(
        "tblLook", val="04A0", firstRow="1", lastRow="0", firstColumn="1", lastColumn="0", noHBand="1", noVBand="1"
    )
    return w(
        "tblPr",
        w("tblStyle", val="ValintaFacts" if facts else "ValintaTable"),
        w("tblW", w=TEXT_WIDTH, type="dxa"),
        w("tblLayout", type="fixed"),
        look,
    )


def _unseen_row(table: Table, pen: Pen, widths: list[int], language: Language) -> str:
    known = words(language)
    labels = [known.term("docx.item"), *[known.term("docx.value")] * (len(widths) - 1)]
    height = w("trHeight", val=_UNSEEN, hRule="exact")
    cells = "".join(
        w(
            "tc",
            _cell_properties(width),
            w("p", w("pPr", w("pStyle", val="Unseen")), pen.runs([Run(label, mark=table.mark)])),
        )
        for label, width in zip(labels, widths, strict=True)
    )
    return w("tr", w("trPr", w("cantSplit"), height, w("tblHeader"), pen.tracked(table.mark)), cells)


def _row(row: Row, pen: Pen, widths: list[int], *, facts: bool) -> str:
    properties = w("trPr", w("cantSplit"), w("tblHeader") if row.head else "", pen.tracked(row.mark))
    cells: list[str] = []
    column = 0
    for cell in row.cells:
        cells.append(_cell(cell, row, pen, sum(widths[column : column + cell.span]), facts=facts))
        column += cell.span
    cells.extend(_cell(Cell(()), row, pen, width, facts=facts) for width in widths[column:])
    return w("tr", properties, *cells)


def _cell(cell: Cell, row: Row, pen: Pen, width: int, *, facts: bool) -> str:
    style = "TableHead" if row.head else "TableLabel" if cell.header and (facts or row.strong) else "TableText"
    properties = w("pPr", w("pStyle", val=style), w("jc", val="right") if cell.numeric else "")
    paragraph = w("p", properties, pen.runs(cell.runs, paragraph=row.mark, bold=row.strong))
    return w("tc", _cell_properties(width, cell.span), paragraph)


def _cell_properties(width: int, span: int = 1) -> str:
    return w("tcPr", w("tcW", w=width, type="dxa"), w("gridSpan", val=span) if span > 1 else "")
