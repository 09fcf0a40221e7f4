"""Answers of the market dialogue on the record: a whole answer is one event, so half an answer cannot exist."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import ClassVar, Self

from tender.errors import RecordError
from tender.model.answers import Answer, Attachment, Channel, Mark, Reply
from tender.model.methods import Json, canonical
from tender.record.events import Kind
from tender.record.payloads import Keys


@dataclass(frozen=True, slots=True)
class AnswerReceived:
    """An answer came, by whatever way.

    Attributes:
        answer: The answer.
        key: Idempotency key of the sending: the same key again is the same answer, not a second one.
    """

    kind: ClassVar[Kind] = Kind.DIALOGUE_ANSWER

    answer: Answer
    key: str

    @property
    def digest(self) -> str:
        """SHA-256 of the answer's canonical JSON: what the receipt says, so that a respondent can prove its content."""
        return hashlib.sha256(canonical(_answer_json(self.answer))).hexdigest()

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {"key": self.key, "answer": _answer_json(self.answer)}

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(_answer(keys.part("answer")), keys.text("key"))


def _answer_json(answer: Answer) -> dict[str, Json]:
    return {
        "id": answer.id,
        "respondent": answer.respondent,
        "received_at": answer.received_at.isoformat(),
        "replies": {question: _reply_json(reply) for question, reply in answer.replies.items()},
        "attachments": [_attachment_json(one) for one in answer.attachments],
        "synthetic": answer.synthetic,
        "channel": answer.channel.value,
        "question_set": answer.question_set,
        "business_id": answer.business_id,
        "contact": answer.contact,
    }


def _reply_json(reply: Reply) -> dict[str, Json]:
    """Only what was given: a blank is not a zero."""
    numbers = {"number": reply.number, "low": reply.low, "high": reply.high}
    found: dict[str, Json] = {"text": reply.text}
    found |= {name: str(number) for name, number in numbers.items() if number is not None}
    if reply.choices:
        found["choices"] = list(reply.choices)
    if reply.rows:
        found["rows"] = [list(row) for row in reply.rows]
    if reply.marks:
        found["marks"] = [{"start": mark.start, "end": mark.end, "reason": mark.reason} for mark in reply.marks]
    return found


def _attachment_json(one: Attachment) -> dict[str, Json]:
    return {"name": one.name, "digest": one.digest, "size": one.size, "question": one.question, "secret": one.secret}


def _answer(keys: Keys) -> Answer:
    try:
        return Answer(
            id=keys.text("id"),
            respondent=keys.text("respondent"),
            received_at=datetime.fromisoformat(keys.text("received_at")),
            replies={question: _reply(reply) for question, reply in keys.parts("replies").items()},
            attachments=tuple(_attachment(one) for one in keys.items("attachments")),
            synthetic=keys.flag("synthetic"),
            channel=Channel(keys.text("channel")),
            question_set=keys.text("question_set"),
            business_id=keys.text("business_id"),
            contact=keys.text("contact"),
        )
    except (ValueError, InvalidOperation) as error:
        raise RecordError("record.payload-shape", seq=keys.seq, key="answer") from error


def _reply(keys: Keys) -> Reply:
    return Reply(
        text=keys.text("text"),
        number=_number(keys.later_text("number")),
        low=_number(keys.later_text("low")),
        high=_number(keys.later_text("high")),
        choices=keys.later_texts("choices"),
        rows=keys.later_rows("rows"),
        marks=tuple(_mark(mark) for mark in keys.later_items("marks")),
    )


def _mark(keys: Keys) -> Mark:
    return Mark(keys.number("start"), keys.number("end"), keys.text("reason"))


def _attachment(keys: Keys) -> Attachment:
    return Attachment(
        keys.text("name"), keys.text("digest"), keys.number("size"), keys.text("question"), keys.text("secret")
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
