"""Questions during the tender: received, answered in every language, approved by another person; each step an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from market_dialogue.acts.clauses import named_clause
from market_dialogue.clarifications.anonymity import naming
from market_dialogue.clarifications.standing import Standing, Step, clarifications, open_questions
from tender.errors import UsageError
from tender.language import Text
from tender.model.publication import Publication
from tender.publishing.folder import RECORD_FILE, record_state
from tender.publishing.review import same_person
from tender.publishing.versions import Base, published_base
from tender.record import Entry, Item, Publicity, Record, State, state_of
from tender.record.dialogue import Asked, Clarification
from tender.record.payloads import Keys

ACTOR = "hankintayksikkö"
"""The role in which questions and answers are put on the record."""

LONGEST = 20_000
"""Longest question or answer in one language, in characters."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What writing to the record of a tender folder takes.

    Attributes:
        folder: The tender folder.
        clock: Moment of the event.
        salts: Salt of its commitment.
    """

    folder: Path
    clock: Callable[[], datetime]
    salts: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of a tender and their answers.

    Attributes:
        asked: Every question, in order of arrival.
        unanswered: Those that no published answer covers.
        late: Ids of those that came after the last moment for questions.
        answers: Every answer with where it stands.
    """

    asked: tuple[Asked, ...]
    unanswered: tuple[Asked, ...]
    late: tuple[str, ...]
    answers: tuple[Standing, ...]


def read_questions(folder: Path) -> Questions:
    """The questions of `folder`.

    Raises:
        FrozenError: The published version does not hold.
        UsageError: Nothing is published yet.
    """
    state = record_state(folder)
    until = base_in_force(folder, state).publication.tender.timetable.questions_until
    asked = tuple(one.said for one in state.dialogue.asked)
    late = tuple(one.id for one in asked if datetime.fromisoformat(one.at) > until)
    return Questions(asked, open_questions(state.dialogue), late, clarifications(state.dialogue))


def receive_question(pen: Pen, question: Asked) -> Asked:
    """Put `question` on the record under an id of its own, which is given back.

    Raises:
        FrozenError: The published version does not hold.
        UsageError: Nothing is published yet, the question or its asker is empty or too long, or the clause unknown.
    """
    state = record_state(pen.folder)
    base = base_in_force(pen.folder, state)
    if not question.text.strip() or not question.organisation.strip():
        raise UsageError("questions.empty")
    _check_length(question.text)
    _check_clause(base, question.clause)
    with Record.open(pen.folder / RECORD_FILE, pen.clock, pen.salts) as record:
        (event,) = record.append_made(lambda entries: (_numbered(question, entries),))
        return Asked.of(Keys(event.seq, record.payload(event.seq) or {}))


def draft_answer(pen: Pen, wanted: Clarification) -> Clarification:
    """Put the draft of an answer on the record: a new one when `wanted` has no id, else in the place of an earlier one.

    Raises:
        FrozenError: The published version does not hold.
        UsageError: There is no such question, answer or clause, a language is missing, it tells who asked, nobody is
            named, or it is published already.
    """
    state = record_state(pen.folder)
    base = base_in_force(pen.folder, state)
    standings = {one.said.id: one for one in clarifications(state.dialogue)}
    if wanted.id:
        _find(standings, wanted.id)
    draft = replace(wanted, step=Step.DRAFT.value)
    shown = replace(draft, id=draft.id or f"v{len(standings) + 1}")
    _check_draft(base.publication, shown, {one.said.id: one.said for one in state.dialogue.asked})
    _check_clause(base, draft.clause)
    with Record.open(pen.folder / RECORD_FILE, pen.clock, pen.salts) as record:
        (event,) = record.append_made(lambda entries: (_drafted(draft, entries),))
        return Clarification.of(Keys(event.seq, record.payload(event.seq) or {}))


def approve(pen: Pen, answer: str, by: str) -> Clarification:
    """Approve the draft `answer` as another person than the one who drafted it.

    Raises:
        UsageError: There is no such draft, nobody is named, or the same person drafted it.
    """
    standing = _find({one.said.id: one for one in clarifications(record_state(pen.folder).dialogue)}, answer)
    if not by.strip():
        raise UsageError("questions.unnamed")
    if same_person(by, standing.drafted.said.by):
        raise UsageError("questions.same-person", id=answer, by=standing.drafted.said.by)
    approved = replace(standing.drafted.said, step=Step.APPROVED.value, by=by.strip())
    _append(pen, approved, Publicity.AUTHORITY)
    return approved


def base_in_force(folder: Path, state: State) -> Base:
    """The published version in force, proven.

    Raises:
        FrozenError: It does not hold.
        UsageError: Nothing is published yet.
    """
    if not state.published:
        raise UsageError("questions.no-tender", folder=folder.name)
    return published_base(folder, state.published[-1])


def _numbered(question: Asked, entries: Iterable[Entry]) -> Item:
    """`question` under the next id after those in `entries`."""
    numbered = replace(question, id=f"k{1 + sum(one.event.kind is Asked.kind for one in entries)}")
    return Item(numbered.kind, numbered.payload(), ACTOR, Publicity.AUTHORITY)


def _drafted(draft: Clarification, entries: Iterable[Entry]) -> Item:
    """`draft` under its own id, or under the next one after those in `entries`."""
    known = clarifications(state_of(entries).dialogue)
    numbered = replace(draft, id=draft.id or f"v{len(known) + 1}")
    return Item(numbered.kind, numbered.payload(), ACTOR, Publicity.AUTHORITY)


def _append(pen: Pen, said: Clarification, publicity: Publicity) -> None:
    with Record.open(pen.folder / RECORD_FILE, pen.clock, pen.salts) as record:
        record.append(said.kind, said.payload(), ACTOR, publicity)


def _find(standings: dict[str, Standing], answer: str) -> Standing:
    """The standing of `answer`, which is not published."""
    if answer not in standings:
        raise UsageError("questions.no-such-answer", id=answer, known=", ".join(standings) or "–")
    if standings[answer].published:
        raise UsageError("questions.published-already", id=answer)
    return standings[answer]


def _check_draft(publication: Publication, draft: Clarification, asked: dict[str, Asked]) -> None:
    if not draft.by.strip():
        raise UsageError("questions.unnamed")
    unknown = [one for one in draft.questions if one not in asked]
    if unknown or not draft.questions:
        raise UsageError("questions.no-such-question", id=", ".join(unknown) or "–", known=", ".join(asked) or "–")
    for part, texts in (("question", draft.question), ("answer", draft.answer)):
        missing = Text(**texts).missing(publication.tender.languages)
        if missing:
            raise UsageError("questions.language-missing", part=f"questions.{part}", languages=", ".join(missing))
        for text in texts.values():
            _check_length(text)
    named = naming(draft, (asked[one] for one in draft.questions))
    if named:
        raise UsageError("questions.asker-named", id=draft.id, organisation=named[0])


def _check_clause(base: Base, clause: str) -> None:
    if clause:
        named_clause(base.source, base.publication, clause)


def _check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise UsageError("questions.too-long", found=len(text), expected=LONGEST)
