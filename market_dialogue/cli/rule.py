"""``valinta dialogue rule``: a person decides whether an answer counts."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

import click

from market_dialogue.acts.reading import Reason
from market_dialogue.acts.ruling import rule
from tender.console import Command, common_options, console_of, moment_of, now_option, option
from tender.errors import UsageError
from tender.record.dialogue import Ruling


@click.command("rule", cls=Command)
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@click.argument("answer")
@option("--counts/--sets-aside", "counts", default=None, help="option.counts")
@option("--about", type=click.Choice([reason.value for reason in Reason]), required=True, help="option.about")
@option("--reason", required=True, metavar="TEXT", help="option.reason")
@option("--by", required=True, metavar="NAME", help="option.review-by")
@now_option
@common_options
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
    found = rule(Path(folder), wanted, lambda: moment_of(now), lambda: secrets.token_bytes(32))
    console.say("dialogue.ruled-counts" if counts else "dialogue.ruled-aside", id=found.answer, by=found.by)
    console.result(found.payload())
