"""Whether a text tells who asked: the asker's name in it, whole or without its company form, inflected or not.

It helps whoever reads the text before it goes out, and promises no more: of what grammar changes inside a name it knows
the weak grade of Finnish (Polku, Polun), -nen and -us, and a matter that only one firm could ask about is for that
reader to see.
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

_WEAK = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("mp", "mm"),
    ("ht", "hd"), ("lk", "l"), ("rk", "r"), ("lp", "lv"), ("rp", "rv"), ("k", ""), ("p", "v"), ("t", "d"),
)  # fmt: skip
"""Strong grades and their weak ones, the longer first; ``st``, ``sk``, ``sp`` and ``tk`` have none."""

_GRADED = re.compile(r"(.*[aeiouyäö][lrnmh]?)(kk|pp|tt|k|p|t)([aeiouyäö]{1,2})")
_ENDING = re.compile(
    r"(?:n|t|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|tta|ttä|na|nä|a|ä|ta|tä|i(?:n|den|en|ta|tä|ssa|ssä|sta|stä|hin|lla|llä|lta|ltä|lle|ksi))"
    r"(?:ni|si|mme|nne|nsa|nsä)?(?:kin|kaan|kään|ko|kö|han|hän|pa|pä)?"
)
"""Endings of Finnish cases, with what may be hung on them."""

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
    ending = _inflects(last, found[-1]) if len(last) >= SHORT else found[-1] == last
    return found[:-1] == firsts and ending


def _inflects(name: str, word: str) -> bool:
    """Whether `word` is `name` with any ending, or a changed stem of it with the ending of a case."""
    return word.startswith(name) or any(
        word.startswith(stem) and _ENDING.fullmatch(word.removeprefix(stem)) for stem in _stems(name)
    )


def _stems(name: str) -> Iterator[str]:
    """What may stand before the endings in place of `name`.

    >>> list(_stems("polku")), list(_stems("mallinen")), list(_stems("vaisto"))
    (['polu'], ['mallise', 'mallis'], [])
    """
    if name.endswith("nen"):
        yield from (f"{name[:-3]}se", f"{name[:-3]}s")
    elif name.endswith(("us", "ys", "os", "ös")):
        yield from (f"{name[:-1]}kse", f"{name[:-1]}de", f"{name[:-1]}t")
    graded = _GRADED.fullmatch(name)
    if graded is not None:
        before, strong, vowel = graded.groups()
        for cluster, weak in _WEAK:
            whole = before + strong
            if whole.endswith(cluster):
                stem = whole.removesuffix(cluster) + weak
                yield from (stem + vowel, stem + "e") if vowel == "i" else (stem + vowel,)
                return


def _words(text: str) -> Iterator[str]:
    """The words without case, without what cannot be seen, and in one form of each letter."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return (found[0] for found in _WORD.finditer(seen))
