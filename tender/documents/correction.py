"""The correction notice: what a new version changes, why, and what becomes of tenders made on earlier forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tender.documents.document import LAYOUT, Document, Stage
from tender.errors import UsageError
from tender.language import Text
from tender.model.corrections import ChangeClass, ChangeRow, ClauseChange
from tender.model.publication import Publication
from tender.model.tender import Buyer, Regime


@dataclass(frozen=True, slots=True)
class CorrectionContext:
    """What the correction notice prints.

    Attributes:
        buyer: The contracting authority.
        title: Name of the procurement.
        diary_number: Diary number; empty before there is one.
        notice: Number of the published notice; empty before there is one.
        full_regime: Whether the full EU part of the procurement act binds the tender.
        version: The new version.
        published: Its day.
        previous: The version whose place it takes.
        previous_day: The day on which that one was published.
        is_correction: Whether it is a correction; otherwise it is a clarification.
        reason: Why.
        decider: Who decided.
        changes: Every changed value.
        clauses: Every changed clause.
        deadline_before: Deadline of tenders before.
        deadline: Deadline of tenders now.
        extended: Whether there is more time than before.
        opening: When tenders are opened.
        form_changed: Whether the bid form asks for something else.
        old_versions: Earlier versions whose forms are still taken.
        award_hash: Hash of the award method.
        payment_hash: Hash of the payment method.
    """

    buyer: Buyer
    title: Text
    diary_number: str
    notice: str
    full_regime: bool
    version: int
    published: date
    previous: int
    previous_day: date
    is_correction: bool
    reason: Text
    decider: str
    changes: tuple[ChangeRow, ...]
    clauses: tuple[ClauseChange, ...]
    deadline_before: datetime
    deadline: datetime
    extended: bool
    opening: datetime
    form_changed: bool
    old_versions: tuple[int, ...]
    award_hash: str
    payment_hash: str


def correction_context(publication: Publication) -> CorrectionContext:
    """The values of the correction notice of `publication`.

    Raises:
        UsageError: It corrects nothing.
    """
    said, tender = publication.correction, publication.tender
    if said is None:
        raise UsageError("versions.no-correction", version=publication.version)
    return CorrectionContext(
        buyer=tender.buyer,
        title=tender.title,
        diary_number=tender.diary_number,
        notice=tender.procedure.notice,
        full_regime=tender.procedure.regime is Regime.EU,
        version=publication.version,
        published=publication.today,
        previous=said.previous,
        previous_day=said.previous_day,
        is_correction=said.made_as is ChangeClass.CORRECTION,
        reason=said.reason,
        decider=said.decider,
        changes=said.changes,
        clauses=said.clauses,
        deadline_before=said.deadline_before,
        deadline=said.deadline,
        extended=said.extended,
        opening=tender.timetable.opening,
        form_changed=said.form_changed,
        old_versions=said.old_versions,
        award_hash=publication.award_hash,
        payment_hash=publication.payment_hash,
    )


CORRECTION_NOTICE = Document(
    id="correction-notice",
    title=Text("Korjausilmoitus", "Rättelsemeddelande", "Correction notice"),
    context=correction_context,
    clauses="correction-notice",
    layout=LAYOUT,
    stage=Stage.CALL,
)
