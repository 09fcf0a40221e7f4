"""Do the languages say the same: clauses, days, numbers, terms; is each text in its own language (HL 67.2; X-01)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import TypeVar

from tender.errors import Finding, Severity
from tender.language import Language
from tender.wording.figures import figures, foreign_days, foreign_decimals
from tender.wording.page import Wording, in_language, remark

Counted = TypeVar("Counted", date, str)

MOST_SHOWN = 5
"""Differences that one finding names."""

FEWEST_WORDS = 12
"""A shorter text is names and numbers; its language cannot be told."""

_COMMON = {
    Language.FI: "ja on ei tai että se ovat joka sekä myös kun jos sen jotka mukaan kuin ole siitä",
    Language.SV: "och är inte eller att som för av med till den det ett ska på om vid efter när",
    Language.EN: "and is not or that which for of with to the a shall on if by when as be are",
}
COMMON = {language: frozenset(words.split()) for language, words in _COMMON.items()}
"""Words that nearly every sentence of a language has some of."""

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")
_ADDRESS = re.compile(r"\S+@\S+|https?:\S+")
"""Addresses are names; no language translates them."""


def same_clauses(wording: Wording) -> Iterator[Finding]:
    """Every language has the clauses of the prevailing one, under the same numbers."""
    for ours, theirs in wording.pairs():
        numbers = {clause.id: clause.number for clause in theirs.clauses}
        for clause in ours.clauses:
            if numbers.get(clause.id) != clause.number:
                found, expected = numbers.get(clause.id) or "–", clause.number or "–"
                yield remark(
                    "wording.clause-missing", Severity.BLOCK, theirs, clause.id, found=found, expected=expected
                )
        known = {clause.id for clause in ours.clauses}
        for clause in theirs.clauses:
            if clause.id not in known:
                values = {"found": clause.number or "–", "expected": "–"}
                yield remark("wording.clause-missing", Severity.BLOCK, theirs, clause.id, **values)


def same_days(wording: Wording) -> Iterator[Finding]:
    """A clause names the same days in every language."""
    for clause, other, page in wording.clause_pairs():
        ours, theirs = figures(clause.text, wording.prevailing).days, figures(other.text, page.language).days
        if ours != theirs:
            yield remark("wording.days-differ", Severity.BLOCK, page, clause.id, **_difference(ours, theirs))


def same_numbers(wording: Wording) -> Iterator[Finding]:
    """A clause names the same numbers in every language."""
    for clause, other, page in wording.clause_pairs():
        ours, theirs = figures(clause.text, wording.prevailing).numbers, figures(other.text, page.language).numbers
        if ours != theirs:
            yield remark("wording.numbers-differ", Severity.BLOCK, page, clause.id, **_difference(ours, theirs))


def _difference(ours: Counter[Counted], theirs: Counter[Counted]) -> dict[str, str]:
    """What `theirs` has too much and too little, a few of each."""
    return {"found": _few(theirs - ours), "expected": _few(ours - theirs)}


def _few(counted: Counter[Counted]) -> str:
    return ", ".join(str(one) for one in islice(sorted(counted.elements()), MOST_SHOWN)) or "–"


def same_terms(wording: Wording) -> Iterator[Finding]:
    """Where a clause uses a term of the list, the other languages use their word for it."""
    for clause, other, page in wording.clause_pairs():
        text = _ADDRESS.sub("", clause.text)
        for term in wording.glossary.terms:
            ours, theirs = term.stems.get(wording.prevailing), term.stems.get(page.language)
            if ours and theirs and ours.search(text) and not theirs.search(other.text):
                expected = term.words.best(page.language)
                yield remark("wording.term-differs", Severity.WARN, page, clause.id, term=expected)


def own_language(wording: Wording) -> Iterator[Finding]:
    """A text is in the language of its document."""
    for clause, page in wording.clauses():
        other = other_language(clause.text, page.language)
        if other is not None:
            yield remark("wording.other-language", Severity.WARN, page, clause.id, found=in_language(other))


def other_language(text: str, language: Language) -> Language | None:
    """The language that a paragraph of `text` is in, when it is plainly not `language`; ``None`` otherwise."""
    for paragraph in text.splitlines():
        words = [word.casefold() for word in _WORD.findall(paragraph)]
        if len(words) < FEWEST_WORDS:
            continue
        hits = {one: sum(word in COMMON[one] for word in words) for one in Language}
        best = max(Language, key=lambda one: hits[one])
        if hits[best] > 2 * hits[language] + 1:
            return best
    return None


def own_notation(wording: Wording) -> Iterator[Finding]:
    """Days and decimals are written as the document's language writes them."""
    for clause, page in wording.clauses():
        odd = [*foreign_days(clause.text, page.language), *foreign_decimals(clause.text, page.language)]
        if odd:
            found = ", ".join(odd[:MOST_SHOWN])
            yield remark("wording.notation", Severity.WARN, page, clause.id, found=found)


PARITY = (same_clauses, same_days, same_numbers, same_terms, own_language, own_notation)
"""The rules of this file."""
