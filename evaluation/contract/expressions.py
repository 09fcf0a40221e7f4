"""The arithmetic of a worked example as plain text: decimal point, ``*``, ``/``; doors turn it into a language."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tender.money import Exact, decimal_of, exact


def number(value: Exact) -> str:
    """`value` exactly: a decimal with the digits that it carries, else a fraction; in parentheses when it needs them.

    >>> number(Decimal("8473.60")), number(exact(16) / 100), number(exact(1) / 3), number(-2)
    ('8473.60', '0.16', '(1/3)', '(-2)')
    """
    finite = value if isinstance(value, Decimal) else decimal_of(value)
    if finite is None:
        fraction = exact(value)
        return f"({fraction.numerator}/{fraction.denominator})"
    text = format(finite, "f")
    return f"({text})" if finite < 0 else text


def total(values: Iterable[Exact]) -> str:
    """The sum of `values` written out; ``0`` for none."""
    return " + ".join(number(value) for value in values) or "0"
