"""The sheet with every figure in a row of its own, for filters and pivot tables, and the sheet of codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from tender.annexes.formats import looks
from tender.annexes.formats.codelists import Codelist, codelists, languages_of
from tender.annexes.formats.descriptor import SYNTHETIC_MARK
from tender.annexes.formats.phrases import apart, labels, say
from tender.annexes.formats.wide_sheet import page_of
from tender.language import Language
from tender.model.annex import Annex, AnnexTable, CellStatus
from tender.sheets.book import Sheet, Style, Table, Value
from tender.sheets.grid import Grid
from tender.sheets.palette import SUCCESS
from tender.sheets.references import reference

_MOST_WIDTH, _LEAST_WIDTH, _BUTTON, _PER_LETTER = 46, 10, 4, 1.15

Styled = tuple[Value, Style]


def tidy_sheet(annex: Annex, language: Language) -> Sheet:
    """All tables under one another: code and label of each axis, blank where a table has not the axis."""
    axes: dict[str, str] = {}
    for table in annex.tables:
        for axis in table.axes:
            axes.setdefault(axis.id, axis.label.best(language))
    named = apart(list(axes.values()), list(axes))
    heads = [
        say("annex.column.table", language),
        *(words for name in named for words in (say("annex.column.code-of", language, axis=name), name)),
        say("annex.column.value", language),
        say("annex.column.unit", language),
        say("annex.column.status", language),
        say("annex.column.meaning", language),
        *([SYNTHETIC_MARK] if annex.synthetic else []),
    ]
    mark: list[Styled] = [(SYNTHETIC_MARK, looks.CODE)] if annex.synthetic else []
    rows = [row + mark for table in annex.tables for row in _rows(table, tuple(axes), language)]
    return _sheet(annex, language, "All_figures", heads, rows)


def codes_sheet(annex: Annex, language: Language) -> Sheet:
    """Every code with its words in all languages of the annex, the statuses last."""
    spoken = languages_of(annex)
    heads = [
        say("annex.column.axis", language),
        say("annex.column.column", language),
        say("annex.column.code", language),
        say("annex.column.parent", language),
        *(say(f"annex.language.{one.value}", language) for one in spoken),
        say("annex.column.tables", language),
    ]
    rows = [row for axis, one, tables in _lists(annex) for row in _codes(axis, one, tables, language, spoken)]
    status = say("annex.column.status", language)
    for one in CellStatus:
        words = [say(f"annex.status.{one.value}", tongue) for tongue in spoken]
        rows.append(_row(status, "status", one.value, "", words, say("annex.column.all", language)))
    return _sheet(annex, language, "Codes", heads, rows)


def _rows(table: AnnexTable, axes: Sequence[str], language: Language) -> Iterator[list[Styled]]:
    places = product(*(zip(_codes_of(table, at), labels(axis, language), strict=True) for at, axis in
                       enumerate(table.axes)))  # fmt: skip
    unit = table.unit.best(language)
    for cell, place in zip(table.cells, places, strict=True):
        found = {axis.id: pair for axis, pair in zip(table.axes, place, strict=True)}
        pairs = [found.get(axis, (None, None)) for axis in axes]
        status = cell.status.value
        yield [
            (table.id, looks.CODE),
            *(styled for code, words in pairs for styled in ((code, looks.CODE), (words, looks.LABEL))),
            (cell.value, looks.NUMBER),
            (unit, looks.BESIDE),
            (status, looks.CODE),
            (say(f"annex.status.{status}", language), looks.LABEL),
        ]


def _codes_of(table: AnnexTable, axis: int) -> list[str]:
    return [category.code for category in table.axes[axis].categories]


def _lists(annex: Annex) -> list[tuple[str, Codelist, str]]:
    """Each code list once, with the id of its axis and the tables that use it."""
    used: dict[str, list[str]] = {}
    first: dict[str, tuple[str, Codelist]] = {}
    for (table, axis), one in codelists(annex).items():
        used.setdefault(one.name, []).append(table)
        first.setdefault(one.name, (axis, one))
    return [(axis, one, ", ".join(used[name])) for name, (axis, one) in first.items()]


def _codes(
    axis: str, codelist: Codelist, tables: str, language: Language, spoken: Sequence[Language]
) -> Iterator[list[Styled]]:
    name = codelist.label.best(language)
    for one in codelist.categories:
        yield _row(name, axis, one.code, one.parent, [one.label.get(tongue) for tongue in spoken], tables)


def _row(
    name: str, column: str, code: str, parent: str, words: Sequence[str | None], tables: str
) -> list[Styled]:  # fmt: skip
    labelled = [(word, looks.LABEL) for word in words]
    return [(name, looks.LABEL), (column, looks.CODE), (code, looks.LABEL_SUM), (parent or None, looks.CODE), *labelled,
            (tables, looks.CODE)]  # fmt: skip


def _sheet(annex: Annex, language: Language, name: str, heads: Sequence[str], rows: Sequence[list[Styled]]) -> Sheet:
    """A table from the first row on, so that any program reads it; headings stay in sight."""
    unique = apart(heads, [str(at) for at in range(1, len(heads) + 1)])
    letters = [reference(at, 1).removesuffix("1") for at in range(1, len(heads) + 1)]
    columns = zip(*rows, strict=True)
    widths = {letter: _width(head, [value for value, _ in column])
              for letter, head, column in zip(letters, unique, columns, strict=True)}  # fmt: skip
    grid = Grid(widths)
    grid.next(20)
    for letter, head, (_, style) in zip(letters, unique, rows[0], strict=True):
        grid.put(letter, head, looks.heading(style))
    for row in rows:
        grid.next(16)
        for letter, (value, style) in zip(letters, row, strict=True):
            grid.put(letter, value, style)
    page = replace(page_of(annex, language), repeat_rows="1:1")
    title = say(f"annex.sheet.{name}", language)
    return Sheet(title, tuple(grid.cells), grid.widths, grid.heights, page, freeze="B2", tab=SUCCESS, protected=False,
                 tables=(Table(name, f"A1:{letters[-1]}{grid.row}"),))  # fmt: skip


def _width(head: str, values: Sequence[Value]) -> float:
    longest = max(len("" if value is None else str(value)) for value in values)
    word = max(map(len, head.split())) * _PER_LETTER + _BUTTON
    return min(_MOST_WIDTH, max(_LEAST_WIDTH, word, longest * _PER_LETTER + 2))
