"""What hiding a cell costs: the weights among which the buyer chooses."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from math import log

from tender.annexes.disclosure.tables import System

THOUSANDTHS = 1000
"""The weight `log` is counted in thousandths."""


class Weight(StrEnum):
    """How much a hidden cell counts."""

    VALUE_AND_ONE = "value+1"
    """Its value and one more, so that a hidden zero is not free: the default."""
    VALUE = "value"
    """Its value; among patterns of equal value, the one with the fewest cells."""
    COUNT = "count"
    """One."""
    LOG = "log"
    """The natural logarithm of value + 2, in thousandths."""


_OF: dict[Weight, Callable[[int], int]] = {
    Weight.VALUE_AND_ONE: lambda value: value + 1,
    Weight.VALUE: lambda value: value,
    Weight.COUNT: lambda _: 1,
    Weight.LOG: lambda value: round(THOUSANDTHS * log(value + 2)),
}


def weights(system: System, weight: Weight = Weight.VALUE_AND_ONE) -> tuple[int, ...]:
    """Weight of every cell of `system`, whole numbers (thousandths for `log`)."""
    return tuple(_OF[weight](cell.value) for cell in system.cells)
