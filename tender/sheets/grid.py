"""Laying out a sheet row by row: cells are put into the next row, and rows grow so that no text is cut."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping

from tender.sheets.book import Cell, Style, Value
from tender.sheets.references import position, reference

LINE_POINTS_PER_SIZE = 1.32
"""Height of a line of text, as a multiple of its font size."""

_PADDING_POINTS = 6.0
_MEASURED_SIZE = 10
_BOLD = 1.1
_NARROW = 1.05


class Grid:
    """The cells of one sheet while it is being laid out.

    Args:
        widths: Column widths in characters, by column letter.
    """

    def __init__(self, widths: Mapping[str, float]) -> None:
        """Start above the first row."""
        self.widths = dict(widths)
        self.row = 0
        self.cells: list[Cell] = []
        self.heights: dict[int, float] = {}

    def next(self, least: float = 0.0) -> int:
        """Begin the next row, at least so many points high, and return its number."""
        self.row += 1
        self.heights[self.row] = least
        return self.row

    def put(self, column: str, value: Value, style: Style) -> str:
        """Put a cell into the current row and return its reference."""
        return self.add(Cell(f"{column}{self.row}", value, style))

    def add(self, cell: Cell) -> str:
        """Put a prepared cell into its row and return its reference."""
        self.cells.append(cell)
        column, row = position(cell.ref)
        letters = reference(column, row).removesuffix(str(row))
        needed = height_of(cell.value, cell.style, self.widths.get(letters, 8.43))
        self.heights[row] = max(self.heights.get(row, 0.0), needed)
        return cell.ref

    def band(self, columns: Iterable[str], words: str, style: Style, least: float = 0.0) -> int:
        """A row with `words` in its first column, running over the blank cells beside it, all in one style."""
        row = self.next(least)
        for at, column in enumerate(columns):
            self.put(column, words if at == 0 else None, style)
        return row


def height_of(value: Value, style: Style, width: float) -> float:
    """Points that `value` needs in a column of `width` characters, a little more rather than a little less."""
    line = style.size * LINE_POINTS_PER_SIZE
    if not isinstance(value, str) or not style.wrap:
        return line + _PADDING_POINTS
    letters = (width - 1 - 2 * style.indent) * _NARROW * _MEASURED_SIZE / style.size / (_BOLD if style.bold else 1)
    lines = sum(len(textwrap.wrap(part, max(1, int(letters)))) or 1 for part in value.split("\n"))
    return lines * line + _PADDING_POINTS
