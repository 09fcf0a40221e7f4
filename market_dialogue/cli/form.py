"""``valinta dialogue form``: the answer form in one language."""

from __future__ import annotations

from pathlib import Path

import click

from tender.console import Command, common_options, console_of, folder_argument, option
from tender.errors import UsageError
from tender.language import Language


@click.command("form", cls=Command)
@folder_argument
@option(
    "--in", "wanted", type=click.Choice([one.value for one in Language]), required=True, help="option.form-language"
)
@option("--out", "target", type=click.Path(path_type=Path), required=True, help="option.form-out")
@common_options
@click.pass_context
def form_command(context: click.Context, /, folder: str, wanted: str, target: Path, **_: object) -> None:
    """Write the answer form of the dialogue."""
    from market_dialogue.answer_form import write_answer_form
    from tender.publishing.examination import readable_tender

    console = console_of(context)
    tender = readable_tender(Path(folder))
    data = write_answer_form(tender, Language(wanted))
    if target.exists():
        raise UsageError("bid.file-exists", file=target)
    target.write_bytes(data)
    console.say("dialogue.form-written", file=target)
    console.result({"file": str(target), "language": wanted})
