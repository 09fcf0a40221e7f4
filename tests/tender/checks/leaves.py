"""Every field of a tender by its path, and what may stand in it when something went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from tender.language import NO_TEXT, Text
from tender.model.tender import Tender
from tests.sample import HELSINKI

Step = str | int


def steps(value: Any, way: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """The way to every field below `value`, tables and lists included."""
    if way:
        yield way
    for step, item in _inside(value):
        yield from steps(item, (*way, step))


def _inside(value: Any) -> list[tuple[Step, Any]]:
    """The fields, entries or items of `value`; a text is one thing."""
    if is_dataclass(value) and not isinstance(value, Text):
        return [(field.name, getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, tuple) else []


def path_of(way: tuple[Step, ...]) -> str:
    """The way as a field path."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in way).lstrip(".")


def value_at(value: Any, way: tuple[Step, ...]) -> Any:
    """What stands at `way`."""
    for step in way:
        value = getattr(value, str(step)) if is_dataclass(value) else value[step]
    return value


def put(value: Any, way: tuple[Step, ...], new: Any) -> Any:
    """`value` with `new` at `way`."""
    if not way:
        return new
    step, rest = way[0], way[1:]
    if isinstance(value, tuple):
        return tuple(put(item, rest, new) if index == step else item for index, item in enumerate(value))
    if isinstance(value, Mapping):
        return {name: put(item, rest, new) if name == step else item for name, item in value.items()}
    return replace(value, **{str(step): put(getattr(value, str(step)), rest, new)})


def placeholders(value: Any) -> list[Any]:
    """What the reader may put where `value` could not be read: the neutral values of its kind."""
    if isinstance(value, bool):
        return [False]
    if isinstance(value, Enum):
        return [next(iter(type(value)))]
    if isinstance(value, datetime):
        return [datetime(1900, 1, 1, tzinfo=HELSINKI)]
    kinds: dict[type, list[Any]] = {
        int: [0, 1],
        Decimal: [Decimal(0), Decimal(1)],
        Fraction: [Fraction(0)],
        date: [date(1900, 1, 1)],
        str: [""],
        Text: [NO_TEXT],
        tuple: [()],
        dict: [{}],
    }
    return kinds.get(type(value), [])


def oddities(value: Any) -> list[Any]:
    """What nobody should write where `value` stands, and somebody will."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, Enum):
        return list(type(value))
    if isinstance(value, datetime):
        return [datetime.min, datetime.max, datetime(2018, 12, 24, 23, 59)]  # noqa: DTZ001, DTZ901 - odd on purpose
    kinds: dict[type, list[Any]] = {
        int: [0, -1, 10**18, 10**6],
        Decimal: [Decimal(text) for text in ("0", "-1", "NaN", "-Infinity", "1e400000", "0.1234567890123", "100.001")],
        Fraction: [Fraction(0), Fraction(-1, 3), Fraction(5), Fraction(1, 10**20)],
        date: [date.min, date.max, date(2018, 12, 24), date(2199, 12, 31)],
        str: ["", "\x00", "x" * 5000, "380/2023 99999 § 27–"],
        Text: [NO_TEXT, Text(fi=" "), Text(sv="x")],
        tuple: [()],
        dict: [{}],
    }
    return [*kinds.get(type(value), []), *placeholders(value)]


def damaged(tender: Tender, way: tuple[Step, ...], new: Any) -> Tender:
    """`tender` with `new` at `way`."""
    made = put(tender, way, new)
    assert isinstance(made, Tender)
    return made
