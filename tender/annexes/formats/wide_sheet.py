"""One sheet a table, for reading and printing: the last axis across, the others down, every row with its own labels."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import ceil

from tender.annexes.formats import looks
from tender.annexes.formats.phrases import HIDDEN, apart, axis_labels, labels, period, say
from tender.language import Language
from tender.model.annex import Annex, AnnexCell, AnnexTable, Axis
from tender.sheets.book import Print, Sheet, Style, Table, Value
from tender.sheets.grid import Grid
from tender.sheets.palette import BRAND
from tender.sheets.references import reference

MOST_ACROSS = 16
"""Most columns of numbers; a longer last axis goes down like the others."""

MOST_TITLE = 31
"""Most characters of a sheet's name in Excel."""

_LEAST_WIDTH, _NUMBER_WIDTH, _MOST_LABEL, _SPARE = 90, 13, 34, 10
_PER_LETTER = 1.1
_FACTS, _BANNER, _HEAD = 1.3, 1.1, 0.85
"""Letters of a style that fit into one unit of column width."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which axes go down, and which one across."""

    down: tuple[Axis, ...]
    across: Axis | None
    heads: tuple[str, ...]
    widths: tuple[float, ...]


def wide_sheet(annex: Annex, number: int, language: Language) -> Sheet:
    """The sheet of table `number` (from 1) of `annex`."""
    table = annex.tables[number - 1]
    plan = _plan(table, language)
    columns = [_letters(at) for at in range(1, len(plan.heads) + 1)]
    grid = Grid(_spread(plan.widths))
    _above(grid, annex, table, language)
    head = grid.next(20)
    for at, (column, words) in enumerate(zip(columns, plan.heads, strict=True)):
        grid.put(column, words, looks.COLUMN if at < len(plan.down) else looks.COLUMN_RIGHT)
    for row in _rows(table, plan, language):
        grid.next(17)
        for column, (value, style) in zip(columns, row, strict=True):
            grid.put(column, value, style)
    last = grid.row
    _below(grid, language)
    first = _letters(len(plan.down) + 1)
    block = Table(f"T{number}_{table.id.replace('-', '_')}", f"A{head}:{columns[-1]}{last}", buttons=False)
    page = replace(page_of(annex, language), repeat_rows=f"{head}:{head}")
    return Sheet(sheet_title(table, number, language), tuple(grid.cells), grid.widths, grid.heights, page,
                 freeze=f"{first}{head + 1}", tab=BRAND, protected=False, tables=(block,))  # fmt: skip


def sheet_title(table: AnnexTable, number: int, language: Language) -> str:
    """The name of a sheet: its number and as much of the title as fits, whole words."""
    plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in table.title.best(language))
    return textwrap.shorten(f"{number} {plain}", MOST_TITLE, placeholder="…")


def page_of(annex: Annex, language: Language) -> Print:
    """How a sheet is printed; made-up data says so on every page."""
    header = say("annex.format.synthetic-short", language) if annex.synthetic else ""
    return Print(landscape=True, header=header, footer=(annex.publisher.best(language), annex.title.best(language)))


def banner(grid: Grid, annex: Annex, columns: list[str], language: Language) -> None:
    """The rows that say that the data is made up, when it is."""
    if annex.synthetic:
        for line in _wrapped(say("annex.format.synthetic", language), grid, _BANNER):
            grid.band(columns, line, looks.BANNER, 18)
        grid.next(6)


def _plan(table: AnnexTable, language: Language) -> _Plan:
    *before, last = table.axes
    names = axis_labels(table, language)
    is_across = bool(before) and len(last.categories) <= MOST_ACROSS
    down = tuple(before) if is_across else table.axes
    numbers = labels(last, language) if is_across else (table.unit.best(language),)
    heads = apart([*names[: len(down)], *numbers], [*(axis.id for axis in down), *map(str, range(len(numbers)))])
    widths = [*(_label_width(axis, name, language) for axis, name in zip(down, heads, strict=False))]
    widths += [_number_width(words) for words in heads[len(down) :]]
    return _Plan(down, last if is_across else None, heads, tuple(widths))


def _label_width(axis: Axis, name: str, language: Language) -> float:
    longest = max(len(words) for words in (name, *labels(axis, language)))
    return min(_MOST_LABEL, longest * _PER_LETTER + 4)


def _number_width(words: str) -> float:
    """Wide enough for the longest word of a heading and the button that filters."""
    return max(_NUMBER_WIDTH, min(_MOST_LABEL, max(map(len, words.split())) * _PER_LETTER + 4))


def _spread(widths: Sequence[float]) -> dict[str, float]:
    """Column widths; a narrow table has spare columns beside it, so that words above it have room."""
    spare = max(0, ceil((_LEAST_WIDTH - sum(widths)) / _SPARE))
    return {_letters(at): width for at, width in enumerate([*widths, *[float(_SPARE)] * spare], start=1)}


def _above(grid: Grid, annex: Annex, table: AnnexTable, language: Language) -> None:
    for line in _wrapped(table.title.best(language), grid, _HEAD):
        grid.next(24)
        grid.put("A", line, looks.HEAD)
    unit = say("annex.format.unit", language, unit=table.unit.best(language))
    use = _wrapped(table.use.best(language), grid, _FACTS)
    for line in _wrapped(f"{unit} {period(annex, language)}", grid, _FACTS) + use:
        grid.next(16)
        grid.put("A", line, looks.FACT)
    grid.next(6)
    banner(grid, annex, list(grid.widths), language)


def _below(grid: Grid, language: Language) -> None:
    grid.next(8)
    for line in _wrapped(say("annex.format.symbols", language, symbol=HIDDEN), grid, _FACTS):
        grid.next(16)
        grid.put("A", line, looks.FACT)


def _wrapped(words: str, grid: Grid, letters: float) -> list[str]:
    """Lines as wide as the columns together."""
    return textwrap.wrap(words, int(sum(grid.widths.values()) * letters))


def _rows(table: AnnexTable, plan: _Plan, language: Language) -> Iterator[list[tuple[Value, Style]]]:
    width = len(plan.across.categories) if plan.across else 1
    places = product(*(range(len(axis.categories)) for axis in plan.down))
    words = [labels(axis, language) for axis in plan.down]
    for at, place in enumerate(places):
        labelled = [(words[axis][one], _label(plan.down[axis], one)) for axis, one in enumerate(place)]
        is_sum = not plan.down[-1].categories[place[-1]].parent
        yield labelled + [_number(cell, is_sum=is_sum) for cell in table.cells[at * width : (at + 1) * width]]


def _label(axis: Axis, number: int) -> Style:
    """Totals in bold, parts indented by how deep they lie."""
    depth = _depth(axis, number)
    return replace(looks.LABEL, indent=depth) if depth else looks.LABEL_SUM


def _depth(axis: Axis, number: int) -> int:
    parents = {category.code: category.parent for category in axis.categories}
    code, depth = parents[axis.categories[number].code], 0
    while code:
        code, depth = parents[code], depth + 1
    return depth


def _number(cell: AnnexCell, *, is_sum: bool) -> tuple[Value, Style]:
    if cell.value is None:
        return HIDDEN, looks.HIDDEN
    return cell.value, looks.NUMBER_SUM if is_sum else looks.NUMBER


def _letters(column: int) -> str:
    return reference(column, 1).removesuffix("1")
