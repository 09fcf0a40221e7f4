"""Reports of the evaluation: the award decision with its comparison table, reasons and proof of the selection."""

from __future__ import annotations

from evaluation.reports.case import DecisionCase, check_case
from evaluation.reports.decision import (
    AWARD_DECISION,
    DOCUMENTS,
    DecisionContext,
    decision_context,
    decision_publication,
)

__all__ = [
    "AWARD_DECISION",
    "DOCUMENTS",
    "DecisionCase",
    "DecisionContext",
    "check_case",
    "decision_context",
    "decision_publication",
]
