"""Bonus and sanction: how indicators move outcome pay, exactly as the payment annex prints it.

d = direction · (x − T); s = 0 while |d| ≤ tolerance, else sign(d) · min(1; (|d| − tolerance) / (full − tolerance));
C = Σ w · s; payment = base · C · (bonus cap when C ≥ 0, else sanction cap). The base is outcome pay after corrections.

The guard against small numbers (an indicator has no effect when its confidence interval covers the target or its
denominator is below `Indicator.minimum_n`) belongs to the measuring of values, before these functions are called.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from tender.errors import BlockedError
from tender.model.indicators import BonusSanction, Direction, Indicator
from tender.model.payments import Adjustment, IndicatorLine
from tender.money import Exact, cents, exact


def deviation(indicator: Indicator, value: Exact) -> Fraction:
    """Distance of `value` from the target, positive when it is better."""
    distance = exact(value) - exact(indicator.target)
    return distance if indicator.direction is Direction.HIGHER else -distance


def indicator_score(indicator: Indicator, value: Exact) -> Fraction:
    """The score of `value`, from −1 to 1: 0 inside the tolerance, then linear, ±1 from the full-scale distance on.

    Raises:
        BlockedError: The full-scale distance does not exceed the tolerance.
    """
    tolerance, full = exact(indicator.tolerance), exact(indicator.full_scale)
    if full <= tolerance:
        raise BlockedError("contract.indicator-scale", indicator=indicator.id)
    distance = deviation(indicator, value)
    if abs(distance) <= tolerance:
        return Fraction(0)
    size = min(Fraction(1), (abs(distance) - tolerance) / (full - tolerance))
    return size if distance > 0 else -size


def adjustment(model: BonusSanction, values: Mapping[str, Exact], base: Decimal) -> Adjustment:
    """The bonus or the sanction of a period.

    Args:
        model: The announced model.
        values: Measured value by indicator id; an indicator without effect is given its target.
        base: Outcome pay of the period after corrections, euros.

    Raises:
        BlockedError: An indicator has no value, which is not zero, or a value belongs to no indicator.
    """
    known = {indicator.id for indicator in model.indicators}
    for indicator_id in sorted(known - set(values)):
        raise BlockedError("contract.indicator-missing", indicator=indicator_id)
    for indicator_id in sorted(set(values) - known):
        raise BlockedError("contract.indicator-unknown", indicator=indicator_id)
    lines = tuple(_line(indicator, exact(values[indicator.id])) for indicator in model.indicators)
    combined = sum((line.weighted for line in lines), Fraction(0))
    cap = model.bonus_cap if combined >= 0 else model.sanction_cap
    return Adjustment(base, lines, combined, cap, adjusted(base, combined, cap))


def adjusted(base: Decimal, combined: Fraction, cap: Decimal) -> Decimal:
    """Euros for a combined score: base · C · cap, rounded half-up to cents."""
    return cents(exact(base) * combined * exact(cap) / 100)


def _line(indicator: Indicator, value: Fraction) -> IndicatorLine:
    score = indicator_score(indicator, value)
    share = exact(indicator.weight) / 100
    return IndicatorLine(indicator.id, value, deviation(indicator, value), score, score * share)
