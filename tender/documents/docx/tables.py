"""Tables in WordprocessingML: header rows, column widths, rows that came or went."""

from __future__ import annotations

from dataclasses import dataclass

from tender.documents.blocks import Cell, Kind, Row, Run, Table
from tender.documents.docx.markup import w
from tender.documents.docx.runs import Pen
from tender.language import Language
from tender.words import words

DENSE = 9
"""Columns from which a table needs small print and narrow margins in its cells."""

_DENSE_MARGIN = 30
"""Margin at the sides of a cell of a dense table, in twentieths of a point."""

TEXT_WIDTH = 9071
"""Width between the margins in twentieths of a point."""

_NARROWEST = 10
"""Least width of a column in percent: Word breaks a longer word of a header in the middle."""

_UNSEEN = 20
"""Height of the header row of a fact box, in twentieths of a point: for assistive technology, not for the eye."""


def table_xml(table: Table, pen: Pen, language: Language) -> str:
    """`table` with its grid; a fact box gets a header row that only assistive technology meets."""
    widths, dense = column_widths(table), table.columns > DENSE
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    unseen = _unseen_row(table, pen, widths, language) if table.kind is Kind.FACTS else ""
    look = _Look(facts=table.kind is Kind.FACTS, dense=dense)
    rows = "".join(_row(row, pen, widths, look) for row in table.rows)
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
        _narrow_margins() if table.columns > DENSE else "",
        look,
    )


def _narrow_margins() -> str:
    return w("tblCellMar", w("left", w=_DENSE_MARGIN, type="dxa"), w("right", w=_DENSE_MARGIN, type="dxa"))


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


@dataclass(frozen=True, slots=True)
class _Look:
    facts: bool
    dense: bool


def _row(row: Row, pen: Pen, widths: list[int], look: _Look) -> str:
    properties = w("trPr", w("cantSplit"), w("tblHeader") if row.head else "", pen.tracked(row.mark))
    cells: list[str] = []
    column = 0
    for cell in row.cells:
        cells.append(_cell(cell, row, pen, sum(widths[column : column + cell.span]), look))
        column += cell.span
    cells.extend(_cell(Cell(()), row, pen, width, look) for width in widths[column:])
    return w("tr", properties, *cells)


def _cell(cell: Cell, row: Row, pen: Pen, width: int, look: _Look) -> str:
    kept = w("keepNext") if len(row.cells) == 1 and row.strong else ""
    properties = w("pPr", w("pStyle", val=_style(cell, row, look)), kept, w("jc", val="right") if cell.numeric else "")
    paragraph = w("p", properties, pen.runs(cell.runs, paragraph=row.mark, bold=row.strong))
    return w("tc", _cell_properties(width, cell.span), paragraph)


def _style(cell: Cell, row: Row, look: _Look) -> str:
    if look.dense:
        return "TableSmallHead" if row.head else "TableSmall"
    return "TableHead" if row.head else "TableLabel" if cell.header and (look.facts or row.strong) else "TableText"


def _cell_properties(width: int, span: int = 1) -> str:
    return w("tcPr", w("tcW", w=width, type="dxa"), w("gridSpan", val=span) if span > 1 else "")
