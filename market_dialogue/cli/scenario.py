"""``valinta dialogue scenario``: what if a value were the one that an answer proposes."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path

import click

from market_dialogue.acts.scenario import ScenarioRun, run_scenario
from tender.console import Command, Console, common_options, console_of, day_of, folder_argument, option, today_option
from tender.documents.changes import change_words
from tender.documents.numbers import speak
from tender.errors import UsageError
from tender.reading.dictionary import field_units


@click.command("scenario", cls=Command)
@folder_argument
@option("--set", "values", multiple=True, required=True, metavar="PATH=VALUE", help="option.set")
@today_option
@common_options
@click.pass_context
def scenario_command(
    context: click.Context, /, folder: str, values: tuple[str, ...], today: datetime | None, **_: object
) -> None:
    """Show what other values would change; nothing is written."""
    console = console_of(context)
    for each in values:
        if "=" not in each:
            raise UsageError("follow-up.no-value", found=each)
    pairs = tuple((path.strip(), value.strip()) for path, _, value in (each.partition("=") for each in values))
    found = run_scenario(Path(folder), pairs, day_of(today))
    _show(console, found)
    console.result(
        {
            "changes": [
                {"path": one.path, "before": str(one.before), "after": str(one.after)} for one in found.changes
            ],
            "gone": [console.finding_json(one) for one in found.gone],
            "new": [console.finding_json(one) for one in found.new],
            "plugged": list(found.plugged),
            "lines": [
                {"plugin": name, "label": line.label.best(console.language), "before": _exact(line.before),
                 "after": _exact(line.after)}
                for name, line in found.lines
            ],
        }
    )  # fmt: skip


def _show(console: Console, found: ScenarioRun) -> None:
    for change in found.changes:
        console.line(f"  {change_words(change, console.language, field_units())}")
    console.say("scenario.new", count=len(found.new))
    console.findings(found.new)
    console.say("scenario.gone", count=len(found.gone))
    console.findings(found.gone)
    if not found.plugged:
        console.say("scenario.no-plugin")
    for _, line in found.lines:
        before, after = (
            "–" if value is None else speak(value, console.language) for value in (line.before, line.after)
        )
        console.line(f"  {line.label.best(console.language)}: {before} → {after}")


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
