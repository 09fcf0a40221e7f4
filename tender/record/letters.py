"""Letters on the record: what was sent to whom, when, how, with which files, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from tender.record.events import Kind
from tender.record.nouns import Noun

SENT, RETURNED = "sent", "returned"
"""What became of a letter: it went out, or it came back."""


@dataclass(frozen=True, slots=True)
class Letter(Noun):
    """A decision was sent to one bidder, or the message came back (HL 127; KHO 2020:142).

    Attributes:
        bidder: Bidder id.
        outcome: ``sent`` or ``returned``.
        day: ISO day of sending, which the letter itself says; of the return for one that came back.
        by: ``email``, ``letter`` or ``portal``; empty for one that came back.
        address: Where it was sent.
        language: Language of the letter.
        decision: SHA-256 of the decision document.
        files: SHA-256 of what was sent, by name.
        appeal_until: ISO day and hour by which an appeal must have arrived.
        safe_earliest: First ISO day for the contract that is safe towards this bidder.
        note: What the sender noted, such as the text of the failure notice.
        by_whom: Name.
    """

    kind: ClassVar[Kind] = Kind.LETTER

    bidder: str
    outcome: str
    day: str
    by: str
    address: str
    language: str
    decision: str
    files: Mapping[str, str]
    appeal_until: str
    safe_earliest: str
    note: str
    by_whom: str
