"""Months and working days, against the worked cases of the law."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.checks.timetable import safe_contract_day
from tender.deadlines.calendar import add_months, is_working_day, months_between, working_day_from

DAYS = st.dates(date(1990, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2019, 3, 1), date(2020, 12, 31), Fraction(22)),
        (date(2027, 1, 1), date(2027, 12, 31), Fraction(12)),
        (date(2024, 2, 1), date(2024, 2, 29), Fraction(1)),
        (date(2026, 6, 1), date(2026, 6, 15), Fraction(1, 2)),
        (date(2026, 6, 16), date(2026, 7, 15), Fraction(1)),
        (date(2026, 1, 31), date(2026, 2, 27), Fraction(1)),
        (date(2026, 6, 1), date(2026, 6, 1), Fraction(1, 30)),
        (date(2026, 6, 2), date(2026, 6, 1), Fraction(0)),
        (date.min, date.max, Fraction(0)),
    ],
)
def test_months_between(first: date, last: date, months: Fraction) -> None:
    """Both days count; a part of a month counts by its days."""
    assert months_between(first, last) == months


@given(first=DAYS, months=st.integers(1, 120))
def test_whole_months_are_counted_back(first: date, months: int) -> None:
    """The day before the same number months later ends exactly that many months, save at the end of short months."""
    first = first.replace(day=min(first.day, 28))
    assert months_between(first, add_months(first, months) - timedelta(days=1)) == months


@given(first=DAYS, days=st.integers(0, 3000))
def test_a_longer_period_never_has_fewer_months(first: date, days: int) -> None:
    """Months grow with every day."""
    last = first + timedelta(days=days)
    assert months_between(first, last) < months_between(first, last + timedelta(days=1))


@given(day=st.dates(), months=st.integers(-200000, 200000))
def test_adding_months_never_leaves_the_calendar(day: date, months: int) -> None:
    """Odd files hold odd years; the arithmetic is clipped and does not raise."""
    assert date.min <= add_months(day, months) <= date.max


def test_the_last_of_the_month_stays_the_last() -> None:
    """150/1930 s. 3: no 31 February."""
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert add_months(date(2024, 2, 29), -12) == date(2023, 2, 28)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 6, 19),
        date(2026, 5, 1),
        date(2026, 12, 6),
        date(2027, 1, 6),
        date(2026, 11, 21),
        date(2026, 11, 22),
    ],
)
def test_days_on_which_no_period_ends(day: date) -> None:
    """The two Eves, May Day, Independence Day, Epiphany, Saturday, Sunday."""
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2026, 4, 2), date(2026, 11, 23)])
def test_days_that_count(day: date) -> None:
    """New Year's Eve and Maundy Thursday are working days."""
    assert is_working_day(day)
    assert working_day_from(day) == day


def test_christmas_rolls_to_the_next_working_day() -> None:
    """Christmas Eve 2026 is a Thursday; the next working day is Monday the 28th."""
    assert working_day_from(date(2026, 12, 24)) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("decision", "safe"),
    [
        (date(2026, 9, 1), date(2026, 9, 16)),
        (date(2026, 12, 10), date(2026, 12, 29)),
        (date(2026, 6, 5), date(2026, 6, 23)),
        (date(2026, 4, 17), date(2026, 5, 5)),
        (date(2026, 11, 22), date(2026, 12, 8)),
    ],
    ids=["D01", "D02", "D03", "D05", "D06"],
)
def test_the_safe_day_of_the_contract(decision: date, safe: date) -> None:
    """The worked cases of the facts: first working day after the last day of appeal."""
    assert safe_contract_day(decision) == safe
