"""What the market dialogue and the questions during the tender put on the record, one noun per kind of event.

Answers themselves are `tender.record.answers`. Names stand in the payload only; an event's actor is a role.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from tender.record.events import Kind
from tender.record.nouns import Noun


@dataclass(frozen=True, slots=True)
class Ruling(Noun):
    """A person decided whether an answer counts that came late, twice or for other questions.

    Attributes:
        answer: Id of the answer.
        about: ``late``, ``twice`` or ``other-version``.
        counts: Whether it counts.
        reason: Why.
        by: Name.
    """

    kind: ClassVar[Kind] = Kind.ANSWER_RULED

    answer: str
    about: str
    counts: bool
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Coding(Noun):
    """A code was given to a reply, or a suggested one refused.

    Attributes:
        answer: Id of the answer.
        question: Id of the question.
        code: Id of the code.
        given: Whether the reply has the code from now on.
        suggested: Whether the machine had suggested it.
        by: Name.
    """

    kind: ClassVar[Kind] = Kind.CODED

    answer: str
    question: str
    code: str
    given: bool
    suggested: bool
    by: str


@dataclass(frozen=True, slots=True)
class Masking(Noun):
    """A person decided whether a part of a reply is hidden from the public, with the ground.

    Attributes:
        answer: Id of the answer.
        question: Id of the question.
        start: Place of the first character of the part, from 0, in code points.
        end: Place after its last character.
        ground: ``personal-data``, ``business-id``, ``trade-secret`` or ``other``.
        hidden: Whether the part is hidden; a claim that does not hold is not.
        reason: Why.
        by: Name.
    """

    kind: ClassVar[Kind] = Kind.MASKED

    answer: str
    question: str
    start: int
    end: int
    ground: str
    hidden: bool
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Disposition(Noun):
    """What became of one reply: the tender changed, partly, not, or it was noted; the last word counts.

    Attributes:
        answer: Id of the answer.
        question: Id of the question.
        result: ``changed``, ``partly``, ``not-changed`` or ``noted``.
        proposal: What was proposed, without names and secrets, by language.
        reason: Why, by language.
        targets: Paths of the tender's fields, or ``clause:<document>/<id>``, that were changed.
        by: Name.
    """

    kind: ClassVar[Kind] = Kind.FOLLOW_UP

    answer: str
    question: str
    result: str
    proposal: Mapping[str, str]
    reason: Mapping[str, str]
    targets: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Contact(Noun):
    """Somebody of the market was met, called or written to, outside the answers (DIA-01).

    Attributes:
        id: Short id.
        at: ISO 8601 moment with its zone.
        organisation: Who.
        channel: ``meeting``, ``call``, ``mail``, ``event`` or ``other``.
        persons: Who took part, on both sides; personal data.
        topics: What it was about, by language.
        told: What the buyer told that was not public, by language; empty when nothing.
        by: Name.
    """

    kind: ClassVar[Kind] = Kind.CONTACT

    id: str
    at: str
    organisation: str
    channel: str
    persons: str
    topics: Mapping[str, str]
    told: Mapping[str, str]
    by: str


@dataclass(frozen=True, slots=True)
class Sharing(Noun):
    """What one was told has been given to all (DIA-02).

    Attributes:
        contact: Id of the contact.
        where: ``summary``, ``questions``, or ``clause:<document>/<id>`` that says the same.
        by: Name.
    """

    kind: ClassVar[Kind] = Kind.SHARED

    contact: str
    where: str
    by: str


@dataclass(frozen=True, slots=True)
class Asked(Noun):
    """A clarification question came during the tender.

    Attributes:
        id: Short id.
        at: ISO 8601 moment with its zone.
        organisation: Who asked; never published.
        text: The question as it came.
        language: ``fi``, ``sv`` or ``en``.
        clause: ``<document>/<id>`` of the clause that it is about; empty when not bound yet.
    """

    kind: ClassVar[Kind] = Kind.QUESTION

    id: str
    at: str
    organisation: str
    text: str
    language: str
    clause: str


@dataclass(frozen=True, slots=True)
class Clarification(Noun):
    """A step towards the answer to clarification questions; the last step of each counts.

    Attributes:
        id: Short id, shown to all.
        questions: Ids of the questions answered together.
        step: ``draft``, ``approved`` or ``published``.
        question: The question without anything that tells who asked, by language.
        answer: The answer, by language.
        clause: ``<document>/<id>``; empty when it concerns no clause.
        changes: Whether the answer changes the call for tenders (a new version must say so).
        by: Name.
        document: SHA-256 of the manifest of the folder that it was published in; empty before.
    """

    kind: ClassVar[Kind] = Kind.CLARIFICATION
    later: ClassVar[frozenset[str]] = frozenset({"document"})

    id: str
    questions: tuple[str, ...]
    step: str
    question: Mapping[str, str]
    answer: Mapping[str, str]
    clause: str
    changes: bool
    by: str
    document: str = ""
