"""Complementary indicators with bonus and sanction (A11), and the random check of hours against registers (A8)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tender.language import Text


class Theme(StrEnum):
    """The areas that the source names for indicators (A11)."""

    EDUCATION = "education"
    BUSINESS = "business"
    REGION = "region"
    OTHER = "other"


class Direction(StrEnum):
    """Whether a higher or a lower value is better."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator that moves the bonus or the sanction.

    The score is 0 inside the tolerance around the target, and grows linearly to ±1 at the full-scale distance.

    Attributes:
        id: Short id.
        name: Its name.
        theme: Which area it belongs to.
        numerator: What is counted.
        denominator: Of what.
        unit: Unit of value and target, such as ``%``.
        target: The target value.
        tolerance: Distance from the target that has no effect.
        full_scale: Distance from the target at which the effect is full; larger than `tolerance`.
        weight: Share of this indicator, in percent; weights of a tender sum to 100.
        direction: Which way is better.
        minimum_n: Smallest denominator at which it has an effect.
        source: Register or survey it comes from.
        lag_months: Months after the period until the value is known.
        computed_by: Who computes it.
    """

    id: str
    name: Text
    theme: Theme
    numerator: Text
    denominator: Text
    unit: str
    target: Decimal
    tolerance: Decimal
    full_scale: Decimal
    weight: Decimal
    direction: Direction
    minimum_n: int
    source: Text
    lag_months: int
    computed_by: Text


@dataclass(frozen=True, slots=True)
class BonusSanction:
    """The bonus and sanction model.

    Attributes:
        bonus_cap: Largest bonus, percent of the outcome pay of the period.
        sanction_cap: Largest sanction, percent of the outcome pay of the period.
        indicators: The indicators.
    """

    bonus_cap: Decimal
    sanction_cap: Decimal
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """The random check of billed hours against registers; its rule is part of the payment method.

    Attributes:
        method: Sampling method; ``monetary-unit`` is the one that is printed now.
        confidence: Confidence in percent.
        tolerable_error: Tolerable error, percent of the billed outcome pay.
        expected_error: Expected error, percent of the billed outcome pay.
        sample_size: Items drawn in a period.
        extended_sample_size: Items drawn when the first sample does not settle the matter.
        seed_source: The public value that the draw's seed comes from after the invoice closes.
        rule: What follows from the result, in words.
    """

    method: str
    confidence: Decimal
    tolerable_error: Decimal
    expected_error: Decimal
    sample_size: int
    extended_sample_size: int
    seed_source: Text
    rule: Text
