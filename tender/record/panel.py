"""The panel's acts on the record: one event each, appended and never overwritten, from which `Panel` is derived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from tender.errors import RecordError
from tender.model.methods import Json
from tender.model.panel import (
    Appointment,
    Consensus,
    Declaration,
    Evaluator,
    IndividualScore,
    MarkKind,
    Panel,
    Signature,
    Stamp,
    Way,
    versions,
)
from tender.record.events import Entry, Event, Kind
from tender.record.payloads import Keys


@dataclass(frozen=True, slots=True)
class PanelAppointed:
    """The panel was appointed, or its members changed.

    Attributes:
        appointment: Who, by whom and why.
    """

    kind: ClassVar[Kind] = Kind.PANEL

    appointment: Appointment

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        one = self.appointment
        return {
            "evaluators": [
                {"id": member.id, "name": member.name, "criteria": list(member.criteria)} for member in one.evaluators
            ],
            "chair": one.chair,
            "reason": one.reason,
            "by": one.by,
        }

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        members = tuple(
            Evaluator(one.text("id"), one.text("name"), one.texts("criteria")) for one in keys.items("evaluators")
        )
        return cls(Appointment(members, keys.text("chair"), keys.text("reason"), keys.text("by")))


@dataclass(frozen=True, slots=True)
class InterestDeclared:
    """An evaluator declared about one bidder.

    Attributes:
        declaration: What was declared.
    """

    kind: ClassVar[Kind] = Kind.DECLARATION

    declaration: Declaration

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        one = self.declaration
        return {
            "evaluator": one.evaluator,
            "bidder": one.bidder,
            "free": one.free,
            "statement": one.statement,
            "way": one.way.value,
        }

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(
            Declaration(
                keys.text("evaluator"), keys.text("bidder"), keys.flag("free"), keys.text("statement"), _way(keys)
            )
        )


@dataclass(frozen=True, slots=True)
class ScoreGiven:
    """An evaluator gave a level alone, skipped, or was absent.

    Attributes:
        score: What was given.
    """

    kind: ClassVar[Kind] = Kind.INDIVIDUAL_SCORE

    score: IndividualScore

    def payload(self) -> dict[str, Json]:
        """The payload that says this; the version follows from the order of the record."""
        one = self.score
        return {
            "evaluator": one.evaluator,
            "bidder": one.bidder,
            "criterion": one.criterion,
            "mark": one.kind.value,
            "level": one.level,
            "reason": one.reason,
            "way": one.way.value,
        }

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(
            IndividualScore(
                evaluator=keys.text("evaluator"),
                bidder=keys.text("bidder"),
                criterion=keys.text("criterion"),
                kind=_mark(keys),
                level=keys.number("level") if _mark(keys) is MarkKind.LEVEL else None,
                reason=keys.text("reason"),
                way=_way(keys),
            )
        )


@dataclass(frozen=True, slots=True)
class ScoresSigned:
    """An evaluator signed what they had given.

    Attributes:
        signature: What was signed.
    """

    kind: ClassVar[Kind] = Kind.SCORES_SIGNED

    signature: Signature

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        one = self.signature
        return {"evaluator": one.evaluator, "digest": one.digest, "way": one.way.value}

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(Signature(keys.text("evaluator"), keys.text("digest"), _way(keys)))


@dataclass(frozen=True, slots=True)
class Agreed:
    """The panel agreed on one level.

    Attributes:
        consensus: What was agreed on.
    """

    kind: ClassVar[Kind] = Kind.CONSENSUS

    consensus: Consensus

    def payload(self) -> dict[str, Json]:
        """The payload that says this; the version follows from the order of the record."""
        one = self.consensus
        return {
            "bidder": one.bidder,
            "criterion": one.criterion,
            "level": one.level,
            "reason": one.reason,
            "levels": dict(one.levels),
            "moved": dict(one.moved),
            "changed": one.changed,
            "present": list(one.present),
            "way": one.way.value,
        }

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(
            Consensus(
                bidder=keys.text("bidder"),
                criterion=keys.text("criterion"),
                level=keys.number("level"),
                reason=keys.text("reason"),
                levels=keys.numbers("levels"),
                moved=keys.table("moved"),
                changed=keys.text("changed"),
                present=keys.texts("present"),
                way=_way(keys),
            )
        )


def panel_of(entries: Iterable[Entry]) -> Panel:
    """The panel after `entries`, each act with its version and its place in the record.

    Raises:
        RecordError: A payload lacks a key or has another type than its kind demands.
    """
    told = [(entry.event, Keys(entry.event.seq, entry.payload)) for entry in entries if entry.payload is not None]
    scores = tuple(replace(ScoreGiven.of(keys).score, stamp=_stamp(event)) for event, keys in _of(told, ScoreGiven))
    agreed = tuple(replace(Agreed.of(keys).consensus, stamp=_stamp(event)) for event, keys in _of(told, Agreed))
    score_versions = versions((one.evaluator, one.cell) for one in scores)
    agreed_versions = versions(one.cell for one in agreed)
    return Panel(
        appointments=tuple(
            replace(PanelAppointed.of(keys).appointment, stamp=_stamp(event))
            for event, keys in _of(told, PanelAppointed)
        ),
        declarations=tuple(
            replace(InterestDeclared.of(keys).declaration, stamp=_stamp(event))
            for event, keys in _of(told, InterestDeclared)
        ),
        scores=tuple(replace(one, version=number) for one, number in zip(scores, score_versions, strict=True)),
        signatures=tuple(
            replace(ScoresSigned.of(keys).signature, stamp=_stamp(event)) for event, keys in _of(told, ScoresSigned)
        ),
        consensus=tuple(replace(one, version=number) for one, number in zip(agreed, agreed_versions, strict=True)),
    )


PanelAct = PanelAppointed | InterestDeclared | ScoreGiven | ScoresSigned | Agreed
"""What the panel puts on the record."""


def _of(told: Iterable[tuple[Event, Keys]], noun: type[PanelAct]) -> list[tuple[Event, Keys]]:
    return [(event, keys) for event, keys in told if event.kind is noun.kind]


def _stamp(event: Event) -> Stamp:
    return Stamp(event.seq, event.at)


def _way(keys: Keys) -> Way:
    try:
        return Way(keys.text("way"))
    except ValueError as error:
        raise RecordError("record.payload-shape", seq=keys.seq, key="way") from error


def _mark(keys: Keys) -> MarkKind:
    try:
        return MarkKind(keys.text("mark"))
    except ValueError as error:
        raise RecordError("record.payload-shape", seq=keys.seq, key="mark") from error
