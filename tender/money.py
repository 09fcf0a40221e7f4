"""Exact euros and points: `Decimal` and `Fraction` only, rounded half-up where a tender says so.

No float passes through this module. Half-up means that a tie goes away from zero, for deductions too, as in ordinary
Finnish bookkeeping.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

Exact = Fraction | Decimal | int
"""A number with no rounding in it."""

CENT_DECIMALS = 2
"""Decimals of a euro amount that is invoiced."""


def exact(value: Exact) -> Fraction:
    """`value` as a fraction.

    Raises:
        TypeError: `value` is a float, which cannot be exact.
    """
    if isinstance(value, float):
        message = "a float is not exact: give a Decimal, a Fraction or an int"
        raise TypeError(message)
    return Fraction(value)


def round_half_up(value: Exact, decimals: int) -> Decimal:
    """`value` rounded to `decimals` decimals, ties away from zero.

    >>> round_half_up(Fraction("4365.225"), 2)
    Decimal('4365.23')
    >>> round_half_up(Fraction("-0.045"), 2)
    Decimal('-0.05')
    """
    fraction = exact(value) * 10**decimals
    magnitude = abs(fraction)
    units = (2 * magnitude.numerator + magnitude.denominator) // (2 * magnitude.denominator)
    return _scaled(units if fraction >= 0 else -units, decimals)


def cents(value: Exact) -> Decimal:
    """A euro amount rounded half-up to whole cents."""
    return round_half_up(value, CENT_DECIMALS)


def decimal_of(value: Exact) -> Decimal | None:
    """`value` as a `Decimal` when it has a finite decimal form, else ``None``.

    >>> decimal_of(Fraction(1, 8))
    Decimal('0.125')
    >>> decimal_of(Fraction(1, 3)) is None
    True
    """
    fraction = exact(value)
    rest, twos, fives = fraction.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return None
    decimals = max(twos, fives)
    return _scaled(fraction.numerator * (10**decimals // fraction.denominator), decimals)


def _scaled(units: int, decimals: int) -> Decimal:
    """`units` of the last decimal, built digit by digit: arithmetic on `Decimal` would round to 28 digits."""
    digits = tuple(int(digit) for digit in str(abs(units)))
    return Decimal((int(units < 0), digits, -decimals))
