"""What the review before publication says: approvals, waivers, answers and opinions, each by a named person.

Names are personal data and stand in the payload only; the event's actor is the role.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from tender.record.events import Kind
from tender.record.nouns import Noun


@dataclass(frozen=True, slots=True)
class Approval(Noun):
    """A person confirmed the rule pack, the clauses and the tender file, by their hashes.

    Attributes:
        by: Name.
        role: Role, such as ``lawyer``; only a lawyer's approval opens a real publication.
        pack: Id of the rule pack.
        read_on: ISO day on which the pack's sources were read.
        rules: SHA-256 of the rules in force.
        clauses: SHA-256 of the clauses in use, own wordings included.
        tender: SHA-256 of the tender file, its texts and own clauses.
        questions: Ids of the review questions that the approval confirms.
        note: What the person adds; may be empty.
    """

    kind: ClassVar[Kind] = Kind.APPROVED

    by: str
    role: str
    pack: str
    read_on: str
    rules: str
    clauses: str
    tender: str
    questions: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Waiver(Noun):
    """A person takes responsibility for one finding as it is; another value, and it holds no more.

    Attributes:
        rule: Id of the rule.
        field: Path of the field.
        digest: SHA-256 of rule, field and values.
        by: Name.
        reason: Why.
        basis: Legal basis of the finding.
        values: The values that the finding's words need.
    """

    kind: ClassVar[Kind] = Kind.WAIVED

    rule: str
    field: str
    digest: str
    by: str
    reason: str
    basis: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReviewAnswer(Noun):
    """A person answered one review question.

    Attributes:
        question: Id of the question.
        answer: ``yes``, ``no`` or ``not-applicable``.
        by: Name.
        reason: Why.
        clauses: SHA-256 of the clauses that were read.
        tender: SHA-256 of the tender that was read.
    """

    kind: ClassVar[Kind] = Kind.ANSWERED

    question: str
    answer: str
    by: str
    reason: str
    clauses: str
    tender: str


@dataclass(frozen=True, slots=True)
class Opinion(Noun):
    """The data protection officer's opinion on the grouping of clients, by its exact hash.

    Attributes:
        by: Name.
        favourable: ``yes`` or ``no``: whether the grouping may be used as it is.
        reason: What the opinion says, or where it is filed.
        grouping: SHA-256 of the grouping's method.
    """

    kind: ClassVar[Kind] = Kind.OPINION

    by: str
    favourable: str
    reason: str
    grouping: str
