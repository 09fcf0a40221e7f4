"""What the layouts of a table and its charts share: totals, short names, the place of an axis."""

from __future__ import annotations

from collections.abc import Mapping

from tender.language import Language
from tender.model.annex import TOTAL, AnnexCell, AnnexTable, At, Axis, Category
from tender.model.open_data import Breakdown, Quantity

_COLON = ":"


def short_name(category: Category, language: Language) -> str:
    """What stands before the colon of a category's words: ``Ryhmä 1: helposti työllistyvät`` is ``Ryhmä 1``."""
    return category.label.best(language).split(_COLON, 1)[0]


def parts_of(axis: Axis) -> tuple[Category, ...]:
    """The categories of `axis` that no other one of it adds up: no total, and no sum within it."""
    sums = {category.parent for category in axis.categories} | {TOTAL}
    return tuple(category for category in axis.categories if category.code not in sums)


def whole_of(axis: Axis) -> Category:
    """The category that stands for all of `axis`: its total, else its last one, as the last month of a stock."""
    return next((category for category in axis.categories if category.code == TOTAL), axis.categories[-1])


def cells_by_place(table: AnnexTable) -> Mapping[At, AnnexCell]:
    """The cells of `table` by their coordinates."""
    return {cell.at: cell for cell in table.cells}


def axis_of(table: AnnexTable, breakdown: Breakdown) -> Axis | None:
    """The axis of `table` that breaks it down so; ``None`` when it has none."""
    return next((axis for axis in table.axes if axis.id == breakdown.value), None)


def is_moment(table: AnnexTable) -> bool:
    """Whether `table` counts at one moment: a stock that has no months."""
    return table.quantity is Quantity.STOCK and axis_of(table, Breakdown.MONTH) is None
