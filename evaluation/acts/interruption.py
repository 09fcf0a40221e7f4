"""Interrupting a procurement (HL 125): a decision with its reason and instructions, on the record like any other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from evaluation.acts.bids import read_bids
from evaluation.acts.desk import DECISION, Desk, append, desk_of
from tender.documents.appeal import appeal_context
from tender.documents.catalogue import APPEAL_INSTRUCTIONS, INTERRUPTION_DECISION
from tender.documents.interruption import INTERRUPTION, interruption_context
from tender.errors import FrozenError
from tender.publishing.papers import Paper, with_text, write_papers
from tender.publishing.release import Chance
from tender.publishing.workshop import Progress
from tender.record import Publicity
from tender.record.payloads import DecisionMade


@dataclass(frozen=True, slots=True)
class Interrupted:
    """An interrupted procurement.

    Attributes:
        documents: Paths of the decision documents, one in each language.
        annexes: Paths of their instructions.
    """

    documents: tuple[Path, ...]
    annexes: tuple[Path, ...]


def interrupt(folder: Path, today: date, chance: Chance, actor: str, progress: Progress) -> Interrupted:
    """Write the decision to interrupt the procurement, and its instructions; it goes on the record.

    Args:
        folder: The tender folder, with the reason in ``texts/interruption.<lang>.md``.
        today: Day of the decision.
        chance: The clock and the dice.
        actor: Who decides.
        progress: Told the name of each file when it is ready.

    Raises:
        BlockedError: The reason is missing (HL 125.1).
        FrozenError: Nothing is published, or the procurement is decided already.
    """
    desk = desk_of(folder)
    if desk.state.decision is not None:
        raise FrozenError("interruption.decided", day=desk.state.decision.said.decided_on.isoformat())
    publication = replace(desk.publication, tender=with_text(desk.tender, folder, INTERRUPTION), today=today)
    papers = (
        Paper(INTERRUPTION_DECISION, interruption_context(publication, parties(desk))),
        Paper(APPEAL_INSTRUCTIONS, appeal_context(publication)),
    )
    written = write_papers(folder, DECISION, papers, publication, progress)
    said = DecisionMade(today, (), hashlib.sha256(written[0].read_bytes()).hexdigest())
    append(desk, said, chance, actor, Publicity.PARTY)
    languages = len(desk.tender.languages)
    return Interrupted(written[:languages], written[languages:])


def parties(desk: Desk) -> tuple[str, ...]:
    """Names of the bidders whose tenders are opened; nobody looks into tenders that are not."""
    if desk.state.opening is None:
        return ()
    return tuple(one.bid.name if one.bid is not None and one.bid.name else one.bidder for one in read_bids(desk))
