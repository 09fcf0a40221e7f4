"""The codes that replies have, by the last word of each coder and of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tender.model.answers import Answer
from tender.model.questions import Dialogue
from tender.record.dialogue import Coding
from tender.record.state import DialogueState


@dataclass(frozen=True, slots=True, order=True)
class ReplyKey:
    """One reply: what was answered to one question.

    Attributes:
        answer: Id of the answer.
        question: Id of the question.
    """

    answer: str
    question: str


def replies_of(dialogue: Dialogue, answers: Iterable[Answer]) -> dict[ReplyKey, str]:
    """The words of every reply, in the order of the questions and then of the answers; a reply may have none."""
    known = tuple(answers)
    return {
        ReplyKey(answer.id, question.id): answer.replies[question.id].text
        for question in dialogue.questions
        for answer in known
        if question.id in answer.replies
    }


def codes_of(state: DialogueState) -> dict[ReplyKey, tuple[str, ...]]:
    """The codes that each reply has now, in order; the last word about a code counts, whoever said it."""
    return _given(one.said for one in state.codings)


def codes_by_coder(state: DialogueState) -> dict[str, dict[ReplyKey, tuple[str, ...]]]:
    """The codes that each coder gave, also the replies that one looked at and left without a code."""
    coders = dict.fromkeys(one.said.by for one in state.codings)
    return {coder: _given(one.said for one in state.codings if one.said.by == coder) for coder in coders}


def refused(state: DialogueState) -> frozenset[tuple[ReplyKey, str]]:
    """Suggestions that were refused and not taken up later."""
    return frozenset(
        (ReplyKey(answer, question), code)
        for (answer, question, code), said in _last(one.said for one in state.codings).items()
        if said.suggested and not said.given
    )


def _last(codings: Iterable[Coding]) -> Mapping[tuple[str, str, str], Coding]:
    return {(said.answer, said.question, said.code): said for said in codings}


def _given(codings: Iterable[Coding]) -> dict[ReplyKey, tuple[str, ...]]:
    found: dict[ReplyKey, tuple[str, ...]] = {}
    for (answer, question, code), said in sorted(_last(codings).items()):
        key = ReplyKey(answer, question)
        found[key] = (*found.get(key, ()), *((code,) if said.given else ()))
    return found
