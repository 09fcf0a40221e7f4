"""The market dialogue: its questions, each with its context and what it may change (A1, A2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from tender.language import Text


class QuestionKind(StrEnum):
    """The form of an answer."""

    OPEN = "open"
    CHOICE = "choice"
    NUMBER = "number"
    RANGE = "range"
    TABLE = "table"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that a question offers.

    Attributes:
        id: Short id such as ``a``.
        label: What it says.
    """

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class AskedNumber:
    """The number that a question asks for, beside its words or alone.

    Attributes:
        unit: What is counted.
        field: Path of the tender's field that the number would replace; empty when it stands for itself.
        least: Smallest number that is taken; ``None`` for no limit.
        most: Largest number that is taken; ``None`` for no limit.
        decimals: How many decimals are taken.
    """

    unit: Text
    field: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One numbered question to providers.

    Attributes:
        id: Short id such as ``q1``.
        number: Its printed number.
        model: Which payment model its context concerns; Q1 and Q5 share words but not this (A1).
        context: What the question rests on.
        wording: The question.
        kind: Form of the answer.
        purpose: Why it is asked.
        affects: Paths of the tender's fields that answers may change.
        invites_attachment: Whether an attachment is invited (Q4: an optional preliminary monitoring model).
        measure: The number asked for; always there for `QuestionKind.NUMBER` and `QuestionKind.RANGE`, allowed beside
            the words of any other kind.
        choices: What a `QuestionKind.CHOICE` offers.
        several: Whether more than one choice may be taken.
        columns: Heads of the columns of a `QuestionKind.TABLE`.
    """

    id: str
    number: int
    model: Text
    context: Text
    wording: Text
    kind: QuestionKind
    purpose: Text
    affects: tuple[str, ...] = ()
    invites_attachment: bool = False
    measure: AskedNumber | None = None
    choices: tuple[Choice, ...] = ()
    several: bool = False
    columns: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The market dialogue as a whole.

    Attributes:
        draft_date: Date of the drafts.
        draft_notice: The notice on every page that drafts do not bind the buyer (A2).
        opens: First day for answers.
        closes: Last moment for answers, the same for every respondent.
        reply_to: Address for answers.
        publicity: When answers become public and how to mark trade secrets (JulkL 7.1, 24.1 p. 20).
        attachments: What travels with the invitation, such as sample data tables.
        follow_up_required: Whether the call may be published only when every reply has a decision.
        questions: The questions in order.
    """

    draft_date: date
    draft_notice: Text
    opens: date
    closes: datetime
    reply_to: str
    publicity: Text
    questions: tuple[Question, ...]
    attachments: tuple[Text, ...] = ()
    follow_up_required: bool = False
