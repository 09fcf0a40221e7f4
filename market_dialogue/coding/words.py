"""The words of a reply as its comparisons see them: one case, one spacing, base forms where Voikko is installed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

BaseForms = Callable[[str], str]
"""Turns a normal text into the base forms of its words."""

_WORD = re.compile(r"[^\W_]+")


def normal(text: str) -> str:
    """`text` in one case and without punctuation, words parted by single spaces.

    >>> normal("Katto: 700,  EI 500!")
    'katto 700 ei 500'
    """
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def as_written(text: str) -> str:
    """No base forms: where Voikko is not installed, character n-grams carry the inflection."""
    return text


@cache
def base_forms() -> BaseForms:
    """Finnish base forms by Voikko, or the words as written where it is not installed."""
    try:
        import libvoikko
    except ImportError:
        return as_written
    try:
        voikko = libvoikko.Voikko("fi")
    except (libvoikko.VoikkoException, OSError):
        return as_written
    return lambda text: " ".join(_base(voikko.analyze(word), word) for word in text.split(" "))


def _base(analyses: list[dict[str, str]], word: str) -> str:
    return analyses[0].get("BASEFORM", word).casefold() if analyses else word
