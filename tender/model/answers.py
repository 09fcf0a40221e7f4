"""What providers answer in the market dialogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Channel(StrEnum):
    """How an answer came."""

    FILE = "file"
    FORM = "form"
    WEB = "web"
    IMPORT = "import"
    PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a reply that the respondent holds to be a trade secret (JulkL 24.1 p. 20).

    Attributes:
        start: Place of its first character in the reply's text, from 0, in Unicode code points.
        end: Place after its last character.
        reason: Why; never empty, because a claim without reasons binds nobody.
    """

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to one question; a part that was not given is absent, never zero.

    Attributes:
        text: Its words; lines end with a bare line feed.
        number: The number, for a question with a measure.
        low: Lower end, for a question that asks for a range.
        high: Upper end, for a question that asks for a range.
        choices: Ids of the choices taken.
        rows: Rows of a table, one text per column.
        marks: Trade-secret marks on `text`, in order, without overlap.
    """

    text: str = ""
    number: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with an answer.

    Attributes:
        name: Its name as the respondent gave it, already guarded.
        digest: SHA-256 of its bytes, 64 hexadecimal digits; empty when only the name is known.
        size: Its bytes; 0 when only the name is known.
        question: Id of the question that it belongs to; empty for the whole answer.
        secret: Why it is a trade secret as a whole; empty when it is not said to be one.
    """

    name: str
    digest: str = ""
    size: int = 0
    question: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One provider's answers to the dialogue's questions.

    Attributes:
        id: Short id of the answer, unique in the dialogue.
        respondent: Name of the provider.
        received_at: When it came, by the buyer's clock.
        replies: Reply by question id; a question without a reply is absent.
        attachments: Files that came with it.
        synthetic: Whether it is invented for an example.
        channel: How it came.
        question_set: SHA-256 of the questions that it answers (`market_dialogue.drafts.question_set`); empty when it
            did not say.
        business_id: Business id of the respondent; empty when not given.
        contact: Contact person or address; personal data, empty when not given.
    """

    id: str
    respondent: str
    received_at: datetime
    replies: Mapping[str, Reply]
    attachments: tuple[Attachment, ...] = ()
    synthetic: bool = False
    channel: Channel = Channel.FILE
    question_set: str = ""
    business_id: str = ""
    contact: str = ""
