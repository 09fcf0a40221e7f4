"""Which SQLite is at work, and the warning about old ones."""

from __future__ import annotations

import apsw
import pytest

from tender.record.engine import SAFE_SQLITE, EngineVersions, engine_findings, engine_versions


def test_the_versions_are_those_of_the_binding() -> None:
    """The system's own SQLite does not matter."""
    assert engine_versions() == EngineVersions(apsw.sqlite_lib_version(), apsw.apsw_version())


def test_this_machine_is_safe() -> None:
    """The dependency on apsw brings a SQLite without the WAL-reset bug."""
    assert engine_findings(engine_versions()) == ()


@pytest.mark.parametrize(
    ("version", "warned"),
    [("3.40.1", True), ("3.51.2", True), ("3.9.9", True), ("3.51.3", False), ("3.52.0", False), ("4.0.0", False)],
)
def test_old_engines_are_warned_about(version: str, warned: bool) -> None:  # noqa: FBT001 - a table of cases
    """Numbers are compared as numbers: 3.9 is older than 3.51."""
    findings = engine_findings(EngineVersions(version, "1"))
    assert bool(findings) is warned
    for finding in findings:
        assert finding.rule == "record.old-engine"
        assert not finding.blocks
        assert finding.values == {"found": version, "expected": SAFE_SQLITE}
