"""Which characters of a reply are hidden from the public: by the respondent's marks, and by what people decided."""

from __future__ import annotations

from tender.model.answers import Answer
from tender.record.state import DialogueState

TRADE_SECRET = "trade-secret"  # noqa: S105 - no password
"""The ground of a respondent's own mark (JulkL 24.1 p. 20), and of every decision about such a claim."""


def hiding_grounds(answer: Answer, question: str, state: DialogueState) -> tuple[str, ...]:
    """The ground on which each character of the reply is hidden; empty for a character that is open to all.

    A claim of a trade secret, a respondent's mark or a person's, ends only by a decision with that very ground; masks
    with other grounds lie beside it. The last word of either about each character counts, and places outside the text
    are nobody's.

    Raises:
        KeyError: `answer` has no reply to `question`.
    """
    reply = answer.replies[question]
    claimed, masked = [""] * len(reply.text), [""] * len(reply.text)
    for mark in reply.marks:
        _paint(claimed, mark.start, mark.end, TRADE_SECRET)
    for one in state.maskings:
        if (one.said.answer, one.said.question) == (answer.id, question):
            layer = claimed if one.said.ground == TRADE_SECRET else masked
            _paint(layer, one.said.start, one.said.end, one.said.ground if one.said.hidden else "")
    return tuple(secret or other for secret, other in zip(claimed, masked, strict=True))


def in_secret(answer: Answer, question: str, state: DialogueState, start: int, end: int) -> bool:
    """Whether the place from `start` to `end` touches words that are hidden as a trade secret.

    Raises:
        KeyError: `answer` has no reply to `question`.
    """
    return TRADE_SECRET in hiding_grounds(answer, question, state)[start:end]


def _paint(found: list[str], start: int, end: int, ground: str) -> None:
    for at in range(max(start, 0), min(end, len(found))):
        found[at] = ground
