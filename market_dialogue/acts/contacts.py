"""Contacts with the market outside the answers, and giving all what one was told: recorded, and looked through."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from market_dialogue.acts.clauses import named_clause
from market_dialogue.equality import (
    QUESTIONS,
    SUMMARY,
    LogEntry,
    contact_findings,
    equality_findings,
    equality_log,
)
from tender.errors import BlockedError, Finding, UsageError
from tender.publishing.examination import readable_tender
from tender.publishing.folder import RECORD_FILE, record_state
from tender.publishing.next_version import next_version
from tender.record import Entry, Item, Publicity, Record
from tender.record.dialogue import Contact, Sharing
from tender.record.equality import contacts_of, spoken
from tender.record.payloads import Keys

ACTOR = "hankintayksikkö"
"""The role in which contacts are put on the record."""

CLAUSE = "clause:"
"""How a place begins that is a clause."""


@dataclass(frozen=True, slots=True)
class EqualityLog:
    """The contacts of a tender folder.

    Attributes:
        entries: Every contact with what became of it, in the order of their moments.
        findings: What the log lacks.
    """

    entries: tuple[LogEntry, ...]
    findings: tuple[Finding, ...]


def record_contact(
    folder: Path, contact: Contact, clock: Callable[[], datetime], salts: Callable[[], bytes]
) -> Contact:
    """Put `contact` on the record of `folder` under an id of its own, which is given back.

    Raises:
        BlockedError: The tender file cannot be read, or a part that must be documented is missing.
        UsageError: Nobody is named who records it.
    """
    tender = readable_tender(folder)
    if not contact.by.strip():
        raise UsageError("dialogue.contact-unnamed")
    lacking = contact_findings(contact)
    if lacking:
        raise BlockedError("dialogue.contact-incomplete", findings=lacking)
    with Record.open(folder / RECORD_FILE, clock, salts, tender.id) as record:
        (event,) = record.append_made(lambda entries: (_numbered(contact, entries),))
        return Contact.of(Keys(event.seq, record.payload(event.seq) or {}))


def share(
    folder: Path, sharing: Sharing, today: date, clock: Callable[[], datetime], salts: Callable[[], bytes]
) -> Sharing:
    """Put on the record where all were given what was told in a contact.

    Raises:
        BlockedError: The tender file cannot be read.
        UsageError: There is no such contact, nothing was told in it, nobody is named, or there is no such place.
    """
    if not sharing.by.strip():
        raise UsageError("dialogue.contact-unnamed")
    contacts = contacts_of(record_state(folder).dialogue)
    if sharing.contact not in contacts:
        raise UsageError("dialogue.no-such-contact", id=sharing.contact, known=", ".join(contacts) or "–")
    if not spoken(contacts[sharing.contact].told):
        raise UsageError("dialogue.nothing-told", id=sharing.contact)
    _check_place(folder, sharing.where, today)
    with Record.open(folder / RECORD_FILE, clock, salts) as record:
        record.append(sharing.kind, sharing.payload(), ACTOR, Publicity.PUBLIC)
    return sharing


def read_contacts(folder: Path) -> EqualityLog:
    """The contacts of `folder`, and what the log lacks.

    Raises:
        BlockedError: The tender file cannot be read.
        RecordError: The record cannot be read.
    """
    tender = readable_tender(folder)
    state = record_state(folder).dialogue
    return EqualityLog(equality_log(state), equality_findings(state, tender.languages))


def _numbered(contact: Contact, entries: Iterable[Entry]) -> Item:
    """`contact` under the next id after those in `entries`."""
    numbered = replace(contact, id=f"c{1 + sum(one.event.kind is Contact.kind for one in entries)}")
    return Item(numbered.kind, numbered.payload(), ACTOR, Publicity.PERSONAL)


def _check_place(folder: Path, where: str, today: date) -> None:
    if where in {SUMMARY, QUESTIONS}:
        return
    if not where.startswith(CLAUSE):
        raise UsageError("dialogue.no-such-place", found=where)
    publication = next_version(folder, readable_tender(folder), today, draft=True)
    named_clause(folder, publication, where.removeprefix(CLAUSE))
