"""Soft hyphens: Finnish by its own syllable rule and a list of compound joints, Swedish and English by pyphen.

No hyphenation dictionary for Finnish travels with pyphen, and pattern sets err at compound joints. The Finnish rule here
is deliberately shy: it breaks before a consonant that a vowel follows, and at the joints that
``templates/styles/joints.fi.txt`` lists; a break that is missing costs a ragged line, a wrong one costs trust.
"""

from __future__ import annotations

import re
from functools import cache

from tender.language import NBSP, Language
from tender.words import templates_folder

SOFT_HYPHEN = "\u00ad"

LONG = 15
"""Words of prose get soft hyphens from this many letters on."""

NARROW = 9
"""In headings and table cells, where lines are short, words get them from this many letters on."""

_VOWELS = frozenset("aeiouyåäöéAEIOUYÅÄÖ")
_LEFT, _RIGHT = 3, 3
"""Letters that must stand before and after a break."""

_WORD = re.compile(r"(?<![\w@./])[^\W\d_]{9,}(?![\w@/]|\.\w)")
_SECTION_SIGN = re.compile(r"(?<=[\da-z]) (?=§)|(?<=§) (?=\d)")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*>|<!--.*?-->|<![^>]*>", re.DOTALL)
_UNTOUCHED = frozenset({"head", "style", "svg", "code", "title"})
_NARROW_PLACES = frozenset({"th", "td", "h1", "h2", "h3", "h4", "caption", "nav"})
_PYPHEN = {Language.SV: "sv_SE", Language.EN: "en_GB"}


def soften(word: str, language: Language) -> str:
    """`word` with soft hyphens where `language` lets it break.

    >>> soften("työllisyysalueella", Language.FI).replace(SOFT_HYPHEN, "-")
    'työl-li-syys-alu-eel-la'
    """
    if language in _PYPHEN:
        return _pyphen(language).inserted(word, SOFT_HYPHEN)
    breaks = _finnish_breaks(word)
    return "".join(SOFT_HYPHEN + letter if place in breaks else letter for place, letter in enumerate(word))


def soften_html(html: str, language: Language) -> str:
    """`html` with soft hyphens in its long words, and section signs that do not part from their numbers.

    Figures, hashes and addresses stay untouched.
    """
    pieces: list[str] = []
    inside: list[str] = []
    end = 0
    for match in _TAG.finditer(html):
        pieces.append(_soften_text(html[end : match.start()], inside, language))
        pieces.append(match.group())
        end = match.end()
        _follow(match, inside)
    pieces.append(_soften_text(html[end:], inside, language))
    return "".join(pieces)


def _follow(tag: re.Match[str], inside: list[str]) -> None:
    """Keep `inside` the stack of open elements that matter here."""
    name = (tag[2] or "").lower()
    if name not in _UNTOUCHED and name not in _NARROW_PLACES:
        return
    if not tag[1]:
        inside.append(name)
    elif name in inside:
        del inside[len(inside) - 1 - inside[::-1].index(name) :]


def _soften_text(text: str, inside: list[str], language: Language) -> str:
    if not text or any(name in _UNTOUCHED for name in inside):
        return text
    shortest = NARROW if inside else LONG
    held = _SECTION_SIGN.sub(NBSP, text)
    return _WORD.sub(lambda word: soften(word[0], language) if len(word[0]) >= shortest else word[0], held)


def _finnish_breaks(word: str) -> set[int]:
    """Places before which a Finnish word may break."""
    joints = _joints_of(word)
    edges = [0, *sorted(joints), len(word)]
    inner = {
        place
        for start, end in zip(edges, edges[1:], strict=False)
        for place in _syllable_breaks(word, start, end)
    }
    return {place for place in inner | joints if _LEFT <= place <= len(word) - _RIGHT}


def _syllable_breaks(word: str, start: int, end: int) -> set[int]:
    """Breaks inside one part of a compound: before a consonant that a vowel follows."""
    found: set[int] = set()
    vowel_before = False
    for place in range(start, end - 1):
        if word[place] in _VOWELS:
            vowel_before = True
        elif vowel_before and word[place + 1] in _VOWELS and place - start >= 2 and end - place >= 2:
            found.add(place)
    return found


def _joints_of(word: str) -> set[int]:
    """Places of known compound joints in `word`."""
    found: set[int] = set()
    lowered = word.lower()
    for joined, offset in _joints():
        start = lowered.find(joined)
        while start >= 0:
            found.add(start + offset)
            start = lowered.find(joined, start + 1)
    return found


@cache
def _joints() -> tuple[tuple[str, int], ...]:
    """Joined letters with the offset of the joint, from the list of compound joints."""
    source = (templates_folder() / "styles" / "joints.fi.txt").read_text(encoding="utf-8")
    entries = (line.strip() for line in source.splitlines() if line.strip() and not line.startswith("#"))
    return tuple((entry.replace("|", "", 1), entry.index("|")) for entry in entries)


@cache
def _pyphen(language: Language):  # type: ignore[no-untyped-def]  # noqa: ANN202  # pyphen has no types
    import pyphen  # noqa: PLC0415  # heavy: only when a Swedish or English document is made

    return pyphen.Pyphen(lang=_PYPHEN[language], left=_LEFT, right=_RIGHT)
