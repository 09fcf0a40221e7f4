"""``valinta bids form | receive | open | check | rehearse``."""

from __future__ import annotations

import secrets
import shutil
from datetime import datetime
from pathlib import Path

import click

from evaluation.acts.award import admissions_of
from evaluation.acts.bids import open_bids, receive, rehearse
from evaluation.acts.desk import desk_of
from evaluation.cli.shown import show_admissions
from tender.console import (
    Command,
    Group,
    common_options,
    console_of,
    folder_argument,
    moment_of,
    now_option,
    option,
)
from tender.errors import UsageError
from tender.publishing.folder import published_folder
from tender.publishing.release import Chance

_FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))


_LATER = {
    "protocol": "evaluation.cli.inquiries:protocol_command",
    "withdraw": "evaluation.cli.inquiries:withdraw_command",
    "admit": "evaluation.cli.inquiries:admit_command",
    "flags": "evaluation.cli.inquiries:flags_command",
    "ask": "evaluation.cli.inquiries:ask_command",
    "answer": "evaluation.cli.inquiries:answer_command",
    "judge": "evaluation.cli.inquiries:judge_command",
    "fall-away": "evaluation.cli.inquiries:fall_away_command",
    "log": "evaluation.cli.inquiries:log_command",
}


@click.group(cls=Group, lazy=_LATER)
def bids() -> None:
    """Commands on bids; the words stand in the term ``help.bids``."""


def chance_at(now: datetime | None) -> Chance:
    """The real dice, and the clock that ``--now`` sets."""
    return Chance(lambda: moment_of(now), lambda: secrets.token_bytes(32), lambda: secrets.token_hex(32))


@bids.command(cls=Command)
@folder_argument
@click.argument("target", type=click.Path(path_type=Path))
@common_options
@click.pass_context
def form(context: click.Context, /, folder: str, target: Path, **_: object) -> None:
    """Copy the published bid form to a new file."""
    console = console_of(context)
    desk = desk_of(Path(folder))
    source = published_folder(desk.folder, desk.publication.version)
    source /= f"bid-form.{desk.tender.prevailing_language.value}.xlsx"
    if target.exists():
        raise UsageError("bid.file-exists", file=target)
    shutil.copyfile(source, target)
    console.say("bids.form", file=target, version=desk.publication.version)
    console.result({"file": str(target), "version": desk.publication.version})


@bids.command("receive", cls=Command)
@folder_argument
@_FILES
@now_option
@option("--actor", default="hankintayksikkö", metavar="NAME", help="option.actor")
@common_options
@click.pass_context
def receive_command(
    context: click.Context, /, folder: str, files: tuple[Path, ...], now: datetime | None, actor: str, **_: object
) -> None:
    """Take bid files from the portal and put them on the record."""
    console = console_of(context)
    received = receive(Path(folder), files, chance_at(now), actor)
    for bid in received:
        console.say("bids.received", bidder=bid.bidder, file=bid.file, hash=bid.sha256[:12])
        console.findings(bid.findings)
    console.result(
        {
            "bids": [
                {
                    "bidder": bid.bidder,
                    "file": bid.file,
                    "sha256": bid.sha256,
                    "findings": [console.finding_json(finding) for finding in bid.findings],
                }
                for bid in received
            ]
        }
    )


@bids.command("open", cls=Command)
@folder_argument
@option("--by", "present", multiple=True, required=True, metavar="NAME", help="option.by")
@now_option
@common_options
@click.pass_context
def open_command(
    context: click.Context, /, folder: str, present: tuple[str, ...], now: datetime | None, **_: object
) -> None:
    """Put the opening of the bids on the record."""
    console = console_of(context)
    opening = open_bids(Path(folder), present, chance_at(now), present[0])
    console.say("bids.opened", count=len(opening.bids), present=", ".join(opening.present))
    console.result({"version": opening.version, "present": list(opening.present), "bids": dict(opening.bids)})


@bids.command(cls=Command)
@folder_argument
@common_options
@click.pass_context
def check(context: click.Context, /, folder: str, **_: object) -> None:
    """Say which received bids are admissible; nothing is recorded."""
    console = console_of(context)
    bids_read, admissions = admissions_of(desk_of(Path(folder)))
    show_admissions(console, admissions, {bid.bidder: bid.name for bid in bids_read})
    console.result(
        {
            "bids": [
                {
                    "bidder": admission.bidder,
                    "admitted": admission.admitted,
                    "findings": [console.finding_json(finding) for finding in admission.findings],
                }
                for admission in admissions
            ]
        }
    )
    context.exit(0 if all(admission.admitted for admission in admissions) else 1)


@bids.command("rehearse", cls=Command)
@folder_argument
@common_options
@click.pass_context
def rehearse_command(context: click.Context, /, folder: str, **_: object) -> None:
    """Fill the published form with the example's invented bids."""
    console = console_of(context)
    written = rehearse(Path(folder))
    for path in written:
        console.say("progress.file", name=path)
    console.say("bids.rehearsed", count=len(written))
    console.result({"files": [str(path) for path in written]})
