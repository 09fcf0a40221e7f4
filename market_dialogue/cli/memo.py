"""``valinta dialogue memo``: the whole dialogue for the authority's own file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from market_dialogue.acts.summary import write_memo
from tender.console import Command, common_options, console_of, day_of, folder_argument, today_option


@click.command("memo", cls=Command)
@folder_argument
@today_option
@common_options
@click.pass_context
def memo_command(context: click.Context, /, folder: str, today: datetime | None, **_: object) -> None:
    """Lay out every reply with its codes, decision and reason; never published."""
    console = console_of(context)
    written = write_memo(Path(folder), day_of(today), lambda _: None)
    for path in written:
        console.say("follow-up.memo-written", file=path)
    console.result({"documents": [str(path) for path in written]})
