"""The account of a market dialogue: who was in contact, who answered what, what changed and what did not, and why.

`DialogueAccount` is the value that the summary is laid out from. Contacts and counts come from the answers; what
changed and what was rejected is filled by those who follow them up, and is said to be open until then (DIA-01–DIA-05).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from market_dialogue.drafts import dialogue_of
from tender.documents.document import LAYOUT, Document, Stage
from tender.errors import UsageError
from tender.language import NO_TEXT, Text
from tender.model.annex import AnnexTable
from tender.model.answers import Answer
from tender.model.publication import Publication
from tender.model.questions import Dialogue, Question
from tender.model.tender import Buyer

SUMMARY_TEXT = "dialogue-summary"
"""Id of the tender's text in which the buyer sums up what was said."""


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """How a question was answered.

    Attributes:
        question: The question.
        answered: Names of the respondents who replied, in order of arrival.
        silent: Names of those who answered other questions only.
    """

    question: Question
    answered: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact during the dialogue (DIA-01).

    Attributes:
        at: When.
        organisation: Who was in contact.
        questions: Numbers of the questions that it was about.
        attachments: How many files came with it.
        late: Whether it came after the dialogue closed.
    """

    at: datetime
    organisation: str
    questions: tuple[int, ...]
    attachments: int
    late: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one proposal (DIA-04).

    Attributes:
        question: Number of the question that it came up in.
        proposal: What was proposed, without names.
        changed: Whether the tender was changed because of it.
        result: What was changed, or that nothing was.
        reason: Why.
        answers: How many answers proposed it.
    """

    question: int
    proposal: Text
    changed: bool
    result: Text
    reason: Text
    answers: int = 1


@dataclass(frozen=True, slots=True)
class Meeting:
    """A contact outside the answers, as everybody may read of it (DIA-01, DIA-02): persons are not named.

    Attributes:
        at: When.
        organisation: Who was met.
        channel: ``meeting``, ``call``, ``mail``, ``event`` or ``other``.
        topics: What it was about.
        told: What the buyer told that was not public; empty when nothing.
    """

    at: datetime
    organisation: str
    channel: str
    topics: Text
    told: Text


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers answered to one question, as a table for a chart.

    Attributes:
        question: Number of the question.
        table: How many answers want more, the same or less than the drafts.
        low: Lower quartile.
        middle: Median.
        high: Upper quartile.
        unit: What is counted.
    """

    question: int
    table: AnnexTable
    low: Fraction
    middle: Fraction
    high: Fraction
    unit: Text


@dataclass(frozen=True, slots=True)
class DialogueAccount:
    """All that the summary of a dialogue tells.

    Attributes:
        contacts: Every contact, in order of arrival.
        counts: One per question, in the order of the invitation.
        invented: How many of the answers are invented for an example.
        outcomes: What became of the proposals; empty until the answers are followed up.
        noted: How many replies were noted without a proposal.
        open: How many replies nobody has decided about.
        numbers: Numbers that were answered.
        meetings: Contacts outside the answers.
    """

    contacts: tuple[Contact, ...]
    counts: tuple[QuestionCount, ...]
    invented: int
    outcomes: tuple[Outcome, ...] = ()
    noted: int = 0
    open: int = 0
    numbers: tuple[Numbers, ...] = ()
    meetings: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryContext:
    """What the summary of the dialogue prints.

    Attributes:
        title: Name of the planned procurement.
        buyer: The contracting authority.
        dialogue: Dates of the dialogue.
        contacts: Every contact, in order of arrival.
        late: How many of them came after the dialogue closed.
        invented: How many answers are invented for an example.
        counts: How each question was answered.
        said: What was said, in the buyer's own words and without names; empty when not written yet.
        changed: Proposals that changed the tender, with reasons.
        rejected: Proposals that did not, with reasons.
        followed_up: Whether any outcome is recorded.
        noted: How many replies were noted without a proposal.
        open: How many replies nobody has decided about.
        numbers: Numbers that were answered; empty when no question asks for one.
        meetings: Contacts outside the answers; empty when there were none.
    """

    title: Text
    buyer: Buyer
    dialogue: Dialogue
    contacts: tuple[Contact, ...]
    late: int
    invented: int
    counts: tuple[QuestionCount, ...]
    said: Text
    changed: tuple[Outcome, ...]
    rejected: tuple[Outcome, ...]
    followed_up: bool
    noted: int
    open: int
    numbers: tuple[Numbers, ...]
    meetings: tuple[Meeting, ...]


def account_of(dialogue: Dialogue, answers: Iterable[Answer]) -> DialogueAccount:
    """The account that `answers` give; nothing is followed up yet."""
    known = tuple(sorted(answers, key=lambda answer: (answer.received_at, answer.id)))
    return DialogueAccount(
        tuple(_contact(dialogue, answer) for answer in known),
        count_replies(dialogue, known),
        sum(answer.synthetic for answer in known),
    )


def _contact(dialogue: Dialogue, answer: Answer) -> Contact:
    return Contact(
        answer.received_at.astimezone(dialogue.closes.tzinfo),
        answer.respondent,
        tuple(question.number for question in dialogue.questions if question.id in answer.replies),
        len(answer.attachments),
        answer.received_at > dialogue.closes,
    )


def count_replies(dialogue: Dialogue, answers: tuple[Answer, ...]) -> tuple[QuestionCount, ...]:
    """Who replied to each question; questions with the same wording are different questions (A1)."""
    return tuple(
        QuestionCount(
            question,
            tuple(answer.respondent for answer in answers if question.id in answer.replies),
            tuple(answer.respondent for answer in answers if question.id not in answer.replies),
        )
        for question in dialogue.questions
    )


def summary_context(publication: Publication, account: DialogueAccount) -> SummaryContext:
    """The values of the summary of `account`, for the tender of `publication`.

    Raises:
        UsageError: The tender declares no market dialogue.
    """
    tender = publication.tender
    return SummaryContext(
        title=tender.title,
        buyer=tender.buyer,
        dialogue=dialogue_of(tender),
        contacts=account.contacts,
        late=sum(contact.late for contact in account.contacts),
        invented=account.invented,
        counts=account.counts,
        said=(tender.texts or {}).get(SUMMARY_TEXT, NO_TEXT),
        changed=tuple(outcome for outcome in account.outcomes if outcome.changed),
        rejected=tuple(outcome for outcome in account.outcomes if not outcome.changed),
        followed_up=bool(account.outcomes or account.noted),
        noted=account.noted,
        open=account.open,
        numbers=account.numbers,
        meetings=account.meetings,
    )


def _needs_answers(publication: Publication) -> SummaryContext:
    raise UsageError("dialogue.needs-answers", tender=publication.tender.id)


DIALOGUE_SUMMARY = Document(
    id="dialogue-summary",
    title=Text(
        "Markkinavuoropuhelun yhteenveto", "Sammanfattning av marknadsdialogen", "Summary of the market dialogue"
    ),
    context=_needs_answers,
    clauses="dialogue-summary",
    layout=LAYOUT,
    stage=Stage.DIALOGUE,
)
