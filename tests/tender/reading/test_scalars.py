"""Single values: read strictly, or safely when they are said in a wrong way, or not at all."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.reading.scalars import (
    HELSINKI,
    PLACEHOLDERS,
    READERS,
    Taken,
    Unreadable,
    kind_of,
    number_of,
    shown,
    too_long,
)

NOON = datetime(2018, 12, 11, 12, 0)  # noqa: DTZ001 - TOML has moments without a zone


def exact(value: object) -> Taken:
    """A value that the file says in the right way."""
    return Taken(value)


def meant(value: object) -> Taken:
    """A value that is certain, though said in a wrong way."""
    return Taken(value, exact=False)


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("integer", 700, exact(700)),
        ("integer", -1, exact(-1)),
        ("integer", "700", meant(700)),
        ("integer", " 700 ", meant(700)),
        ("integer", Decimal("700.0"), meant(700)),
        ("integer", Decimal("0.5"), None),
        ("integer", "700 asiakasta", None),
        ("integer", "9" * 16, None),
        ("integer", True, None),
        ("integer", None, None),
        ("decimal", 40, exact(Decimal(40))),
        ("decimal", Decimal("0.90"), exact(Decimal("0.90"))),
        ("decimal", "0.9", meant(Decimal("0.9"))),
        ("decimal", "0,9", meant(Decimal("0.9"))),
        ("decimal", "40 %", None),
        ("decimal", "1 400", None),
        ("decimal", "1e5", None),
        ("decimal", True, None),
        ("decimal", Unreadable("inf"), None),
        ("decimal", 0.9, None),
        ("fraction", "1/3", exact(Fraction(1, 3))),
        ("fraction", "0.25", exact(Fraction(1, 4))),
        ("fraction", "0,25", meant(Fraction(1, 4))),
        ("fraction", 1, exact(Fraction(1))),
        ("fraction", Decimal("0.25"), exact(Fraction(1, 4))),
        ("fraction", "1/0", None),
        ("fraction", "third", None),
        ("fraction", False, None),
        ("boolean", True, exact(value=True)),
        ("boolean", "true", meant(value=True)),
        ("boolean", "False", meant(value=False)),
        ("boolean", "kyllä", None),
        ("boolean", 1, None),
        ("boolean", 0, None),
        ("string", "x", exact("x")),
        ("string", 79611000, meant("79611000")),
        ("string", Decimal("1.0"), meant("1.0")),
        ("string", date(2019, 3, 1), meant("2019-03-01")),
        ("string", True, None),
        ("string", ["x"], None),
        ("id", 1, meant("1")),
        ("date", date(2019, 3, 1), exact(date(2019, 3, 1))),
        ("date", NOON, meant(date(2018, 12, 11))),
        ("date", "2019-03-01", meant(date(2019, 3, 1))),
        ("date", "1.3.2019", meant(date(2019, 3, 1))),
        ("date", "30.2.2019", None),
        ("date", "2019-02-30", None),
        ("date", "1.3.", None),
        ("date", 20190301, None),
        ("moment", NOON, exact(NOON.replace(tzinfo=HELSINKI))),
        ("moment", "2018-12-11 12:00", meant(NOON.replace(tzinfo=HELSINKI))),
        ("moment", "2018-12-11", None),
        ("moment", date(2018, 12, 11), None),
        ("moment", time(12, 0), None),
        ("moment", "12:00", None),
    ],
)
def test_each_kind_takes_what_is_certain_and_nothing_else(kind: str, raw: object, expected: Taken | None) -> None:
    """Booleans are no numbers, floats never come, a day without an hour is no moment."""
    taken = READERS[kind](raw)
    assert taken == expected
    assert taken is None or expected is None or type(taken.value) is type(expected.value)


def test_a_moment_with_an_offset_becomes_finnish() -> None:
    """12:00 in Berlin is 13:00 in Helsinki."""
    taken = READERS["moment"](NOON.replace(tzinfo=timezone(timedelta(hours=1))))
    assert taken is not None
    assert isinstance(taken.value, datetime)
    assert taken.value.isoformat() == "2018-12-11T13:00:00+02:00"


@pytest.mark.parametrize("year", [1, 9999])
def test_a_moment_at_the_end_of_time_is_left_for_its_limits(year: int) -> None:
    """Turning it into Finnish time would leave the calendar."""
    for hours in (-14, 14):
        moment = datetime(year, 1 if year == 1 else 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=hours)))
        taken = READERS["moment"](moment)
        assert taken is not None
        assert isinstance(taken.value, datetime)
        assert taken.value.year == year


RAW = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.decimals() | st.floats()
    | st.dates() | st.datetimes() | st.times() | st.lists(st.integers(), max_size=2) | st.just({"a": 1})
    | st.from_regex(r"[0-9]{1,4}[-./, :]{1,2}[0-9]{1,2}[-./ :][0-9]{1,4}", fullmatch=True)
)  # fmt: skip


@given(RAW, st.sampled_from(sorted(READERS)))
def test_no_value_ever_raises(raw: object, kind: str) -> None:
    """A reader takes a value of its own kind, or nothing."""
    if isinstance(raw, Decimal):
        raw = number_of(str(raw))
    taken = READERS[kind](raw)
    assert taken is None or type(taken.value) is type(PLACEHOLDERS[kind])
    assert shown(raw)
    assert kind_of(raw).startswith("field-type.")


@given(st.floats(), st.integers(0, 30))
def test_a_number_is_exact_or_marked(value: float, digits: int) -> None:
    """No infinite, no senselessly long number passes as a number."""
    found = number_of(f"{value:.{digits}e}")
    assert isinstance(found, Unreadable) or (found.is_finite() and abs(found.adjusted()) <= 20)


@pytest.mark.parametrize(("text", "readable"), [("1e20", True), ("1e21", False), ("1e-20", True), ("1e-21", False)])
def test_numbers_have_twenty_digits_on_either_side(text: str, readable: bool) -> None:  # noqa: FBT001
    """More than that is no number of a tender."""
    assert isinstance(number_of(text), Decimal) is readable


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("700", '"700"'),
        ("a\nb", '"a b…"'),
        ("x" * 100, f'"{"x" * 60}…"'),
        ("\x1b[31m", '"[31m…"'),
        (True, "true"),
        (700, "700"),
        (1 << 70, "…"),
        (Decimal("0.60"), "0.60"),
        (Unreadable("inf"), "inf"),
        (date(2019, 3, 1), "2019-03-01"),
        ([1], "[…]"),
        ({}, "{…}"),
    ],
)
def test_values_are_shown_on_one_short_line(raw: object, expected: str) -> None:
    """No message is flooded, and no control character reaches a terminal."""
    assert shown(raw) == expected


def test_a_number_longer_than_any_is_seen() -> None:
    """It is not even turned into text."""
    assert too_long(1 << 70)
    assert not too_long(10**15)
    assert not too_long("x" * 100)
