"""A scenario: what if a value were another, such as the one that an answer proposes; nothing is written."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from market_dialogue.follow_up.fields import value_at
from tender.errors import Finding, UsageError
from tender.guards import excerpt
from tender.model.changes import DataChange, data_changes
from tender.model.scenarios import Scenario, ScenarioLine
from tender.plugins import Group, plugins
from tender.publishing.examination import examine, readable_tender
from tender.publishing.folder import DRAFT, PUBLISHED, TENDER_FILE
from tender.reading.edit import set_value

_LEFT_BEHIND = (DRAFT, PUBLISHED, "dialogue", "*.partial")


@dataclass(frozen=True, slots=True)
class ScenarioRun:
    """A tender as it stands and with other values.

    Attributes:
        changes: What differs in its data.
        gone: Findings that the other values take away.
        new: Findings that they bring.
        lines: Figures of the plug-ins, by their names.
        plugged: Names of the plug-ins that were asked; empty when none is installed.
    """

    changes: tuple[DataChange, ...]
    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
    lines: tuple[tuple[str, ScenarioLine], ...]
    plugged: tuple[str, ...]


def run_scenario(folder: Path, values: tuple[tuple[str, str], ...], today: date) -> ScenarioRun:
    """What differs when the fields of the tender in `folder` have other `values`; the folder stays as it is.

    Raises:
        BlockedError: The tender cannot be read whole, now or with the other values.
        InputError: The tender file cannot be taken.
        UsageError: There is no such field, or a value does not fit it.
    """
    before = readable_tender(folder)
    with tempfile.TemporaryDirectory() as place:
        other = Path(place) / (folder.resolve().name or TENDER_FILE)
        shutil.copytree(folder, other, ignore=shutil.ignore_patterns(*_LEFT_BEHIND))
        for path, value in values:
            try:
                was = value_at(before, path)
            except KeyError as error:
                raise UsageError("follow-up.no-such-target", target=excerpt(path)) from error
            set_value(other, path, _fitting(path, was, value))
        after = readable_tender(other)
        old, new = examine(folder, today).findings, examine(other, today).findings
    known, found = ({_same(one) for one in findings} for findings in (old, new))
    asked: tuple[tuple[str, Scenario], ...] = plugins(Group.SCENARIOS)
    return ScenarioRun(
        data_changes(before, after),
        tuple(one for one in old if _same(one) not in found),
        tuple(one for one in new if _same(one) not in known),
        tuple((name, line) for name, scenario in asked for line in scenario(before, after)),
        tuple(name for name, _ in asked),
    )


def _same(finding: Finding) -> tuple[object, ...]:
    """What makes two findings the same, wherever they stand in the file."""
    return finding.rule, finding.severity, finding.field, tuple(sorted(finding.values.items()))


def _fitting(path: str, was: object, value: str) -> int | Decimal | str | bool:
    """`value` as a value like `was`.

    Raises:
        UsageError: It is none.
    """
    try:
        if isinstance(was, bool):
            return {"true": True, "false": False}[value]
        if isinstance(was, int):
            return int(value)
        if isinstance(was, Decimal):
            return Decimal(value.replace(",", "."))
        if isinstance(was, str):
            return value
    except (KeyError, ValueError, InvalidOperation) as error:
        raise UsageError("follow-up.value-unfit", path=path, found=excerpt(value), was=excerpt(str(was))) from error
    raise UsageError("follow-up.value-unfit", path=path, found=excerpt(value), was=excerpt(str(was)))
