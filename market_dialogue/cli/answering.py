"""``valinta questions answer``, ``approve`` and ``publish``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from market_dialogue.acts.clarifying import publish_answers
from market_dialogue.acts.questions import approve, draft_answer
from market_dialogue.cli.asking import pen_of
from market_dialogue.cli.texts import texts_of
from tender.console import Command, common_options, console_of, day_of, folder_argument, now_option, option
from tender.record.dialogue import Clarification


@click.command(cls=Command)
@folder_argument
@click.argument("questions", nargs=-1, required=True)
@option("--id", "own", default="", metavar="ID", help="option.answer-id")
@option("--question", "asked", multiple=True, required=True, metavar="[LANGUAGE=]TEXT", help="option.answer-question")
@option("--answer", "answered", multiple=True, required=True, metavar="[LANGUAGE=]TEXT", help="option.answer-answer")
@option("--clause", default="", metavar="DOCUMENT/ID", help="option.asked-clause")
@option("--changes", is_flag=True, help="option.answer-changes")
@option("--by", required=True, metavar="NAME", help="option.review-by")
@now_option
@common_options
@click.pass_context
def answer(context: click.Context, /, folder: str, *, changes: bool, now: datetime | None, **said: Any) -> None:  # noqa: ANN401
    """Draft an answer to one question or several, in every language of the tender."""
    console = console_of(context)
    wanted = Clarification(
        id=said["own"].strip(),
        questions=said["questions"],
        step="",
        question=texts_of(said["asked"], console.language),
        answer=texts_of(said["answered"], console.language),
        clause=said["clause"].strip(),
        changes=changes,
        by=said["by"].strip(),
    )
    made = draft_answer(pen_of(folder, now), wanted)
    console.say("questions.drafted", id=made.id)
    if made.changes:
        console.say("questions.needs-version", id=made.id)
    console.result(made.payload())


@click.command("approve", cls=Command)
@folder_argument
@click.argument("answer")
@option("--by", required=True, metavar="NAME", help="option.review-by")
@now_option
@common_options
@click.pass_context
def approve_command(context: click.Context, /, folder: str, answer: str, *, now: datetime | None, **said: str) -> None:
    """Approve an answer as another person."""
    console = console_of(context)
    made = approve(pen_of(folder, now), answer, said["by"])
    console.say("questions.approved", id=made.id, by=made.by)
    console.result(made.payload())


@click.command(cls=Command)
@folder_argument
@option("--by", required=True, metavar="NAME", help="option.review-by")
@now_option
@common_options
@click.pass_context
def publish(context: click.Context, /, folder: str, *, now: datetime | None, **said: str) -> None:
    """Publish every approved answer to all at once."""
    console = console_of(context)
    made = publish_answers(pen_of(folder, now), said["by"], day_of(now), lambda _: None)
    console.findings(made.findings)
    console.say("questions.published", count=len(made.answers), folder=made.folder)
    console.result(
        {
            "folder": str(made.folder),
            "answers": list(made.answers),
            "files": list(made.files),
            "manifest": made.manifest,
            "findings": [console.finding_json(finding) for finding in made.findings],
        }
    )
