"""Which SQLite keeps the record, and whether its write-ahead log is safe for two writers."""

from __future__ import annotations

from dataclasses import dataclass

import apsw

from tender.errors import Finding, Severity

SAFE_SQLITE = "3.51.3"
"""First SQLite without the WAL-reset bug, which can corrupt a file when two connections checkpoint at once."""


@dataclass(frozen=True, slots=True)
class EngineVersions:
    """Versions of what keeps the record.

    Attributes:
        sqlite: SQLite library.
        apsw: Its Python binding.
    """

    sqlite: str
    apsw: str


def engine_versions() -> EngineVersions:
    """The versions at work on this machine."""
    return EngineVersions(apsw.sqlite_lib_version(), apsw.apsw_version())


def engine_findings(versions: EngineVersions) -> tuple[Finding, ...]:
    """A warning when SQLite is older than `SAFE_SQLITE`."""
    if _numbers(versions.sqlite) >= _numbers(SAFE_SQLITE):
        return ()
    return (Finding("record.old-engine", Severity.WARN, "sqlite", {"found": versions.sqlite, "expected": SAFE_SQLITE}),)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
