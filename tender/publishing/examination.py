"""Reading and checking a tender folder in one go, plugged-in rules included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tender.checks import Case, check
from tender.checks.waivers import digest, waivable
from tender.errors import BlockedError, Finding, blocking
from tender.model.statements import Statement
from tender.model.tender import Tender
from tender.plugins import Group, plugins
from tender.publishing.case import case_of
from tender.publishing.folder import record_state
from tender.publishing.open_data import open_data_findings
from tender.reading import Reading, read_tender
from tender.record.reviews import Waiver
from tender.record.state import Recorded


@dataclass(frozen=True, slots=True)
class Examination:
    """A tender folder as read and checked.

    Attributes:
        folder: The tender folder.
        reading: What reading gave.
        findings: All findings of reading and checking, each with its place.
        case: What was checked; ``None`` when there was no tender to check.
        waivers: Findings that somebody took responsibility for, as the record has them.
    """

    folder: Path
    reading: Reading
    findings: tuple[Finding, ...]
    case: Case | None = None
    waivers: tuple[Recorded[Waiver], ...] = ()

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that block publication: those that nobody has taken responsibility for."""
        return tuple(finding for finding in blocking(self.findings) if self.waiver_of(finding) is None)

    @property
    def blocks(self) -> bool:
        """Whether a finding blocks publication."""
        return bool(self.blocking)

    def waiver_of(self, finding: Finding) -> Recorded[Waiver] | None:
        """The last waiver that was made for exactly `finding`; ``None`` for a finding that nobody may waive."""
        if not waivable(finding):
            return None
        bound = digest(finding)
        return next((one for one in reversed(self.waivers) if one.said.digest == bound), None)

    def tender(self) -> Tender:
        """The tender.

        Raises:
            BlockedError: Findings block it.
        """
        found = self.blocking
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
    found = (*check(case, extra), *open_data_findings(folder, reading.tender))
    return Examination(folder, reading, (*reading.findings, *reading.locate(found)), case, record_state(folder).waivers)


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
