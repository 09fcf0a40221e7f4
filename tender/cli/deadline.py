"""``valinta deadline``: statutory periods after a decision, with their legal basis."""

from __future__ import annotations

from datetime import date, datetime, time

import click

from tender.checks.statutes import links
from tender.console import Command, Console, common_options, console_of, option
from tender.deadlines import PERIODS, Channel, Kind, Period, Recipient, Sending, Standstill, period, standstill
from tender.errors import UsageError
from tender.language import Language, date_text


@click.command(cls=Command)
@option("--sent", type=click.DateTime(["%Y-%m-%d"]), required=True, multiple=True, metavar="YYYY-MM-DD",
        help="option.deadline-sent")  # fmt: skip
@option(
    "--by",
    type=click.Choice([channel.value for channel in Channel]),
    default=Channel.EMAIL.value,
    help="option.deadline-by",
)
@option("--also", multiple=True, metavar="BY:YYYY-MM-DD", help="option.deadline-also")
@option(
    "--kind", type=click.Choice([kind.value for kind in Kind]), default=Kind.APPEAL.value, help="option.deadline-kind"
)
@common_options
@click.pass_context
def deadline(
    context: click.Context, /, sent: tuple[datetime, ...], by: str, also: tuple[str, ...], kind: str, **_: object
) -> None:
    """Reckon the periods that begin when a decision is sent."""
    console = console_of(context)
    sendings = (*(Sending(day.date(), Channel(by)) for day in sent), *(_sending(text) for text in also))
    wanted = Kind(kind)
    if wanted is Kind.APPEAL:
        found = standstill(sendings)
        _say_standstill(console, found)
        console.result(_standstill_json(console, found))
        return
    periods = [period(wanted, sending) for sending in sendings]
    last = max(periods, key=lambda each: each.last_day)
    _say_period(console, last)
    console.result(_period_json(console, last))


def _sending(text: str) -> Sending:
    """What ``letter:2026-09-01`` means.

    Raises:
        UsageError: It means nothing.
    """
    channel, _, day = text.partition(":")
    try:
        return Sending(date.fromisoformat(day), Channel(channel))
    except ValueError as error:
        raise UsageError("deadline.also", found=text, known=", ".join(Channel)) from error


def _clock(moment: time | None) -> str | None:
    return moment.strftime("%H:%M") if moment else None


def _spoken(console: Console, moment: time) -> str:
    """The clock as the language writes it: 16.15 in Finnish and Swedish."""
    return moment.strftime("%H:%M" if console.language is Language.EN else "%H.%M")


def _say_standstill(console: Console, found: Standstill) -> None:
    """The days for people: each recipient when there are several, then what holds for all, then the notes."""
    if len(found.recipients) > 1:
        heads = ("by", "sent", "received", "appeal", "safe")
        console.table(
            [console.words(f"deadline.{head}") for head in heads], [_cells(console, r) for r in found.recipients]
        )
        console.line()
    for name, day in (
        ("received", found.received),
        ("statutory", found.statutory_earliest),
        ("safe", found.safe_earliest),
    ):
        if name == "statutory":
            values = {"day": _day(console, found.appeal_last_day), "closes": _spoken(console, found.appeal_closes)}
            console.say("deadline.appeal-by", **values)
        console.say(f"deadline.{name}-line", day=_day(console, day))
    for note in _notes(found):
        console.say(f"deadline.note-{note}")
    _say_basis(console, found.basis)


def _cells(console: Console, recipient: Recipient) -> list[str]:
    days = (recipient.sending.day, recipient.received, recipient.appeal.last_day, recipient.safe_earliest)
    return [console.words(f"deadline.{recipient.sending.by.value}"), *(_day(console, day) for day in days)]


def _notes(found: Standstill) -> list[str]:
    """Ids of what a careful buyer should know: the gap of HL 129.1, a letter that arrives on a free day."""
    notes = ["gap"] if found.statutory_earliest <= found.appeal_last_day else []
    return notes + (["weekend"] if any(each.receipt_on_free_day for each in found.recipients) else [])


def _say_period(console: Console, found: Period) -> None:
    if found.closes:
        console.say("deadline.period-hour", day=_day(console, found.last_day), closes=_spoken(console, found.closes))
    else:
        console.say("deadline.period", day=_day(console, found.last_day))
    if found.rolled:
        console.say("deadline.rolled", day=_day(console, found.counted))
    _say_basis(console, found.basis)


def _say_basis(console: Console, basis: str) -> None:
    console.line()
    console.say("deadline.basis", basis=basis)
    for link in links(basis):
        console.line(f"  {link}")


def _day(console: Console, day: date) -> str:
    """A day with its weekday, as the language writes it."""
    return f"{console.words(f'deadline.weekday-{day.weekday()}')} {date_text(day, console.language)}"


def _standstill_json(console: Console, found: Standstill) -> dict[str, object]:
    return {
        "kind": Kind.APPEAL.value,
        "received": found.received.isoformat(),
        "appeal_last_day": found.appeal_last_day.isoformat(),
        "appeal_closes": _clock(found.appeal_closes),
        "last_day": found.appeal_last_day.isoformat(),
        "statutory_earliest": found.statutory_earliest.isoformat(),
        "safe_earliest": found.safe_earliest.isoformat(),
        "recipients": [
            {
                "by": each.sending.by.value,
                "sent": each.sending.day.isoformat(),
                "received": each.received.isoformat(),
                "appeal_last_day": each.appeal.last_day.isoformat(),
                "statutory_earliest": each.statutory_earliest.isoformat(),
                "safe_earliest": each.safe_earliest.isoformat(),
            }
            for each in found.recipients
        ],
        "notes": [console.words(f"deadline.note-{note}") for note in _notes(found)],
        "basis": found.basis,
        "basis_url": list(links(found.basis)),
    }


def _period_json(console: Console, found: Period) -> dict[str, object]:
    rolled = [console.words("deadline.rolled", day=_day(console, found.counted))] if found.rolled else []
    return {
        "kind": found.kind.value,
        "received": found.start.isoformat() if PERIODS[found.kind].from_receipt else None,
        "start": found.start.isoformat(),
        "last_day": found.last_day.isoformat(),
        "closes": _clock(found.closes),
        "notes": rolled,
        "basis": found.basis,
        "basis_url": list(links(found.basis)),
    }
