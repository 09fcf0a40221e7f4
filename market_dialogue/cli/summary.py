"""``valinta dialogue summary``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from market_dialogue.account import QuestionCount
from market_dialogue.acts import DialogueSummary, summarise, write_summary
from tender.console import (
    Command,
    Console,
    common_options,
    console_of,
    day_of,
    folder_argument,
    option,
    today_option,
)
from tender.guards import excerpt


@click.command(cls=Command)
@folder_argument
@option("--document", is_flag=True, help="option.document")
@today_option
@common_options
@click.pass_context
def summary(context: click.Context, /, folder: str, *, document: bool, today: datetime | None, **_: object) -> None:
    """Count the answers question by question, and lay them out as a document."""
    console = console_of(context)
    found = summarise(Path(folder))
    console.findings(found.findings)
    _tell(console, found)
    written = write_summary(Path(folder), day_of(today), _silent) if document else ()
    for path in written:
        console.say("dialogue.summary-written", file=path)
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
