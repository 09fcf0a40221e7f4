"""A small panel in memory: two bids, two criteria, three evaluators, acts in the order in which they are given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from evaluation.award.panel.board import Board
from tender.model.panel import (
    Appointment,
    Consensus,
    Declaration,
    Evaluator,
    IndividualScore,
    MarkKind,
    Panel,
    Signature,
    Stamp,
    Way,
    scores_digest,
    versions,
)
from tender.model.tender import Tender
from tests.sample import sample_tender

BIDDERS = ("alfa", "beta")
CRITERIA = ("impact-plan", "hours-tracking")
MEMBERS = (Evaluator("a1", "Aino"), Evaluator("a2", "Bo"), Evaluator("a3", "Cecilia"))
APPOINTED = Appointment(MEMBERS, "a1", "", "hankinta")
START = datetime(2018, 12, 4, 9, tzinfo=UTC)


class Table:
    """Builds a panel act by act; each gets the next number and minute.

    Args:
        appointment: Who sits at it.
        opened: Whether the bids are opened.
    """

    def __init__(self, appointment: Appointment = APPOINTED, *, opened: bool = True) -> None:
        self.opened = opened
        self.tender: Tender = sample_tender()
        self._count = 0
        self._appointments = [replace(appointment, stamp=self._stamp())]
        self._declarations: list[Declaration] = []
        self._scores: list[IndividualScore] = []
        self._signatures: list[Signature] = []
        self._consensus: list[Consensus] = []

    def _stamp(self) -> Stamp:
        self._count += 1
        return Stamp(self._count, START + timedelta(minutes=self._count))

    @property
    def board(self) -> Board:
        """Where the panel stands now."""
        score_versions = versions((one.evaluator, one.cell) for one in self._scores)
        agreed_versions = versions(one.cell for one in self._consensus)
        panel = Panel(
            tuple(self._appointments),
            tuple(self._declarations),
            tuple(replace(one, version=n) for one, n in zip(self._scores, score_versions, strict=True)),
            tuple(self._signatures),
            tuple(replace(one, version=n) for one, n in zip(self._consensus, agreed_versions, strict=True)),
        )
        return Board(self.tender, panel, BIDDERS, self.opened)

    def appoint(self, appointment: Appointment) -> Table:
        """Change the panel."""
        self._appointments.append(replace(appointment, stamp=self._stamp()))
        return self

    def declare(self, *names: str, interest: str = "") -> Table:
        """Declare about every bidder: free, or with this interest in the first."""
        for name in names:
            for bidder in BIDDERS:
                said = interest if bidder == BIDDERS[0] else ""
                self._declarations.append(
                    Declaration(name, bidder, free=not said, statement=said, way=Way.WEB, stamp=self._stamp())
                )
        return self

    def give(self, name: str, level: int | None, bidder: str = "alfa", criterion: str = "impact-plan") -> Table:
        """Give a level, or skip."""
        kind = MarkKind.SKIPPED if level is None else MarkKind.LEVEL
        self._scores.append(
            IndividualScore(name, bidder, criterion, kind, level, "Kohta 3.", Way.WEB, stamp=self._stamp())
        )
        return self

    def give_all(self, name: str, *levels: int | None) -> Table:
        """Give every cell, bidder by bidder under each criterion."""
        cells = [(bidder, criterion) for criterion in CRITERIA for bidder in BIDDERS]
        for (bidder, criterion), level in zip(cells, levels, strict=True):
            self.give(name, level, bidder, criterion)
        return self

    def sign(self, *names: str) -> Table:
        """Sign what was given."""
        for name in names:
            digest = scores_digest(self.board.panel.scores_of(name))
            self._signatures.append(Signature(name, digest, Way.WEB, self._stamp()))
        return self

    def agree(self, consensus: Consensus) -> Table:
        """Agree."""
        self._consensus.append(replace(consensus, stamp=self._stamp()))
        return self


def signed_table() -> Table:
    """Three evaluators who declared, gave all and signed: 3 2 2 4, 3 2 4 4 and 2 2 2 4."""
    table = Table().declare("a1", "a2", "a3")
    table.give_all("a1", 3, 2, 2, 4).give_all("a2", 3, 2, 4, 4).give_all("a3", 2, 2, 2, 4)
    return table.sign("a1", "a2", "a3")


def consensus(board: Board, level: int, bidder: str = "alfa", criterion: str = "impact-plan") -> Consensus:
    """A consensus with every reason that it needs."""
    levels = dict(board.levels_at((bidder, criterion)))
    moved = {who: "Liite 2 näyttää mittarit." for who, given in levels.items() if given != level}
    return Consensus(
        bidder, criterion, level, "Suunnitelman kohta 3 osoittaa seurannan.", levels, moved, "", tuple(levels), Way.WEB
    )
