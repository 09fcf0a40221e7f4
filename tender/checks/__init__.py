"""The checks: one small function per rule over a `Case`, a table of what each weighs, dated packs, and `check`."""

from __future__ import annotations

from tender.checks.case import Case, Check, ClauseText, PublishedMethods, flaw, plain
from tender.checks.checks import CHECKS, check
from tender.checks.packs import PACKS, Pack
from tender.checks.provisions import PROVISIONS, Provision
from tender.checks.register import ROWS, Row
from tender.checks.review import ReviewQuestion, review_questions, row_states

__all__ = [
    "CHECKS",
    "PACKS",
    "PROVISIONS",
    "ROWS",
    "Case",
    "Check",
    "ClauseText",
    "Pack",
    "Provision",
    "PublishedMethods",
    "ReviewQuestion",
    "Row",
    "check",
    "flaw",
    "plain",
    "review_questions",
    "row_states",
]
