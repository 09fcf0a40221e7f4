"""The acts of the review: approve, waive, answer, give an opinion. Each is one event by a named person."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import ClassVar, Protocol

from tender.checks.waivers import digest, waivable
from tender.errors import BlockedError, Finding, FrozenError, UsageError
from tender.model.methods import Json, grouping_method, method_hash
from tender.publishing.assessment import declared_grouping
from tender.publishing.folder import RECORD_FILE
from tender.publishing.release import Chance
from tender.publishing.review import Review, review_of, weighs
from tender.record import Event, Kind, Publicity, Record
from tender.record.reviews import Approval, Opinion, ReviewAnswer, Waiver

_RETENTION_YEARS = 3

OFFICER = "data-protection-officer"
"""The role in which an opinion on the grouping is given."""


class _Said(Protocol):
    kind: ClassVar[Kind]

    def payload(self) -> dict[str, Json]:
        """What is put on the record."""
        ...


def approve(folder: Path, today: date, chance: Chance, by: str, role: str, note: str) -> Approval:
    """Put an approval of exactly what lies in `folder` on the record; it confirms the questions not answered otherwise.

    Raises:
        BlockedError: A finding blocks, or a question was answered no, and nobody has taken responsibility for it.
        UsageError: Nobody is named.
    """
    _named(by)
    review = review_of(folder, today)
    if review.open_blocks:
        raise BlockedError("review.blocked", findings=review.open_blocks, count=len(review.open_blocks))
    subject = review.subject
    said = Approval(
        by.strip(), role, subject.pack, subject.read_on.isoformat(), subject.rules, subject.clauses, subject.tender,
        tuple(asked.question.id for asked in review.questions if asked.answer is None), note,
    )  # fmt: skip
    _append(folder, review, said, chance, role)
    return said


def waive(folder: Path, today: date, chance: Chance, target: str, by: str, reason: str) -> Waiver:
    """Take responsibility for the finding that `target`, ``RULE`` or ``RULE@FIELD``, names.

    Raises:
        UsageError: No finding is named, or several are; nobody is named, or no reason given.
        FrozenError: Nobody may waive it.
    """
    _named(by)
    _reasoned(reason)
    review = review_of(folder, today)
    finding = _named_finding(review, target)
    if not waivable(finding):
        raise FrozenError("review.never", rule=finding.rule)
    said = Waiver(
        finding.rule, finding.field, digest(finding), by.strip(), reason.strip(), finding.basis, finding.values
    )
    _append(folder, review, said, chance, "reviewer")
    return said


def answer(folder: Path, today: date, chance: Chance, question: str, given: ReviewAnswer) -> ReviewAnswer:
    """Put an answer to a review question on the record.

    Args:
        folder: The tender folder.
        today: The day of the review.
        chance: Clock and salts.
        question: Id of the question.
        given: Answer, name and reason; its hashes are filled in here.

    Raises:
        UsageError: There is no such question, nobody is named, or no reason given.
    """
    _named(given.by)
    _reasoned(given.reason)
    review = review_of(folder, today)
    known = [asked.question.id for asked in review.questions]
    if question not in known:
        raise UsageError("review.no-question", question=question, known=", ".join(known))
    said = ReviewAnswer(
        question, given.answer, given.by.strip(), given.reason.strip(), review.subject.clauses, review.subject.tender
    )
    _append(folder, review, said, chance, "reviewer")
    return said


def opine(folder: Path, today: date, chance: Chance, by: str, reason: str, *, favourable: bool) -> Opinion:
    """Put the data protection officer's opinion on exactly the grouping that `folder` declares on the record.

    Raises:
        UsageError: No grouping is declared, nobody is named, or no reason given.
    """
    _named(by)
    _reasoned(reason)
    review = review_of(folder, today)
    tender = review.examination.reading.tender
    assert tender is not None, "a review has a tender"  # noqa: S101
    digest = method_hash(dict(grouping_method(declared_grouping(tender))))
    said = Opinion(by.strip(), "yes" if favourable else "no", reason.strip(), digest)
    _append(folder, review, said, chance, OFFICER)
    return said


def _named_finding(review: Review, target: str) -> Finding:
    rule, _, field = target.partition("@")
    found = [each.finding for each in review.findings if each.finding.rule == rule and weighs(each.finding)]
    if field:
        found = [finding for finding in found if finding.field == field]
    if not found:
        raise UsageError("review.no-finding", target=target)
    if len(found) > 1:
        names = ", ".join(f"{finding.rule}@{finding.field}" for finding in found)
        raise UsageError("review.several", target=target, found=names)
    return found[0]


def _named(by: str) -> None:
    if not by.strip():
        raise UsageError("review.nobody")


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise UsageError("review.no-reason")


def _append(folder: Path, review: Review, said: _Said, chance: Chance, role: str) -> Event:
    """Names are personal data: the event says the role, the payload the name; kept three years (HL 124.4)."""
    tender = review.examination.reading.tender
    assert tender is not None, "a review has a tender"  # noqa: S101
    today = chance.clock().date()
    until = today.replace(year=today.year + _RETENTION_YEARS, day=min(today.day, 28))
    with Record.open(folder / RECORD_FILE, chance.clock, chance.salts, tender.id) as record:
        return record.append(said.kind, said.payload(), role, Publicity.PERSONAL, until)
