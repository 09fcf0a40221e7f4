"""``valinta dialogue follow-up``: question → answer → codes → decision → target → difference."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from market_dialogue.acts.following import Followed, follow
from market_dialogue.follow_up.differences import differences
from market_dialogue.follow_up.matrix import Target, Trace
from tender.console import Command, Console, common_options, console_of, day_of, folder_argument, today_option
from tender.documents.changes import change_words
from tender.errors import blocking
from tender.reading.dictionary import field_units


@click.command("follow-up", cls=Command)
@folder_argument
@today_option
@common_options
@click.pass_context
def follow_up_command(context: click.Context, /, folder: str, today: datetime | None, **_: object) -> None:
    """Show what became of every reply, and what in the tender differs because of it."""
    console = console_of(context)
    followed = follow(Path(folder), day_of(today))
    found = followed.found
    console.findings(found.findings)
    heads = [console.words(f"follow-up-column.{name}") for name in ("question", "answer", "codes", "result", "target")]
    console.table(heads, [_row(console, trace) for trace in found.traces])
    _say_differences(console, followed)
    console.say("follow-up.complete", decided=len(found.traces) - len(found.missing), count=len(found.traces))
    console.result(
        {
            "complete": not found.missing,
            "traces": [_trace_json(console, trace) for trace in found.traces],
            "unnamed": [change.path for change in found.unnamed],
            "findings": [console.finding_json(finding) for finding in found.findings],
        }
    )
    context.exit(1 if blocking(found.findings) else 0)


def _row(console: Console, trace: Trace) -> list[str]:
    result = console.words(f"result.{trace.result}") if trace.result else console.words("result.missing")
    targets = ", ".join(target.name for target in trace.targets) or "–"
    return [trace.reply.question, trace.reply.answer, ", ".join(trace.codes) or "–", result, targets]


def _say_differences(console: Console, followed: Followed) -> None:
    for one in differences(followed.found, console.language):
        for change in one.fields:
            console.line(f"  {change}")
        if one.fate:
            console.say("follow-up.clause", name=one.name, title=one.title, fate=one.fate)


def _trace_json(console: Console, trace: Trace) -> dict[str, Any]:
    said = trace.decision.said if trace.decision else None
    return {
        "answer": trace.reply.answer,
        "question": trace.reply.question,
        "codes": list(trace.codes),
        "result": said.result if said else None,
        "proposal": dict(said.proposal) if said else {},
        "reason": dict(said.reason) if said else {},
        "event": trace.decision.event.seq if trace.decision else None,
        "targets": [_target_json(console, target) for target in trace.targets],
    }


def _target_json(console: Console, target: Target) -> dict[str, Any]:
    units = field_units()
    words = [change_words(change, console.language, units) for change in target.changes]
    return {
        "name": target.name,
        "changed": target.changed,
        "changes": [
            {"path": change.path, "label": said.label, "before": said.before, "after": said.after}
            for change, said in zip(target.changes, words, strict=True)
        ],
        "clause": {language.value: change.fate.value for language, change in target.clause.items()},
    }
