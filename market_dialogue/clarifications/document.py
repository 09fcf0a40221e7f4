"""The document of clarifications: every question without its asker, with its answer and the clause that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tender.documents.document import LAYOUT, Document, Stage
from tender.errors import UsageError
from tender.language import Text
from tender.model.publication import Publication
from tender.model.tender import Buyer, Regime


@dataclass(frozen=True, slots=True)
class PrintedClarification:
    """One answer as it is printed.

    Attributes:
        number: Its number in the document.
        document: Title of the document that it is about; empty when it concerns no clause.
        clause: Number and heading of the clause; empty when it concerns none.
        question: The question without its asker.
        answer: The answer.
        published: The day on which it went out.
        fresh: Whether it goes out with this document for the first time.
        changes: Whether the call was changed because of it.
    """

    number: int
    document: Text
    clause: Text
    question: Text
    answer: Text
    published: date
    fresh: bool
    changes: bool


@dataclass(frozen=True, slots=True)
class ClarificationsContext:
    """What the document prints.

    Attributes:
        title: Name of the procurement.
        buyer: The contracting authority.
        diary_number: Diary number; empty before there is one.
        notice: Number of the published notice; empty before there is one.
        full_regime: Whether the full EU part of the procurement act binds the tender.
        version: Version of the call in force.
        batch: Number of this document.
        published: Its day.
        last_day: The last day for answers by law; ``None`` where the law names none.
        deadline: Deadline of tenders.
        answers: Every answer so far, in the order of publication.
        fresh: How many of them are new.
    """

    title: Text
    buyer: Buyer
    diary_number: str
    notice: str
    full_regime: bool
    version: int
    batch: int
    published: date
    last_day: date | None
    deadline: datetime
    answers: tuple[PrintedClarification, ...]
    fresh: int


def clarifications_context(
    publication: Publication, answers: tuple[PrintedClarification, ...], batch: int, last_day: date | None
) -> ClarificationsContext:
    """The values of document `batch` with `answers`, for the version in force, on the day of `publication`."""
    tender = publication.tender
    return ClarificationsContext(
        title=tender.title,
        buyer=tender.buyer,
        diary_number=tender.diary_number,
        notice=tender.procedure.notice,
        full_regime=tender.procedure.regime is Regime.EU,
        version=publication.version,
        batch=batch,
        published=publication.today,
        last_day=last_day,
        deadline=tender.timetable.tenders_until,
        answers=answers,
        fresh=sum(one.fresh for one in answers),
    )


def _needs_questions(publication: Publication) -> ClarificationsContext:
    raise UsageError("questions.needs-questions", tender=publication.tender.id)


CLARIFICATIONS = Document(
    id="clarifications",
    title=Text("Kysymykset ja vastaukset", "Frågor och svar", "Questions and answers"),
    context=_needs_questions,
    clauses="clarifications",
    layout=LAYOUT,
    stage=Stage.CALL,
)
"""Made when answers are published, into a folder of its own beside the versions."""
