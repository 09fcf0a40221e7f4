"""The arithmetic of a worked example as plain text: decimal point, ``*``, ``/``; doors turn it into a language."""

from __future__ import annotations

from collections.abc import Iterable

from tender.money import Exact, decimal_of, exact


def number(value: Exact) -> str:
    """`value` exactly: a plain decimal where it is finite, else a fraction in parentheses.

    >>> number(exact(16) / 100), number(exact(1) / 3)
    ('0.16', '(1/3)')
    """
    finite = decimal_of(value)
    if finite is not None:
        return format(finite, "f")
    fraction = exact(value)
    return f"({fraction.numerator}/{fraction.denominator})"


def total(values: Iterable[Exact]) -> str:
    """The sum of `values` written out; ``0`` for none."""
    return " + ".join(signed(value) for value in values) or "0"


def signed(value: Exact) -> str:
    """`value` as a term of a sum or a difference: a negative one in parentheses."""
    return f"({number(value)})" if value < 0 else number(value)
