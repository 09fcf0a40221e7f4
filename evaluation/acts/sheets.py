"""Score sheets as files: written for one evaluator, read back, given and signed in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evaluation.acts.bids import read_bids
from evaluation.acts.panel import Seat, give, seat_of, sign
from evaluation.award.panel.board import Board
from evaluation.score_sheet import read_score_sheet, write_score_sheet
from tender.errors import BlockedError, UsageError
from tender.language import Language
from tender.model.panel import Evaluator, IndividualScore, Way
from tender.publishing.release import Chance


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a sheet.

    Attributes:
        scores: What was new on it.
        signed: Whether it was signed.
    """

    scores: tuple[IndividualScore, ...]
    signed: bool


def bidder_names(seat: Seat) -> dict[str, str]:
    """Name of each bidder whose form can be read, by id; nothing else of the form."""
    return {read.bidder: read.bid.name for read in read_bids(seat.desk) if read.bid is not None}


def write_sheet(folder: Path, evaluator: str, target: Path, language: Language, today: date) -> Path:
    """Write the score sheet of an evaluator.

    Raises:
        UsageError: There is no such evaluator, or the file is there already.
    """
    seat = seat_of(folder)
    member = member_of(seat.board, evaluator)
    if target.exists():
        raise UsageError("bid.file-exists", file=target)
    target.write_bytes(write_score_sheet(seat.board, member, bidder_names(seat), language, today))
    return target


def take_sheet(folder: Path, evaluator: str, path: Path, chance: Chance) -> Taken:
    """Read a sheet that came back, put all of it on the record, and the signature too when it is signed.

    Raises:
        BlockedError: The sheet cannot be read whole, or the panel's rules refuse something of it.
        UsageError: There is no such evaluator, or no such file.
    """
    if not path.is_file():
        raise UsageError("intake.no-file", file=path.name)
    return take_sheet_bytes(folder, evaluator, path.read_bytes(), path.name, chance)


def take_sheet_bytes(folder: Path, evaluator: str, data: bytes, name: str, chance: Chance) -> Taken:
    """The same for a sheet that is not a file here, such as one sent from a page.

    Raises:
        BlockedError: As `take_sheet`.
        UsageError: There is no such evaluator.
    """
    board = seat_of(folder).board
    reading = read_score_sheet(data, name, board, member_of(board, evaluator))
    if reading.findings:
        raise BlockedError("score-sheet.refused", findings=reading.findings, count=len(reading.findings))
    new = give(folder, reading.scores, chance)
    if reading.signed:
        sign(folder, evaluator, "", Way.SHEET, chance)
    return Taken(new, reading.signed)


def member_of(board: Board, evaluator: str) -> Evaluator:
    """The member of the panel with this id.

    Raises:
        UsageError: There is none.
    """
    member = board.member(evaluator)
    if member is None:
        known = ", ".join(one.id for one in board.panel.evaluators) or "–"
        raise UsageError("panel.evaluator-unknown", found=evaluator, known=known)
    return member
