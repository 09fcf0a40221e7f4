"""A panel as plain JSON values, exact numbers as text; levels stay out while they may not be seen."""

from __future__ import annotations

from evaluation.award.panel.board import Board
from evaluation.award.panel.outcome import CellView, cell_views, outcome_findings
from evaluation.award.panel.statistics import Figures
from tender.model.methods import Json
from tender.model.panel import Consensus


def panel_json(board: Board) -> dict[str, Json]:
    """Where the panel stands: members, declarations, what each still owes, and the levels once all have signed."""
    return {
        "chair": board.panel.appointment.chair if board.panel.appointment else "",
        "opened": board.opened,
        "revealed": board.revealed,
        "evaluators": [
            {
                "id": one.id,
                "name": one.name,
                "criteria": list(one.criteria),
                "free": one.id not in board.partial,
                "owed": len(board.owed(one)),
                "missing": len(board.missing(one)),
                "signed": board.panel.signed(one.id),
                "done": board.done(one),
            }
            for one in board.panel.evaluators
        ],
        "undeclared": [[one.id, bidder] for one, bidder in board.undeclared()],
        "cells": [_view(view) for view in cell_views(board)] if board.revealed else [],
        "waiting": [finding.rule for finding in outcome_findings(board)],
    }


def consensus_json(one: Consensus) -> dict[str, Json]:
    """A consensus with its reasons."""
    return {
        "bidder": one.bidder,
        "criterion": one.criterion,
        "level": one.level,
        "reason": one.reason,
        "levels": dict(one.levels),
        "spread": list(one.spread or ()),
        "moved": dict(one.moved),
        "changed": one.changed,
        "present": list(one.present),
        "version": one.version,
    }


def figures_json(figures: Figures) -> dict[str, Json]:
    """Evaluator statistics, exact fractions as text, absent ones ``null``."""
    return {
        "cells": figures.cells,
        "severity": {name: str(value) for name, value in figures.severity.items()},
        "kappa": [
            {"pair": list(pair), "kappa": None if value is None else str(value)}
            for pair, value in figures.kappa.items()
        ],
        "alpha": None if figures.alpha is None else str(figures.alpha),
        "ordinal_alpha": None if figures.ordinal_alpha is None else str(figures.ordinal_alpha),
        "drift": {name: None if value is None else str(value) for name, value in figures.drift.items()},
        "outliers": [
            {"evaluator": one.evaluator, "cell": list(one.cell), "place": one.place, "others": str(one.others)}
            for one in figures.outliers
        ],
    }


def _view(view: CellView) -> dict[str, Json]:
    return {
        "bidder": view.cell[0],
        "criterion": view.cell[1],
        "levels": dict(view.levels),
        "without": dict(view.without),
        "spread": list(view.spread or ()),
        "consensus": None if view.consensus is None else consensus_json(view.consensus),
        "versions": view.versions,
        "stale": view.stale,
    }
