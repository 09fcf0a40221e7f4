"""``valinta evaluate letters``: drafts by default; ``--sent`` records what went out, ``--returned`` what came back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from evaluation.acts.desk import desk_of
from evaluation.acts.letters import Wish, Written, draft_letters, note_return, send_letters, standstill_of
from evaluation.cli.bids import chance_at
from tender.console import (
    Command,
    Console,
    common_options,
    console_of,
    day_of,
    folder_argument,
    now_option,
    option,
    today_option,
)
from tender.deadlines import Channel
from tender.errors import UsageError
from tender.language import Language, date_text

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("letters", cls=Command)
@folder_argument
@option("--sent", type=_DAY, metavar="YYYY-MM-DD", help="option.letters-sent")
@option(
    "--by", type=click.Choice([each.value for each in Channel]), default=Channel.EMAIL.value, help="option.letters-by"
)
@option("--only", multiple=True, metavar="BIDDER", help="option.letters-only")
@option("--to", multiple=True, metavar="BIDDER=ADDRESS", help="option.letters-to")
@option("--speak", multiple=True, metavar="BIDDER=LANGUAGE", help="option.letters-speak")
@option("--returned", default="", metavar="BIDDER", help="option.letters-returned")
@option("--note", default="", metavar="TEXT", help="option.letters-note")
@today_option
@now_option
@option("--actor", default="hankintayksikkö", metavar="NAME", help="option.actor")
@common_options
@click.pass_context
def letters_command(context: click.Context, /, folder: str, **given: Any) -> None:  # noqa: ANN401 - click's own
    """Write the letters to bidders; record what was sent or came back."""
    console, place, chance = console_of(context), Path(folder), chance_at(given["now"])
    day, sent = day_of(given["today"] or given["now"]), given["sent"]
    if given["returned"]:
        said = note_return(place, given["returned"], day, given["note"], chance, given["actor"])
        console.say("letters.returned", bidder=said.bidder, address=said.address)
        console.result({"returned": said.bidder})
        return
    wish = _wish(sent.date() if sent else day, given)

    def progress(name: str) -> None:
        console.say("progress.file", name=name)

    written = (
        send_letters(place, wish, chance, given["actor"], progress) if sent else draft_letters(place, wish, progress)
    )
    _show(console, written, sent=sent is not None)
    whole = standstill_of(desk_of(place)) if sent else None
    if whole is not None:
        console.say(
            "letters.contract",
            statutory=date_text(whole.statutory_earliest, console.language),
            safe=date_text(whole.safe_earliest, console.language),
        )
    console.result(
        {
            "sent": sent is not None,
            "letters": [_json(each) for each in written],
            "safe_earliest": whole.safe_earliest.isoformat() if whole else None,
            "statutory_earliest": whole.statutory_earliest.isoformat() if whole else None,
        }
    )


def _wish(day: date, given: Mapping[str, Any]) -> Wish:
    languages = {bidder: Language(code) for bidder, code in _pairs(given["speak"], tuple(Language))}
    return Wish(day, Channel(given["by"]), given["only"], dict(_pairs(given["to"])), languages)


def _pairs(given: Iterable[str], known: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """What ``bidder=value`` means, for each.

    Raises:
        UsageError: It has no ``=``, or its value is not known.
    """
    pairs = []
    for text in given:
        bidder, sign, value = text.partition("=")
        if not sign or not bidder or not value or (known and value not in known):
            raise UsageError("letters.pair", found=text, known=", ".join(known) or "…")
        pairs.append((bidder, value))
    return pairs


def _show(console: Console, written: Iterable[Written], *, sent: bool) -> None:
    for each in written:
        console.say(
            "letters.sent" if sent else "letters.draft",
            bidder=each.name,
            address=each.address or "–",
            file=each.files[0],
            appeal=date_text(each.recipient.appeal.last_day, console.language),
            safe=date_text(each.recipient.safe_earliest, console.language),
        )


def _json(written: Written) -> dict[str, object]:
    appeal = written.recipient.appeal
    return {
        "bidder": written.bidder,
        "language": written.language.value,
        "address": written.address,
        "received": written.recipient.received.isoformat(),
        "appeal_until": appeal.last_day.isoformat(),
        "appeal_closes": f"{appeal.closes:%H:%M}" if appeal.closes else None,
        "statutory_earliest": written.recipient.statutory_earliest.isoformat(),
        "safe_earliest": written.recipient.safe_earliest.isoformat(),
        "files": [str(path) for path in written.files],
    }
