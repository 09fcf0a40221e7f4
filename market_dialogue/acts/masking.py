"""Masking: a person decides whether a part of a reply is hidden from the public, with a ground and a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from market_dialogue.acts.desk import Pen, named, reply_in, say
from market_dialogue.acts.reading import DialogueFile, read_dialogue
from market_dialogue.coding.codes import ReplyKey, replies_of
from market_dialogue.coding.highlights import Highlight, undecided
from tender.errors import UsageError
from tender.model.answers import Answer
from tender.record.dialogue import Masking
from tender.record.hiding import TRADE_SECRET, in_secret
from tender.record.state import DialogueState


@dataclass(frozen=True, slots=True)
class Marked:
    """A highlighted part of a reply that nobody has decided about.

    Attributes:
        reply: The reply.
        highlight: Where, and what it looks like.
        text: Its words.
    """

    reply: ReplyKey
    highlight: Highlight
    text: str


def open_highlights(file: DialogueFile) -> tuple[Marked, ...]:
    """Highlights in the answers of `file` that no mask covers yet, whichever way it was decided."""
    answers = {answer.id: answer for answer in file.answers}
    return tuple(
        Marked(key, each, text[each.start : each.end])
        for key, text in replies_of(file.dialogue, file.answers).items()
        for each in undecided(answers[key.answer], key.question, file.state)
    )


def lies_in_secret(file: DialogueFile, one: Marked) -> bool:
    """Whether the highlighted place touches a trade secret, which only a decision about that claim opens."""
    answer = next(answer for answer in file.answers if answer.id == one.reply.answer)
    return in_secret(answer, one.reply.question, file.state, one.highlight.start, one.highlight.end)


def mask(folder: Path, maskings: Sequence[Masking], pen: Pen) -> None:
    """Put `maskings` on the record, all or none; the last word about each character counts.

    Raises:
        UsageError: There is no such reply, no such place in it, nobody is named, no reason given, a trade secret would
            be opened on another ground, or there is none to open.
    """
    file = read_dialogue(folder)
    for one in maskings:
        named(one.by, one.reason)
        answer, reply = reply_in(file, one.answer, one.question)
        if not 0 <= one.start < one.end <= len(reply.text):
            raise UsageError("follow-up.no-place", start=one.start, end=one.end, length=len(reply.text))
        if not one.hidden:
            _check_secret(answer, one, file.state)
    say(folder, maskings, pen)


def _check_secret(answer: Answer, masking: Masking, state: DialogueState) -> None:
    """Hold that a trade secret is opened by name only: as one whose claim does not hold."""
    secret = in_secret(answer, masking.question, state, masking.start, masking.end)
    if secret and masking.ground != TRADE_SECRET:
        raise UsageError("follow-up.secret-stays", reply=f"{masking.answer}/{masking.question}")
    if not secret and masking.ground == TRADE_SECRET:
        raise UsageError("follow-up.no-secret", reply=f"{masking.answer}/{masking.question}")


def span_of(file: DialogueFile, answer: str, question: str, words: str) -> tuple[int, int]:
    """Where `words` stand in the reply.

    Raises:
        UsageError: They do not stand there, or more than once.
    """
    _, reply = reply_in(file, answer, question)
    if not words or reply.text.count(words) != 1:
        raise UsageError("follow-up.words-unclear", words=words, found=reply.text.count(words) if words else 0)
    start = reply.text.index(words)
    return start, start + len(words)
