"""Words for the changes of a tender: labels of its fields in the reader's language, values in its notation."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from tender.documents.numbers import euros, percent, speak
from tender.language import NBSP, Language, Text
from tender.model.changes import ChangeKind, DataChange
from tender.words import words

NOTHING = "–"
"""Stands for a value that is not there."""

_GAPS = re.compile(r"[ \n\t]+")
_LONGEST = 160
"""Characters of a text that a line of changes shows; a redline shows all of it."""


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One change in words.

    Attributes:
        label: What changed: ``Vertailuhinta: enimmäispisteet``.
        before: The old value; a dash when there was none.
        after: The new value; a dash when there is none.
    """

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        """The change on one line."""
        return f"{self.label}: {self.before} → {self.after}"


def change_words(change: DataChange, language: Language, units: Mapping[str, str]) -> ChangeWords:
    """`change` in the words of `language`.

    Args:
        change: The change.
        language: The reader's language.
        units: Unit id by label of a field, from the field dictionary.
    """
    names = [name.best(language) for name in change.about]
    label = ": ".join([*names, words(language).term(change.label)])
    if change.language is not None:
        label = f"{label} ({words(language).term(f'documents.language.{change.language.value}')})"
    elif change.kind is ChangeKind.REORDERED:
        label = f"{label} ({words(language).term('change.order')})"
    before, after = (_shown(value, language, units.get(change.label, "")) for value in (change.before, change.after))
    return ChangeWords(label[:1].upper() + label[1:], *_shortened(before, after))


def _shown(value: object, language: Language, unit: str) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, tuple):
        return ", ".join(_shown(item, language, unit) for item in value) or NOTHING
    if isinstance(value, bool):
        return words(language).term(f"change.{'yes' if value else 'no'}")
    if isinstance(value, Enum):
        return words(language).term(f"choice.{type(value).__name__}.{value.value}")
    if dataclasses.is_dataclass(value) and not isinstance(value, Text):
        return _noun(value, language)
    return _with_unit(value, language, unit)


def _noun(value: object, language: Language) -> str:
    """A whole noun by its name, else by its kind and its short id."""
    name = getattr(value, "name", None)
    if isinstance(name, Text) and name.best(language):
        return name.best(language)
    kind = words(language).term(f"noun.{type(value).__name__}").lower()
    found = getattr(value, "id", "")
    return f"{kind} {found}".rstrip()


def _with_unit(value: object, language: Language, unit: str) -> str:
    if isinstance(value, int | Decimal | Fraction):
        if unit == "percent":
            return percent(value, language)
        if unit == "euro":
            return euros(value, language)
        if unit and unit != "year":
            return f"{speak(value, language)}{NBSP}{words(language).term(f'field-unit.{unit}')}"
        return str(value) if unit == "year" else speak(value, language)
    return _GAPS.sub(" ", speak(value, language)).strip()


def _shortened(before: str, after: str) -> tuple[str, str]:
    """Both texts cut to the part that differs, where they are too long for a line."""
    if max(len(before), len(after)) <= _LONGEST:
        return before, after
    same = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    start = before.rfind(" ", 0, max(0, same - 30)) + 1
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    end = start + _LONGEST
    shown = text[start:end] if end >= len(text) else f"{text[start:end].rpartition(' ')[0]} …"
    return f"… {shown}" if start else shown
