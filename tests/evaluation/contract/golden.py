"""The golden invoice of ``tests/cases/payments.toml``, for the tests of payments and indicators."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from tender.language import NO_TEXT
from tender.model.indicators import BonusSanction, Direction, Indicator, Theme

GOLDEN: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "payments.toml").read_text(encoding="utf-8")
)


def decimals(table: Mapping[str, str]) -> dict[str, Decimal]:
    """A table of numbers as text, exact."""
    return {name: Decimal(value) for name, value in table.items()}


def fractions(table: Mapping[str, str]) -> dict[str, Fraction]:
    """A table of fractions as text, exact."""
    return {name: Fraction(value) for name, value in table.items()}


def an_indicator(
    indicator_id: str = "one",
    target: str = "6",
    tolerance: str = "1",
    full_scale: str = "3",
    weight: str = "100",
    direction: Direction = Direction.HIGHER,
) -> Indicator:
    """An indicator without words."""
    return Indicator(
        indicator_id,
        NO_TEXT,
        Theme.OTHER,
        NO_TEXT,
        NO_TEXT,
        "%",
        Decimal(target),
        Decimal(tolerance),
        Decimal(full_scale),
        Decimal(weight),
        direction,
        100,
        NO_TEXT,
        2,
        NO_TEXT,
    )


def golden_model() -> BonusSanction:
    """The bonus and sanction model of the golden invoice."""
    table = GOLDEN["bonus_sanction"]
    indicators = tuple(
        an_indicator(one["id"], one["target"], one["tolerance"], one["full_scale"], one["weight"])
        for one in table["indicator"]
    )
    return BonusSanction(Decimal(table["bonus_cap"]), Decimal(table["sanction_cap"]), indicators)
