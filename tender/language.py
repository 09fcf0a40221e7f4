"""The three languages of a tender, texts in them, and how each writes numbers and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

NBSP = "\u00a0"
MINUS = "\u2212"


class Language(StrEnum):
    """A language that Valinta speaks."""

    FI = "fi"
    SV = "sv"
    EN = "en"


MONTHS = {
    Language.FI: (
        "tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta",
        "heinäkuuta", "elokuuta", "syyskuuta", "lokakuuta", "marraskuuta", "joulukuuta",
    ),
    Language.SV: (
        "januari", "februari", "mars", "april", "maj", "juni",
        "juli", "augusti", "september", "oktober", "november", "december",
    ),
    Language.EN: (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
"""Months in the form that a date takes, January first: ``1. maaliskuuta``, ``1 mars``, ``1 March``."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in the languages that a tender declares; a missing language is ``None``, never empty.

    Attributes:
        fi: Finnish.
        sv: Swedish.
        en: English.
    """

    fi: str | None = None
    sv: str | None = None
    en: str | None = None

    def get(self, language: Language) -> str | None:
        """The words in `language`, or ``None``."""
        found: str | None = getattr(self, language.value)
        return found

    def best(self, language: Language) -> str:
        """The words in `language`, else in the first language that has them; empty when none has."""
        return self.get(language) or self.fi or self.sv or self.en or ""

    def missing(self, languages: tuple[Language, ...]) -> tuple[Language, ...]:
        """Those of `languages` in which the words are missing."""
        return tuple(language for language in languages if not (self.get(language) or "").strip())


NO_TEXT = Text()
"""No words at all, for texts that may be left out."""


def number_text(value: Decimal | int, language: Language) -> str:
    """`value` with the decimals it carries, as `language` writes it.

    >>> number_text(Decimal("1234567.50"), Language.FI).split(NBSP)
    ['1', '234', '567,50']
    >>> number_text(Decimal("-0.05"), Language.EN)
    '−0.05'
    """
    grouped = f"{abs(value):,f}" if isinstance(value, Decimal) else f"{abs(value):,}"
    if language is not Language.EN:
        grouped = grouped.replace(",", NBSP).replace(".", ",")
    return (MINUS if value < 0 else "") + grouped


def euro_text(value: Decimal, language: Language) -> str:
    """A euro amount as `language` writes it: ``1 234,50 €`` or ``€1,234.50``; a minus sign stands first."""
    if language is Language.EN:
        return f"{MINUS if value < 0 else ''}€{number_text(abs(value), language)}"
    return f"{number_text(value, language)}{NBSP}€"


def date_text(day: date, language: Language) -> str:
    """A date as `language` writes it: ``1.3.2019`` in Finnish and Finland's Swedish, ``1 March 2019`` in English."""
    if language is Language.EN:
        return f"{day.day}{NBSP}{MONTHS[Language.EN][day.month - 1]}{NBSP}{day.year}"
    return f"{day.day}.{day.month}.{day.year}"


def moment_text(moment: datetime, language: Language) -> str:
    """A date with the clock time, in the moment's own time zone: ``1.3.2019 klo 12.00``."""
    day = date_text(moment.date(), language)
    if language is Language.EN:
        return f"{day} at {moment:%H:%M}"
    word = "klo" if language is Language.FI else "kl."
    return f"{day} {word}{NBSP}{moment.hour}.{moment.minute:02d}"
