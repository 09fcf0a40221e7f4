"""What every act of the evaluation begins with: the tender as published, and where its record says it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Protocol

from tender.errors import FrozenError, Place
from tender.model.methods import Json
from tender.model.publication import Publication
from tender.model.tender import Tender
from tender.publishing.examination import readable_tender
from tender.publishing.folder import RECORD_FILE, record_state
from tender.publishing.freeze import examples_still_hold, publication_in_force
from tender.publishing.release import Chance
from tender.record import Event, Item, Kind, Publicity, Record, State

BIDS = "bids"
EVALUATION = "private/evaluation"
DECISION = "private/decision"
_RETENTION_YEARS = 3


class Said(Protocol):
    """What an act puts on the record."""

    kind: ClassVar[Kind]

    def payload(self) -> dict[str, Json]:
        """Its payload."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """A published tender with its record's state.

    Attributes:
        folder: The tender folder.
        tender: The tender; its methods are the published ones.
        state: Where the record says it stands.
        publication: The publication in force.
    """

    folder: Path
    tender: Tender
    state: State
    publication: Publication


def desk_of(folder: Path) -> Desk:
    """The desk of the tender in `folder`.

    Raises:
        BlockedError: The tender file cannot be read whole.
        FrozenError: Nothing is published, or a method differs from the published one.
    """
    tender = readable_tender(folder)
    state = record_state(folder)
    return Desk(folder, tender, state, publication_in_force(tender, state))


def opened_desk(folder: Path) -> Desk:
    """The desk of a tender whose bids are opened and unchanged, and whose published examples still hold.

    Raises:
        FrozenError: The opening is not on the record, a bid file has changed since, or an example comes out otherwise.
    """
    desk = desk_of(folder)
    opening = desk.state.opening
    if opening is None or opening.said.version != desk.publication.version:
        raise FrozenError("frozen.not-opened")
    examples_still_hold(folder, desk.publication)
    for bid in desk.state.bids:
        expected = opening.said.bids.get(bid.bidder)
        if expected is None:
            raise FrozenError("frozen.bid-after-opening", bidder=bid.bidder)
        if file_hash(folder / BIDS / bid.file) != expected:
            raise FrozenError("frozen.bid-changed", place=Place(f"{BIDS}/{bid.file}"))
    return desk


def file_hash(path: Path) -> str:
    """SHA-256 of a file; empty when it is missing."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def append(desk: Desk, said: Said, chance: Chance, actor: str, publicity: Publicity) -> Event:
    """Put `said` on the record of `desk`; kept until three years after the day of the act (HL 124.4)."""
    return append_all(desk, (said,), chance, actor, publicity)[0]


def append_all(desk: Desk, told: Sequence[Said], chance: Chance, actor: str, publicity: Publicity) -> tuple[Event, ...]:
    """Put all of `told` on the record in one transaction, or none of it: an act of two events is never half done."""
    kept = retention(chance.clock().date())
    with Record.open(desk.folder / RECORD_FILE, chance.clock, chance.salts, desk.tender.id) as record:
        return record.append_all(Item(said.kind, said.payload(), actor, publicity, kept) for said in told)


def retention(today: date) -> date:
    """Three years on; the contract will be later than the act, so longer retention follows from its own event."""
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year + _RETENTION_YEARS, day=day)
