"""The table of days off, against an own computation of Easter and Midsummer for 2015–2040."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tender.deadlines.calendar import is_working_day

FRIDAY, SATURDAY = 4, 5


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def midsummer_eve(year: int) -> date:
    """The Friday between 19 and 25 June."""
    first = date(year, 6, 19)
    return first + timedelta(days=(FRIDAY - first.weekday()) % 7)


def days_off(year: int) -> set[date]:
    """Church holidays, Independence Day, May Day and the two Eves (150/1930 s. 5), weekends apart."""
    sunday = easter(year)
    moving = {sunday + timedelta(days=step) for step in (-2, 1, 39)}
    fixed = {date(year, month, day) for month, day in ((1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26))}
    return moving | fixed | {midsummer_eve(year)}


@pytest.mark.parametrize("year", range(2015, 2041))
def test_every_day_of_the_year_is_right(year: int) -> None:
    """Working days are what is neither a weekend nor in the independent table; New Year's Eve is one."""
    off = days_off(year)
    day = date(year, 1, 1)
    while day.year == year:
        assert is_working_day(day) is (day.weekday() < SATURDAY and day not in off), day
        day += timedelta(days=1)


def test_the_independent_easter_is_easter() -> None:
    """Known Easters, the earliest and the latest of the century among them."""
    known = ((2015, 4, 5), (2024, 3, 31), (2026, 4, 5), (2038, 4, 25), (2008, 3, 23))
    assert [easter(year) for year, _, _ in known] == [date(*each) for each in known]
