"""``valinta questions receive`` and ``list``."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

import click

from market_dialogue.acts.questions import Pen, Questions, read_questions, receive_question
from tender.console import Command, Console, common_options, console_of, folder_argument, moment_of, now_option, option
from tender.errors import InputError, Place, UsageError
from tender.guards import excerpt
from tender.language import Language
from tender.record.dialogue import Asked

MOST_BYTES = 200_000
"""Largest file with a question."""


def pen_of(folder: str, now: datetime | None) -> Pen:
    """What writing to the record of `folder` takes, with the command's clock and fresh salts."""
    return Pen(Path(folder), lambda: moment_of(now), lambda: secrets.token_bytes(32))


@click.command(cls=Command)
@folder_argument
@option("--organisation", required=True, metavar="NAME", help="option.asked-organisation")
@option("--text", "words", default="", metavar="TEXT", help="option.asked-text")
@option("--file", "file", type=click.Path(exists=True, dir_okay=False), default=None, help="option.asked-file")
@option(
    "--at", type=click.DateTime(["%Y-%m-%dT%H:%M"]), default=None, metavar="YYYY-MM-DDTHH:MM", help="option.asked-at"
)
@option("--asked-in", type=click.Choice([each.value for each in Language]), default=None, help="option.asked-in")
@option("--clause", default="", metavar="DOCUMENT/ID", help="option.asked-clause")
@now_option
@common_options
@click.pass_context
def receive(
    context: click.Context, /, folder: str, *, file: str | None, at: datetime | None, now: datetime | None, **said: str
) -> None:
    """Record a question that came during the tender."""
    console = console_of(context)
    if bool(file) == bool(said["words"].strip()):
        raise UsageError("questions.text-or-file")
    text = _text(Path(file)) if file else said["words"]
    asked = Asked(
        id="",
        at=moment_of(at or now).isoformat(),
        organisation=said["organisation"].strip(),
        text=text.strip(),
        language=said["asked_in"] or console.language.value,
        clause=said["clause"].strip(),
    )
    made = receive_question(pen_of(folder, now), asked)
    console.say("questions.received", id=made.id)
    console.result(made.payload())


@click.command("list", cls=Command)
@folder_argument
@common_options
@click.pass_context
def list_command(context: click.Context, /, folder: str, **_: object) -> None:
    """List the questions and where their answers stand."""
    console = console_of(context)
    found = read_questions(Path(folder))
    if not found.asked:
        console.say("questions.none")
    else:
        _tell(console, found)
    console.result(
        {
            "questions": [one.payload() for one in found.asked],
            "unanswered": [one.id for one in found.unanswered],
            "late": list(found.late),
            "answers": [one.said.payload() for one in found.answers],
        }
    )


def _tell(console: Console, found: Questions) -> None:
    steps = {asked: one for one in found.answers for asked in one.said.questions}
    heads = ("id", "at", "organisation", "clause", "text", "standing")
    rows = []
    for one in found.asked:
        step = f"questions-step.{steps[one.id].step.value}" if one.id in steps else "questions-step.open"
        standing = f"{steps[one.id].said.id} {console.words(step)}" if one.id in steps else console.words(step)
        late = f" {console.words('questions.late')}" if one.id in found.late else ""
        when = one.at[:16].replace("T", " ") + late
        rows.append([one.id, when, excerpt(one.organisation, 30), one.clause or "–", excerpt(one.text, 40), standing])
    console.table([console.words(f"questions-column.{name}") for name in heads], rows)


def _text(path: Path) -> str:
    """The text of a file.

    Raises:
        InputError: It is too large or no UTF-8 text.
    """
    data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    if data is None:
        raise InputError("questions.file-large", place=Place(path.name), expected=MOST_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("questions.file-no-text", place=Place(path.name)) from error
    if "\x00" in text:
        raise InputError("questions.file-no-text", place=Place(path.name))
    return text.replace("\r\n", "\n")
