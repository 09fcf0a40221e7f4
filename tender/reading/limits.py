"""Limits of values: forms of strings, ends of numbers, characters that no tender holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from tender.reading.dictionary import Field

_ID = re.compile(r"(?=.{1,40}\Z)[a-z0-9]+(?:[_-][a-z0-9]+)*")

FORMS: Mapping[str, re.Pattern[str]] = {
    "id": _ID,
    "name": _ID,
    "path": re.compile(r"(?=.{1,200}\Z)[a-z0-9_]+(?:\[[0-9]{1,4}\])?(?:\.[a-z0-9_-]+(?:\[[0-9]{1,4}\])?)*"),
    "email": re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+"),
    "address": re.compile(r"https?://[^\s/]\S*"),
    "business-id": re.compile(r"[0-9]{7}-[0-9]"),
    "cpv": re.compile(r"[0-9]{8}(?:-[0-9])?"),
    "nuts": re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}"),
    "formula": re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*@[1-9][0-9]{0,3}"),
}
"""Forms of strings; the term ``field-form.<name>`` says each in words."""

LARGEST = Decimal(10) ** 15
"""No number of a tender is larger; larger ones are slips or attacks."""

EARLIEST_YEAR, LATEST_YEAR = 1990, 2200
"""Years of dates that can be meant."""

_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def form_of(field: Field) -> str:
    """The form that strings of `field` have, or an empty string."""
    return field.form or (field.type.of if field.type.of in FORMS else "")


def fits(form: str, words: str) -> bool:
    """Whether `words` have the form; an empty string has every form, for it means "none yet"."""
    return not form or not words or FORMS[form].fullmatch(words) is not None


def unwanted(words: str) -> str:
    r"""Control and direction characters in `words`, as code points; empty when there are none.

    >>> unwanted("a\x00b")
    'U+0000'
    """
    return ", ".join(sorted({f"U+{ord(mark):04X}" for mark in _UNWANTED.findall(words)}))


def cleaned(words: str) -> str:
    """`words` without control and direction characters."""
    return _UNWANTED.sub("", words)


def nearest_allowed(field: Field, number: int | Decimal | Fraction) -> int | Decimal | Fraction:
    """`number`, or the end of the allowed range that it is beyond."""
    lowest, highest = _ends(field)
    for end, beyond in ((lowest, number < lowest), (highest, number > highest)):
        if beyond:
            return type(number)(end)
    return number


def range_text(field: Field) -> str:
    """The allowed range in signs: ``0–100``, ``≥ 0``, ``≤ 1``."""
    lowest, highest = field.minimum, field.maximum
    if lowest is not None and highest is not None:
        if lowest == highest:
            return f"{lowest:f}"
        return f"{lowest:f}–{highest:f}" if lowest >= 0 else f"{lowest:f} … {highest:f}"
    if lowest is not None:
        return f"≥ {lowest:f}"
    return f"≤ {LARGEST if highest is None else highest:f}"


def _ends(field: Field) -> tuple[Decimal, Decimal]:
    return (
        -LARGEST if field.minimum is None else field.minimum,
        LARGEST if field.maximum is None else field.maximum,
    )
