"""The review before publication: findings with their waivers, questions with their answers, approvals by exact hashes.

An approval is of what it was given for: another rule, clause or word, and it is stale.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tender.checks import ReviewQuestion, review_questions
from tender.checks.packs import PACKS
from tender.checks.waivers import QUESTION_NO
from tender.errors import BlockedError, Finding, FrozenError, Severity, blocking
from tender.model.methods import canonical
from tender.publishing.examination import Examination
from tender.publishing.files import source_files
from tender.publishing.folder import record_state
from tender.publishing.wording import examine_documents
from tender.record import State
from tender.record.reviews import Approval, ReviewAnswer, Waiver
from tender.record.state import Recorded

LAWYER = "lawyer"
"""The role whose approval opens a real publication."""

UNNAMED = "hankintayksikkö"
"""The actor of whoever did not say a name: nobody whose four eyes could be counted."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an approval is about.

    Attributes:
        pack: Id of the rule pack.
        read_on: The day on which its sources were read.
        rules: SHA-256 of the rules in force.
        clauses: SHA-256 of the clauses in use.
        tender: SHA-256 of the tender file, its texts and own clauses.
    """

    pack: str
    read_on: date
    rules: str
    clauses: str
    tender: str

    def is_of(self, said: Approval) -> bool:
        """Whether `said` approved exactly this."""
        theirs = (said.pack, said.read_on, said.rules, said.clauses, said.tender)
        return theirs == (self.pack, self.read_on.isoformat(), self.rules, self.clauses, self.tender)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A finding with the waiver that holds for it.

    Attributes:
        finding: The finding.
        waiver: The waiver; ``None`` while nobody has taken responsibility for it.
    """

    finding: Finding
    waiver: Recorded[Waiver] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A review question with its last answer.

    Attributes:
        question: The question.
        answer: The answer that still holds; ``None`` when an approval is to confirm it.
    """

    question: ReviewQuestion
    answer: Recorded[ReviewAnswer] | None


@dataclass(frozen=True, slots=True)
class Review:
    """Where the review of a tender stands.

    Attributes:
        examination: What was read and checked.
        subject: What an approval would be about.
        findings: Every finding, those of questions answered no among them.
        questions: Every question.
        approvals: Every approval on record, in order.
        synthetic: Whether the tender is an example.
    """

    examination: Examination
    subject: Subject
    findings: tuple[Reviewed, ...]
    questions: tuple[Asked, ...]
    approvals: tuple[Recorded[Approval], ...]
    synthetic: bool

    @property
    def open_blocks(self) -> tuple[Finding, ...]:
        """Blocking findings that nobody has taken responsibility for."""
        return blocking(each.finding for each in self.findings if each.waiver is None)

    @property
    def fresh(self) -> tuple[Recorded[Approval], ...]:
        """Approvals of exactly what lies in the folder now."""
        return tuple(one for one in self.approvals if self.subject.is_of(one.said))


def review_of(folder: Path, today: date) -> Review:
    """Where the review of the tender in `folder` stands.

    Raises:
        BlockedError: The tender cannot be read.
    """
    return reviewed(folder, examine_documents(folder, today))


def reviewed(folder: Path, examination: Examination) -> Review:
    """Where the review of `folder`, as examined, stands.

    Raises:
        BlockedError: The tender cannot be read.
    """
    case, tender = examination.case, examination.reading.tender
    if case is None or tender is None:
        raise BlockedError("publish.unreadable", findings=blocking(examination.findings))
    state = record_state(folder)
    subject = subject_of(folder, examination)
    questions = tuple(Asked(one, _answer(one, subject, state)) for one in review_questions(case))
    said_no = tuple(_no(asked) for asked in questions if asked.answer and asked.answer.said.answer == "no")
    findings = tuple(Reviewed(one, examination.waiver_of(one)) for one in (*examination.findings, *said_no))
    return Review(examination, subject, findings, questions, state.approvals, tender.synthetic)


def subject_of(folder: Path, examination: Examination) -> Subject:
    """What an approval of `folder`, as examined, is about."""
    case = examination.case
    assert case is not None, "an examination without a case has no subject"  # noqa: S101
    pack = PACKS[case.tender.rule_pack]
    rules = pack.in_force(case.tender.timetable.published).values()
    clauses = {
        f"{document}/{clause}.{language.value}": [text.body, text.basis, text.own]
        for document, languages in (case.clauses or {}).items()
        for language, texts in languages.items()
        for clause, text in texts.items()
    }
    return Subject(
        pack.id.value,
        pack.read_on,
        _hash([[one.rule, one.severity.value, one.basis] for one in rules]),
        _hash(clauses),
        _hash({name: hashlib.sha256(data).hexdigest() for name, data in source_files(folder).items()}),
    )


def _answer(question: ReviewQuestion, subject: Subject, state: State) -> Recorded[ReviewAnswer] | None:
    """The last answer to `question`; a no holds until it is answered anew, any other only for what was read."""
    given = [one for one in state.answers if one.said.question == question.id]
    if not given:
        return None
    last = given[-1]
    fresh = (last.said.clauses, last.said.tender) == (subject.clauses, subject.tender)
    return last if fresh or last.said.answer == "no" else None


def _no(asked: Asked) -> Finding:
    """A question answered no is a finding of its own weight."""
    question = asked.question
    reason = asked.answer.said.reason if asked.answer else ""
    return Finding(
        QUESTION_NO, question.severity, question.id, {"question": question.id, "reason": reason}, question.basis
    )


def _hash(value: object) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()  # type: ignore[arg-type]


def confirmed(review: Review, actor: str) -> Recorded[Approval]:
    """The lawyer's approval that a real publication by `actor` rests on.

    Raises:
        FrozenError: There is none, it is stale, or the lawyer is the one who publishes.
    """
    lawyers = [one for one in review.fresh if one.said.role == LAWYER]
    if not lawyers:
        stale = any(one.said.role == LAWYER for one in review.approvals)
        raise FrozenError("review.stale" if stale else "review.not-approved")
    if same_person(actor, UNNAMED):
        raise FrozenError("review.actor-unnamed")
    others = [one for one in lawyers if not same_person(one.said.by, actor)]
    if not others:
        raise FrozenError("review.four-eyes", actor=actor)
    return others[-1]


def same_person(one: str, other: str) -> bool:
    """Whether two names are spelt alike, but for spaces and capitals."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def weighs(finding: Finding) -> bool:
    """Whether anybody needs to take responsibility for `finding`."""
    return finding.severity is not Severity.INFO
