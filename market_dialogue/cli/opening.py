"""``valinta dialogue open``: freeze the drafts that the answers will be about."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from market_dialogue.acts.opening import BASELINE, open_dialogue
from market_dialogue.cli.pens import by_option, pen_of
from tender.console import Command, common_options, console_of, folder_argument, now_option


@click.command("open", cls=Command)
@folder_argument
@by_option
@now_option
@common_options
@click.pass_context
def open_command(context: click.Context, /, folder: str, by: str, now: datetime | None, **_: object) -> None:
    """Freeze the drafts and record their hashes."""
    console = console_of(context)
    said = open_dialogue(Path(folder), by, pen_of(now))
    console.say("follow-up.opened", count=len(said.sources), folder=BASELINE)
    console.result({**said.payload(), "baseline": BASELINE})
