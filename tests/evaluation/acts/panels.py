"""A panel at a real tender: bids received, declarations given, opened, and what three evaluators give."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from evaluation.acts.bids import INVENTED, open_bids, receive, rehearse
from evaluation.acts.demo import OPENERS
from evaluation.acts.panel import agree, appoint, declare, give, seat_of, sign
from evaluation.award.panel.board import Board
from evaluation.intake import SCORES
from tender.model.panel import Appointment, Consensus, Declaration, Evaluator, IndividualScore, MarkKind, Way
from tender.publishing.examination import readable_tender
from tender.publishing.release import Chance
from tests.conftest import chance_at

MEMBERS = (Evaluator("a1", "Aino Arvioija"), Evaluator("a2", "Bo Bedömare"), Evaluator("a3", "Cecilia Chef"))
APPOINTED = Appointment(MEMBERS, "a1", "", "H. Hankkija")


def two_forms(folder: Path) -> list[Path]:
    """The forms of the first two invented bids of `folder`, filled."""
    invented = folder / INVENTED
    rows = invented.read_text(encoding="utf-8").split("[[bids]]")
    invented.write_text("[[bids]]".join(rows[:3]), encoding="utf-8")
    return list(rehearse(folder))


def moment(folder: Path) -> datetime:
    """The published moment of the opening."""
    return readable_tender(folder).timetable.opening


def later(folder: Path) -> Chance:
    """A clock that stands at the opening."""
    return chance_at(moment(folder))


def received(folder: Path, files: list[Path]) -> Path:
    """`folder` with the bids received."""
    receive(folder, files, chance_at(readable_tender(folder).timetable.tenders_until), "tests")
    return folder


def all_free(folder: Path, *names: str) -> None:
    """Everyone declares to be free of interests."""
    for name in names:
        bidders = seat_of(folder).board.bidders
        declare(
            folder, [Declaration(name, one, free=True, statement="", way=Way.WEB) for one in bidders], later(folder)
        )


def opened(folder: Path, files: list[Path]) -> Path:
    """`folder` with a panel of three, all free, the bids opened, and no file of levels."""
    received(folder, files)
    (folder / SCORES).unlink()
    appoint(folder, APPOINTED, later(folder))
    all_free(folder, "a1", "a2", "a3")
    open_bids(folder, OPENERS, later(folder), "tests")
    return folder


def marks(board: Board, name: str, shift: int = 0) -> list[IndividualScore]:
    """A level for every cell that `name` owes: 3, or 2 for every second cell, moved by `shift`."""
    member = board.member(name)
    assert member is not None
    return [
        IndividualScore(name, *cell, MarkKind.LEVEL, 3 - at % 2 + shift, f"Kohta {at}.", Way.WEB)
        for at, cell in enumerate(board.owed(member))
    ]


def all_given(folder: Path) -> Path:
    """Everyone gives all and signs; a2 gives one level less throughout."""
    for name, shift in (("a1", 0), ("a2", -1), ("a3", 0)):
        give(folder, marks(seat_of(folder).board, name, shift), later(folder))
        sign(folder, name, "", Way.WEB, later(folder))
    return folder


def wanted(board: Board, cell: tuple[str, str], level: int) -> Consensus:
    """A consensus with every reason that it needs; levels and who was present follow from the record."""
    moved = {who: "Liite osoittaa mittarit." for who, given in board.levels_at(cell).items() if given != level}
    return Consensus(*cell, level, f"Perustelu kohdasta {cell[1]}.", {}, moved, "", (), Way.WEB)


def all_agreed(folder: Path) -> Path:
    """The panel agrees on a1's levels."""
    board = seat_of(folder).board
    for cell in board.cells:
        agree(folder, wanted(board, cell, board.levels_at(cell)["a1"]), later(folder))
    return folder
