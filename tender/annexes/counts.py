"""True counts on their way from the register to protection: secret, and never published as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tender.model.annex import At, Axis
from tender.model.open_data import OpenTable


@dataclass(frozen=True, slots=True)
class TrueCell:
    """What the register holds of one cell.

    Attributes:
        persons: Clients in it, each counted once: what the threshold is about.
        amount: What is published unless protection says otherwise: clients of a stock, spells of a flow, whole hours.
            Amounts add up to their totals; persons need not, for one client may have spells in several cells.
        largest: Largest part of one person in the amount.
        second: Second largest part of one person.
    """

    persons: int
    amount: int
    largest: int = 0
    second: int = 0


@dataclass(frozen=True, slots=True)
class TrueTable:
    """One table as counted, before protection.

    Attributes:
        order: What the buyer declared of it.
        axes: Its axes with their categories, the total first where sums mean something: a stock has none of months.
        cells: Every combination of the axes' categories, totals among them; what nobody is in has zeros.
    """

    order: OpenTable
    axes: tuple[Axis, ...]
    cells: Mapping[At, TrueCell]
