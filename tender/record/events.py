"""Events of the record: what happened, who did it, and the salted commitments that chain them together.

An event says *that* something happened and commits to *what* by SHA-256(salt ‖ canonical JSON of the payload). The
payload lies apart, so that personal data can be erased later while the chain still verifies (design, decision 5).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from tender.model.methods import Json, canonical

CHAIN_VERSION = 1
"""Version of what is hashed. It stands in every genesis hash, so it is another number than the version of the file."""

SALT_BYTES = 16
"""Fewest bytes of a salt; shorter ones would let a short payload be guessed from its commitment."""

_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Kind(StrEnum):
    """What happened."""

    ANSWERED = "review-answered"
    WAIVED = "finding-waived"
    APPROVED = "approved"
    OPINION = "data-protection-opinion"
    PUBLISHED = "published"
    DIALOGUE_OPENED = "dialogue-opened"
    DIALOGUE_ANSWER = "dialogue-answer"
    ANSWER_RULED = "answer-ruled"
    CODED = "coded"
    MASKED = "masked"
    FOLLOW_UP = "follow-up"
    DIALOGUE_SUMMARY = "dialogue-summary"
    CONTACT = "contact"
    SHARED = "shared"
    QUESTION = "question"
    CLARIFICATION = "clarification"
    OPENING_PROTOCOL = "opening-protocol"
    BID_RECEIVED = "bid-received"
    BID_WITHDRAWN = "bid-withdrawn"
    PANEL = "panel-appointed"
    DECLARATION = "declaration"
    OPENED = "opened"
    BIDDER_ASKED = "bidder-asked"
    BIDDER_ANSWERED = "bidder-answered"
    ANSWER_JUDGED = "answer-judged"
    ADMITTED = "admitted"
    INDIVIDUAL_SCORE = "individual-score"
    SCORES_SIGNED = "scores-signed"
    CONSENSUS = "consensus"
    SCORED = "scored"
    FELL_AWAY = "bid-fell-away"
    SELECTED = "selected"
    DECIDED = "decided"
    LETTER = "letter"
    AGREEMENT = "agreement"
    INVOICE = "invoice"
    DRAW = "draw"
    PAYLOAD_ERASED = "payload-erased"
    NOTE = "note"


class Publicity(StrEnum):
    """Who may see a payload, as classified on the day of the event; a later event may open it to more people."""

    PUBLIC = "public"
    """For everyone: public from the start (JulkL 1, 6.1 p. 2: the call for tenders when it is signed; 7.1)."""

    PARTY = "party"
    """For the parties before it is public (JulkL 11; the total price used in the comparison always, 11.2 p. 6)."""

    AUTHORITY = "authority"
    """For the contracting authority only: not yet public (JulkL 6.1 p. 3, 7.2) or a trade secret (24.1 p. 20)."""

    PERSONAL = "personal"
    """Data about persons: clients, evaluators, contacts (JulkL 10, 24; GDPR art. 5); erased when no longer needed."""


@dataclass(frozen=True, slots=True)
class Event:
    """One link of the chain.

    Attributes:
        seq: Its number, from 1 without gaps.
        at: When it was written, UTC.
        kind: What happened.
        actor: Who did it: a role rather than a name, because events, unlike payloads, are never erased.
        commitment: SHA-256(salt ‖ canonical JSON of the payload), 64 hexadecimal digits.
        publicity: Who may see the payload.
        retain_until: Day until which the payload must be kept (HL 124.4: three years); ``None`` when no day is set.
        prev: Hash of the event before it; the genesis hash for the first.
        hash: SHA-256 of the canonical JSON of all the rest.
    """

    seq: int
    at: datetime
    kind: Kind
    actor: str
    commitment: str
    publicity: Publicity
    retain_until: date | None
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its payload.

    Attributes:
        event: The event.
        payload: What it commits to; ``None`` after an erasure.
    """

    event: Event
    payload: Mapping[str, Json] | None


@dataclass(frozen=True, slots=True)
class Item:
    """What is to be written as one event.

    Attributes:
        kind: What happened; an erasure is never written like this.
        payload: What is committed to, without floats.
        actor: Who did it.
        publicity: Who may see the payload.
        retain_until: Day until which the payload must be kept; ``None`` when no day is set.
        key: Idempotency key: the same key again is the same event, whatever it says; empty when every writing counts.
    """

    kind: Kind
    payload: Mapping[str, Json]
    actor: str
    publicity: Publicity
    retain_until: date | None = None
    key: str = ""


def key_digest(key: str) -> bytes:
    """SHA-256 of an idempotency key: what the file keeps of it."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


def genesis_hash(tender: str) -> str:
    """The hash that stands before the first event: it follows from the tender's id alone, so anyone can compute it."""
    return hashlib.sha256(canonical({"record": CHAIN_VERSION, "tender": tender})).hexdigest()


def commitment_of(salt: bytes, text: bytes) -> str:
    """The commitment to a payload.

    Args:
        salt: At least `SALT_BYTES` random bytes.
        text: The payload's canonical JSON.
    """
    return hashlib.sha256(salt + text).hexdigest()


def event_hash(fields: Mapping[str, Json]) -> str:
    """The hash of an event's other fields, as they are stored (`stored_fields`)."""
    return hashlib.sha256(canonical(dict(fields))).hexdigest()


def moment_text(moment: datetime) -> str:
    """`moment` as it is stored and hashed: UTC, ISO 8601, microseconds, ``Z``.

    Raises:
        ValueError: `moment` has no time zone.

    >>> moment_text(datetime(2019, 3, 1, 12, 0, tzinfo=UTC))
    '2019-03-01T12:00:00.000000Z'
    """
    if moment.tzinfo is None:
        message = "the record's clock must carry a time zone"
        raise ValueError(message)
    return moment.astimezone(UTC).strftime(_MOMENT)


def moment_of(text: str) -> datetime:
    """The moment that `text` stores.

    Raises:
        ValueError: `text` is not what `moment_text` writes.
    """
    moment = datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)
    if moment_text(moment) != text:
        message = f"not a stored moment: {text!r}"
        raise ValueError(message)
    return moment
