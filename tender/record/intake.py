"""Bids beside their coming and opening: protocol, withdrawal, explanations asked and given, falling away.

A flag never excludes by itself: it leads to an explanation request, and a person judges the answer with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from tender.model.methods import Json
from tender.record.events import Kind
from tender.record.payloads import Keys


@dataclass(frozen=True, slots=True)
class ProtocolImported:
    """The portal's own opening protocol was imported; Valinta is not the submission channel.

    Attributes:
        portal: Name of the portal.
        file: Name of the kept protocol.
        sha256: Its hash.
        received: When each bid came by the portal's clock, ISO 8601 with its zone, by the portal's reference.
        files: SHA-256 of each bid file by its name, where the portal says it.
        by: Name.
    """

    kind: ClassVar[Kind] = Kind.OPENING_PROTOCOL

    portal: str
    file: str
    sha256: str
    received: Mapping[str, str]
    files: Mapping[str, str]
    by: str

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {
            "portal": self.portal,
            "file": self.file,
            "sha256": self.sha256,
            "received": dict(self.received),
            "files": dict(self.files),
            "by": self.by,
        }

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(
            keys.text("portal"),
            keys.text("file"),
            keys.text("sha256"),
            keys.table("received"),
            keys.table("files"),
            keys.text("by"),
        )


@dataclass(frozen=True, slots=True)
class BidWithdrawn:
    """A bidder took its bid back before the opening; what came stays on the record.

    Attributes:
        bidder: Bidder id.
        at: When the bidder said so, ISO 8601 with its zone.
        reason: What the bidder said; may be empty.
        by: Name of who noted it.
    """

    kind: ClassVar[Kind] = Kind.BID_WITHDRAWN

    bidder: str
    at: str
    reason: str
    by: str

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {"bidder": self.bidder, "at": self.at, "reason": self.reason, "by": self.by}

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(keys.text("bidder"), keys.text("at"), keys.text("reason"), keys.text("by"))


@dataclass(frozen=True, slots=True)
class BidderAsked:
    """A bidder was asked to explain or to clarify (HL 74.2, 96, 113.2).

    Attributes:
        id: Short id of the request.
        bidder: Bidder id.
        about: ``abnormally-low``, ``arithmetic``, ``clarification`` or ``supplement``.
        question: What was asked.
        equal: How all bidders in the same place were treated alike.
        answer_by: ISO day by which the answer must come.
        by: Name.
    """

    kind: ClassVar[Kind] = Kind.BIDDER_ASKED

    id: str
    bidder: str
    about: str
    question: str
    equal: str
    answer_by: str
    by: str

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {
            "id": self.id,
            "bidder": self.bidder,
            "about": self.about,
            "question": self.question,
            "equal": self.equal,
            "answer_by": self.answer_by,
            "by": self.by,
        }

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(
            id=keys.text("id"),
            bidder=keys.text("bidder"),
            about=keys.text("about"),
            question=keys.text("question"),
            equal=keys.text("equal"),
            answer_by=keys.text("answer_by"),
            by=keys.text("by"),
        )


@dataclass(frozen=True, slots=True)
class BidderAnswered:
    """A bidder's answer came.

    Attributes:
        id: Id of the request.
        answer: What the bidder answered.
        files: SHA-256 of the files that came with it, by name.
        by: Name of who noted it.
    """

    kind: ClassVar[Kind] = Kind.BIDDER_ANSWERED

    id: str
    answer: str
    files: Mapping[str, str]
    by: str

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {"id": self.id, "answer": self.answer, "files": dict(self.files), "by": self.by}

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(keys.text("id"), keys.text("answer"), keys.table("files"), keys.text("by"))


@dataclass(frozen=True, slots=True)
class AnswerJudged:
    """A person judged the answer, or that none came.

    Attributes:
        id: Id of the request.
        result: ``accepted`` or ``rejected``; a rejected one keeps the bid out of the comparison.
        improves: Whether the answer would have bettered the bid; such an answer is never accepted (HL 74.2, 113.2).
        reason: Why, in words that the decision prints.
        by: Name.
    """

    kind: ClassVar[Kind] = Kind.ANSWER_JUDGED

    id: str
    result: str
    improves: bool
    reason: str
    by: str

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {
            "id": self.id,
            "result": self.result,
            "improves": self.improves,
            "reason": self.reason,
            "by": self.by,
        }

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(keys.text("id"), keys.text("result"), keys.flag("improves"), keys.text("reason"), keys.text("by"))


@dataclass(frozen=True, slots=True)
class FellAway:
    """A bid left the comparison after the opening: excluded, withdrawn or out of force.

    Attributes:
        bidder: Bidder id.
        reason: Why, in words that the decision prints.
        rule: The published rule for the others' points: ``keep`` or ``rescore``.
        by: Name.
    """

    kind: ClassVar[Kind] = Kind.FELL_AWAY

    bidder: str
    reason: str
    rule: str
    by: str

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {"bidder": self.bidder, "reason": self.reason, "rule": self.rule, "by": self.by}

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(keys.text("bidder"), keys.text("reason"), keys.text("rule"), keys.text("by"))
