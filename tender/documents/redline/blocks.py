"""The blocks of two versions of a clause merged into one list with marks: paragraphs, items, tables, rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from tender.documents.blocks import Block, Cell, Mark, Paragraph, Row, Style, Table, plain_text, runs_text
from tender.documents.redline.alignment import SAME, aligned, word_likeness
from tender.documents.redline.words import merged_runs

_ALIKE = 40
"""Paragraphs and rows that share fewer of their words, in percent, are another text, not a changed one."""

_SAME_FIRST_CELL = 60
"""Likeness of rows that say the same in their first cell: they are about the same thing."""


def merged_blocks(old: Sequence[Block], new: Sequence[Block]) -> tuple[Block, ...]:
    """One list of blocks with marks."""
    pairs = aligned(old, new, _likeness)
    series = _new_series(pairs)
    return tuple(_merged(one, other, series) for one, other in pairs)


def marked(block: Block, mark: Mark) -> Block:
    """`block` wholly inserted or deleted."""
    if isinstance(block, Table):
        rows = tuple(dataclasses.replace(row, mark=mark) for row in block.rows)
        return dataclasses.replace(block, mark=mark, rows=rows)
    return dataclasses.replace(block, mark=mark)


def _merged(old: Block | None, new: Block | None, series: dict[int, int]) -> Block:
    if old is None or new is None:
        alone = old if old is not None else new
        assert alone is not None  # noqa: S101  # a pair has at least one side
        return marked(_in_series(alone, series), Mark.DELETED) if new is None else marked(alone, Mark.INSERTED)
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        return dataclasses.replace(new, runs=merged_runs(old.runs, new.runs))
    if isinstance(old, Table) and isinstance(new, Table):
        return dataclasses.replace(new, rows=_merged_rows(old.rows, new.rows))
    message = "a paragraph and a table are never paired"
    raise TypeError(message)


def _new_series(pairs: Iterable[tuple[Block | None, Block | None]]) -> dict[int, int]:
    """The new number of each old list, by the first of its items that has a match."""
    found: dict[int, int] = {}
    for old, new in pairs:
        if isinstance(old, Paragraph) and isinstance(new, Paragraph) and old.series:
            found.setdefault(old.series, new.series)
    return found


def _in_series(block: Block, series: dict[int, int]) -> Block:
    """A deleted item in the list that it was in, or in one of its own when the whole list went."""
    if isinstance(block, Table) or not block.series:
        return block
    return dataclasses.replace(block, series=series.get(block.series, -block.series))


def _likeness(old: Block, new: Block) -> int:
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        return _paragraph_likeness(old, new)
    if isinstance(old, Table) and isinstance(new, Table):
        return _table_likeness(old, new)
    return 0


def _paragraph_likeness(old: Paragraph, new: Paragraph) -> int:
    if (old.style, old.level, old.box) != (new.style, new.level, new.box):
        return 0
    if old.style is Style.CONTENTS and _target(old) != _target(new):
        return 0
    found = word_likeness(runs_text(old.runs), runs_text(new.runs))
    if old.style in {Style.HEADING, Style.TITLE}:
        return max(found, 1)
    return found if found >= _ALIKE else 0


def _target(entry: Paragraph) -> str:
    """The clause that an entry of the contents leads to."""
    return next((run.link for run in entry.runs if run.link), "")


def _table_likeness(old: Table, new: Table) -> int:
    if (old.kind, old.box, old.columns) != (new.kind, new.box, new.columns):
        return 0
    if old.rows == new.rows:
        return SAME
    heads = [[plain_text(Table((row,))) for row in table.rows if row.head] for table in (old, new)]
    labels = [{runs_text(row.cells[0].runs) for row in table.rows if row.cells} for table in (old, new)]
    shared = 2 * SAME * len(labels[0] & labels[1]) // max(1, len(labels[0]) + len(labels[1]))
    return max(1, shared) if shared >= _ALIKE or (heads[0] and heads[0] == heads[1]) else 0


def _merged_rows(old: Sequence[Row], new: Sequence[Row]) -> tuple[Row, ...]:
    rows: list[Row] = []
    for one, other in aligned(old, new, _row_likeness):
        if one is None and other is not None:
            rows.append(dataclasses.replace(other, mark=Mark.INSERTED))
        elif one is not None and other is None:
            rows.append(dataclasses.replace(one, mark=Mark.DELETED))
        elif one is not None and other is not None:
            rows.append(dataclasses.replace(other, cells=tuple(map(_merged_cell, one.cells, other.cells))))
    return tuple(rows)


def _merged_cell(old: Cell, new: Cell) -> Cell:
    return dataclasses.replace(new, runs=merged_runs(old.runs, new.runs))


def _row_likeness(old: Row, new: Row) -> int:
    frames = [
        (row.head, row.strong, [(cell.header, cell.numeric, cell.span) for cell in row.cells]) for row in (old, new)
    ]
    if frames[0] != frames[1] or not old.cells:
        return 0
    if old.cells == new.cells:
        return SAME
    found = word_likeness(_row_text(old), _row_text(new))
    if runs_text(old.cells[0].runs) == runs_text(new.cells[0].runs):
        return max(found, _SAME_FIRST_CELL)
    return found if found >= _ALIKE else 0


def _row_text(row: Row) -> str:
    return " ".join(runs_text(cell.runs) for cell in row.cells)
