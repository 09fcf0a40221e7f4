"""The equality log: what one of the market was told outside the answers, and where all have been given the same.

Equal treatment asks that every contact is documented (HL 62.4) and that nobody alone knows what others do not (HL 3,
66). Completeness is a list of findings; nothing is inferred from words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tender.errors import Finding, Severity
from tender.language import Language
from tender.record.dialogue import Contact
from tender.record.state import DialogueState

CHANNELS = ("meeting", "call", "mail", "event", "other")
"""How somebody of the market was met."""

SUMMARY, QUESTIONS = "summary", "questions"
"""Where all can be given what one was told, besides a clause ``clause:<document>/<id>``."""

_DOCUMENTED, _EQUAL = "HL 62.4, 66", "HL 3, 66"
_PARTS = ("at", "organisation", "channel", "persons", "topics")


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
        return bool(spoken(self.contact.told)) and not self.shared


def equality_log(state: DialogueState) -> tuple[LogEntry, ...]:
    """Every contact with where it was shared, in the order of their moments."""
    shared: dict[str, list[str]] = {}
    for sharing in state.sharings:
        shared.setdefault(sharing.said.contact, []).append(sharing.said.where)
    contacts = sorted((one.said for one in state.contacts), key=_order)
    return tuple(LogEntry(contact, tuple(shared.get(contact.id, ()))) for contact in contacts)


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
    return tuple(
        _finding("contact-part", _DOCUMENTED, contact.id, part=f"contact.{part}") for part in _lacking(contact)
    )


def spoken(texts: Mapping[str, str]) -> tuple[str, ...]:
    """The languages in which `texts` say something."""
    return tuple(language for language, text in texts.items() if text.strip())


def _entry_findings(entry: LogEntry, languages: tuple[Language, ...]) -> Iterator[Finding]:
    yield from contact_findings(entry.contact)
    if entry.owed:
        yield _finding("contact-unshared", _EQUAL, entry.contact.id, organisation=entry.contact.organisation)
    told = spoken(entry.contact.told)
    missing = [language.value for language in languages if language.value not in told]
    if told and missing:
        yield _finding("contact-untranslated", "", entry.contact.id, Severity.WARN, languages=", ".join(missing))


def _lacking(contact: Contact) -> Iterator[str]:
    given: Mapping[str, object] = {
        "at": _moment(contact.at),
        "organisation": contact.organisation.strip(),
        "channel": contact.channel in CHANNELS,
        "persons": contact.persons.strip(),
        "topics": spoken(contact.topics),
    }
    return (part for part in _PARTS if not given[part])


def _moment(text: str) -> datetime | None:
    """The moment in UTC; ``None`` when `text` is no moment with its zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def _order(contact: Contact) -> tuple[datetime, str]:
    """Contacts by moment; those without one come first."""
    return _moment(contact.at) or datetime.min.replace(tzinfo=UTC), contact.id


def _finding(rule: str, basis: str, contact: str, severity: Severity = Severity.BLOCK, **values: str) -> Finding:
    return Finding(f"dialogue.{rule}", severity, f"contacts[{contact}]", {"contact": contact, **values}, basis=basis)
