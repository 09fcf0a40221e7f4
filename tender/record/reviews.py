"""What the review before publication says: approvals, waivers, answers and opinions, each by a named person.

Names are personal data and stand in the payload only; the event's actor is the role.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from tender.model.methods import Json
from tender.record.events import Kind
from tender.record.payloads import Keys


@dataclass(frozen=True, slots=True)
class Approval:
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

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {
            "by": self.by,
            "role": self.role,
            "pack": self.pack,
            "read_on": self.read_on,
            "rules": self.rules,
            "clauses": self.clauses,
            "tender": self.tender,
            "questions": list(self.questions),
            "note": self.note,
        }

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(
            by=keys.text("by"),
            role=keys.text("role"),
            pack=keys.text("pack"),
            read_on=keys.text("read_on"),
            rules=keys.text("rules"),
            clauses=keys.text("clauses"),
            tender=keys.text("tender"),
            questions=keys.texts("questions"),
            note=keys.text("note"),
        )


@dataclass(frozen=True, slots=True)
class Waiver:
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

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {
            "rule": self.rule,
            "field": self.field,
            "digest": self.digest,
            "by": self.by,
            "reason": self.reason,
            "basis": self.basis,
            "values": dict(self.values),
        }

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(
            rule=keys.text("rule"),
            field=keys.text("field"),
            digest=keys.text("digest"),
            by=keys.text("by"),
            reason=keys.text("reason"),
            basis=keys.text("basis"),
            values=keys.table("values"),
        )


@dataclass(frozen=True, slots=True)
class ReviewAnswer:
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

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {
            "question": self.question,
            "answer": self.answer,
            "by": self.by,
            "reason": self.reason,
            "clauses": self.clauses,
            "tender": self.tender,
        }

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(*(keys.text(name) for name in ("question", "answer", "by", "reason", "clauses", "tender")))


@dataclass(frozen=True, slots=True)
class Opinion:
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

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {"by": self.by, "favourable": self.favourable, "reason": self.reason, "grouping": self.grouping}

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(*(keys.text(name) for name in ("by", "favourable", "reason", "grouping")))
