"""Months between days and Finnish working days: the calendar that statutory periods are counted on."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

SATURDAY = 5
"""`date.weekday` of Saturday."""


def add_months(day: date, months: int) -> date:
    """The same number of the month `months` later, or the month's last day (150/1930 s. 3); clipped to the calendar.

    >>> add_months(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        return date.min if year < date.min.year else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(first: date, last: date) -> Fraction:
    """Months from `first` to `last`, both days included; a part of a month by its days. Zero when `last` is earlier.

    >>> months_between(date(2019, 3, 1), date(2020, 12, 31))
    Fraction(22, 1)
    >>> months_between(date(2026, 6, 1), date(2026, 6, 15))
    Fraction(1, 2)
    """
    if last < first or last == date.max:
        return Fraction(0)
    end = last + timedelta(days=1)
    whole = (end.year - first.year) * 12 + end.month - first.month
    if add_months(first, whole) > end:
        whole -= 1
    start = add_months(first, whole)
    length = (add_months(first, whole + 1) - start).days
    return whole + Fraction((end - start).days, length)


@cache
def _holidays(year: int) -> frozenset[date]:
    """Days of `year` on which a period does not end (150/1930 s. 5), Saturdays and Sundays apart."""
    import holidays  # loads slowly, and most commands never ask for it

    return frozenset(holidays.country_holidays("FI", years=year))


def is_working_day(day: date) -> bool:
    """Whether `day` is no Saturday, Sunday, church holiday, Independence Day, May Day or one of the two Eves."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def working_day_from(day: date) -> date:
    """`day`, or the first working day after it (150/1930 s. 5)."""
    while not is_working_day(day) and day < date.max:
        day += timedelta(days=1)
    return day
