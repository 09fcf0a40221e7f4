"""``valinta dialogue contact``, ``share`` and ``contacts``: the equality log."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

import click

from market_dialogue.acts.contacts import read_contacts, record_contact
from market_dialogue.acts.contacts import share as share_act
from market_dialogue.cli.texts import texts_of
from market_dialogue.equality import LogEntry
from tender.console import (
    Command,
    Console,
    common_options,
    console_of,
    day_of,
    folder_argument,
    moment_of,
    now_option,
    option,
)
from tender.guards import excerpt
from tender.language import Text
from tender.record.dialogue import Contact, Sharing
from tender.record.equality import CHANNELS


def _salt() -> bytes:
    return secrets.token_bytes(32)


@click.command(cls=Command)
@folder_argument
@option(
    "--at", type=click.DateTime(["%Y-%m-%dT%H:%M"]), required=True, metavar="YYYY-MM-DDTHH:MM", help="option.contact-at"
)
@option("--organisation", required=True, metavar="NAME", help="option.contact-organisation")
@option("--channel", type=click.Choice(CHANNELS), required=True, help="option.contact-channel")
@option("--persons", required=True, metavar="TEXT", help="option.contact-persons")
@option("--topics", required=True, multiple=True, metavar="[LANGUAGE=]TEXT", help="option.contact-topics")
@option("--told", multiple=True, metavar="[LANGUAGE=]TEXT", help="option.contact-told")
@option("--by", required=True, metavar="NAME", help="option.review-by")
@now_option
@common_options
@click.pass_context
def contact(
    context: click.Context,
    /,
    folder: str,
    *,
    at: datetime,
    topics: tuple[str, ...],
    told: tuple[str, ...],
    now: datetime | None,
    **said: str,
) -> None:
    """Record that somebody of the market was met, called or written to."""
    console = console_of(context)
    wanted = Contact(
        id="",
        at=moment_of(at).isoformat(),
        organisation=said["organisation"].strip(),
        channel=said["channel"],
        persons=said["persons"].strip(),
        topics=texts_of(topics, console.language),
        told=texts_of(told, console.language),
        by=said["by"].strip(),
    )
    made = record_contact(Path(folder), wanted, lambda: moment_of(now), _salt)
    console.say("contact.recorded", id=made.id, organisation=made.organisation)
    if made.told:
        console.say("contact.owed-now", id=made.id)
    console.result(made.payload())


@click.command(cls=Command)
@folder_argument
@click.argument("contact")
@option("--where", required=True, metavar="PLACE", help="option.share-where")
@option("--by", required=True, metavar="NAME", help="option.review-by")
@now_option
@common_options
@click.pass_context
def share(context: click.Context, /, folder: str, *, now: datetime | None, **said: str) -> None:
    """Record where all were given what one was told."""
    console = console_of(context)
    wanted = Sharing(said["contact"], said["where"].strip(), said["by"].strip())
    made = share_act(Path(folder), wanted, day_of(now), lambda: moment_of(now), _salt)
    console.say("contact.shared", id=made.contact, where=made.where)
    console.result(made.payload())


@click.command(cls=Command)
@folder_argument
@common_options
@click.pass_context
def contacts(context: click.Context, /, folder: str, **_: object) -> None:
    """List the contacts and what the log lacks."""
    console = console_of(context)
    log = read_contacts(Path(folder))
    console.findings(log.findings)
    if log.entries:
        heads = [console.words(f"contact.{name}") for name in ("id", "at", "organisation", "channel", "topics", "told")]
        console.table(heads, [_row(console, entry) for entry in log.entries])
    else:
        console.say("contact.none")
    console.result(
        {
            "contacts": [{**entry.contact.payload(), "shared": list(entry.shared)} for entry in log.entries],
            "findings": [console.finding_json(finding) for finding in log.findings],
        }
    )
    context.exit(1 if any(finding.blocks for finding in log.findings) else 0)


def _row(console: Console, entry: LogEntry) -> list[str]:
    said = entry.contact
    told = console.words("contact.owed") if entry.owed else ", ".join(entry.shared) or "–"
    channel = console.words(f"contact-channel.{said.channel}")
    return [said.id, said.at[:16].replace("T", " "), excerpt(said.organisation, 30), channel,
            excerpt(Text(**said.topics).best(console.language), 40), told]  # fmt: skip
