"""Reading and checking a tender folder in one go, plugged-in rules included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tender.checks import Case, PublishedMethods, check
from tender.documents.catalogue import catalogue
from tender.errors import BlockedError, Finding, blocking
from tender.model.statements import Statement
from tender.model.tender import Tender
from tender.plugins import Group, plugins
from tender.publishing.folder import record_state
from tender.reading import Reading, read_tender


@dataclass(frozen=True, slots=True)
class Examination:
    """A tender folder as read and checked.

    Attributes:
        folder: The tender folder.
        reading: What reading gave.
        findings: All findings of reading and checking, each with its place.
    """

    folder: Path
    reading: Reading
    findings: tuple[Finding, ...]

    @property
    def blocks(self) -> bool:
        """Whether a finding blocks publication."""
        return bool(blocking(self.findings))

    def tender(self) -> Tender:
        """The tender.

        Raises:
            BlockedError: Findings block it.
        """
        found = blocking(self.findings)
        if self.reading.tender is None or found:
            raise BlockedError("publish.blocked", findings=found, count=len(found))
        return self.reading.tender


def examine(folder: Path, today: date) -> Examination:
    """Read the tender in `folder` and check it against all rules, plugged-in ones included.

    Raises:
        UsageError: There is no tender file.
    """
    reading = read_tender(folder)
    if reading.tender is None:
        return Examination(folder, reading, reading.findings)
    extra = tuple(rule for _, rules in plugins(Group.CHECKS) for rule in rules)
    stated = frozenset(statement.id for statement in statements_of(reading.tender))
    documents = frozenset(document.id for document in catalogue())
    case = Case(
        reading.tender, today, _published_methods(folder), catalogue=documents, stated=stated, broken=reading.broken
    )
    return Examination(folder, reading, (*reading.findings, *reading.locate(check(case, extra))))


def _published_methods(folder: Path) -> PublishedMethods | None:
    """The methods of the newest published version; ``None`` before the first."""
    state = record_state(folder)
    if state.in_force is None:
        return None
    said = state.in_force
    return PublishedMethods(said.version, said.award_hash, said.payment_hash, closed=state.opening is not None)


def readable_tender(folder: Path) -> Tender:
    """The tender in `folder`, whatever its checks say.

    Raises:
        BlockedError: It cannot be read whole.
    """
    reading = read_tender(folder)
    if reading.tender is None or reading.broken:
        raise BlockedError("publish.unreadable", findings=blocking(reading.findings))
    return reading.tender


def statements_of(tender: Tender) -> tuple[Statement, ...]:
    """Everything that the houses say about the method of `tender`, with worked examples computed now."""
    return tuple(statement for _, make in plugins(Group.STATEMENTS) for statement in make(tender))
