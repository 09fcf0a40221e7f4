"""``valinta review opinion``: the data protection officer's word on the grouping of clients."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

import click

from tender.console import (
    Command,
    common_options,
    console_of,
    day_of,
    folder_argument,
    moment_of,
    now_option,
    option,
    today_option,
)
from tender.errors import UsageError
from tender.publishing.release import Chance
from tender.publishing.reviewing import opine


@click.command(cls=Command)
@folder_argument
@option("--favourable/--adverse", "favourable", default=None, help="option.favourable")
@option("--by", required=True, metavar="NAME", help="option.review-by")
@option("--reason", required=True, metavar="TEXT", help="option.reason")
@today_option
@now_option
@common_options
@click.pass_context
def opinion(
    context: click.Context,
    /,
    folder: str,
    favourable: bool | None,  # noqa: FBT001 - click passes it by name
    today: datetime | None,
    now: datetime | None,
    **said: str,
) -> None:
    """Record the data protection officer's opinion on the grouping as it is declared now."""
    console = console_of(context)
    if favourable is None:
        raise UsageError("review.no-opinion")
    chance = Chance(lambda: moment_of(now), lambda: secrets.token_bytes(32), lambda: secrets.token_hex(32))
    found = opine(Path(folder), day_of(today), chance, said["by"], said["reason"], favourable=favourable)
    heard = "favourable" if favourable else "adverse"
    console.say(f"review.opinion-{heard}", by=found.by, grouping=found.grouping[:12])
    console.result(found.payload())
