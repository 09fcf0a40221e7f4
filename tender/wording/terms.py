"""Terms inside one document: traps, definitions that are used and stand once, references that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil

from tender.errors import Finding, Severity
from tender.wording.page import PageText, Wording, remark

_KEPT = 6
"""Tenths of a word that stay when it is inflected; enough for Finnish, whose words end in case and number."""

_SHORTEST = 4
_CLAUSE = re.compile(
    r"\b(?:kohta|kohda\w*|kohti\w*|punkt\w*|avsnitt\w*|clause|section)[ \u00a0](\d{1,2}\.\d{1,2})(?![\d.]|[ \u00a0]§)",
    re.IGNORECASE,
)


def traps(wording: Wording) -> Iterator[Finding]:
    """No word that another source gives another meaning, such as *valintaperuste*."""
    for clause, page in wording.clauses():
        text = clause.text.casefold()
        for trap in wording.glossary.traps:
            if trap.language is page.language and trap.stem in text:
                values = {"found": trap.stem, "instead": trap.instead, "why": trap.why}
                yield remark("wording.trap", Severity.WARN, page, clause.id, **values)


def defined_once(wording: Wording) -> Iterator[Finding]:
    """No document defines a term twice."""
    for page in wording.pages:
        seen: dict[str, str] = {}
        for clause in page.clauses:
            for term in clause.defined:
                first = seen.setdefault(term.casefold(), clause.id)
                if first != clause.id or clause.defined.count(term) > 1:
                    yield remark("wording.defined-twice", Severity.WARN, page, clause.id, term=term, first=first)


def defined_used(wording: Wording) -> Iterator[Finding]:
    """A term that is defined is used somewhere else in the document."""
    for page in wording.pages:
        for clause in page.clauses:
            for term in clause.defined:
                if not _used(term, page, clause.id):
                    yield remark("wording.defined-unused", Severity.WARN, page, clause.id, term=term)


def _used(term: str, page: PageText, home: str) -> bool:
    pattern = inflected(term)
    return any(pattern.search(clause.text) for clause in page.clauses if clause.id != home)


def inflected(term: str) -> re.Pattern[str]:
    """Finds `term` in any of its forms.

    >>> bool(inflected("todennettu työtunti").search("jokaisesta todennetusta työtunnista"))
    True
    """
    beginnings = (re.escape(word[: max(_SHORTEST, ceil(len(word) * _KEPT / 10))]) for word in term.split())
    return re.compile(r"\w*\s+".join(beginnings), re.IGNORECASE)


def clauses_referred(wording: Wording) -> Iterator[Finding]:
    """A clause number that a text names exists in its document."""
    for clause, page in wording.clauses():
        numbers = {one.number for one in page.clauses}
        for match in _CLAUSE.finditer(clause.text):
            if match[1] not in numbers:
                yield remark("wording.dangling-clause", Severity.WARN, page, clause.id, found=match[0])


def documents_cited(wording: Wording) -> Iterator[Finding]:
    """A document that a text names is made."""
    for clause, page in wording.clauses():
        for document in clause.cited:
            if document not in wording.made:
                yield remark("wording.dangling-document", Severity.BLOCK, page, clause.id, found=document)


TERMS = (traps, defined_once, defined_used, clauses_referred, documents_cited)
"""The rules of this file."""
