"""Single values: what the file says, read strictly, and read safely when it says it in a wrong way.

``"700"`` for a whole number is wrong, yet can be taken for 700, so that later rules still see a whole tender. A reader
gives `None` when nothing can be taken safely. Booleans are never numbers, and floats never come this far.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from zoneinfo import ZoneInfo

from tender.reading.limits import EARLIEST_YEAR, LATEST_YEAR

HELSINKI = ZoneInfo("Europe/Helsinki")
"""The zone of moments that name none."""

NO_DAY = date(1900, 1, 1)
"""Placeholder of a day that could not be read; no rule takes it for a real one."""

_SHOWN = 60
_MOST_DIGITS, _MOST_EXPONENT, _MOST_BITS = 40, 20, 60
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_FRACTION = re.compile(r"[0-9]{1,9}/[1-9][0-9]{0,8}")
_FINNISH_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A number of the file that no tender can hold: infinite, not a number, or far too long.

    Attributes:
        text: The number as written, shortened.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A value that was taken from the file.

    Attributes:
        value: The value.
        exact: Whether the file says it in the right way.
    """

    value: object
    exact: bool = True


def number_of(text: str) -> Decimal | Unreadable:
    """A TOML float as an exact number; for `tomllib`'s ``parse_float``."""
    if len(text) <= _MOST_DIGITS:
        try:
            found = Decimal(text.replace("_", ""))
        except InvalidOperation:
            return Unreadable(text)
        if found.is_finite() and abs(found.adjusted()) <= _MOST_EXPONENT:
            return found
    return Unreadable(text[:_SHOWN])


def shown(raw: object) -> str:
    """A value of the file as one short line, for messages."""
    if isinstance(raw, Unreadable):
        return raw.text
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, int) and raw.bit_length() > _MOST_BITS:
        return "…"
    if isinstance(raw, dict | list):
        return "{…}" if isinstance(raw, dict) else "[…]"
    if not isinstance(raw, str):
        return str(raw)
    words = "".join(mark if mark.isprintable() else " " for mark in raw[: 2 * _SHOWN])
    return f'"{words}"' if len(words) <= _SHOWN and words == raw else f'"{words[:_SHOWN].strip()}…"'


def kind_of(raw: object) -> str:
    """Term id of the kind of a value of the file."""
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "boolean"),
        (int, "integer"),
        (Decimal, "decimal"),
        (Unreadable, "decimal"),
        (str, "string"),
        (datetime, "moment"),
        (date, "date"),
        (time, "time"),
        (list, "list"),
    )
    return "field-type." + next((name for kind, name in kinds if isinstance(raw, kind)), "table")


def too_long(raw: object) -> bool:
    """Whether `raw` is a number that is longer than any that a tender holds."""
    return isinstance(raw, int) and raw.bit_length() > _MOST_BITS


def _integer(raw: object) -> Taken | None:
    if type(raw) is int:
        return Taken(raw)
    if isinstance(raw, Decimal) and raw == raw.to_integral_value():
        return Taken(int(raw), exact=False)
    if isinstance(raw, str) and _WHOLE.fullmatch(raw.strip()):
        return Taken(int(raw), exact=False)
    return None


def _decimal(raw: object) -> Taken | None:
    if type(raw) is int:
        return Taken(Decimal(raw))
    if isinstance(raw, Decimal):
        return Taken(raw)
    if isinstance(raw, str) and _NUMBER.fullmatch(raw.strip()):
        return Taken(Decimal(raw.strip().replace(",", ".")), exact=False)
    return None


def _fraction(raw: object) -> Taken | None:
    if type(raw) is int or isinstance(raw, Decimal):
        return Taken(Fraction(raw))
    if isinstance(raw, str) and _FRACTION.fullmatch(raw.strip()):
        return Taken(Fraction(raw.strip()))
    if isinstance(raw, str) and _NUMBER.fullmatch(raw.strip()):
        return Taken(Fraction(raw.strip().replace(",", ".")), exact="," not in raw)
    return None


def _boolean(raw: object) -> Taken | None:
    if isinstance(raw, bool):
        return Taken(raw)
    said = raw.strip().casefold() if isinstance(raw, str) else ""
    return Taken(said == "true", exact=False) if said in {"true", "false"} else None


def _string(raw: object) -> Taken | None:
    if isinstance(raw, str):
        return Taken(raw)
    if type(raw) is int or isinstance(raw, Decimal | date | time):
        return Taken(str(raw), exact=False)
    return None


def _date(raw: object) -> Taken | None:
    if isinstance(raw, datetime):
        return Taken(raw.date(), exact=False)
    if isinstance(raw, date):
        return Taken(raw)
    said = _FINNISH_DAY.fullmatch(raw.strip()) if isinstance(raw, str) else None
    try:
        if said:
            return Taken(date(int(said[3]), int(said[2]), int(said[1])), exact=False)
        return Taken(date.fromisoformat(raw.strip()), exact=False) if isinstance(raw, str) else None
    except ValueError:
        return None


def _moment(raw: object) -> Taken | None:
    if isinstance(raw, datetime):
        return Taken(_in_helsinki(raw))
    try:
        # A day alone is no moment: which hour is meant cannot be read safely (HL 68 p. 3).
        if isinstance(raw, str) and ":" in raw:
            return Taken(_in_helsinki(datetime.fromisoformat(raw.strip())), exact=False)
    except ValueError:
        pass
    return None


def _in_helsinki(moment: datetime) -> datetime:
    """`moment` in Finnish time; years that no tender has are left alone, for their limits may be passed."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=HELSINKI)
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return moment.replace(tzinfo=HELSINKI)
    return moment.astimezone(HELSINKI)


READERS: Mapping[str, Callable[[object], Taken | None]] = {
    "string": _string,
    "id": _string,
    "path": _string,
    "integer": _integer,
    "decimal": _decimal,
    "fraction": _fraction,
    "boolean": _boolean,
    "date": _date,
    "moment": _moment,
}
"""Reader of each kind of single value."""

PLACEHOLDERS: Mapping[str, object] = {
    "string": "",
    "id": "x",
    "path": "",
    "integer": 0,
    "decimal": Decimal(0),
    "fraction": Fraction(0),
    "boolean": False,
    "date": NO_DAY,
    "moment": datetime(NO_DAY.year, NO_DAY.month, NO_DAY.day, tzinfo=HELSINKI),
}
"""What stands in for a value that cannot be read; its path is named as broken."""
