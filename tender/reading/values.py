"""Single values of the file, checked against their field: kind, choice, form, range."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from tender.reading.dictionary import Field
from tender.reading.limits import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    cleaned,
    fits,
    form_of,
    nearest_allowed,
    range_text,
    unwanted,
)
from tender.reading.names import nearest
from tender.reading.notes import Notes
from tender.reading.scalars import PLACEHOLDERS, READERS, kind_of, shown, too_long

_BLANK_IS_MISSING = frozenset({"string", "id", "path"})


def read_choice(notes: Notes, field: Field, choices: type[StrEnum], raw: object, path: str) -> StrEnum:
    """The member of `choices` that `raw` names; a wrong one gives the nearest, and its path is broken."""
    allowed = [choice.value for choice in choices]
    if isinstance(raw, str) and raw in allowed:
        return choices(raw)
    notes.break_at(path)
    if notes.full:
        return choices(allowed[0])
    said = raw if isinstance(raw, str) else ""
    near = nearest(said, allowed) or nearest(said, allowed, least=0.01) or allowed[0]
    if isinstance(raw, str):
        notes.add("field.choice", path, field, found=shown(raw), allowed=", ".join(allowed), nearest=near)
    else:
        values = {"found_kind": kind_of(raw), "expected": "field-type.choice"}
        notes.add("field.type", path, field, found=shown(raw), **values)
    return choices(near)


def read_scalar(notes: Notes, field: Field, raw: object, path: str) -> object:
    """The value that `raw` is for `field`; a placeholder when it cannot be read, and its path is broken."""
    kind = field.type.of
    if too_long(raw):
        notes.add("field.range", path, field, found=shown(raw), expected=range_text(field))
        notes.break_at(path)
        return PLACEHOLDERS[kind]
    taken = READERS[kind](raw)
    if taken is None or not taken.exact:
        values = {"found": shown(raw), "found_kind": kind_of(raw), "expected": f"field-type.{kind}"}
        notes.add("field.type", path, field, **values)
    if taken is None:
        notes.break_at(path)
        return PLACEHOLDERS[kind]
    return _limited(notes, field, taken.value, path)


def _limited(notes: Notes, field: Field, value: object, path: str) -> object:
    if isinstance(value, str):
        return _string(notes, field, value, path)
    if isinstance(value, date):
        return _day(notes, field, value, path)
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        return value
    allowed = nearest_allowed(field, value)
    if allowed != value:
        notes.add("field.range", path, field, found=shown(value), expected=range_text(field))
        notes.break_at(path)
    return allowed


def _day(notes: Notes, field: Field, value: date, path: str) -> object:
    if EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        return value
    notes.add("field.range", path, field, found=shown(value), expected=f"{EARLIEST_YEAR}–{LATEST_YEAR}")
    notes.break_at(path)
    return PLACEHOLDERS[field.type.of]


def _string(notes: Notes, field: Field, value: str, path: str) -> str:
    form, odd = form_of(field), unwanted(value)
    if odd:
        notes.add("field.characters", path, field, found=odd)
    elif not value.strip() and _must_say_something(field):
        notes.add("field.blank", path, field)
    elif not fits(form, value):
        notes.add("field.format", path, field, found=shown(value), expected=f"field-form.{form}")
    else:
        return value
    notes.break_at(path)
    return str(PLACEHOLDERS["id"]) if form == "id" else cleaned(value)


def _must_say_something(field: Field) -> bool:
    return field.type.of in _BLANK_IS_MISSING and (field.required or field.default != "")
