"""``valinta dialogue import`` and ``valinta dialogue questions-from``: what other systems export."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from market_dialogue.acts.importing import Source, Wish, import_file
from market_dialogue.cli.receive import door_of, show
from tender.console import Command, common_options, console_of, now_option, option
from tender.errors import UsageError
from tender.guards import excerpt

_MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
_FILE = click.Path(path_type=Path)


@click.command("import", cls=Command)
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@click.argument("file", type=_FILE)
@option("--from", "source", type=click.Choice([one.value for one in Source]), required=True, help="option.import-from")
@option("--map", "pairs", multiple=True, metavar="COLUMN=TARGET", help="option.import-map")
@option("--respondent", default="", metavar="NAME", help="option.import-respondent")
@option("--question", default="", metavar="ID", help="option.import-question")
@option("--structure", type=_FILE, default=None, help="option.import-structure")
@option("--at", type=click.DateTime(_MOMENTS), default=None, metavar="YYYY-MM-DDTHH:MM", help="option.received-at")
@option("--dry-run", is_flag=True, help="option.dry-run")
@now_option
@common_options
@click.pass_context
def import_command(context: click.Context, /, folder: str, file: Path, **given: Any) -> None:  # noqa: ANN401 - click
    """Take answers that another system exported and put them on the record."""
    console = console_of(context)
    at: datetime | None = given["at"]
    wish = Wish(
        Source(given["source"]), tuple(given["pairs"]), given["respondent"], given["question"], given["structure"]
    )
    taken = import_file(Path(folder), file, wish, door_of(at, given["now"], rehearsal=given["dry_run"]))
    show(console, (taken,))
    context.exit(1 if any(finding.blocks for finding in taken.findings) else 0)


@click.command("questions-from", cls=Command)
@click.argument("file", type=_FILE)
@common_options
@click.pass_context
def questions_command(context: click.Context, /, file: Path, **_: object) -> None:
    """Print the questions of a LimeSurvey structure as a part of a tender file."""
    from market_dialogue.acts.taking import read_bytes
    from market_dialogue.imports.questions import questions_toml
    from market_dialogue.imports.structure import read_structure

    console = console_of(context)
    if not file.is_file():
        raise UsageError("dialogue.no-file", file=excerpt(file.name))
    name = excerpt(file.name)
    questions = read_structure(read_bytes(file, name), name)
    text = questions_toml(questions)
    console.line(text)
    console.result({"questions": len(questions), "toml": text})
