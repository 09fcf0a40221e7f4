"""``valinta new``, ``check`` and ``doctor``."""

from __future__ import annotations

import platform
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import click

from tender.cli.rules import law_json, rules_json, say_law, say_rules
from tender.console import (
    Command,
    Console,
    common_options,
    console_of,
    day_of,
    folder_argument,
    option,
    today_option,
)
from tender.publishing.examination import Examination, examine
from tender.publishing.wording import examine_documents
from tender.record.engine import engine_findings, engine_versions
from tender.starting import start_folder


@click.command(cls=Command)
@click.argument("target", type=click.Path(path_type=Path))
@option("--from", "example", default="tyollisyysalue", metavar="EXAMPLE", help="option.from")
@option("--start", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="YYYY-MM-DD", help="option.start")
@option("--synthetic", is_flag=True, help="option.synthetic")
@common_options
@click.pass_context
def new(context: click.Context, /, target: Path, example: str, start: datetime | None, **flags: bool) -> None:
    """Start a tender folder from an example."""
    console = console_of(context)
    day = start.date() if start else None
    folder = start_folder(target, example, day, synthetic=flags["synthetic"])
    console.say("new.done", folder=folder, example=example)
    console.say("new.next", folder=folder)
    console.result({"folder": str(folder), "example": example, "start": day.isoformat() if day else None})


@click.command(cls=Command)
@folder_argument
@option("--rules", is_flag=True, help="option.rules")
@option("--documents", is_flag=True, help="option.check-documents")
@today_option
@common_options
@click.pass_context
def check(context: click.Context, /, folder: str, today: datetime | None, **flags: bool) -> None:
    """Check a tender folder and list every finding at its line, or every rule with where it stands."""
    console = console_of(context)
    look = examine_documents if flags["documents"] else examine
    examination = look(Path(folder), day_of(today))
    if flags["rules"]:
        say_rules(console, examination)
    else:
        _say_findings(console, examination)
    blocking = len(examination.blocking)
    console.line()
    say_law(console, examination)
    console.say("check.blocked" if blocking else "check.clear", count=len(examination.findings), blocking=blocking)
    console.result(
        {
            "folder": folder,
            "blocking": blocking,
            **law_json(console, examination),
            "findings": [
                {**console.finding_json(finding), "waived": examination.waiver_of(finding) is not None}
                for finding in examination.findings
            ],
            "waived": [
                {
                    "rule": waiver.said.rule,
                    "field": waiver.said.field,
                    "by": waiver.said.by,
                    "reason": waiver.said.reason,
                }
                for finding in examination.findings
                if (waiver := examination.waiver_of(finding)) is not None
            ],
            **(rules_json(console, examination) if flags["rules"] else {}),
        }
    )
    context.exit(1 if blocking else 0)


def _say_findings(console: Console, examination: Examination) -> None:
    """Every finding, and who took responsibility for it."""
    for finding in examination.findings:
        console.findings([finding])
        waiver = examination.waiver_of(finding)
        if waiver is not None:
            console.say("review.waived-by", by=waiver.said.by, reason=waiver.said.reason)


@click.command(cls=Command)
@common_options
@click.pass_context
def doctor(context: click.Context, /, **_: object) -> None:
    """Say which versions are at work and whether any is known to be unsafe."""
    console = console_of(context)
    engine = engine_versions()
    versions = {
        "python": platform.python_version(),
        "sqlite": engine.sqlite,
        **{name: version(name) for name in ("valinta", "apsw", "weasyprint", "pulp", "highspy", "openpyxl")},
    }
    console.table(
        [console.words("doctor.component"), console.words("doctor.version")], [list(row) for row in versions.items()]
    )
    findings = engine_findings(engine)
    console.findings(findings)
    console.result({"versions": versions, "findings": [console.finding_json(finding) for finding in findings]})
