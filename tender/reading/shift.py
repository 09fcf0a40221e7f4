"""Move a tender to a new start: every day of its timetable and its dialogue, and the years of its budget.

All days move by as many days as the start of production does. Days on which offices act fall on working days, the
order of days is kept, and the contract lasts as many months as before. The days of the open data move by whole months,
so that its months stay whole. Comments and layout survive (`edit`).
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from tender.errors import InputError, UsageError
from tender.reading.days import words_moved
from tender.reading.edit import edited, spliced
from tender.reading.literals import Value
from tender.reading.paths import child
from tender.reading.positions import spots
from tender.reading.scalars import HELSINKI

EARLIEST_START, LATEST_START = 2000, 2100
"""Years that a tender can be moved to; holidays are known for these."""

_START, _END, _VALID = "production_start", "production_end", "tenders_valid_until"
_TABLES = ("timetable", "dialogue")
_COUNTS = "open_data"
_SATURDAY = 5


def shifted(tender_toml: str, start: date) -> str:
    """The text of a tender file whose production starts on `start`.

    Days written in the file's texts, such as ``28.9.2018`` in a draft notice, move with the day that they name, in
    every language.

    Args:
        tender_toml: The text of the file.
        start: The new first day of production, whatever weekday it is.

    Raises:
        UsageError: The file has no start, or `start` is not in the years 2000–2100.
        InputError: The file is not TOML.
    """
    raw = _parsed(tender_toml)
    days = _moved(raw, start)
    changes: dict[str, Value] = {path: new for path, (old, new) in days.items() if new != old}
    years = start.year - _start(raw).year
    for index, line in enumerate(raw.get("budget", [])):
        if isinstance(line, dict) and type(line.get("year")) is int:
            changes[child(child("budget", index), "year")] = line["year"] + years
    return with_days_moved(edited(tender_toml, changes), moved_days(tender_toml, start))


def moved_days(tender_toml: str, start: date) -> dict[date, date]:
    """New day by old day, for every day of the timetable, the dialogue and the open data.

    Raises:
        UsageError: The file has no start, or `start` is not in the years 2000–2100.
        InputError: The file is not TOML.
    """
    return {_day(old): _day(new) for old, new in _moved(_parsed(tender_toml), start).values()}


def with_days_moved(tender_toml: str, moved: Mapping[date, date]) -> str:
    """The text of a tender file with days in its strings moved; comments keep the days that they tell of."""
    data = tender_toml.encode("utf-8")
    strings = {}
    for spot in spots(tender_toml).values():
        if spot.value is None or data[spot.value[0] : spot.value[0] + 1] not in {b'"', b"'"}:
            continue
        before = data[slice(*spot.value)].decode("utf-8")
        after = words_moved(before, moved)
        if after != before:
            strings[spot.value] = after
    return spliced(tender_toml, strings)


def next_working_day(day: date) -> date:
    """`day` itself, or the first day after it that is neither a weekend nor a Finnish holiday."""
    while day.weekday() >= _SATURDAY or day in _holidays(day.year):
        day += timedelta(days=1)
    return day


@cache
def _holidays(year: int) -> frozenset[date]:
    import holidays  # takes long to import, and only a shift needs it

    return frozenset(holidays.country_holidays("FI", years=year))


def _parsed(tender_toml: str) -> dict[str, Any]:
    try:
        return tomllib.loads(tender_toml, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise InputError("edit.not-plain") from error


def _start(raw: Mapping[str, Any]) -> date:
    timetable = raw.get("timetable")
    start = timetable.get(_START) if isinstance(timetable, dict) else None
    if not isinstance(start, date):
        raise UsageError("shift.no-start")
    return _day(start)


def _moved(raw: Mapping[str, Any], start: date) -> dict[str, tuple[date, date]]:
    """Old and new day or moment by path."""
    if not EARLIEST_START <= start.year <= LATEST_START:
        raise UsageError("shift.start-range", found=start, expected=f"{EARLIEST_START}–{LATEST_START}")
    old_start = _start(raw)
    offset = start - old_start
    days = {
        child(table, key): value
        for table in _TABLES
        for key, value in _table(raw, table).items()
        if isinstance(value, date)
    }
    moved = {path: (old, _at(old, _day(old) + offset)) for path, old in days.items()}
    moved |= _on_working_days(
        {path: old for path, old in days.items() if path.rpartition(".")[2] not in _free()}, offset
    )
    moved |= _counted(raw, (start.year - old_start.year) * 12 + start.month - old_start.month)
    end = days.get(f"timetable.{_END}")
    if end is not None:
        moved[f"timetable.{_END}"] = (end, _at(end, _same_length(old_start, _day(end), start)))
    return moved


def _counted(raw: Mapping[str, Any], months: int) -> dict[str, tuple[date, date]]:
    """Days of the open data by path, moved by whole months: the last day of a month stays one."""
    days = {key: value for key, value in _table(raw, _COUNTS).items() if isinstance(value, date)}
    return {child(_COUNTS, key): (old, _at(old, _end_kept(_day(old), months))) for key, old in days.items()}


def _end_kept(day: date, months: int) -> date:
    after = day + timedelta(days=1)
    return _months_later(after, months) - timedelta(days=1) if after.day == 1 else _months_later(day, months)


def _free() -> frozenset[str]:
    """Days that may fall on any day of the week: nothing has to be done at an office on them."""
    return frozenset({_START, _END, _VALID})


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = raw.get(name)
    return table if isinstance(table, dict) else {}


def _on_working_days(days: Mapping[str, date], offset: timedelta) -> dict[str, tuple[date, date]]:
    """Days moved to working days; what came on a later day than another still does."""
    found: dict[str, tuple[date, date]] = {}
    before: tuple[date, date] | None = None
    for path, old in sorted(days.items(), key=lambda entry: _day(entry[1])):
        new = next_working_day(_day(old) + offset)
        if before is not None:
            earliest = before[1] if _day(old) == before[0] else before[1] + timedelta(days=1)
            new = next_working_day(max(new, earliest))
        before = (_day(old), new)
        found[path] = (old, _at(old, new))
    return found


def _same_length(old_start: date, old_end: date, start: date) -> date:
    """The last day of a contract that starts on `start` and lasts as many months and days as the old one."""
    after = old_end + timedelta(days=1)
    months = (after.year - old_start.year) * 12 + after.month - old_start.month
    if after.day < old_start.day:
        months -= 1
    rest = after - _months_later(old_start, months)
    return _months_later(start, months) + rest - timedelta(days=1)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day(value: date) -> date:
    if not isinstance(value, datetime):
        return value
    return value.date() if value.tzinfo is None else value.astimezone(HELSINKI).date()


def _at(old: date, day: date) -> date:
    """`day`, at the Finnish clock time of `old` when that is a moment."""
    if not isinstance(old, datetime):
        return day
    local = old if old.tzinfo is None else old.astimezone(HELSINKI)
    return datetime.combine(day, local.time(), tzinfo=None if old.tzinfo is None else HELSINKI)
