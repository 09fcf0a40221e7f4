"""The one irrational number of the room: a logarithm at declared decimals, decided exactly by ever more digits."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from evaluation.award.formulas.formula import refuse
from tender.money import round_half_up

MOST_DECIMALS = 12
"""More decimals than this are never announced."""
_FIRST_DIGITS = 40


def logarithmic(formula: str, weight: Fraction, ratio: Fraction, decimals: Fraction) -> Fraction:
    """W·(1 − log₂(ratio)), rounded half-up to `decimals`; `ratio` is 1 or more.

    A logarithm of a fraction is a whole number or irrational. A whole one is reckoned exactly; an irrational one with
    so many digits that what is left cannot change the rounding.

    Raises:
        RefusedError: `decimals` is not a whole number from 0 to `MOST_DECIMALS`.
    """
    if decimals.denominator != 1 or not 0 <= decimals <= MOST_DECIMALS:
        raise refuse(formula, "formula-refusal.decimals")
    if ratio.denominator == 1 and ratio.numerator & (ratio.numerator - 1) == 0:
        return Fraction(round_half_up(weight * (1 - (ratio.numerator.bit_length() - 1)), int(decimals)))
    digits = _FIRST_DIGITS
    while True:
        least, most = (weight * (1 - end) for end in _between(ratio, digits))
        rounded = round_half_up(least, int(decimals))
        if rounded == round_half_up(most, int(decimals)):
            return Fraction(rounded)
        digits *= 2


def _between(ratio: Fraction, digits: int) -> tuple[Fraction, Fraction]:
    """Two fractions with log₂(ratio) between them, about ``digits`` apart from each other in size."""
    with localcontext() as context:
        context.prec = digits
        quotient = Decimal(ratio.numerator) / Decimal(ratio.denominator)
        found = Fraction(quotient.ln() / Decimal(2).ln())
    doubt = (1 + found) / Fraction(10) ** (digits - 5)
    return found - doubt, found + doubt
