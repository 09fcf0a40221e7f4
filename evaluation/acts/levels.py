"""Where the levels that are scored come from: the panel's consensus when there is a panel, else the file of levels."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.acts.desk import Desk
from evaluation.acts.panel import board_of
from evaluation.award.panel.outcome import agreed_scores, outcome_findings
from evaluation.intake import SCORES, read_scores
from tender.errors import BlockedError, UsageError
from tender.model.bids import QualityScore
from tender.model.panel import LevelsFrom


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels and where they come from.

    Attributes:
        scores: Levels with their reasons.
        source: The panel, or the small buyer's file; it goes on the record with the points.
    """

    scores: tuple[QualityScore, ...]
    source: LevelsFrom


def levels_of(desk: Desk) -> Levels:
    """The levels that `desk` scores with.

    Raises:
        BlockedError: The panel has not finished, or the file has entries that cannot be used; findings name every one.
        UsageError: There is no file, or there are a panel and a file.
    """
    path = desk.folder / SCORES
    if desk.state.panel.appointment is None:
        reading = read_scores(path)
        if reading.findings:
            raise BlockedError("scores.blocked", findings=reading.findings, count=len(reading.findings))
        return Levels(reading.scores, LevelsFrom.FILE)
    if path.exists():
        raise UsageError("panel.two-sources", file=SCORES)
    board = board_of(desk)
    findings = tuple(outcome_findings(board))
    if findings:
        raise BlockedError("panel.outcome-blocked", findings=findings, count=len(findings))
    return Levels(agreed_scores(board), LevelsFrom.PANEL)
