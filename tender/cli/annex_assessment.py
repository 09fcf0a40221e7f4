"""``valinta annex assessment``: the data protection impact assessment of the grouping, drafted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from tender.console import Command, common_options, console_of, day_of, folder_argument, today_option
from tender.publishing.assessment import write_assessment


@click.command(cls=Command)
@folder_argument
@today_option
@common_options
@click.pass_context
def assessment_command(context: click.Context, /, folder: str, today: datetime | None, **_: object) -> None:
    """Draft the impact assessment with the tender's own facts."""
    console = console_of(context)
    made = write_assessment(Path(folder), day_of(today), lambda name: console.say("progress.file", name=name))
    console.say("annex.assessment-made", folder=made[0].parent, count=len(made))
    console.result({"files": [str(path) for path in made]})
