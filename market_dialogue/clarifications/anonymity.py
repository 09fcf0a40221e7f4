"""Whether a text tells who asked: the asker's name in it, whole or without its company form, inflected or not.

It helps whoever reads the text before it goes out, and promises no more: a name that grammar has changed inside, or a
matter that only one firm could ask about, is for that reader to see.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from tender.record.dialogue import Asked, Clarification

_FORMS = frozenset(
    {"oy", "oyj", "ab", "abp", "ltd", "plc", "ry", "rf", "tmi", "osk", "ky", "kb", "sr"}
    | {"kommandiittiyhtiö", "osuuskunta", "osakeyhtiö", "aktiebolag", "säätiö"}
)
"""Words for a company's form, which name nobody."""

SHORT = 4
"""A name with fewer letters is looked for as a whole word only: every text has words that begin like it."""

_WORD = re.compile(r"[^\W_]+")


def naming(said: Clarification, asked: Iterable[Asked]) -> tuple[str, ...]:
    """Organisations among `asked` whose name stands in the question or the answer of `said`, in any language."""
    texts = [*said.question.values(), *said.answer.values()]
    return tuple(dict.fromkeys(one.organisation for one in asked if any(names(one.organisation, t) for t in texts)))


def names(organisation: str, text: str) -> bool:
    """Whether `text` has the name of `organisation`.

    >>> names("Polku Oy", "Polkulla on kysymys."), names("Tie Oy", "Tiedoksi kaikille.")
    (True, False)
    """
    wanted = [word for word in _words(organisation) if word not in _FORMS] or list(_words(organisation))
    found = list(_words(text))
    places = range(len(found) - len(wanted) + 1)
    return bool(wanted) and any(_matches(wanted, found[place : place + len(wanted)]) for place in places)


def _matches(wanted: list[str], found: list[str]) -> bool:
    """Whether the words are the same, the last one with any ending."""
    *firsts, last = wanted
    ending = found[-1].startswith(last) if len(last) >= SHORT else found[-1] == last
    return found[:-1] == firsts and ending


def _words(text: str) -> Iterator[str]:
    """The words without case, without what cannot be seen, and in one form of each letter."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return (found[0] for found in _WORD.finditer(seen))
