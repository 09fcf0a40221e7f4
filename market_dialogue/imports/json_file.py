"""JSON from outside: exact numbers, no key twice, not too deep, and moments as services write them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from tender.errors import InputError, Place
from tender.guards import excerpt
from tender.reading.scalars import HELSINKI

MOST_DEPTH = 30
"""Deepest nesting of objects and lists; exports need about six."""

_TICKS = re.compile(r"/Date\((-?[0-9]{1,15})(?:[+-][0-9]{4})?\)/")


def read_json(data: bytes, file: str) -> Any:  # noqa: ANN401 - JSON is any of its types
    """The value in `data`.

    Raises:
        InputError: It is no UTF-8, no JSON, too deep, has a key twice or a number that is none.
    """
    try:
        value = json.loads(
            data.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_unique
        )
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise InputError("dialogue.no-json", place=Place(file), detail=excerpt(str(error), 120)) from error
    if _depth(value) > MOST_DEPTH:
        raise InputError("dialogue.no-json", place=Place(file), detail=f"> {MOST_DEPTH}")
    return value


def moment_in(text: str) -> datetime | None:
    """The moment that ``/Date(ms)/`` or ISO 8601 says, Helsinki's time where no zone is given; ``None`` for others.

    >>> moment_in("/Date(1539782520000)/").isoformat()
    '2018-10-17T16:22:00+03:00'
    """
    ticks = _TICKS.fullmatch(text.strip())
    try:
        if ticks is not None:
            return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(ticks[1]))).astimezone(HELSINKI)
        found = datetime.fromisoformat(text.strip())
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=HELSINKI)


def text_in(value: object) -> str:
    """A scalar as text; nothing for a null, a list or an object."""
    return "" if value is None or isinstance(value, dict | list) else str(value)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for key, _ in pairs if [other for other, _ in pairs].count(key) > 1)
        raise ValueError(twice)
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _depth(value: object) -> int:
    """How deep `value` nests, counted without recursion."""
    level, at = [value], 0
    while level:
        at += 1
        children = [
            list(one.values()) if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)
        ]
        level = [child for some in children for child in some]
        if at > MOST_DEPTH:
            break
    return at
