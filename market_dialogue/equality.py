"""The equality log: what one of the market was told outside the answers, and where all have been given the same.

Equal treatment asks that every contact is documented (HL 62.4) and that nobody alone knows what others do not (HL 3,
66). Completeness is a list of findings; nothing is inferred from words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from tender.errors import Finding, Severity
from tender.language import Language
from tender.record.dialogue import Contact
from tender.record.equality import contacts_of, lacking, moment, owed, shared_places, spoken
from tender.record.state import DialogueState

SUMMARY, QUESTIONS = "summary", "questions"
"""Where all can be given what one was told, besides a clause ``clause:<document>/<id>``."""

_DOCUMENTED, _EQUAL = "HL 62.4, 66", "HL 3, 66"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One contact and what became of what was told in it.

    Attributes:
        contact: The contact.
        shared: Where all were given the same, in the order in which it was done.
    """

    contact: Contact
    shared: tuple[str, ...]

    @property
    def owed(self) -> bool:
        """Whether all are still owed what one was told."""
        return owed(self.contact, self.shared)


def equality_log(state: DialogueState) -> tuple[LogEntry, ...]:
    """Every contact with where it was shared, in the order of their moments."""
    contacts = sorted(contacts_of(state).values(), key=_order)
    return tuple(LogEntry(contact, shared_places(state, contact.id)) for contact in contacts)


def equality_findings(state: DialogueState, languages: Iterable[Language]) -> tuple[Finding, ...]:
    """What the log lacks: parts of contacts (DIA-01), what all are still owed (DIA-02), and words in a language.

    Args:
        state: The dialogue on the record.
        languages: Languages of the tender, in which all must be able to read what one was told.
    """
    wanted = tuple(languages)
    log = equality_log(state)
    known = {entry.contact.id for entry in log}
    found = [finding for entry in log for finding in _entry_findings(entry, wanted)]
    strays = dict.fromkeys(one.said.contact for one in state.sharings if one.said.contact not in known)
    return (*found, *(_finding("sharing-stray", "", contact) for contact in strays))


def contact_findings(contact: Contact) -> tuple[Finding, ...]:
    """What `contact` lacks of what must be documented (DIA-01)."""
    return tuple(_finding("contact-part", _DOCUMENTED, contact.id, part=f"contact.{part}") for part in lacking(contact))


def _entry_findings(entry: LogEntry, languages: tuple[Language, ...]) -> Iterator[Finding]:
    yield from contact_findings(entry.contact)
    if entry.owed:
        yield _finding("contact-unshared", _EQUAL, entry.contact.id, organisation=entry.contact.organisation)
    told = spoken(entry.contact.told)
    missing = [language.value for language in languages if language.value not in told]
    if told and missing:
        yield _finding("contact-untranslated", "", entry.contact.id, Severity.WARN, languages=", ".join(missing))


def _order(contact: Contact) -> tuple[datetime, str]:
    """Contacts by moment; those without one come first."""
    return moment(contact.at) or datetime.min.replace(tzinfo=UTC), contact.id


def _finding(rule: str, basis: str, contact: str, severity: Severity = Severity.BLOCK, **values: str) -> Finding:
    return Finding(f"dialogue.{rule}", severity, f"contacts[{contact}]", {"contact": contact, **values}, basis=basis)
