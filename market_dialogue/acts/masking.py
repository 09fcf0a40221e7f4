"""Masking: a person decides whether a part of a reply is hidden from the public, with a ground and a reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from market_dialogue.acts.desk import Pen, named, reply_in, say
from market_dialogue.acts.reading import DialogueFile, read_dialogue
from market_dialogue.coding.codes import ReplyKey, replies_of
from market_dialogue.coding.highlights import Highlight, highlights
from tender.errors import UsageError
from tender.record.dialogue import Masking


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
    decided = [one.said for one in file.state.maskings]
    answers = {answer.id: answer for answer in file.answers}
    found: list[Marked] = []
    for key, text in replies_of(file.dialogue, file.answers).items():
        spans = [(one.start, one.end) for one in decided if (one.answer, one.question) == (key.answer, key.question)]
        found += (
            Marked(key, each, text[each.start : each.end])
            for each in highlights(answers[key.answer], key.question)
            if not any(start <= each.start and each.end <= end for start, end in spans)
        )
    return tuple(found)


def mask(folder: Path, masking: Masking, pen: Pen) -> Masking:
    """Put `masking` on the record; the last word about each character counts.

    Raises:
        UsageError: There is no such reply, no such place in it, nobody is named, or no reason given.
    """
    named(masking.by, masking.reason)
    _, reply = reply_in(read_dialogue(folder), masking.answer, masking.question)
    if not 0 <= masking.start < masking.end <= len(reply.text):
        raise UsageError("follow-up.no-place", start=masking.start, end=masking.end, length=len(reply.text))
    say(folder, (masking,), pen)
    return masking


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
