"""``valinta dialogue link``."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

import click

from tender.console import (
    Command,
    Console,
    common_options,
    console_of,
    folder_argument,
    moment_of,
    now_option,
    option,
)
from tender.errors import UsageError

MOST_NAME = 200


@click.command(cls=Command)
@folder_argument
@option("--for", "name", default="", metavar="NAME", help="option.link-for")
@option("--revoke", default="", metavar="ID", help="option.link-revoke")
@option("--base", default="http://127.0.0.1:8080", show_default=True, metavar="ADDRESS", help="option.link-base")
@now_option
@common_options
@click.pass_context
def link(
    context: click.Context, /, folder: str, name: str, revoke: str, base: str, now: datetime | None, **_: object
) -> None:
    """Make a personal link and its code for a respondent, close one, or list all."""
    console, moment = console_of(context), moment_of(now)
    if name.strip():
        _make(console, Path(folder), " ".join(name.split())[:MOST_NAME], base.rstrip("/"), moment)
    elif revoke:
        _revoke(console, Path(folder), revoke, moment)
    else:
        _list(console, Path(folder))


def _make(console: Console, folder: Path, name: str, base: str, now: datetime) -> None:
    from market_dialogue.drafts import dialogue_of
    from tender.publishing.examination import readable_tender
    from tender.web.desk import desk_of
    from tender.web.links import make_link

    dialogue_of(readable_tender(folder))
    made = make_link(desk_of(folder), name, now, secrets.token_bytes)
    address = f"{base}/answer/{made.token}"
    console.say("web-link.made", address=address)
    console.say("web-link.code", code=made.code)
    console.say("web-link.once")
    console.result({"id": made.link.id, "name": name, "address": address, "code": made.code})


def _revoke(console: Console, folder: Path, link_id: str, now: datetime) -> None:
    from tender.web.desk import desk_of
    from tender.web.links import revoke_link

    if not revoke_link(desk_of(folder), link_id, now):
        raise UsageError("web-answer.no-link", found=link_id)
    console.say("web-link.revoked", id=link_id)
    console.result({"id": link_id, "revoked": True})


def _list(console: Console, folder: Path) -> None:
    from tender.web.desk import desk_of
    from tender.web.links import all_links

    links = all_links(desk_of(folder))
    heads = [console.words(f"web-link.column-{name}") for name in ("id", "name", "made", "state")]
    states = {False: "web-link.open", True: "web-link.closed"}
    rows = [
        [one.id, one.name, f"{one.made_at.astimezone():%Y-%m-%d %H:%M}", console.words(states[one.revoked])]
        for one in links
    ]
    console.table(heads, rows)
    console.result(
        {
            "links": [
                {"id": one.id, "name": one.name, "made_at": one.made_at.isoformat(), "revoked": one.revoked}
                for one in links
            ]
        }
    )
