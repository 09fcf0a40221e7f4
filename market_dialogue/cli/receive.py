"""``valinta dialogue receive``: answer forms and answer files, onto the record."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from market_dialogue.acts.taking import Door, Taken, take_files
from tender.console import Command, Console, common_options, console_of, moment_of, now_option, option

_MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


@click.command("receive", cls=Command)
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--at", type=click.DateTime(_MOMENTS), default=None, metavar="YYYY-MM-DDTHH:MM", help="option.received-at")
@option("--dry-run", is_flag=True, help="option.dry-run")
@now_option
@common_options
@click.pass_context
def receive_command(
    context: click.Context,
    /,
    folder: str,
    files: tuple[Path, ...],
    at: datetime | None,
    now: datetime | None,
    **flags: bool,
) -> None:
    """Take answers in files and put them on the record."""
    console = console_of(context)
    taken = take_files(Path(folder), files, door_of(at, now, rehearsal=flags["dry_run"]))
    show(console, taken)
    context.exit(1 if any(finding.blocks for one in taken for finding in one.findings) else 0)


def door_of(at: datetime | None, now: datetime | None, *, rehearsal: bool) -> Door:
    """The real clock and dice."""
    return Door(
        lambda: moment_of(now), lambda: secrets.token_bytes(32), moment_of(at) if at is not None else None, rehearsal
    )


def show(console: Console, taken: tuple[Taken, ...]) -> None:
    """Findings and receipts of each file, for people and for machines."""
    for one in taken:
        console.findings(one.findings)
        for receipt in one.receipts:
            term = "dialogue.receipt-again" if receipt.repeated else "dialogue.receipt"
            values = {
                "number": receipt.number,
                "answer": receipt.answer,
                "digest": receipt.digest,
                "head": receipt.head,
            }
            console.say(term, file=one.file, **values)
        if not one.receipts:
            blocked = any(finding.blocks for finding in one.findings)
            console.say(
                "dialogue.not-taken" if blocked else "dialogue.would-take", file=one.file, count=len(one.answers)
            )
    console.result({"files": [_json(console, one) for one in taken]})


def _json(console: Console, one: Taken) -> dict[str, Any]:
    return {
        "file": one.file,
        "answers": [answer.id for answer in one.answers],
        "receipts": [
            {
                "number": receipt.number,
                "answer": receipt.answer,
                "received_at": receipt.received_at.isoformat(),
                "digest": receipt.digest,
                "head": receipt.head,
                "repeated": receipt.repeated,
            }
            for receipt in one.receipts
        ],
        "findings": [console.finding_json(finding) for finding in one.findings],
    }
