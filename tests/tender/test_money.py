"""Money is exact and rounded half-up, ties away from zero."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.money import cents, decimal_of, exact, round_half_up


def test_a_half_cent_is_paid_in_full() -> None:
    """0.05 × 0.9 = 0.045; half-even would pay 0.04."""
    assert cents(Decimal("0.05") * Decimal("0.9")) == Decimal("0.05")


def test_the_golden_april_line_tells_half_up_from_half_even() -> None:
    """April of the golden invoice: 111.5 × 39.15 = 4 365.225."""
    assert cents(Fraction("111.5") * Fraction("39.15")) == Decimal("4365.23")


def test_a_tie_below_zero_goes_away_from_zero() -> None:
    """A deduction of half a cent is a whole cent."""
    assert cents(Fraction(-1, 200)) == Decimal("-0.01")


def test_a_float_is_refused() -> None:
    """0.1 + 0.2 is not 0.3 in binary."""
    with pytest.raises(TypeError, match="float"):
        exact(0.1)  # type: ignore[arg-type]


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 4))
def test_half_up_agrees_with_the_decimal_library(value: Decimal, decimals: int) -> None:
    """Our integers do what `decimal` calls ROUND_HALF_UP."""
    assert round_half_up(value, decimals) == value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@given(st.fractions(max_denominator=10**6))
def test_a_rounded_number_is_never_further_than_half_a_unit(value: Fraction) -> None:
    """Rounding moves a number by at most half a cent."""
    assert abs(Fraction(cents(value)) - value) <= Fraction(1, 200)


@given(st.decimals(-(10**6), 10**6, places=5))
def test_every_decimal_has_a_decimal_form(value: Decimal) -> None:
    """What can be written with decimals is found again."""
    assert decimal_of(Fraction(value)) == value


def test_a_third_has_no_decimal_form() -> None:
    """1/3 stays a fraction."""
    assert decimal_of(Fraction(1, 3)) is None
