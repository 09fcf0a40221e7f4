"""Reckoning on a tender that may still be faulty: what cannot be reckoned is left out, and the checks say why.

Statements are made of every tender that can be read, before it is checked; they must never raise on an odd one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tender.errors import ValintaError
from tender.model.prices import price_cells
from tender.model.tender import Tender

MOST_DECIMALS = 12
"""More decimals than this are a slip that `tender.checks` names; to reckon with them could take for ever."""

Value = TypeVar("Value")


def or_else(make: Callable[[], Value], otherwise: Value) -> Value:
    """What `make` gives, or `otherwise` when the tender is too faulty for it."""
    try:
        return make()
    except (ValintaError, ArithmeticError, LookupError, ValueError):
        return otherwise


def reckonable(tender: Tender) -> bool:
    """Whether every announced number of decimals can be meant."""
    prices = tender.prices
    announced = (
        tender.award.rounding.decimals,
        prices.capitation.unit_decimals,
        prices.outcome.unit_decimals,
        *(cell.decimals for cell in price_cells(prices)),
    )
    return all(0 <= decimals <= MOST_DECIMALS for decimals in announced)
