"""The answers of a dialogue as they count: those on the record, after what people decided about them.

An answer that came late, that is the second of its respondent, or that answers other questions than those that are
asked, counts only after a person's `Ruling`. Nothing is merged, and nothing is dropped silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from market_dialogue.drafts import question_set
from market_dialogue.intake import read_answers
from tender.errors import Finding, UsageError
from tender.model.answers import Answer
from tender.model.questions import Dialogue
from tender.model.tender import Tender
from tender.publishing.examination import readable_tender
from tender.publishing.folder import record_state
from tender.record.state import DialogueState

ANSWERS = "answers"
"""Folder of answers in files inside a tender folder, read only when the record has none."""

INVENTED = "synthetic/answers"
"""Folder of an example's invented answers, read only when there are no others."""


class Reason(StrEnum):
    """Why an answer waits for a person."""

    LATE = "late"
    TWICE = "twice"
    OTHER_VERSION = "other-version"


@dataclass(frozen=True, slots=True)
class Pending:
    """An answer that does not count until a person has ruled.

    Attributes:
        answer: The answer.
        reasons: What nobody has ruled on yet.
    """

    answer: Answer
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class DialogueFile:
    """A market dialogue with its answers.

    Attributes:
        tender: The tender.
        dialogue: Its questions and dates.
        state: What the record says of the dialogue.
        answers: The answers that count, in the order of arrival.
        pending: Those that need a person's ruling.
        set_aside: Those that a person has ruled out.
        findings: What is wrong with answer files, when there are no answers on the record.
    """

    tender: Tender
    dialogue: Dialogue
    state: DialogueState
    answers: tuple[Answer, ...]
    pending: tuple[Pending, ...] = ()
    set_aside: tuple[Answer, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_dialogue(folder: Path) -> DialogueFile:
    """The market dialogue of the tender folder `folder`; one without answers has none, which is no error.

    Raises:
        BlockedError: The tender file cannot be read whole.
        RecordError: The record cannot be read.
        UsageError: The tender has no market dialogue.
    """
    tender = readable_tender(folder)
    if tender.dialogue is None:
        raise UsageError("dialogue.none", folder=folder.name)
    state = record_state(folder).dialogue
    if not state.answers:
        found, findings = _from_files(folder, tender.dialogue)
        why = _reasons(tender.dialogue, in_order(found))
        waiting = tuple(Pending(one, why[one.id]) for one in in_order(found) if why[one.id])
        answers = tuple(one for one in found if not why[one.id])
        return DialogueFile(tender, tender.dialogue, state, answers, waiting, findings=findings)
    judged = tuple(_judged(tender.dialogue, state))
    return DialogueFile(
        tender,
        tender.dialogue,
        state,
        tuple(one.answer for one, aside in judged if not one.reasons and not aside),
        tuple(one for one, aside in judged if one.reasons and not aside),
        tuple(one.answer for one, aside in judged if aside),
    )


def reasons_of(dialogue: Dialogue, state: DialogueState) -> dict[str, tuple[Reason, ...]]:
    """Why each answer on the record would need a ruling, by its id, whether somebody has ruled or not."""
    return _reasons(dialogue, in_order(recorded.said.answer for recorded in state.answers))


def _reasons(dialogue: Dialogue, answers: tuple[Answer, ...]) -> dict[str, tuple[Reason, ...]]:
    """Why each of `answers`, in the order of arrival, needs a ruling."""
    asked, seconds = question_set(dialogue), _seconds(answers)
    return {
        answer.id: tuple(
            reason
            for reason, holds in (
                (Reason.LATE, answer.received_at > dialogue.closes),
                (Reason.TWICE, answer.id in seconds),
                (Reason.OTHER_VERSION, answer.question_set not in {"", asked}),
            )
            if holds
        )
        for answer in answers
    }


def in_order(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """`answers` in the order of arrival."""
    return tuple(sorted(answers, key=lambda answer: (answer.received_at, answer.id)))


def _judged(dialogue: Dialogue, state: DialogueState) -> Iterator[tuple[Pending, bool]]:
    """Each answer with what is still open, and whether a person has set it aside; the last ruling on each counts."""
    rulings = {(one.said.answer, one.said.about): one.said.counts for one in state.rulings}
    aside = {answer for (answer, _), counts in rulings.items() if not counts}
    reasons = reasons_of(dialogue, state)
    for answer in in_order(recorded.said.answer for recorded in state.answers):
        still = tuple(reason for reason in reasons[answer.id] if (answer.id, reason.value) not in rulings)
        yield Pending(answer, still), answer.id in aside


def _seconds(answers: Iterable[Answer]) -> frozenset[str]:
    """Ids of answers whose respondent, by name or business id, has answered before."""
    seen: set[str] = set()
    found: set[str] = set()
    for answer in answers:
        names = {" ".join(answer.respondent.casefold().split()), "".join(answer.business_id.split())} - {""}
        if names & seen:
            found.add(answer.id)
        seen |= names
    return frozenset(found)


def _from_files(folder: Path, dialogue: Dialogue) -> tuple[tuple[Answer, ...], tuple[Finding, ...]]:
    """The answers in files, late and second ones too."""
    for name in (ANSWERS, INVENTED):
        if any((folder / name).glob("*.toml")):
            return read_answers(folder / name, dialogue)
    return (), ()
