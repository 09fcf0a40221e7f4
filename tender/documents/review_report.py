"""The review report: findings and who took responsibility, answers, approvals, and where each clause comes from.

Its values are made by publishing, which knows the record and the clauses; this file says what they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tender.documents.document import LAYOUT, Document, Stage
from tender.errors import UsageError
from tender.language import Text
from tender.model.publication import Publication
from tender.model.tender import Buyer


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding.

    Attributes:
        severity: ``block``, ``warn`` or ``info``.
        words: What was found.
        rule: Id of the rule.
        field: Path of the field; empty when it is about the whole.
        basis: Legal basis as each language cites it; empty when none.
        by: Who took responsibility; empty while nobody has.
        reason: Why.
    """

    severity: str
    words: Text
    rule: str
    field: str
    basis: Text
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One review question.

    Attributes:
        id: Its id.
        words: The question.
        basis: Legal basis as each language cites it; empty when none.
        answer: ``yes``, ``no``, ``not-applicable``, ``confirmed`` by an approval, or ``open``.
        by: Who answered.
        reason: Why.
    """

    id: str
    words: Text
    basis: Text
    answer: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One approval.

    Attributes:
        by: Who.
        role: In which role.
        day: When.
        fresh: Whether it still holds.
        tender: SHA-256 of the tender that was approved.
        clauses: SHA-256 of the clauses that were approved.
        note: What the person added; may be empty.
    """

    by: str
    role: str
    day: date
    fresh: bool
    tender: str
    clauses: str
    note: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A rule that waits for later work.

    Attributes:
        id: Its id.
        words: What it demands.
        basis: Legal basis as each language cites it; empty when none was read.
    """

    id: str
    words: Text
    basis: Text


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """Where one clause comes from.

    Attributes:
        document: Title of its document.
        number: Its number; empty for the cover.
        id: Its id.
        title: Its heading.
        version: Version of the wording.
        basis: Legal basis as each language cites it; empty when none.
        valid_from: First day on which the wording may be used.
        valid_to: Last such day; ``None`` while it is open.
        approved: Who approved the wording; empty until somebody has.
        when: The value that lets it in; empty when it is always there.
        own: Whether the wording is the tender folder's own.
    """

    document: Text
    number: str
    id: str
    title: Text
    version: int
    basis: Text
    valid_from: date
    valid_to: date | None
    approved: str
    when: str
    own: bool


@dataclass(frozen=True, slots=True)
class ReviewReportContext:
    """What the review report prints.

    Attributes:
        title: Name of the procurement.
        buyer: The contracting authority.
        diary_number: Diary number; empty before there is one.
        made: The day of the report.
        pack: Id of the rule pack.
        read_on: The day on which its sources were read.
        rules: SHA-256 of the rules in force.
        clauses_hash: SHA-256 of the clauses in use.
        tender_hash: SHA-256 of the tender file, its texts and own clauses.
        open_blocks: How many findings block and nobody took responsibility for.
        findings: Every finding.
        questions: Every review question.
        approvals: Every approval.
        approved: Whether an approval holds.
        waiting: Rules that wait for later work.
        clauses: Where each clause comes from.
    """

    title: Text
    buyer: Buyer
    diary_number: str
    made: date
    pack: str
    read_on: date
    rules: str
    clauses_hash: str
    tender_hash: str
    open_blocks: int
    findings: tuple[FindingRow, ...]
    questions: tuple[QuestionRow, ...]
    approvals: tuple[ApprovalRow, ...]
    approved: bool
    waiting: tuple[WaitingRow, ...]
    clauses: tuple[ClauseRow, ...]


def _made_elsewhere(_: Publication) -> object:
    """A publication alone does not know the review.

    Raises:
        UsageError: Always; `valinta review report` makes it.
    """
    raise UsageError("review.report-alone")


REVIEW_REPORT = Document(
    id="review-report",
    title=Text("Tarkastusraportti", "Granskningsrapport", "Review report"),
    context=_made_elsewhere,
    clauses="review-report",
    layout=LAYOUT,
    stage=Stage.CALL,
)
