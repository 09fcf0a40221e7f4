"""What scoring reads of a panel: the levels of its consensus, or every reason why they cannot be read yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evaluation.award.panel.board import Board
from evaluation.award.panel.rules import opening_findings
from tender.errors import Finding, Severity
from tender.model.bids import QualityScore
from tender.model.panel import Cell, Consensus


@dataclass(frozen=True, slots=True)
class CellView:
    """One bid on one criterion, as the memo and the panel's pages show it.

    Attributes:
        cell: Bidder and criterion.
        levels: The judges' levels by evaluator id.
        without: Judges who skipped or were absent, with their reasons.
        consensus: The consensus that counts; ``None`` while there is none.
        versions: How many versions of the consensus there are.
        stale: Whether the consensus rests on levels that are no longer the judges'.
    """

    cell: Cell
    levels: dict[str, int]
    without: dict[str, str]
    consensus: Consensus | None
    versions: int
    stale: bool

    @property
    def spread(self) -> tuple[int, int] | None:
        """Lowest and highest individual level; ``None`` when nobody gave one."""
        return (min(self.levels.values()), max(self.levels.values())) if self.levels else None


def cell_views(board: Board) -> tuple[CellView, ...]:
    """Every cell, in the order of criteria and bidders."""
    agreed = board.panel.agreed
    found = []
    for cell in board.cells:
        marks, levels, consensus = board.marks_at(cell), dict(board.levels_at(cell)), agreed.get(cell)
        without = {who: mark.reason for who, mark in marks.items() if mark.level is None}
        versions = sum(one.cell == cell for one in board.panel.consensus)
        stale = consensus is not None and dict(consensus.levels) != levels
        found.append(CellView(cell, levels, without, consensus, versions, stale))
    return tuple(found)


def outcome_findings(board: Board) -> Iterator[Finding]:
    """Everything that keeps the consensus from being scored."""
    yield from opening_findings(board)
    for one in board.judges:
        if not board.done(one):
            yield _flaw("panel.not-signed", f"panel.signatures.{one.id}", evaluator=one.id)
    for view in cell_views(board):
        bidder, criterion = view.cell
        field = f"panel.consensus.{bidder}.{criterion}"
        if view.consensus is None:
            yield _flaw("panel.no-consensus", field, bidder=bidder, criterion=criterion)
        elif view.stale:
            yield _flaw("panel.consensus-stale", field, bidder=bidder, criterion=criterion)


def agreed_scores(board: Board) -> tuple[QualityScore, ...]:
    """The consensus of every cell that has one, as scoring reads it; also of bids that fell away since."""
    return tuple(
        QualityScore(one.bidder, one.criterion, one.level, one.reason) for _, one in sorted(board.panel.agreed.items())
    )


def _flaw(rule: str, field: str, **values: str) -> Finding:
    return Finding(rule, Severity.BLOCK, field, values)
