"""Protected counts as the annex that is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from tender.annexes.building.linking import Period, Spot, frame_of
from tender.annexes.building.protecting import Guarded, Guarding, guarded
from tender.annexes.building.truth import Truth, true_values
from tender.annexes.counts import TrueTable
from tender.language import Language, Text
from tender.model.annex import Annex, AnnexCell, AnnexTable, CellStatus
from tender.model.open_data import OpenData, Quantity
from tender.model.tender import Tender
from tender.words import words


def period_of(declared: OpenData) -> Period:
    """The days that a declared annex is of."""
    return Period(declared.flow_from, declared.reference_day)


def truth_of(tables: Sequence[TrueTable], declared: OpenData) -> Truth:
    """Counted tables, linked.

    Raises:
        BlockedError: The counts contradict each other.
    """
    frames = [frame_of(table.order, table.axes, period_of(declared)) for table in tables]
    return true_values(frames, {table.order.id: table.cells for table in tables})


def build_annex(
    tender: Tender, tables: Sequence[TrueTable], truth: Truth, how: Guarding, *, synthetic: bool
) -> tuple[Annex, Guarded]:
    """The annex that may be published, and how it came about.

    Args:
        tender: The tender that declares it.
        tables: The counted tables.
        truth: The same, linked (`truth_of`).
        how: How to protect them.
        synthetic: Whether the register behind them was synthesised.

    Raises:
        BlockedError: The tables cannot be protected.
        SolverError: A result fails its exact check.
    """
    found = guarded(truth, how)
    cells = {spot: _cell(found, number) for number, spots in enumerate(truth.tables.spots) for spot in spots}
    shown = tuple(
        AnnexTable(
            table.order.id,
            table.order.title,
            table.order.quantity,
            unit_of(table.order.quantity),
            table.axes,
            tuple(
                replace(cells[Spot(table.order.id, at)], at=at)
                for at in product(*([category.code for category in axis.categories] for axis in table.axes))
            ),
            table.order.use,
        )
        for table in tables
    )
    hidden = sum(cell.status is CellStatus.HIDDEN for table in shown for cell in table.cells)
    annex = Annex(
        tender.id,
        tender.title,
        tender.buyer.name,
        how.declared.reference_day,
        how.declared.flow_from,
        synthetic,
        replace(found.protected, hidden=hidden),
        shown,
    )
    return annex, found


def _cell(found: Guarded, number: int) -> AnnexCell:
    value = found.values[number]
    if value is None:
        return AnnexCell((), None, CellStatus.HIDDEN)
    if number in found.rounded:
        return AnnexCell((), value, CellStatus.ROUNDED)
    return AnnexCell((), value, CellStatus.SHOWN if value else CellStatus.ZERO)


def unit_of(quantity: Quantity) -> Text:
    """The unit of a quantity in words."""
    return Text(**{language.value: words(language).term(f"annex.unit.{quantity.value}") for language in Language})
