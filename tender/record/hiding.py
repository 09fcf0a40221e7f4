"""Which characters of a reply are hidden from the public: by the respondent's marks, and by what people decided."""

from __future__ import annotations

from tender.model.answers import Answer
from tender.record.state import DialogueState

TRADE_SECRET = "trade-secret"  # noqa: S105 - no password
"""The ground of a respondent's own mark (JulkL 24.1 p. 20)."""


def hiding_grounds(answer: Answer, question: str, state: DialogueState) -> tuple[str, ...]:
    """The ground on which each character of the reply is hidden; empty for a character that is open to all.

    A mark hides until a person has decided otherwise; the last word about each character counts, and places outside
    the text are nobody's.

    Raises:
        KeyError: `answer` has no reply to `question`.
    """
    reply = answer.replies[question]
    found = [""] * len(reply.text)
    for mark in reply.marks:
        _paint(found, mark.start, mark.end, TRADE_SECRET)
    for one in state.maskings:
        if (one.said.answer, one.said.question) == (answer.id, question):
            _paint(found, one.said.start, one.said.end, one.said.ground if one.said.hidden else "")
    return tuple(found)


def _paint(found: list[str], start: int, end: int, ground: str) -> None:
    for at in range(max(start, 0), min(end, len(found))):
        found[at] = ground
