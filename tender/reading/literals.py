"""Values written as TOML, on one line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tender.language import Text
from tender.reading.paths import bare
from tender.reading.scalars import HELSINKI

Value = str | bool | int | Decimal | Fraction | date | Text | Sequence["Value"] | Mapping[str, "Value"]
"""What can be written into a tender file; a `datetime` is a `date` too."""


def literal(value: Value) -> str:
    """`value` as TOML. Moments are written in Finnish time without an offset, exact numbers in full.

    >>> literal(Decimal("40.00")), literal(Fraction(1, 3)), literal(Text(fi="Hinta"))
    ('40.00', '"1/3"', '{ fi = "Hinta" }')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal | int):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, Fraction):
        return f'"{value}"'
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, date):
        return _moment(value) if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, Text | Mapping):
        pairs = [f"{key if bare(key) else _string(key)} = {literal(item)}" for key, item in entries(value).items()]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    return f"[{', '.join(literal(item) for item in value)}]"


def entries(value: Text | Mapping[str, Value]) -> Mapping[str, Value]:
    """The pairs of a table; a text has one for each language in which it says something."""
    if isinstance(value, Text):
        return {language: words for language, words in asdict(value).items() if words is not None}
    return value


def plain(value: Value) -> Any:  # noqa: ANN401 - whatever a TOML parser gives
    """`value` as a TOML parser would give it back, to compare with."""
    if isinstance(value, Text | Mapping):
        return {key: plain(item) for key, item in entries(value).items()}
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, datetime):
        return datetime.fromisoformat(_moment(value))
    if isinstance(value, str | bool | int | Decimal | date):
        return value
    return [plain(item) for item in value]


def _string(words: str) -> str:
    """A basic string: JSON's, whose escapes TOML shares, and DEL, which JSON leaves bare and TOML forbids."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _moment(moment: datetime) -> str:
    """A moment in Finnish time; with its offset in the hour that the clock shows twice in autumn."""
    if moment.tzinfo is None:
        return moment.isoformat()
    local = moment.astimezone(HELSINKI)
    return local.isoformat() if local.fold else local.replace(tzinfo=None).isoformat()
