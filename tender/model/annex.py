"""The open data annex as it is published: protected tables with words of their own; nothing in it is secret.

This is the one source of every format, of the chapter in the call for tenders and of every reckoning that a bidder
can repeat. It is read from and written to the annex's data package; true counts of hidden cells never come here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tender.language import NO_TEXT, Text
from tender.model.model_card import ModelCard
from tender.model.open_data import Guard, Quantity

TOTAL = "Total"
"""Code of the total of every axis that has one; it is the first category."""

At = tuple[str, ...]
"""Coordinates of a cell: one code for each axis of its table."""


class CellStatus(StrEnum):
    """What a reader is told of one cell."""

    SHOWN = "shown"
    ZERO = "zero"
    HIDDEN = "hidden"
    """Not shown; which of the hidden cells is small is itself a secret."""
    ROUNDED = "rounded"
    """A cell of a rounded table: the true count may be this one or near it; whether it was changed is not said."""


@dataclass(frozen=True, slots=True)
class Category:
    """One category of an axis.

    Attributes:
        code: Its code, the same in every language.
        label: Its words.
        parent: Code of the category that it is a part of; empty for the total and where there is no total.
    """

    code: str
    label: Text
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """What a table is broken down by.

    Attributes:
        id: Its id, such as ``municipality`` or ``group``.
        label: Its words.
        categories: Its categories in their order, the total first where there is one.
        ordered: Whether the order means something (age, duration, month).
    """

    id: str
    label: Text
    categories: tuple[Category, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class AnnexCell:
    """One cell of a published table.

    Attributes:
        at: Its coordinates.
        value: The count or amount in whole units; ``None`` exactly when it is hidden.
        status: What a reader is told of it.
    """

    at: At
    value: int | None
    status: CellStatus


@dataclass(frozen=True, slots=True)
class AnnexTable:
    """One published table, totals included.

    Attributes:
        id: Its id; the name of its file.
        title: Its title.
        quantity: What it counts.
        unit: The unit in words ("clients", "spells", "hours").
        use: What a bidder needs it for.
        axes: What it is broken down by.
        cells: Its cells in the order of its axes, the last axis running fastest; every combination once.
    """

    id: str
    title: Text
    quantity: Quantity
    unit: Text
    axes: tuple[Axis, ...]
    cells: tuple[AnnexCell, ...]
    use: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Protected:
    """How the tables were protected, in figures that anybody may know.

    Attributes:
        guard: By which method.
        threshold: Smallest count of persons that may be known.
        share_limit: Percentage p of the p % rule for amounts.
        base: Least count that is not zero in rounded tables; 0 when nothing is rounded.
        commitment: SHA-256 of the secret seed that drew the rounding; empty when nothing is rounded.
        hidden: Number of hidden cells.
        largest_change: Largest change of a count by rounding.
        total_change: Sum of all changes by rounding.
        proven: Whether no cheaper safe pattern (or smaller rounding) exists.
        gap: By how many thousandths of its cost the result may be too dear; 0 when proven.
    """

    guard: Guard
    threshold: int
    share_limit: int = 0
    base: int = 0
    commitment: str = ""
    hidden: int = 0
    largest_change: int = 0
    total_change: int = 0
    proven: bool = True
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Annex:
    """The open data annex of one tender.

    Attributes:
        tender: Id of the tender.
        title: Its title.
        publisher: Who answers for the figures.
        reference_day: Day whose stock is counted.
        flow_from: First day of the flow period, which ends with the reference day.
        synthetic: Whether the register behind it was synthesised: every file says SYNTHETIC then.
        protected: How it was protected.
        tables: The tables.
        notes: Further facts by id; words are terms ``annex.note.<id>``.
        model_card: How clients come into the risk groups and how well that fits; ``None`` when no grouping is declared.
    """

    tender: str
    title: Text
    publisher: Text
    reference_day: date
    flow_from: date
    synthetic: bool
    protected: Protected
    tables: tuple[AnnexTable, ...]
    notes: Mapping[str, str] | None = None
    model_card: ModelCard | None = None

    def table(self, table_id: str) -> AnnexTable:
        """The table with `table_id`.

        Raises:
            KeyError: There is none.
        """
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)
