"""Where a tender stands, derived from its record and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Generic, Protocol, Self, TypeVar

from tender.model.panel import NO_PANEL, Panel
from tender.record.answers import AnswerReceived
from tender.record.dialogue import Asked, Clarification, Coding, Contact, Disposition, Masking, Ruling, Sharing
from tender.record.events import Entry, Event, Kind
from tender.record.intake import AnswerJudged, BidderAnswered, BidderAsked, BidWithdrawn, FellAway, ProtocolImported
from tender.record.letters import Letter
from tender.record.milestones import DialogueOpened, SummaryPublished
from tender.record.panel import panel_of
from tender.record.payloads import (
    Admissions,
    BidReceived,
    DecisionMade,
    Keys,
    Opening,
    ProvidersSelected,
    PublishedVersion,
    Scores,
)
from tender.record.reviews import Approval, Opinion, ReviewAnswer, Waiver


class Said(Protocol):
    """What an event says: a noun of `tender.record.payloads`."""

    kind: ClassVar[Kind]

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        ...


T = TypeVar("T", bound=Said)


@dataclass(frozen=True, slots=True)
class Recorded(Generic[T]):
    """Something that happened, with its event.

    Attributes:
        event: Number, moment, actor and hash.
        said: What happened.
    """

    event: Event
    said: T


@dataclass(frozen=True, slots=True)
class DialogueState:
    """The market dialogue and the questions during the tender, each kind in order of arrival.

    Attributes:
        answers: Every answer; whether one that came late or twice counts is in `rulings`.
        rulings: Decisions on answers that came late, twice or for other questions.
        codings: Codes given and suggestions refused.
        maskings: Decisions on what the public sees of replies.
        dispositions: What became of replies.
        contacts: Contacts outside the answers.
        sharings: What one was told and all were given.
        asked: Clarification questions.
        clarifications: Steps of their answers.
        opened: Openings of the dialogue, each on frozen drafts; the last one counts.
        summaries: Publications of its summary.
    """

    answers: tuple[Recorded[AnswerReceived], ...] = ()
    rulings: tuple[Recorded[Ruling], ...] = ()
    codings: tuple[Recorded[Coding], ...] = ()
    maskings: tuple[Recorded[Masking], ...] = ()
    dispositions: tuple[Recorded[Disposition], ...] = ()
    contacts: tuple[Recorded[Contact], ...] = ()
    sharings: tuple[Recorded[Sharing], ...] = ()
    asked: tuple[Recorded[Asked], ...] = ()
    clarifications: tuple[Recorded[Clarification], ...] = ()
    opened: tuple[Recorded[DialogueOpened], ...] = ()
    summaries: tuple[Recorded[SummaryPublished], ...] = ()


@dataclass(frozen=True, slots=True)
class IntakeState:
    """What happened to bids beside their coming and opening, each kind in order.

    Attributes:
        protocols: Opening protocols of the portal.
        withdrawn: Bids taken back before the opening.
        asked: Requests for an explanation or a clarification.
        answered: Answers to them.
        judged: Judgements of the answers; the last one of each request counts.
        fallen: Bids that left the comparison after the opening.
    """

    protocols: tuple[Recorded[ProtocolImported], ...] = ()
    withdrawn: tuple[Recorded[BidWithdrawn], ...] = ()
    asked: tuple[Recorded[BidderAsked], ...] = ()
    answered: tuple[Recorded[BidderAnswered], ...] = ()
    judged: tuple[Recorded[AnswerJudged], ...] = ()
    fallen: tuple[Recorded[FellAway], ...] = ()

    @property
    def fallen_bidders(self) -> frozenset[str]:
        """Ids of the bidders whose bids left the comparison."""
        return frozenset(one.said.bidder for one in self.fallen)


@dataclass(frozen=True, slots=True)
class State:
    """Where a tender stands.

    Attributes:
        head: Hash of the last event; empty for a record without events.
        published: Published versions with both hashes, in order.
        bids_received: Every bid that came, in order of arrival, later replaced ones included.
        opening: The opening, the last one when there were several.
        admissions: Who is compared; the last word counts, as for all below.
        scores: The points.
        selection: The chosen providers.
        decision: The decision.
        letters: Letters that told of decisions, and those that came back, in order.
        approvals: Approvals of the review, in order.
        waivers: Findings that somebody took responsibility for, in order.
        answers: Answers to review questions, in order.
        opinions: Opinions of the data protection officer on the grouping of clients, in order.
        dialogue: What the market said, and what came of it.
        panel: The evaluators' acts, every version included.
        intake: What else happened to bids.
        erased: Numbers of the events whose payload has been erased.
    """

    head: str = ""
    published: tuple[Recorded[PublishedVersion], ...] = ()
    bids_received: tuple[Recorded[BidReceived], ...] = ()
    opening: Recorded[Opening] | None = None
    admissions: Recorded[Admissions] | None = None
    scores: Recorded[Scores] | None = None
    selection: Recorded[ProvidersSelected] | None = None
    decision: Recorded[DecisionMade] | None = None
    letters: tuple[Recorded[Letter], ...] = ()
    approvals: tuple[Recorded[Approval], ...] = ()
    waivers: tuple[Recorded[Waiver], ...] = ()
    answers: tuple[Recorded[ReviewAnswer], ...] = ()
    opinions: tuple[Recorded[Opinion], ...] = ()
    dialogue: DialogueState = DialogueState()
    panel: Panel = NO_PANEL
    intake: IntakeState = IntakeState()
    erased: tuple[int, ...] = ()

    @property
    def in_force(self) -> PublishedVersion | None:
        """The published version in force: the last one; ``None`` before the first."""
        return self.published[-1].said if self.published else None

    @property
    def agreed_groupings(self) -> frozenset[str]:
        """Hashes of the groupings on which the data protection officer's last opinion is favourable."""
        last = {one.said.grouping: one.said.favourable for one in self.opinions}
        return frozenset(grouping for grouping, favourable in last.items() if favourable == "yes")

    @property
    def bids(self) -> tuple[BidReceived, ...]:
        """The bids that count, in the order of bidder ids: the last one of each bidder that came in time.

        A late one counts only where there is no other, so that its exclusion is on record; one taken back counts not.
        """
        gone = {one.said.bidder: one.event.seq for one in self.intake.withdrawn}
        standing = [one.said for one in self.bids_received if gone.get(one.said.bidder, 0) < one.event.seq]
        last = {bid.bidder: bid for bid in sorted(standing, key=lambda bid: not bid.late)}
        return tuple(last[who] for who in sorted(last))


def state_of(entries: Iterable[Entry]) -> State:
    """Where the tender stands after `entries`.

    An erased payload says nothing any more; its number stands in `State.erased`.

    Raises:
        RecordError: A payload lacks a key or has another type than its kind demands.
    """
    told = tuple(entries)
    return State(
        head=told[-1].event.hash if told else "",
        published=_all(told, PublishedVersion),
        bids_received=_all(told, BidReceived),
        opening=_last(told, Opening),
        admissions=_last(told, Admissions),
        scores=_last(told, Scores),
        selection=_last(told, ProvidersSelected),
        decision=_last(told, DecisionMade),
        letters=_all(told, Letter),
        approvals=_all(told, Approval),
        waivers=_all(told, Waiver),
        answers=_all(told, ReviewAnswer),
        opinions=_all(told, Opinion),
        dialogue=_dialogue(told),
        panel=panel_of(told),
        intake=_intake(told),
        erased=tuple(entry.event.seq for entry in told if entry.payload is None),
    )


def _dialogue(told: tuple[Entry, ...]) -> DialogueState:
    return DialogueState(
        answers=_all(told, AnswerReceived),
        rulings=_all(told, Ruling),
        codings=_all(told, Coding),
        maskings=_all(told, Masking),
        dispositions=_all(told, Disposition),
        contacts=_all(told, Contact),
        sharings=_all(told, Sharing),
        asked=_all(told, Asked),
        clarifications=_all(told, Clarification),
        opened=_all(told, DialogueOpened),
        summaries=_all(told, SummaryPublished),
    )


def _intake(told: tuple[Entry, ...]) -> IntakeState:
    return IntakeState(
        protocols=_all(told, ProtocolImported),
        withdrawn=_all(told, BidWithdrawn),
        asked=_all(told, BidderAsked),
        answered=_all(told, BidderAnswered),
        judged=_all(told, AnswerJudged),
        fallen=_all(told, FellAway),
    )


def _all(entries: Iterable[Entry], noun: type[T]) -> tuple[Recorded[T], ...]:
    return tuple(
        Recorded(entry.event, noun.of(Keys(entry.event.seq, entry.payload)))
        for entry in entries
        if entry.event.kind is noun.kind and entry.payload is not None
    )


def _last(entries: Iterable[Entry], noun: type[T]) -> Recorded[T] | None:
    found = _all(entries, noun)
    return found[-1] if found else None
