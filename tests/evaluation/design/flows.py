"""The calibrated flow of the sources (outcome-payments.md §3): 1,400 clients, three groups, three capped providers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tender.model.flow import FlowInputs, FlowPrices, GroupFlow, ProviderFlow

INFLOW = 232


def group(name: str, stock: int, entry: str, leaving: str, work: str, hours: int, loss: str) -> GroupFlow:  # noqa: PLR0917
    return GroupFlow(name, stock, INFLOW * Fraction(entry), Fraction(leaving), Fraction(work), hours, Fraction(loss))


EASY = group("easy", 360, "0.62", "0.40", "0.65", 135, "0.05")
AVERAGE = group("average", 518, "0.29", "0.13", "0.50", 120, "0.07")
HARD = group("hard", 522, "0.09", "0.04", "0.30", 95, "0.10")

PRICES = (
    FlowPrices("easy", 3780, 3200, 7500),
    FlowPrices("average", 4200, 6400, 6800),
    FlowPrices("hard", 5040, 12000, 6700),
)


def flow(cap: int = 700, popularity: tuple[int, ...] = (45, 30, 25), **more: object) -> FlowInputs:
    """The flow with providers of these popularities and this cap."""
    providers = tuple(ProviderFlow(chr(65 + place), Fraction(each, 100), cap) for place, each in enumerate(popularity))
    return replace(FlowInputs((EASY, AVERAGE, HARD), providers, PRICES), **more)  # type: ignore[arg-type]
