"""The days and numbers of a text, in a form that is the same in every language."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from tender.language import MONTHS, Language

_GROUPED = {
    Language.FI: re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))"),
    Language.SV: re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))"),
    Language.EN: re.compile(r"(?<=\d),(?=\d{3}(?!\d))"),
}
_DIGITS = re.compile(r"\d+")
_POINTED_DAY = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_ENGLISH_MONTHS = MONTHS[Language.EN]
_ENGLISH_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})[ \u00a0]({'|'.join(_ENGLISH_MONTHS)})[ \u00a0](\d{{4}})(?!\d)")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a text says in figures.

    Attributes:
        days: How often each whole date stands in it.
        numbers: How often each group of digits does, thousands joined, days left out: ``0,9`` and ``0.9`` are 0 and 9.
    """

    days: Counter[date]
    numbers: Counter[str]


def figures(text: str, language: Language) -> Figures:
    """The days and numbers of `text`.

    >>> found = figures("Hinta 1\u00a0234,50 € alkaen 1.3.2019", Language.FI)
    >>> sorted(found.numbers), list(found.days)
    (['1234', '50'], [datetime.date(2019, 3, 1)])
    """
    pattern, month_of = (_ENGLISH_DAY, _named) if language is Language.EN else (_POINTED_DAY, int)
    days: Counter[date] = Counter()

    def taken(match: re.Match[str]) -> str:
        try:
            days[date(int(match[3]), month_of(match[2]), int(match[1]))] += 1
        except ValueError:
            return match[0]
        return " "

    rest = pattern.sub(taken, text)
    return Figures(days, Counter(_DIGITS.findall(_GROUPED[language].sub("", rest))))


def _named(month: str) -> int:
    return _ENGLISH_MONTHS.index(month) + 1


def foreign_days(text: str, language: Language) -> list[str]:
    """Dates in `text` that are written as another language writes them."""
    pattern = _POINTED_DAY if language is Language.EN else _ENGLISH_DAY
    return [match[0] for match in pattern.finditer(text)]


_UNIT = r"[ \u00a0]?(?:%|€|euro|p\.|pist|poäng|point|kk\b|mån|month|h\b|tun|timm|hour)"
_FOREIGN_DECIMAL = {
    Language.FI: re.compile(rf"(?<![\d.,])\d+\.\d+{_UNIT}"),
    Language.SV: re.compile(rf"(?<![\d.,])\d+\.\d+{_UNIT}"),
    Language.EN: re.compile(rf"(?<![\d.,])\d+,\d{{1,2}}(?!\d){_UNIT}"),
}


def foreign_decimals(text: str, language: Language) -> list[str]:
    """Measured numbers in `text` with the decimal mark of another language."""
    return [match[0] for match in _FOREIGN_DECIMAL[language].finditer(text)]
