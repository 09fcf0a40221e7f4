"""What every decision about replies shares: the clock, the salts, the reply that it is about, and the recording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from market_dialogue.acts.reading import DialogueFile
from market_dialogue.acts.ruling import ACTOR
from tender.errors import UsageError
from tender.model.answers import Answer, Reply
from tender.model.methods import Json
from tender.publishing.folder import RECORD_FILE
from tender.record import Item, Kind, Publicity, Record


@dataclass(frozen=True, slots=True)
class Pen:
    """What writes events: the clock and the salts.

    Attributes:
        clock: Moment of each event.
        salts: Salt of each commitment.
    """

    clock: Callable[[], datetime]
    salts: Callable[[], bytes]


class Sayable(Protocol):
    """What an event says."""

    @property
    def kind(self) -> Kind:
        """What happened."""
        ...

    def payload(self) -> Mapping[str, Json]:
        """The payload that says it."""
        ...


def say(folder: Path, said: Iterable[Sayable], pen: Pen, publicity: Publicity = Publicity.PERSONAL) -> None:
    """Put all that is `said` on the record of `folder`, or nothing.

    Raises:
        RecordError: It cannot be written.
        UsageError: There is no record, so there are no answers that anything could be said about.
    """
    path = folder / RECORD_FILE
    if not path.exists():
        raise UsageError("follow-up.no-record", folder=folder.name)
    items = [Item(one.kind, one.payload(), ACTOR, publicity) for one in said]
    with Record.open(path, pen.clock, pen.salts) as record:
        record.append_all(items)


def reply_in(file: DialogueFile, answer: str, question: str) -> tuple[Answer, Reply]:
    """The reply of `answer` to `question`, among the answers that count.

    Raises:
        UsageError: There is no such answer or it does not reply to the question.
    """
    known = {one.id: one for one in file.answers}
    if answer not in known:
        raise UsageError("follow-up.no-answer", answer=answer, known=", ".join(sorted(known)) or "–")
    found = known[answer]
    if question not in found.replies:
        raise UsageError("follow-up.no-reply", answer=answer, question=question, known=", ".join(found.replies))
    return found, found.replies[question]


def named(by: str, reason: str = "-") -> None:
    """Hold that a decision has a name and a reason.

    Raises:
        UsageError: It has none.
    """
    if not by.strip() or not reason.strip():
        raise UsageError("follow-up.unnamed-decision")
