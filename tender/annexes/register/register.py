"""An extract of the client register, read and judged: the way from a file to rows that may be counted."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tender.annexes.register.columns import columns
from tender.annexes.register.delimited import stage_csv
from tender.annexes.register.engine import Engine, engine
from tender.annexes.register.judging import judge
from tender.annexes.register.staging import Staged, stage_parquet
from tender.annexes.register.workbooks import stage_xlsx
from tender.errors import BlockedError, Finding, InputError, Place, Severity, UsageError, blocking
from tender.model.tender import Tender

REGISTER = "register"
"""Folder of the extract, below the tender's private folder."""

CORRECTIONS = "corrections.csv"
"""Name of the file of corrections of single clients' groups, which lies beside the extract and is none."""

PRIVATE = "private"
"""Folder of a tender that is never published."""

_STAGES = {".csv": stage_csv, ".txt": stage_csv, ".parquet": stage_parquet, ".xlsx": stage_xlsx}


@dataclass(slots=True)
class Register:
    """Rows that may be counted, behind an open engine.

    Attributes:
        engine: Where the table ``spells`` lies.
        file: Name of the extract.
        synthetic: Whether every row says that it is invented.
        rows: Rows of the file.
        outside: Rows of areas that the tender does not serve.
        refused: Rows that break a rule and are not counted.
        kept: Rows that may be counted.
        grouped: Whether every row has its risk group.
        findings: What was found in it.
    """

    engine: Engine
    file: str
    synthetic: bool
    rows: int
    outside: int
    refused: int
    kept: int
    grouped: bool
    findings: tuple[Finding, ...]

    def spells(self, *names: str) -> Iterator[tuple[object, ...]]:
        """Line and the columns `names` of every row that may be counted, for grouping; personal ones are not given.

        Raises:
            KeyError: There is no such column, or it is personal.
        """
        allowed = {name for name, column in columns().items() if not column.personal or name == "birth_year"}
        wanted = [_column(name, allowed) for name in names]
        chosen = ", ".join(["line", *wanted])
        yield from self.engine.run(f"SELECT {chosen} FROM spells ORDER BY line")

    def assign(self, groups: Iterable[tuple[int, str]]) -> None:
        """Give each spell, by its line, the group that it was in when it began."""
        staged = self.engine.folder / "groups.csv"
        with staged.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows([("line", "id"), *groups])
        kinds = {"line": "BIGINT", "id": "VARCHAR"}
        self.engine.connection.read_csv(str(staged), header=True, auto_detect=False, columns=kinds).create("assigned")
        self.engine.run("UPDATE spells SET risk_group = assigned.id FROM assigned WHERE assigned.line = spells.line")
        self.engine.run("DROP TABLE assigned")
        self.grouped = not self.engine.run("SELECT 1 FROM spells WHERE risk_group IS NULL LIMIT 1")


def _column(name: str, allowed: set[str]) -> str:
    if name not in allowed:
        raise KeyError(name)
    return columns()[name].sql


def extract_in(folder: Path) -> Path:
    """The one extract in the tender `folder`.

    Raises:
        UsageError: There is none, or more than one.
    """
    home = folder / PRIVATE / REGISTER
    files = home.glob("*") if home.is_dir() else ()
    found = sorted(path for path in files if path.suffix.lower() in _STAGES and path.name != CORRECTIONS)
    if not found:
        raise UsageError("register.none", folder=f"{PRIVATE}/{REGISTER}", expected=", ".join(sorted(_STAGES)))
    if len(found) > 1:
        raise UsageError("register.many", folder=f"{PRIVATE}/{REGISTER}", found=", ".join(path.name for path in found))
    return found[0]


@contextmanager
def read_register(path: Path, tender: Tender, private: Path, *, accept_bad_rows: bool = False) -> Iterator[Register]:
    """The extract `path`, judged; what is staged lies below `private` and vanishes at the end.

    Args:
        path: The extract: CSV, XLSX or Parquet.
        tender: Whose areas and groups it is about.
        private: The tender's private folder.
        accept_bad_rows: Whether to go on without the rows that break a rule; they are counted and told.

    Raises:
        UsageError: There is no such file, or it is of no known kind.
        InputError: The file cannot be read as a register at all.
        BlockedError: Rows break a rule and are not accepted to be left out; every one is named.
    """
    stage = _STAGES.get(path.suffix.lower())
    if stage is None or not path.is_file():
        raise UsageError("register.no-file", file=path, expected=", ".join(sorted(_STAGES)))
    with engine(private) as opened:
        yield _judged(opened, stage(opened, path), tender, path.name, accept_bad_rows=accept_bad_rows)


def _judged(opened: Engine, staged: Staged, tender: Tender, file: str, *, accept_bad_rows: bool) -> Register:
    judged = judge(opened, staged, tender, file)
    if 0 < judged.marked < judged.kept:
        raise InputError("register.mixed", place=Place(file), found=judged.marked, rows=judged.kept)
    findings = (*judged.findings, *_notes(opened, staged, judged.kept, file))
    if accept_bad_rows:
        findings = tuple(replace(one, severity=Severity.WARN) if one.blocks else one for one in findings)
    if blocking(findings):
        raise BlockedError("register.refused", findings=findings, file=file, refused=judged.refused)
    if not judged.kept:
        raise InputError("register.empty", place=Place(file), findings=findings, rows=judged.rows)
    grouped = not opened.run("SELECT 1 FROM spells WHERE risk_group IS NULL LIMIT 1")
    synthetic = judged.marked > 0
    return Register(
        opened, file, synthetic, judged.rows, judged.outside, judged.refused, judged.kept, grouped, findings
    )


def _notes(opened: Engine, staged: Staged, kept: int, file: str) -> Iterator[Finding]:
    """What an officer should know of a file that can be read."""
    if staged.unused:
        values = {"found": ", ".join(staged.unused[:_NAMED]), "count": str(len(staged.unused))}
        yield Finding("register.unused", Severity.INFO, "", values, place=Place(file, 1))
    unknown = opened.run(f"SELECT count(*) FROM spells WHERE {_NO_HOURS}")[0][0]
    if unknown:
        yield Finding("register.hours-unknown", Severity.WARN, "hours", {"count": str(unknown)}, place=Place(file))
    doubled = opened.run(_OVERLAPS)[0][0] if kept else 0
    if doubled:
        yield Finding("register.overlap", Severity.WARN, "started", {"count": str(doubled)}, place=Place(file))


_NAMED = 12
"""Most unused headings that are named."""

_NO_HOURS = "destination = 'open-work' AND hours IS NULL"

_OVERLAPS = """
    SELECT count(*) FROM (
        SELECT started, lag(COALESCE(ended, DATE '9999-12-31')) OVER earlier AS gone
        FROM spells WINDOW earlier AS (PARTITION BY client ORDER BY started, line)
    ) WHERE started < gone
"""
"""Spells that begin before the same client's last one has ended."""
