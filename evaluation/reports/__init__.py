"""Reports of the evaluation: the award decision with its reasons and proof, and the contents of the award notice."""

from __future__ import annotations

from evaluation.reports.award_notice import AWARD_NOTICE, AwardNoticeContext, award_notice_context
from evaluation.reports.case import DecisionCase, check_case
from evaluation.reports.decision import (
    AWARD_DECISION,
    DecisionContext,
    decision_context,
    decision_publication,
)
from evaluation.reports.design_memo import DESIGN_MEMO
from evaluation.reports.letters import NOTIFICATION_LETTER
from tender.documents.document import Document

__all__ = [
    "AWARD_DECISION",
    "AWARD_NOTICE",
    "DOCUMENTS",
    "NOTIFICATION_LETTER",
    "AwardNoticeContext",
    "DecisionCase",
    "DecisionContext",
    "award_notice_context",
    "check_case",
    "decision_context",
    "decision_publication",
]

DOCUMENTS: tuple[Document, ...] = (AWARD_DECISION, AWARD_NOTICE, NOTIFICATION_LETTER, DESIGN_MEMO)
"""Documents of the evaluation, for the entry point ``valinta.documents``."""
