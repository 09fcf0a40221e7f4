"""Which findings a person may take responsibility for, and what binds a waiver to the finding it was made for.

Sums and the frozen method are never waived: no reason makes a wrong sum right. Rules of law may be, by a named person
with a reason; warnings are accepted in the same way.
"""

from __future__ import annotations

import hashlib

from tender.checks.provisions import PROVISIONS
from tender.errors import Finding, Severity
from tender.model.methods import Json, canonical

QUESTION_NO = "review.question-no"
"""Rule of a finding that a review question was answered no."""

NEVER = (
    "number.", "published.", "award.", "indicators.", "verification.", "prices.", "areas.", "groups.", "grouping.",
    "bands.", "choice.", "billing.", "own-team.", "budget.", "framework.count-", "framework.client-",
    "framework.capacity", "documents.", "timetable.deadline-zone", "timetable.tenders", "timetable.opening",
    "timetable.questions", "clauses.scoring", "clauses.admission", "clauses.comparison-price", "clauses.zero-blank",
    "clauses.price-ranges",
)  # fmt: skip
"""Beginnings of the rules whose blocking findings nobody waives: sums, the method, and the words that print it."""

WORDING = "wording."
"""How rules of the lint begin: a person may see that two languages say the same although their figures differ."""

_LAW = frozenset(provision.rule for provision in PROVISIONS if provision.basis)


def waivable(finding: Finding) -> bool:
    """Whether a person may take responsibility for `finding`: a warning always, a block only when it rests on law."""
    if finding.severity is not Severity.BLOCK:
        return finding.severity is Severity.WARN
    if finding.rule == QUESTION_NO:
        return True
    return (finding.rule in _LAW or finding.rule.startswith(WORDING)) and not finding.rule.startswith(NEVER)


def digest(finding: Finding) -> str:
    """What a waiver is bound to: SHA-256 of rule, field and values of `finding`."""
    said: dict[str, Json] = {"rule": finding.rule, "field": finding.field, "values": dict(finding.values)}
    return hashlib.sha256(canonical(said)).hexdigest()
