"""A table of the annex laid out on a page: which axis runs down, which across, which heads groups of rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from tender.documents.chapter.axes import cells_by_place, short_name
from tender.language import Language, number_text
from tender.model.annex import TOTAL, AnnexCell, AnnexTable, At, Axis, Category
from tender.model.open_data import Breakdown

MOST_COLUMNS, MOST_DENSE = 8, 12
"""Most columns of numbers that fit the page, and that fit it in small print under heads of two floors."""

LONG = 12
"""Rows above which a table of three axes goes under heads of two floors, where it fits."""

TOGETHER = 14
"""Rows of one group up to which they stay on one page."""

_LEAST_START, _MOST_START = 3, 9
_LEAST_LABEL, _MOST_LABEL, _COLUMN = 14, 40, 11
_DENSE_LABEL = 14


@dataclass(frozen=True, slots=True)
class Line:
    """A row of numbers.

    Attributes:
        label: What it is of.
        depth: How deep below a sum of its axis it stands.
        total: Whether it is the total of its axis.
        values: Its numbers as text, ``None`` where one is not shown.
    """

    label: str
    depth: int
    total: bool
    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading.

    Attributes:
        label: The heading; empty when the table has one group only.
        lines: The rows.
    """

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole table, in one language.

    Attributes:
        head: What the first column holds.
        spans: Heads of the upper floor with the columns that each spans; empty with one floor.
        columns: Heads of the columns of numbers.
        groups: The rows.
        label_width: Width of the first column in percent.
        hidden: Whether a value is not shown.
    """

    head: str
    spans: tuple[tuple[str, int], ...]
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    label_width: int
    hidden: bool

    @property
    def start(self) -> int:
        """Room in centimetres that the head and the first rows need on a page."""
        rows = min(len(self.groups[0].lines), TOGETHER)
        return min(max(round(1.8 + 0.56 * rows), _LEAST_START), _MOST_START)

    @property
    def dense(self) -> bool:
        """Whether it needs small print."""
        return len(self.columns) > MOST_COLUMNS


@dataclass(frozen=True, slots=True)
class Roles:
    """What each axis of a table does, as places in the table's axes.

    Attributes:
        down: The axis whose categories are the rows.
        across: Those whose categories are the columns, the upper floor first; none when there is one column.
        outer: Those that head groups of rows.
    """

    down: int
    across: tuple[int, ...]
    outer: tuple[int, ...]


def grid_of(table: AnnexTable, language: Language) -> Grid:
    """`table` laid out in `language`."""
    roles = roles_of(table)
    across = [table.axes[place] for place in roles.across]
    columns = list(product(*(axis.categories for axis in across)))
    groups = tuple(_groups(table, roles, columns, language))
    heads = tuple(short_name(column[-1], language) if column else table.unit.best(language) for column in columns)
    label = _DENSE_LABEL if len(columns) > MOST_COLUMNS else 100 - _COLUMN * len(columns)
    return Grid(
        head=table.axes[roles.down].label.best(language),
        spans=_spans(across, language),
        columns=heads,
        groups=groups,
        label_width=min(max(label, _LEAST_LABEL), _MOST_LABEL),
        hidden=any(cell.value is None for cell in table.cells),
    )


def _spans(across: list[Axis], language: Language) -> tuple[tuple[str, int], ...]:
    """Heads of the upper floor, where there are two."""
    if not across[1:]:
        return ()
    upper, lower = across
    return tuple((short_name(each, language), len(lower.categories)) for each in upper.categories)


def roles_of(table: AnnexTable) -> Roles:
    """Rows are the longest axis that is not the risk groups'; columns the groups, else the shortest axis that fits."""
    sizes = [len(axis.categories) for axis in table.axes]
    down = max(range(len(sizes)), key=lambda place: (table.axes[place].id != Breakdown.GROUP, sizes[place]))
    rest = [place for place in range(len(sizes)) if place != down]
    pair = sorted(rest, key=lambda place: table.axes[place].id == Breakdown.GROUP)
    if len(pair) == 2 and sizes[down] > LONG and sizes[pair[0]] * sizes[pair[1]] <= MOST_DENSE:  # noqa: PLR2004
        return Roles(down, tuple(pair), ())
    fitting = [place for place in rest if sizes[place] <= MOST_COLUMNS]
    across = min(fitting, key=lambda place: (table.axes[place].id != Breakdown.GROUP, sizes[place]), default=None)
    outer = tuple(place for place in rest if place != across)
    return Roles(down, () if across is None else (across,), outer)


def _groups(table: AnnexTable, roles: Roles, columns: list[tuple[Category, ...]], language: Language) -> list[Group]:
    cells = cells_by_place(table)
    axis = table.axes[roles.down]
    groups: list[Group] = []
    for heads in product(*(table.axes[place].categories for place in roles.outer)):
        fixed = dict(zip(roles.outer, heads, strict=True))
        lines = tuple(
            Line(
                label=category.label.best(language),
                depth=_depth(axis, category),
                total=category.code == TOTAL,
                values=tuple(
                    _shown(cells[_at(table, fixed | {roles.down: category}, roles.across, column)], language)
                    for column in columns
                ),
            )
            for category in axis.categories
        )
        groups.append(Group(" · ".join(_heading(table.axes[at], head, language) for at, head in fixed.items()), lines))
    return groups


def _heading(axis: Axis, category: Category, language: Language) -> str:
    return f"{axis.label.best(language)}: {category.label.best(language)}"


def _at(table: AnnexTable, fixed: dict[int, Category], across: tuple[int, ...], column: tuple[Category, ...]) -> At:
    """Coordinates of a cell whose place on the page is known."""
    known = fixed | dict(zip(across, column, strict=True))
    return tuple(known[place].code for place in range(len(table.axes)))


def _depth(axis: Axis, category: Category) -> int:
    """How many sums of `axis`, its total not counted, `category` is a part of."""
    parents = {each.code: each.parent for each in axis.categories}
    depth, parent = 0, category.parent
    while parent and parent != TOTAL:
        depth, parent = depth + 1, parents.get(parent, "")
    return depth


def _shown(cell: AnnexCell, language: Language) -> str | None:
    return None if cell.value is None else number_text(cell.value, language)
