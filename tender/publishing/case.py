"""The case of a tender folder: the tender with its clauses as they would be used, and where its record stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tender.checks.case import Case, Clauses, ClauseText, PublishedMethods
from tender.documents.catalogue import Document, Stage, catalogue
from tender.documents.clauses import Clause, chosen_clauses, clauses_of
from tender.errors import BlockedError, UsageError
from tender.language import Language
from tender.model.tender import Tender
from tender.publishing.dialogue_facts import dialogue_facts
from tender.publishing.folder import CLAUSES, overrides, record_state
from tender.reading import Reading


def case_of(folder: Path, reading: Reading, today: date, stated: frozenset[str]) -> Case:
    """The case that the rules look at; `reading` must hold a tender."""
    tender = reading.tender
    assert tender is not None, "a reading without a tender has no case"  # noqa: S101
    documents = catalogue()
    return Case(
        tender,
        today,
        published=_published_methods(folder),
        catalogue=frozenset(document.id for document in documents),
        stated=stated,
        clauses=clauses_in_use(folder, tender, documents),
        agreed_groupings=record_state(folder).agreed_groupings,
        dialogue=dialogue_facts(record_state(folder).dialogue, tender),
        broken=reading.broken,
    )


def _published_methods(folder: Path) -> PublishedMethods | None:
    """The methods of the newest published version; ``None`` before the first."""
    state = record_state(folder)
    if state.in_force is None:
        return None
    said = state.in_force
    return PublishedMethods(said.version, said.award_hash, said.payment_hash, closed=state.opening is not None)


def clauses_in_use(folder: Path, tender: Tender, documents: tuple[Document, ...]) -> Clauses:
    """Clauses of the documents that `tender` wants and of those of the decision, with the folder's own wordings.

    Whether a conditional clause appears is not decided here: a rule that demands one says when it does.
    """
    return {
        document.id: {language: _clauses(folder, document, language, tender) for language in tender.languages}
        for document in documents
        if document.id in tender.documents or document.stage is Stage.DECISION
    }


def _clauses(folder: Path, document: Document, language: Language, tender: Tender) -> dict[str, ClauseText]:
    """Clauses of `document` in `language` by their id; none where the document has none in it.

    Raises:
        BlockedError: An own clause cannot be read.
    """
    try:
        known = clauses_of(document.clauses, language)
    except UsageError:
        return {}
    ids = {clause.id for clause in known}
    own = {clause: text for clause, text in overrides(folder, document, language).items() if clause in ids}
    try:
        chosen = chosen_clauses(known, tender.timetable.published, dict.fromkeys((c.when for c in known), True), own)
    except ValueError as error:
        raise BlockedError("documents.clause-broken", clause=document.id, source=CLAUSES, reason=error) from error
    return {clause.id: _text(document, clause, language) for clause in chosen}


def _text(document: Document, clause: Clause, language: Language) -> ClauseText:
    """`clause` as the rules see it."""
    if clause.overridden:
        file = f"{CLAUSES}/{document.clauses}/{clause.id}.{language.value}.md"
    else:
        file = f"templates/clauses/{document.clauses}/{clause.source}"
    return ClauseText(clause.body, clause.basis, file, own=clause.overridden, conditional=bool(clause.when))
