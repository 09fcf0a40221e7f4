"""The formulas of the form: what a spreadsheet computes in binary is what the engine computes exactly."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.forms.formulas import quoted, unit_price, when_number
from tender.money import exact, round_half_up


def spreadsheet_round(value: float, digits: int) -> float:
    """ROUND without any of the corrections that programs add: the double as it is, ties away from zero."""
    scaled = Fraction(value) * 10**digits
    return float(Fraction(floor(abs(scaled) + Fraction(1, 2)), 10**digits)) * (1 if scaled >= 0 else -1)


def computed(formula: str, price: Decimal) -> float:
    """What a spreadsheet without mercy makes of a unit price formula."""
    assert re.fullmatch(r"[ROUNDC1(),*/0-9]+", formula)
    result = eval(formula, {"ROUND": spreadsheet_round, "C1": float(price)})  # the formula is ours
    assert isinstance(result, float)
    return result


def expected(price: Decimal, weight: Decimal, unit_decimals: int) -> Decimal:
    """The engine's unit price."""
    return round_half_up(exact(price) * exact(weight), unit_decimals)


@pytest.mark.parametrize("weight", ["0.9", "1", "1.2", "0.85", "1.15", "0.333"])
def test_every_capitation_price_of_the_range_is_the_engines(weight: str) -> None:
    formula = unit_price("C1", Decimal(weight), 2, 2)
    for whole in range(3400, 5001):
        price = Decimal(whole).scaleb(-2)
        assert computed(formula, price) == float(expected(price, Decimal(weight), 2))


@pytest.mark.parametrize("weight", ["0.4", "0.8", "1.5", "0.45"])
def test_every_outcome_price_of_the_range_is_the_engines(weight: str) -> None:
    formula = unit_price("C1", Decimal(weight), 4, 4)
    for whole in range(6000, 10001):
        price = Decimal(whole).scaleb(-4)
        assert computed(formula, price) == float(expected(price, Decimal(weight), 4))


def test_the_plain_formula_would_be_wrong() -> None:
    """Plants the fault: price × weight rounded as binary numbers misses ties."""
    weight = Decimal("0.9")
    wrong = [
        price
        for price in (Decimal(whole).scaleb(-2) for whole in range(3400, 5001))
        if spreadsheet_round(float(price) * float(weight), 2) != float(expected(price, weight, 2))
    ]
    assert wrong


@given(
    st.integers(0, 10**7),
    st.integers(0, 4),
    st.decimals(min_value=0, max_value=3, places=3),
    st.integers(0, 4),
)
def test_any_decimals_and_weights_are_the_engines(whole: int, decimals: int, weight: Decimal, unit: int) -> None:
    price = Decimal(whole).scaleb(-decimals)
    formula = unit_price("C1", weight, decimals, unit)
    assert computed(formula, price) == float(expected(price, weight, unit))


def test_words_inside_formulas_are_quoted() -> None:
    assert quoted('say "no"') == '"say ""no"""'
    assert when_number("A1", "A1*2") == 'IF(ISNUMBER(A1),A1*2,"")'
