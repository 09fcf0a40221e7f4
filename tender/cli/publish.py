"""``valinta draft``, ``publish`` and ``verify``."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from tender.cli.amendment import amendment_json, show_amendment
from tender.console import (
    Command,
    Console,
    Decorated,
    common_options,
    console_of,
    day_of,
    folder_argument,
    moment_of,
    now_option,
    option,
    today_option,
)
from tender.errors import ValintaError
from tender.language import Language, Text
from tender.model.corrections import ChangeClass
from tender.publishing.correcting import Wish
from tender.publishing.examination import readable_tender
from tender.publishing.orders import Format, Wanted
from tender.publishing.proof import verify as prove
from tender.publishing.release import Chance, Written, pending
from tender.publishing.release import draft as write_draft
from tender.publishing.release import publish as write_publication
from tender.publishing.review import UNNAMED
from tender.publishing.store import STORE, Store
from tender.publishing.workshop import Workshop, every_core

_LANGUAGES = click.Choice([language.value for language in Language])
_FORMATS = click.Choice([each.value for each in Format])


def workers_option(function: Decorated) -> Decorated:
    """``--workers``: how many processes make files, one for each core by default."""
    return option("--workers", type=click.IntRange(1), default=None, metavar="N", help="option.workers")(function)


@click.command(cls=Command)
@folder_argument
@today_option
@option("--only", multiple=True, metavar="ID", help="option.only")
@option("--in", "languages", multiple=True, type=_LANGUAGES, help="option.in")
@option("--formats", multiple=True, type=_FORMATS, help="option.formats")
@workers_option
@common_options
@click.pass_context
def draft(context: click.Context, /, folder: str, today: datetime | None, workers: int | None, **_: object) -> None:
    """Render everything watermarked; record nothing."""
    console = console_of(context)
    reused: list[str] = []
    workshop = Workshop(workers or every_core(), Store(Path(folder) / STORE), reused.append)
    chosen = context.params
    wanted = Wanted(
        chosen["only"],
        tuple(Language(each) for each in chosen["languages"]),
        tuple(Format(each) for each in chosen["formats"]),
    )
    written = write_draft(Path(folder), day_of(today), _progress(console), workshop, wanted)
    if reused:
        console.say("draft.reused", count=len(reused))
    console.say("draft.done", folder=written.folder, count=len(written.files))
    console.findings(written.warnings)
    warnings = [console.finding_json(finding) for finding in written.warnings]
    console.result({**_plain(written), "reused": sorted(reused), "warnings": warnings})


@click.command(cls=Command)
@folder_argument
@today_option
@now_option
@option("--as", "made_as", type=click.Choice([way.value for way in ChangeClass]), default=None, help="option.as")
@option("--reason", "reasons", multiple=True, metavar="[LANG=]TEXT", help="option.version-reason")
@option("--trial", is_flag=True, help="option.trial")
@option("--actor", default=UNNAMED, metavar="NAME", help="option.actor")
@workers_option
@common_options
@click.pass_context
def publish(context: click.Context, /, folder: str, today: datetime | None, now: datetime | None, **said: Any) -> None:  # noqa: ANN401
    """Freeze both methods, write the published folder, append to the record; or make the next version."""
    console = console_of(context)
    chance = Chance(lambda: moment_of(now), lambda: secrets.token_bytes(32), lambda: secrets.token_hex(32))
    place, day = Path(folder), day_of(today)
    amendment = pending(place, day)
    if amendment is not None:
        show_amendment(console, amendment)
    made_as = ChangeClass(said["made_as"]) if said["made_as"] else None
    wish = Wish(made_as, _reason(place, said["reasons"]), said["trial"], workers=said["workers"] or every_core())
    try:
        written = write_publication(place, day, chance, said["actor"], _progress(console), wish)
    except ValintaError as error:
        console.fail(error, **amendment_json(amendment, console.language))
        context.exit(error.exit_code)
    _show_written(console, written)
    console.result({**_plain(written), **amendment_json(amendment, console.language)})


def _show_written(console: Console, written: Written) -> None:
    console.say("publish.unchanged" if written.unchanged else "publish.done",
                version=written.version, folder=written.folder, count=len(written.files))  # fmt: skip
    for name, value in (("award", written.award_hash), ("payment", written.payment_hash)):
        console.say(f"publish.{name}-hash", hash=value)
    console.say("publish.manifest", hash=written.manifest_hash)
    console.say("publish.archive", archive=written.archive)
    if written.trial:
        console.say("publish.trial")
    if written.renew:
        console.say("publish.renew", version=written.version, bidders=", ".join(written.renew))


def _reason(folder: Path, reasons: tuple[str, ...]) -> Text:
    """The reasons by language; one without a language is in the tender's first."""
    said: dict[str, str] = {}
    for reason in reasons:
        language, separator, words = reason.partition("=")
        known = separator and language in set(Language)
        said[language if known else readable_tender(folder).prevailing_language.value] = words if known else reason
    return Text(**said)


@click.command(cls=Command)
@click.argument("place", type=click.Path(exists=True), default=".")
@common_options
@click.pass_context
def verify(context: click.Context, /, place: str, **_: object) -> None:
    """Prove a published folder, or its ZIP, by its manifest."""
    console = console_of(context)
    proof = prove(Path(place))
    console.findings(proof.findings)
    if proof.findings:
        console.say("verify.failed", count=len(proof.findings))
    else:
        console.say("verify.proven", tender=proof.tender, version=proof.version, count=proof.files)
        console.say("publish.manifest", hash=proof.manifest_hash)
    console.result(
        {
            "tender": proof.tender,
            "version": proof.version,
            "files": proof.files,
            "manifest_hash": proof.manifest_hash,
            "findings": [console.finding_json(finding) for finding in proof.findings],
        }
    )
    context.exit(1 if proof.findings else 0)


def _progress(console: Console) -> Callable[[str], None]:
    return lambda name: console.say("progress.file", name=name)


def _plain(written: Written) -> dict[str, object]:
    return {
        "folder": str(written.folder),
        "version": written.version,
        "award_hash": written.award_hash,
        "payment_hash": written.payment_hash,
        "manifest_hash": written.manifest_hash,
        "archive": str(written.archive) if written.archive else None,
        "unchanged": written.unchanged,
        "renew": list(written.renew),
        "trial": written.trial,
        "files": list(written.files),
    }
