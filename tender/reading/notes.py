"""What a reading collects on its way: findings with their places, broken paths, misspelt keys."""

from __future__ import annotations

from dataclasses import dataclass, field

from tender.errors import Finding, Place, Severity
from tender.reading.dictionary import Field
from tender.reading.source_map import SourceMap

MOST_FINDINGS = 500
"""After so many findings the reader is told that there are more, and nothing is gained by more."""


@dataclass(slots=True)
class Notes:
    """Findings and broken paths of one reading.

    Attributes:
        source: Where fields stand.
        findings: What was found, in the order of reading.
        broken: Paths whose values are placeholders.
        aliases: Path in the file by the path that was meant; the source map sees it too.
    """

    source: SourceMap
    aliases: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    @property
    def full(self) -> bool:
        """Whether so much is wrong that no more is collected."""
        return len(self.findings) >= MOST_FINDINGS

    def add(self, rule: str, path: str, about: Field | None = None, **values: str) -> None:
        """Collect a finding at the field `path`; `about` gives label and basis."""
        basis = "" if about is None else about.basis
        labelled = values if about is None else {"label": about.label, **values}
        place = None if self.full else self.source.place(path)
        self.keep(Finding(rule, Severity.BLOCK, path, labelled, basis, place))

    def keep(self, finding: Finding) -> None:
        """Collect a finding that has its own place; the last one says that there would be more."""
        if self.full:
            return
        self.findings.append(finding)
        if self.full:
            self.findings.append(Finding("file.more", Severity.BLOCK, values={"expected": str(MOST_FINDINGS)}))

    def break_at(self, path: str) -> None:
        """Say that the value at `path` is a placeholder."""
        self.broken.add(path)

    def sorted(self) -> tuple[Finding, ...]:
        """The findings in the order of the file."""
        return tuple(sorted(self.findings, key=lambda one: _position(one.place)))


def _position(place: Place | None) -> tuple[bool, str, int, int]:
    if place is None:
        return (True, "", 0, 0)
    return (False, "" if place.file.endswith(".toml") else place.file, place.line or 0, place.column or 0)
