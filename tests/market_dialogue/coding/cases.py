"""Answers and decisions for tests of the coding room."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from tender.model.answers import Answer, Reply
from tender.record.dialogue import Coding, Masking
from tender.record.events import Event, Kind, Publicity
from tender.record.state import DialogueState, Recorded, Said
from tests.sample import DIALOGUE

T = TypeVar("T", bound=Said)
Q8 = DIALOGUE.questions[0]
TWO = replace(DIALOGUE, questions=(Q8, replace(Q8, id="q5", number=5)))
NOON = datetime(2018, 10, 1, 12, tzinfo=UTC)


def answer(answer_id: str, **replies: Reply | str) -> Answer:
    """An answer whose respondent has the same name."""
    known = {key: Reply(value) if isinstance(value, str) else value for key, value in replies.items()}
    return Answer(answer_id, f"Vastaaja {answer_id}", NOON, known)


def recorded(said: T, seq: int = 1) -> Recorded[T]:
    """`said` as event `seq`."""
    return Recorded(Event(seq, NOON, Kind.NOTE, "officer", "", Publicity.AUTHORITY, None, "", ""), said)


def coded(*said: tuple[str, str, str, bool, str]) -> DialogueState:
    """A state with these codings: answer, question, code, given, coder."""
    codings = tuple(
        recorded(Coding(one, question, code, given, suggested=not given, by=by), seq)
        for seq, (one, question, code, given, by) in enumerate(said, 1)
    )
    return DialogueState(codings=codings)


def masked(*said: tuple[int, int, str, bool]) -> DialogueState:
    """A state with these masks on the reply of ``a`` to ``q8``: start, end, ground, hidden."""
    masks = tuple(
        recorded(Masking("a", "q8", start, end, ground, hidden, "syy", "officer"), seq)
        for seq, (start, end, ground, hidden) in enumerate(said, 1)
    )
    return DialogueState(maskings=masks)
