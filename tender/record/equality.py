"""What equal treatment asks of contacts with the market, judged once: for the log, the act that records, and the rules.

Every contact is documented (DIA-01), and what one was told, all are given (DIA-02).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from tender.record.dialogue import Contact
from tender.record.state import DialogueState

CHANNELS = ("meeting", "call", "mail", "event", "other")
"""How somebody of the market was met."""


def spoken(texts: Mapping[str, str]) -> tuple[str, ...]:
    """The languages in which `texts` say something."""
    return tuple(language for language, text in texts.items() if text.strip())


def moment(text: str) -> datetime | None:
    """The moment in UTC; ``None`` when `text` is no moment with its zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None


def lacking(contact: Contact) -> tuple[str, ...]:
    """Names of the parts that `contact` lacks of what must be documented, in the order in which they are told."""
    given: Mapping[str, object] = {
        "at": moment(contact.at),
        "organisation": contact.organisation.strip(),
        "channel": contact.channel in CHANNELS,
        "persons": contact.persons.strip(),
        "topics": spoken(contact.topics),
    }
    return tuple(part for part, found in given.items() if not found)


def contacts_of(state: DialogueState) -> dict[str, Contact]:
    """The contacts on record by id; a later entry of the same id takes the place of an earlier one."""
    return {one.said.id: one.said for one in state.contacts}


def shared_places(state: DialogueState, contact: str) -> tuple[str, ...]:
    """Where all were given what was told in the contact with this id, in the order in which it was done."""
    return tuple(one.said.where for one in state.sharings if one.said.contact == contact)


def owed(contact: Contact, shared: tuple[str, ...]) -> bool:
    """Whether all are still owed what one was told in `contact`, which was given to all at the places `shared`."""
    return bool(spoken(contact.told)) and not shared
