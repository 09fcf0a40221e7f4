"""``valinta dialogue rule``: a person decides whether an answer counts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from market_dialogue.acts.reading import Reason
from market_dialogue.acts.ruling import rule
from market_dialogue.cli.pens import pen_of, reason_option, signed
from tender.console import Command, console_of, option
from tender.errors import UsageError
from tender.record.dialogue import Ruling


@click.command("rule", cls=Command)
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@click.argument("answer")
@option("--counts/--sets-aside", "counts", default=None, help="option.counts")
@option("--about", type=click.Choice([reason.value for reason in Reason]), required=True, help="option.about")
@reason_option
@signed
@click.pass_context
def rule_command(
    context: click.Context,
    /,
    folder: str,
    answer: str,
    counts: bool | None,  # noqa: FBT001 - click passes it by name
    now: datetime | None,
    **said: str,
) -> None:
    """Record whether an answer counts that came late, twice or for other questions."""
    console = console_of(context)
    if counts is None:
        raise UsageError("dialogue.no-ruling")
    wanted = Ruling(answer, said["about"], counts, said["reason"].strip(), said["by"].strip())
    pen = pen_of(now)
    found = rule(Path(folder), wanted, pen.clock, pen.salts)
    console.say("dialogue.ruled-counts" if counts else "dialogue.ruled-aside", id=found.answer, by=found.by)
    console.result(found.payload())
