"""The panel's acts: appoint, declare, give, be absent, sign, agree. Each appends; none overwrites.

An act is judged by the state that the record has, and written under a key that says which version it is. When somebody
else was faster, the record gives their event back, and the act is refused instead of lost: nobody's words vanish.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from evaluation.acts.desk import Desk, desk_of, retention
from evaluation.award.panel.board import Board
from evaluation.award.panel.rules import (
    appointment_findings,
    consensus_findings,
    declaration_findings,
    score_findings,
    signature_findings,
)
from tender.errors import BlockedError, Finding, FrozenError
from tender.model.methods import Json
from tender.model.panel import (
    Appointment,
    Consensus,
    Declaration,
    IndividualScore,
    MarkKind,
    Signature,
    Way,
    scores_digest,
)
from tender.publishing.folder import RECORD_FILE
from tender.publishing.release import Chance
from tender.record import Item, Kind, Publicity, Record, State
from tender.record.panel import Agreed, InterestDeclared, PanelAppointed, ScoreGiven, ScoresSigned

_EVALUATOR, _CHAIR, _OFFICE = "arvioija", "arviointiryhmän puheenjohtaja", "hankintayksikkö"
"""Roles as the record's actor; names stand in payloads only."""


class _Said(Protocol):
    """What an act puts on the record."""

    @property
    def kind(self) -> Kind:
        """Kind of its event."""
        ...

    def payload(self) -> dict[str, Json]:
        """Its payload."""
        ...


@dataclass(frozen=True, slots=True)
class Seat:
    """A panel before its bids, with the desk that it sits at.

    Attributes:
        desk: The tender as published, and its record.
        board: Where the panel stands.
    """

    desk: Desk
    board: Board


def seat_of(folder: Path) -> Seat:
    """The panel of the tender in `folder`.

    Raises:
        BlockedError: The tender file cannot be read whole.
        FrozenError: Nothing is published, or a method differs from the published one.
    """
    desk = desk_of(folder)
    return Seat(desk, board_of(desk))


def board_of(desk: Desk) -> Board:
    """Where the panel of `desk` stands."""
    return Board(desk.tender, desk.state.panel, judged_bidders(desk.state), desk.state.opening is not None)


def judged_bidders(state: State) -> tuple[str, ...]:
    """Ids of the bidders whose bids are judged: those admitted once that is on record, else all who handed in."""
    counted = {bid.bidder for bid in state.bids}
    if state.admissions is not None:
        counted &= set(state.admissions.said.admitted)
    return tuple(sorted(counted - state.intake.fallen_bidders))


def appoint(folder: Path, appointment: Appointment, chance: Chance) -> Board:
    """Appoint the panel, or change it; who was a member before stays on the record with all that they gave.

    Raises:
        BlockedError: Something is wrong with it; the findings say all.
    """
    seat = seat_of(folder)
    _refuse(appointment_findings(seat.board, appointment))
    number = len(seat.board.panel.appointments) + 1
    _write(seat, [(PanelAppointed(appointment), f"panel:{number}")], chance, _OFFICE)
    return seat_of(folder).board


def declare(folder: Path, declarations: Sequence[Declaration], chance: Chance) -> Board:
    """Put declarations of interests on the record; all of them or none.

    Raises:
        BlockedError: One is about nobody, or says an interest without saying which.
    """
    seat = seat_of(folder)
    _refuse(finding for one in declarations for finding in declaration_findings(seat.board, one))
    counts = seat.board.panel.declarations
    items = []
    for one in declarations:
        number = sum((each.evaluator, each.bidder) == (one.evaluator, one.bidder) for each in counts) + 1
        items.append((InterestDeclared(one), f"declaration:{one.evaluator}:{one.bidder}:{number}"))
    _write(seat, items, chance, _EVALUATOR, Publicity.PERSONAL)
    return seat_of(folder).board


def give(folder: Path, scores: Sequence[IndividualScore], chance: Chance) -> tuple[IndividualScore, ...]:
    """Put what an evaluator gave on the record; all of it or none.

    What is on the record already, word for word, is not written twice: a sheet may be sent again after a crash.

    Returns:
        What was new.

    Raises:
        BlockedError: A level is off the scale, a reason is missing, an interest stands in the way, and so on.
    """
    seat = seat_of(folder)
    given = seat.board.panel.given
    new = tuple(one for one in scores if not _same(given.get((one.evaluator, one.cell)), one))
    _refuse(finding for one in new for finding in score_findings(seat.board, one))
    earlier = seat.board.panel.scores
    items = []
    for one in new:
        number = sum((each.evaluator, each.cell) == (one.evaluator, one.cell) for each in earlier) + 1
        items.append((ScoreGiven(one), f"score:{one.evaluator}:{one.bidder}:{one.criterion}:{number}"))
    _write(seat, items, chance, _EVALUATOR)
    return new


def be_absent(folder: Path, evaluator: str, reason: str, chance: Chance) -> tuple[IndividualScore, ...]:
    """Note that an evaluator is absent: everything still owed becomes absent, with the reason; it is no zero.

    Raises:
        BlockedError: There is no such evaluator, or the reason is missing.
    """
    board = seat_of(folder).board
    member = board.member(evaluator)
    owed = board.missing(member) if member else ()
    marks = [IndividualScore(evaluator, *cell, MarkKind.ABSENT, None, reason, Way.COMMAND) for cell in owed]
    if member is None or not marks:
        first = IndividualScore(evaluator, "", "", MarkKind.ABSENT, None, reason, Way.COMMAND)
        _refuse(score_findings(board, first))
    return give(folder, marks, chance)


def sign(folder: Path, evaluator: str, digest: str, way: Way, chance: Chance) -> Signature:
    """Put an evaluator's signature under all that they gave.

    Args:
        folder: The tender folder.
        evaluator: Id of the evaluator.
        digest: `scores_digest` of what was shown to the evaluator; empty for what is on the record now.
        way: How it came.
        chance: Clock and salts.

    Raises:
        BlockedError: Something is still missing, or what was shown is no longer what is on the record.
    """
    seat = seat_of(folder)
    now = scores_digest(seat.board.panel.scores_of(evaluator))
    signature = Signature(evaluator, digest or now, way)
    _refuse(signature_findings(seat.board, evaluator, signature.digest))
    if not seat.board.panel.signed(evaluator):
        number = sum(one.evaluator == evaluator for one in seat.board.panel.signatures) + 1
        _write(seat, [(ScoresSigned(signature), f"signature:{evaluator}:{number}")], chance, _EVALUATOR)
    return signature


def agree(folder: Path, wanted: Consensus, chance: Chance) -> Consensus:
    """Put a consensus on the record, with the individual levels that it rests on.

    Args:
        folder: The tender folder.
        wanted: The consensus; its levels, when empty, are those on the record; so are those present.
        chance: Clock and salts.

    Raises:
        BlockedError: Not all have signed, the level is off the scale, or a reason is missing; the findings say all.
        FrozenError: Somebody else wrote the same version first.
    """
    seat = seat_of(folder)
    consensus = replace(
        wanted,
        levels=wanted.levels or dict(seat.board.levels_at(wanted.cell)),
        present=wanted.present or tuple(seat.board.marks_at(wanted.cell)),
        version=sum(one.cell == wanted.cell for one in seat.board.panel.consensus) + 1,
    )
    if _says_the_same(seat.board.panel.agreed.get(wanted.cell), consensus):
        return consensus
    _refuse(consensus_findings(seat.board, consensus))
    key = f"consensus:{consensus.bidder}:{consensus.criterion}:{consensus.version}"
    _write(seat, [(Agreed(consensus), key)], chance, _CHAIR)
    return consensus


def _same(on_record: IndividualScore | None, new: IndividualScore) -> bool:
    return on_record is not None and replace(on_record, version=new.version, stamp=new.stamp, way=new.way) == new


def _says_the_same(on_record: Consensus | None, new: Consensus) -> bool:
    """Whether the same consensus came twice, as after a crash; a reason for the change makes it another."""
    if on_record is None:
        return False
    same = replace(on_record, version=new.version, stamp=new.stamp, way=new.way)
    return same == new or replace(same, changed="") == new


def _refuse(findings: Iterable[Finding]) -> None:
    found = tuple(findings)
    if found:
        raise BlockedError("panel.refused", findings=found, count=len(found))


def _write(
    seat: Seat,
    items: Sequence[tuple[_Said, str]],
    chance: Chance,
    actor: str,
    publicity: Publicity = Publicity.AUTHORITY,
) -> None:
    """Append all `items` in one transaction, each under its key; refuse when a key already says something else."""
    kept = retention(chance.clock().date())
    wanted = [_item(said, key, actor, publicity, kept) for said, key in items]
    with Record.open(seat.desk.folder / RECORD_FILE, chance.clock, chance.salts, seat.desk.tender.id) as record:
        events = record.append_all(wanted)
        for event, item in zip(events, wanted, strict=True):
            if record.payload(event.seq) != item.payload:
                raise FrozenError("panel.other-first", event=event.seq)


def _item(said: _Said, key: str, actor: str, publicity: Publicity, kept: date) -> Item:
    return Item(said.kind, said.payload(), actor, publicity, kept, key)
