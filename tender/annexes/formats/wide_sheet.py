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
"""Most columns of numbers."""

MOST_TITLE = 31
"""Most characters of a sheet's name in Excel."""

_LEAST_WIDTH, _MOST_WIDTH, _NUMBER_WIDTH, _MOST_LABEL, _MOST_HEAD, _SPARE = 100, 190, 13, 38, 30, 10
_MOST_FOOTER = 60
_PER_LETTER = 1.1
_FACTS, _BANNER, _HEAD = 1.3, 1.1, 0.85
"""Letters of a style that fit into one unit of column width."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which axes of a table go down, and which one across, by their numbers.

    Attributes:
        down: Axes that go down, in the table's order.
        across: The axis that goes across; ``None`` when all go down, with the numbers in one column.
        heads: Headings of the columns, which all differ.
        widths: Widths of the columns.
    """

    down: tuple[int, ...]
    across: int | None
    heads: tuple[str, ...]
    widths: tuple[float, ...]


def wide_sheet(annex: Annex, number: int, language: Language) -> Sheet:
    """The sheet of table `number` (from 1) of `annex`."""
    table = annex.tables[number - 1]
    plan = layout(table, language)
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
    """The name of a sheet: its number, what it counts and its last axis, as much of them as fits."""
    counted = say(f"annex.quantity.{table.quantity.value}", language)
    words = f"{number} {counted} – {axis_labels(table, language)[-1]}"
    plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in words)
    return plain if len(plain) <= MOST_TITLE else f"{plain[: MOST_TITLE - 1].rstrip()}…"


def page_of(annex: Annex, language: Language) -> Print:
    """How a sheet is printed; made-up data says so on every page."""
    header = say("annex.format.synthetic-short", language) if annex.synthetic else ""
    publisher = textwrap.shorten(annex.publisher.best(language), _MOST_FOOTER, placeholder="…")
    return Print(landscape=True, header=header, footer=(publisher, say("annex.guide.title", language)))


def banner(grid: Grid, annex: Annex, columns: list[str], language: Language) -> None:
    """The rows that say that the data is made up, when it is."""
    if annex.synthetic:
        for line in _wrapped(say("annex.format.synthetic", language), grid, _BANNER):
            grid.band(columns, line, looks.BANNER, 18)
        grid.next(6)


def layout(table: AnnexTable, language: Language) -> Layout:
    """The last axis across when that fits on a page, else the shortest that does; all axes down when none does."""
    last = len(table.axes) - 1
    others = sorted(range(1, last), key=lambda axis: len(table.axes[axis].categories))
    for across in [last, *others] if last else []:
        if len(table.axes[across].categories) <= MOST_ACROSS:
            found = _laid(table, across, language)
            if sum(found.widths) <= _MOST_WIDTH:
                return found
    return _laid(table, None, language)


def _laid(table: AnnexTable, across: int | None, language: Language) -> Layout:
    names = axis_labels(table, language)
    down = tuple(axis for axis in range(len(table.axes)) if axis != across)
    numbers = (table.unit.best(language),) if across is None else labels(table.axes[across], language)
    heads = apart(
        [*(names[axis] for axis in down), *numbers],
        [*(table.axes[axis].id for axis in down), *map(str, range(len(numbers)))],
    )
    stub = (_label_width(table.axes[axis], head, language) for axis, head in zip(down, heads, strict=False))
    return Layout(down, across, heads, (*stub, *(_number_width(words) for words in heads[len(down) :])))


def _label_width(axis: Axis, name: str, language: Language) -> float:
    longest = max(len(words) for words in (name, *labels(axis, language)))
    return min(_MOST_LABEL, longest * _PER_LETTER + 4)


def _number_width(words: str) -> float:
    """Wide enough for the longest word of a heading, and for the whole in three lines."""
    return max(_NUMBER_WIDTH, min(_MOST_HEAD, max([*map(len, words.split()), len(words) / 3]) * _PER_LETTER + 4))


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


def _rows(table: AnnexTable, plan: Layout, language: Language) -> Iterator[list[tuple[Value, Style]]]:
    cells = dict(zip(product(*(range(len(axis.categories)) for axis in table.axes)), table.cells, strict=True))
    words = [labels(axis, language) for axis in table.axes]
    axes = [table.axes[axis] for axis in plan.down]
    for place in product(*(range(len(axis.categories)) for axis in axes)):
        named = dict(zip(plan.down, place, strict=True))
        labelled = [(words[axis][one], _label(table.axes[axis], one)) for axis, one in named.items()]
        is_sum = not axes[-1].categories[place[-1]].parent
        yield labelled + [_number(cells[at], is_sum=is_sum) for at in _places(table, named, plan.across)]


def _places(table: AnnexTable, named: dict[int, int], across: int | None) -> Iterator[tuple[int, ...]]:
    """Where the cells of one row lie in the table."""
    for one in range(1 if across is None else len(table.axes[across].categories)):
        yield tuple(one if axis == across else named[axis] for axis in range(len(table.axes)))


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
