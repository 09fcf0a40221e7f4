"""``valinta dialogue summary``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from market_dialogue.account import QuestionCount
from market_dialogue.acts import DialogueSummary, summarise, write_summary
from market_dialogue.acts.summary import publish_summary
from market_dialogue.cli.pens import pen_of
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
from tender.guards import excerpt


@click.command(cls=Command)
@folder_argument
@option("--document", is_flag=True, help="option.document")
@option("--publish", is_flag=True, help="option.publish-summary")
@option("--by", default="", metavar="NAME", help="option.review-by")
@today_option
@now_option
@common_options
@click.pass_context
def summary(
    context: click.Context, /, folder: str, *, today: datetime | None, now: datetime | None, **said: str | bool | None
) -> None:
    """Count the answers question by question, and lay them out as a document."""
    console = console_of(context)
    found = summarise(Path(folder))
    console.findings(found.findings)
    _tell(console, found)
    written: tuple[Path, ...] = ()
    if said["publish"]:
        written = publish_summary(Path(folder), day_of(today), str(said["by"]), pen_of(now), _silent)
    elif said["document"]:
        written = write_summary(Path(folder), day_of(today), _silent)
    for path in written:
        console.say("follow-up.summary-published" if said["publish"] else "dialogue.summary-written", file=path)
    console.result({**_result(console, found), "documents": [str(path) for path in written]})
    context.exit(1 if any(finding.blocks for finding in found.findings) else 0)


def _silent(_: str) -> None:
    """The files are told when all are ready."""


def _tell(console: Console, found: DialogueSummary) -> None:
    console.say("dialogue.answers", count=found.answers, late=found.late, invented=found.invented)
    if found.pending:
        console.say("dialogue.pending", count=found.pending)
    heads = [console.words(f"dialogue-column.{name}") for name in ("number", "model", "purpose", "answered")]
    rows = (_row(console, count, found.answers) for count in found.counts)
    console.table(heads, rows, right=(0, 3))


def _row(console: Console, count: QuestionCount, answers: int) -> list[str]:
    question, language = count.question, console.language
    texts = (question.model.best(language), question.purpose.best(language))
    return [str(question.number), *(excerpt(text, 40) for text in texts), f"{len(count.answered)}/{answers}"]


def _result(console: Console, found: DialogueSummary) -> dict[str, Any]:
    return {
        "answers": found.answers,
        "late": found.late,
        "invented": found.invented,
        "pending": found.pending,
        "questions": [
            {
                "id": count.question.id,
                "number": count.question.number,
                "answered": len(count.answered),
                "respondents": list(count.answered),
                "silent": list(count.silent),
            }
            for count in found.counts
        ],
        "findings": [console.finding_json(finding) for finding in found.findings],
    }
