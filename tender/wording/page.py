"""The text of a finished document, clause by clause, as the lint reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tender.errors import Finding, Severity
from tender.language import Language
from tender.wording.glossary import Glossary

BASIS = "HL 67.2"
"""What a blocking finding rests on: the documents of one procurement do not contradict each other."""


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One clause as its readers get it.

    Attributes:
        id: Id of the clause.
        number: Its number in the document.
        text: Heading and body, tables cell by cell, a line for each paragraph.
        defined: Terms that it defines, as they stand there.
        cited: Ids of the documents of the catalogue that it names.
    """

    id: str
    number: str
    text: str
    defined: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """One document in one language.

    Attributes:
        document: Its id.
        language: Its language.
        clauses: Its clauses in order.
    """

    document: str
    language: Language
    clauses: tuple[ClauseText, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """All that the lint looks at.

    Attributes:
        pages: Every document in every language that the tender declares.
        glossary: The term list.
        made: Ids of the documents that are made, so that a reference to another one leads nowhere.
        prevailing: The language whose wording prevails; the others are held against it.
    """

    pages: tuple[PageText, ...]
    glossary: Glossary
    made: frozenset[str]
    prevailing: Language

    def pairs(self) -> Iterator[tuple[PageText, PageText]]:
        """Every document in the prevailing language with each of its other languages."""
        first = {page.document: page for page in self.pages if page.language is self.prevailing}
        for page in self.pages:
            if page.language is not self.prevailing and page.document in first:
                yield first[page.document], page

    def clause_pairs(self) -> Iterator[tuple[ClauseText, ClauseText, PageText]]:
        """Every clause in the prevailing language with itself in another language, and the other's page."""
        for ours, theirs in self.pairs():
            by_id: Mapping[str, ClauseText] = {clause.id: clause for clause in theirs.clauses}
            for clause in ours.clauses:
                if clause.id in by_id:
                    yield clause, by_id[clause.id], theirs

    def clauses(self) -> Iterator[tuple[ClauseText, PageText]]:
        """Every clause of every page."""
        for page in self.pages:
            for clause in page.clauses:
                yield clause, page


def remark(rule: str, severity: Severity, page: PageText, clause: str, **values: str) -> Finding:
    """A finding about `clause` of `page`; the page's language is among its values, and in the field's path."""
    shown = {"document": page.document, "clause": clause, "language": in_language(page.language), **values}
    field = f"{page.document}.{page.language.value}.{clause}"
    return Finding(rule, severity, field, shown, BASIS if severity is Severity.BLOCK else "")


def in_language(language: Language) -> str:
    """The term that says in which language something is written."""
    return f"in-language.{language.value}"
