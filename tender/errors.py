"""What can go wrong: findings that a user mends, and the one tree of errors that stop.

A `Finding` is a collected value: every finding of a file is shown at once. A `ValintaError` stops the work at hand.
Both carry an id and values only; their words (fi, sv, en) stand in ``templates/messages`` and are joined at the doors
by `tender.words`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: ``block`` stops publication or award, ``warn`` and ``info`` do not."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding points: a line of a text file, or a cell of a sheet.

    Attributes:
        file: The file as the user knows it (a name or a path relative to the tender folder).
        line: Line number from 1, for text files.
        column: Column number from 1, for text files.
        sheet: Sheet name, for workbooks.
        cell: Cell reference such as ``C7``, for workbooks.
    """

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        """The place as one token that editors can jump to: ``tender.toml:12:5`` or ``bid.xlsx!Tarjous!C7``."""
        if self.sheet is not None:
            return "!".join(part for part in (self.file, self.sheet, self.cell) if part)
        numbers = (self.line, self.column)
        return ":".join([self.file, *(str(number) for number in numbers if number is not None)])


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a user should mend or know.

    Attributes:
        rule: Id of the rule, for example ``award.weights-sum``; its words stand in ``templates/messages``.
        severity: Whether it blocks.
        field: Path of the field in the tender or the form, for example ``award.criteria[1].weight``.
        values: What the words need, already as text, for example ``{"found": "99", "expected": "100"}``.
        basis: Legal or source basis such as ``HL 93.4``; empty where there is none.
        place: File, line and column, or sheet and cell; filled in by the reader that knows the file.
    """

    rule: str
    severity: Severity
    field: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    basis: str = ""
    place: Place | None = None

    @property
    def blocks(self) -> bool:
        """Whether this finding stops publication or award."""
        return self.severity is Severity.BLOCK


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of `findings` that block, in their order."""
    return tuple(finding for finding in findings if finding.blocks)


class ValintaError(Exception):
    """Root of every error that Valinta raises on purpose.

    Args:
        message: Id of the message in ``templates/messages``.
        place: Where it happened, when a file is at fault.
        findings: Findings that explain it, when there are several.
        values: What the words need.
    """

    exit_code = 1

    def __init__(
        self, message: str, *, place: Place | None = None, findings: tuple[Finding, ...] = (), **values: object
    ) -> None:
        """Keep the id and the values; the words come at the doors."""
        self.message = message
        self.place = place
        self.findings = findings
        self.values: dict[str, str] = {name: str(value) for name, value in values.items()}
        super().__init__(message)

    def __str__(self) -> str:
        """Id and values, for logs and tracebacks; users see the words of ``templates/messages``."""
        shown = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.message}({shown})" if shown else self.message


class UsageError(ValintaError):
    """The command was used wrongly: a missing file, a folder in the way, an option that does not fit."""

    exit_code = 2


class InputError(ValintaError):
    """A file from outside cannot be taken: too large, not what it says it is, damaged, hostile."""


class BlockedError(ValintaError):
    """The work is refused because findings block it; they travel in `findings`."""


class FrozenError(ValintaError):
    """A frozen method differs from what was published, or an act comes before the act that it rests on."""


class RecordError(ValintaError):
    """The record cannot be written, or its chain does not verify."""


class SolverError(ValintaError):
    """A solver gave no answer, or one that the exact check refuses."""
