"""Why is this clause here: where its wording comes from, its law, and which value lets it in or keeps it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tender.documents.clauses import Clause, clauses_of
from tender.documents.document import Document
from tender.documents.numbers import present
from tender.documents.pages import context_values, document_clauses
from tender.errors import UsageError
from tender.language import Language, Text
from tender.model.publication import Publication
from tender.publishing.files import wanted_documents
from tender.publishing.folder import CLAUSES, overrides


@dataclass(frozen=True, slots=True)
class ClauseTrace:
    """Where a clause comes from and why it is there.

    Attributes:
        document: Id of the document.
        document_title: Title of the document.
        id: Id of the clause.
        number: Its number; empty when it is left out, and for the cover.
        title: Its heading.
        file: Its file, in the tender folder for an own wording and below the templates otherwise.
        version: Version of the wording.
        basis: Legal or source basis; empty when none.
        valid_from: First day on which the wording may be used.
        valid_to: Last such day; ``None`` while it is open.
        approved: Who approved the wording and when; empty until somebody has.
        when: The value of the document that must be given; empty when the clause is always there.
        here: Whether it is in the document.
        own: Whether the wording is the tender folder's own.
    """

    document: str
    document_title: Text
    id: str
    number: str
    title: str
    file: str
    version: int
    basis: str
    valid_from: date
    valid_to: date | None
    approved: str
    when: str
    here: bool
    own: bool


def traces(folder: Path, publication: Publication, language: Language) -> tuple[ClauseTrace, ...]:
    """Every clause of every document that the tender wants, those left out by their condition too."""
    found = (_traces(folder, document, publication, language) for document in wanted_documents(publication))
    return tuple(trace for each in found for trace in each)


def why(
    folder: Path, publication: Publication, language: Language, clause: str, document: str | None
) -> tuple[ClauseTrace, ...]:
    """The traces of one clause, in one document or in every one that has it.

    Raises:
        UsageError: No document has such a clause.
    """
    known = traces(folder, publication, language)
    found = tuple(one for one in known if one.id == clause and document in {None, one.document})
    if not found:
        documents = document or ", ".join(dict.fromkeys(one.document for one in known))
        raise UsageError("review.no-clause", clause=clause, documents=documents)
    return found


def _traces(folder: Path, document: Document, publication: Publication, language: Language) -> Iterator[ClauseTrace]:
    values = context_values(document.context(publication))
    own = overrides(folder, document, language)
    numbers = {entry.clause.id: entry for entry in document_clauses(document, values, publication, language, own)}
    day = publication.tender.timetable.published
    for clause in clauses_of(document.clauses, language):
        entry = numbers.get(clause.id)
        if entry is not None:
            yield _trace(folder, document, entry.clause, language, entry.number, here=True)
        elif clause.in_force(day) and clause.when and not present(values[clause.when]):
            yield _trace(folder, document, clause, language, "", here=False)


def _trace(
    folder: Path, document: Document, clause: Clause, language: Language, number: str, *, here: bool
) -> ClauseTrace:
    return ClauseTrace(
        document=document.id,
        document_title=document.title,
        id=clause.id,
        number=number,
        title=clause.title,
        file=_file(folder, document, clause, language),
        version=clause.version,
        basis=clause.basis,
        valid_from=clause.valid_from,
        valid_to=clause.valid_to,
        approved=clause.approved,
        when=clause.when,
        here=here,
        own=clause.overridden,
    )


def _file(folder: Path, document: Document, clause: Clause, language: Language) -> str:
    if not clause.overridden:
        return f"templates/clauses/{document.clauses}/{clause.source}"
    place = folder / CLAUSES / document.clauses
    files = sorted((*place.glob(f"{clause.id}.{language.value}.md"), *place.glob(f"*-{clause.id}.{language.value}.md")))
    return files[0].relative_to(folder).as_posix() if files else f"{CLAUSES}/{document.clauses}"
