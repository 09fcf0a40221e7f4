"""``valinta dialogue decide``: what became of a reply, or of many from a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from market_dialogue.acts.deciding import decide, read_decisions
from market_dialogue.cli.pens import pen_of, signed
from market_dialogue.follow_up.matrix import Result
from tender.console import Command, console_of, option
from tender.errors import UsageError
from tender.language import Language
from tender.publishing.examination import readable_tender
from tender.record.dialogue import Disposition


@click.command("decide", cls=Command)
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@click.argument("answer", default="")
@click.argument("question", default="")
@option("--result", type=click.Choice([result.value for result in Result]), default=None, help="option.result")
@option("--proposal", multiple=True, metavar="[LANG=]TEXT", help="option.proposal")
@option("--reason", multiple=True, metavar="[LANG=]TEXT", help="option.decision-reason")
@option("--target", multiple=True, metavar="PATH", help="option.target")
@option("--file", "file", type=click.Path(exists=True, dir_okay=False), default=None, help="option.decisions-file")
@signed
@click.pass_context
def decide_command(context: click.Context, /, folder: str, by: str, now: datetime | None, **said: Any) -> None:  # noqa: ANN401
    """Record what became of replies."""
    console, place = console_of(context), Path(folder)
    if said["file"]:
        wanted = read_decisions(Path(said["file"]), by)
    elif said["answer"] and said["question"] and said["result"]:
        proposal, reason = (_by_language(place, said[key]) for key in ("proposal", "reason"))
        wanted = (
            Disposition(said["answer"], said["question"], said["result"], proposal, reason, said["target"], by.strip()),
        )
    else:
        raise UsageError("follow-up.nothing-decided")
    found = decide(place, wanted, pen_of(now))
    for one in found:
        result = console.words(f"result.{one.result}")
        console.say("follow-up.decided", reply=f"{one.answer}/{one.question}", result=result)
    console.result({"decisions": [one.payload() for one in found]})


def _by_language(folder: Path, given: tuple[str, ...]) -> dict[str, str]:
    """The words by language; those without a language are in the tender's first."""
    found: dict[str, str] = {}
    for each in given:
        language, separator, text = each.partition("=")
        known = bool(separator) and language in set(Language)
        found[language if known else readable_tender(folder).prevailing_language.value] = text if known else each
    return found
