"""``valinta bids protocol | withdraw | admit | flags | ask | answer | judge | fall-away | log``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from evaluation.acts.award import record_admissions
from evaluation.acts.desk import desk_of, opened_desk
from evaluation.acts.inquiries import answer, ask, fall_away, inquiries_of, judge, open_flags, withdraw
from evaluation.acts.receipts import import_protocol
from evaluation.cli.bids import chance_at
from evaluation.cli.shown import points_text
from tender.console import Command, common_options, console_of, folder_argument, moment_of, now_option, option
from tender.errors import UsageError
from tender.record.intake import AnswerJudged, BidderAnswered, BidderAsked, BidWithdrawn

_BY = option("--by", required=True, metavar="NAME", help="option.noted-by")
_BIDDER = option("--bidder", required=True, metavar="ID", help="option.bidder")
_REASON = option("--reason", default="", metavar="TEXT", help="option.score-reason")
_REQUEST = option("--request", required=True, metavar="ID", help="option.request")
_FILE = click.argument("file", type=click.Path(path_type=Path))


@click.command("protocol", cls=Command)
@folder_argument
@_FILE
@option("--portal", required=True, metavar="NAME", help="option.portal")
@_BY
@now_option
@common_options
@click.pass_context
def protocol_command(
    context: click.Context, /, folder: str, file: Path, portal: str, by: str, now: datetime | None, **_: object
) -> None:
    """Import the portal's opening protocol."""
    console = console_of(context)
    said = import_protocol(Path(folder), file, portal, by, chance_at(now))
    console.say("intake.protocol", count=len(said.received), hash=said.sha256[:12])
    console.result({"sha256": said.sha256, "received": dict(said.received), "files": dict(said.files)})


@click.command("withdraw", cls=Command)
@folder_argument
@_BIDDER
@_REASON
@_BY
@now_option
@common_options
@click.pass_context
def withdraw_command(
    context: click.Context, /, folder: str, bidder: str, reason: str, by: str, now: datetime | None, **_: object
) -> None:
    """Note that a bidder took its bid back before the opening."""
    console = console_of(context)
    said = withdraw(Path(folder), BidWithdrawn(bidder, moment_of(now).isoformat(), reason, by), chance_at(now))
    console.say("intake.withdrawn", bidder=bidder)
    console.result(said.payload())


@click.command("admit", cls=Command)
@folder_argument
@now_option
@option("--actor", default="hankintayksikkö", metavar="NAME", help="option.actor")
@common_options
@click.pass_context
def admit_command(context: click.Context, /, folder: str, now: datetime | None, actor: str, **_: object) -> None:
    """Record which bids are compared, before their quality is judged."""
    console = console_of(context)
    admissions = record_admissions(Path(folder), chance_at(now), actor)
    for one in admissions:
        console.say("admission.admitted" if one.admitted else "admission.refused", bidder=one.bidder)
        console.findings(one.findings)
    console.result({one.bidder: one.admitted for one in admissions})


@click.command("flags", cls=Command)
@folder_argument
@common_options
@click.pass_context
def flags_command(context: click.Context, /, folder: str, **_: object) -> None:
    """Show prices and numbers that call for an explanation."""
    console = console_of(context)
    flags = open_flags(opened_desk(Path(folder)))
    for flag in flags:
        found, limit = points_text(console, flag.found), points_text(console, flag.limit)
        console.say(flag.rule, bidder=flag.bidder, found=found, limit=limit)
    if not flags:
        console.say("intake.no-flags")
    rows = [{"bidder": one.bidder, "about": one.about, "rule": one.rule, "found": str(one.found),
             "limit": str(one.limit)} for one in flags]  # fmt: skip
    console.result({"flags": [dict(row) for row in rows]})
    context.exit(1 if flags else 0)


@click.command("ask", cls=Command)
@folder_argument
@_REQUEST
@_BIDDER
@option("--about", required=True, metavar="SUBJECT", help="option.inquiry-about")
@option("--question", required=True, metavar="TEXT", help="option.question-to-bidder")
@option("--equal", required=True, metavar="TEXT", help="option.equal")
@option("--answer-by", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="option.answer-by")
@_BY
@now_option
@common_options
@click.pass_context
def ask_command(context: click.Context, /, folder: str, now: datetime | None, **given: object) -> None:
    """Note a request for an explanation or a clarification."""
    console = console_of(context)
    until = given["answer_by"]
    day = until.date().isoformat() if isinstance(until, datetime) else ""
    texts = _texts(given)
    wanted = BidderAsked(
        texts("request"), texts("bidder"), texts("about"), texts("question"), texts("equal"), day, texts("by")
    )
    said = ask(Path(folder), wanted, chance_at(now))
    console.say("intake.asked", request=said.id, bidder=said.bidder)
    console.result(said.payload())


@click.command("answer", cls=Command)
@folder_argument
@_REQUEST
@option("--text", default="", metavar="TEXT", help="option.answer-text")
@option("--file", "files", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help="option.answer-file")
@_BY
@now_option
@common_options
@click.pass_context
def answer_command(
    context: click.Context, /, folder: str, files: tuple[Path, ...], now: datetime | None, **given: object
) -> None:
    """Note a bidder's answer."""
    console, texts = console_of(context), _texts(given)
    for path in files:
        if not path.is_file():
            raise UsageError("intake.no-file", file=path.name)
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    said = answer(Path(folder), BidderAnswered(texts("request"), texts("text"), hashes, texts("by")), chance_at(now))
    console.say("intake.answered", request=said.id)
    console.result(said.payload())


@click.command("judge", cls=Command)
@folder_argument
@_REQUEST
@option("--result", required=True, type=click.Choice(["accepted", "rejected"]), help="option.judgement")
@option("--improves", is_flag=True, help="option.improves")
@_REASON
@_BY
@now_option
@common_options
@click.pass_context
def judge_command(context: click.Context, /, folder: str, now: datetime | None, **given: object) -> None:
    """Note how an answer was judged."""
    console, texts = console_of(context), _texts(given)
    wanted = AnswerJudged(texts("request"), texts("result"), bool(given["improves"]), texts("reason"), texts("by"))
    said = judge(Path(folder), wanted, chance_at(now))
    console.say(f"intake.judged-{said.result}", request=said.id)
    console.result(said.payload())


@click.command("fall-away", cls=Command)
@folder_argument
@_BIDDER
@_REASON
@_BY
@now_option
@common_options
@click.pass_context
def fall_away_command(
    context: click.Context, /, folder: str, bidder: str, reason: str, by: str, now: datetime | None, **_: object
) -> None:
    """Note that an opened bid left the comparison."""
    console = console_of(context)
    said = fall_away(Path(folder), bidder, reason, by, chance_at(now))
    console.say(f"intake.fallen-{said.rule}", bidder=bidder)
    console.result(said.payload())


@click.command("log", cls=Command)
@folder_argument
@common_options
@click.pass_context
def log_command(context: click.Context, /, folder: str, **_: object) -> None:
    """Show the clarification log."""
    console = console_of(context)
    log = inquiries_of(desk_of(Path(folder)).state)
    for one in log:
        state = "judged" if one.judged else "answered" if one.answered else "waiting"
        standing = console.words(f"intake.log-{state}")
        console.line(f"{one.asked.id}  {one.asked.bidder}  {one.asked.about}  {standing}")
    console.result(
        {
            "log": [
                {
                    "asked": one.asked.payload(),
                    "answered": one.answered.payload() if one.answered else None,
                    "judged": one.judged.payload() if one.judged else None,
                }
                for one in log
            ]
        }
    )


def _texts(given: dict[str, object]) -> Callable[[str], str]:
    return lambda key: str(given[key])
