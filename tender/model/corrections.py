"""What changed between two published versions, how weighty it is, and what a person decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tender.language import Text
from tender.model.changes import DataChange


class ChangeClass(StrEnum):
    """How a change after publication is made, from the lightest to the heaviest."""

    CLARIFICATION = "clarification"
    """It makes plain what was already said; tenders are prepared as before."""

    CORRECTION = "correction"
    """It may change how tenders are prepared: a correction notice, and more time (HL 56.5)."""

    RESTART = "restart"
    """Others might have taken part: interrupt and publish anew."""


class Topic(StrEnum):
    """What a change is about."""

    OBJECT = "object"
    CRITERIA = "criteria"
    WEIGHTS = "weights"
    FORMULAS = "formulas"
    ROUNDING = "rounding"
    TIES = "ties"
    SELECTION = "selection"
    VOLUMES = "volumes"
    PAYMENT = "payment"
    SUITABILITY = "suitability"
    PROCEDURE = "procedure"
    CONTRACT = "contract"
    TIMETABLE = "timetable"
    DEADLINE = "deadline"
    CONTACTS = "contacts"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Change:
    """One changed value of the tender, with the proposed way of making it.

    Attributes:
        data: What changed.
        topic: What it is about.
        proposed: The proposed way.
        basis: Legal basis of the proposal.
    """

    data: DataChange
    topic: Topic
    proposed: ChangeClass
    basis: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change as it is printed.

    Attributes:
        label: What changed.
        before: The old value; a dash when there was none.
        after: The new value; a dash when there is none.
        topic: What it is about.
        proposed: The proposed way of making it.
        basis: Legal basis of the proposal.
    """

    label: Text
    before: Text
    after: Text
    topic: Topic
    proposed: ChangeClass
    basis: str


class ClauseFate(StrEnum):
    """What became of a clause."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause that reads otherwise than in the version before.

    Attributes:
        document: Id of the document.
        document_title: Title of the document.
        clause: Id of the clause.
        number: Its number in the new version; in the old one when it was removed.
        title: Its heading.
        fate: What became of it.
        own_words: Whether the buyer's own wording of the clause changed, and not only a value that it prints.
    """

    document: str
    document_title: Text
    clause: str
    number: str
    title: Text
    fate: ClauseFate
    own_words: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """What version n+1 says about version n.

    Attributes:
        previous: Number of the version that it takes the place of.
        previous_day: The day on which that one was published.
        made_as: The way that a person decided on: clarification or correction.
        proposed: The way that the changes themselves propose: the heaviest of theirs.
        reason: Why, in the words of who decided, in every language of the tender.
        decider: Who decided.
        changes: Every changed value.
        clauses: Every changed clause.
        deadline_before: Deadline of tenders in the version before.
        deadline: Deadline of tenders now.
        form_changed: Whether the bid form asks for something else, so that tenders on old forms must be renewed.
        old_versions: Earlier versions whose forms are still taken; empty when none are.
    """

    previous: int
    previous_day: date
    made_as: ChangeClass
    proposed: ChangeClass
    reason: Text
    decider: str
    changes: tuple[ChangeRow, ...]
    clauses: tuple[ClauseChange, ...]
    deadline_before: datetime
    deadline: datetime
    form_changed: bool
    old_versions: tuple[int, ...] = ()

    @property
    def extended(self) -> bool:
        """Whether there is more time than before."""
        return self.deadline > self.deadline_before
