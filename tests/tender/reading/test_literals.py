"""Values written as TOML."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.language import Text
from tender.reading.literals import Value, literal, plain
from tender.reading.scalars import HELSINKI


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (700, "700"),
        (-5, "-5"),
        (True, "true"),
        (Decimal("40.00"), "40.00"),
        (Decimal("1E+5"), "100000"),
        (Decimal("1E-7"), "0.0000001"),
        (Fraction(1, 3), '"1/3"'),
        (Fraction(2), '"2"'),
        ("Hinta", '"Hinta"'),
        ('a "b" \\ c\n', '"a \\"b\\" \\\\ c\\n"'),
        ("\x7f\x00", '"\\u007f\\u0000"'),
        (date(2019, 3, 1), "2019-03-01"),
        (datetime(2018, 12, 11, 12, 0, tzinfo=HELSINKI), "2018-12-11T12:00:00"),
        (datetime(2018, 12, 11, 10, 0, tzinfo=timezone(timedelta(0))), "2018-12-11T12:00:00"),
        (datetime(2018, 10, 28, 3, 30, tzinfo=HELSINKI, fold=1), "2018-10-28T03:30:00+02:00"),
        (datetime(2018, 10, 28, 3, 30), "2018-10-28T03:30:00"),  # noqa: DTZ001 - TOML has these
        (Text(fi="Hinta", en="Price"), '{ fi = "Hinta", en = "Price" }'),
        (Text(), "{}"),
        ({"a b": 1, "c": [1, {"d": False}]}, '{ "a b" = 1, c = [1, { d = false }] }'),
        (("a", "b"), '["a", "b"]'),
        ([], "[]"),
    ],
)
def test_values_are_written_exactly(value: Value, expected: str) -> None:
    """Exact numbers in full, moments in Finnish time, texts as tables."""
    assert literal(value) == expected
    assert tomllib.loads(f"x = {literal(value)}", parse_float=Decimal)["x"] == plain(value)


VALUES = st.recursive(
    st.integers(-(2**60), 2**60) | st.booleans() | st.text(max_size=20) | st.dates() | st.fractions()
    | st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
    | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - TOML has these
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=5), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(VALUES)
def test_whatever_is_written_is_read_back(value: Any) -> None:
    """A parser gives back what went in."""
    assert tomllib.loads(f"x = {literal(value)}", parse_float=Decimal)["x"] == plain(value)
