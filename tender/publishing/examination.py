"""Reading and checking a tender folder in one go, plugged-in rules included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tender.checks import Case, check
from tender.errors import BlockedError, Finding, blocking
from tender.model.statements import Statement
from tender.model.tender import Tender
from tender.plugins import Group, plugins
from tender.publishing.case import case_of
from tender.reading import Reading, read_tender


@dataclass(frozen=True, slots=True)
class Examination:
    """A tender folder as read and checked.

    Attributes:
        folder: The tender folder.
        reading: What reading gave.
        findings: All findings of reading and checking, each with its place.
        case: What was checked; ``None`` when there was no tender to check.
    """

    folder: Path
    reading: Reading
    findings: tuple[Finding, ...]
    case: Case | None = None

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
    case = case_of(folder, reading, today, stated)
    return Examination(folder, reading, (*reading.findings, *reading.locate(check(case, extra))), case)


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
