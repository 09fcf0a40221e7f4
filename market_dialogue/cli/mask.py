"""``valinta dialogue mask list | hide | show``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from market_dialogue.acts.masking import mask, open_highlights, span_of
from market_dialogue.acts.reading import read_dialogue
from market_dialogue.cli.pens import about_reply, pen_of, reason_option, signed
from tender.console import Command, Group, common_options, console_of, folder_argument, option
from tender.record.dialogue import Masking

_GROUNDS = click.Choice(["personal-data", "business-id", "trade-secret", "other"])


@click.group("mask", cls=Group)
def mask_group() -> None:
    """Decide what the public sees of replies; the words stand in the term ``help.dialogue.mask``."""


@mask_group.command("list", cls=Command)
@folder_argument
@common_options
@click.pass_context
def list_command(context: click.Context, /, folder: str, **_: object) -> None:
    """Show what looks like personal data and nobody has decided about."""
    console = console_of(context)
    found = open_highlights(read_dialogue(Path(folder)))
    heads = [console.words(f"follow-up-column.{name}") for name in ("question", "answer", "place", "kind", "words")]
    kinds = {one.highlight.kind: console.words(f"highlight.{one.highlight.kind}") for one in found}
    rows = [
        [one.reply.question, one.reply.answer, f"{one.highlight.start}–{one.highlight.end}", kinds[one.highlight.kind],
         one.text]
        for one in found
    ]  # fmt: skip
    console.table(heads, rows)
    console.say("follow-up.highlights", count=len(found))
    console.result(
        {
            "highlights": [
                {"answer": one.reply.answer, "question": one.reply.question, "start": one.highlight.start,
                 "end": one.highlight.end, "ground": one.highlight.ground, "kind": one.highlight.kind}
                for one in found
            ]
        }
    )  # fmt: skip


@mask_group.command("hide", cls=Command)
@about_reply
@click.argument("words")
@option("--ground", type=_GROUNDS, required=True, help="option.ground")
@reason_option
@signed
@click.pass_context
def hide_command(context: click.Context, /, **said: Any) -> None:  # noqa: ANN401 - click hands over anything
    """Hide words of a reply from the public."""
    _write(context, said, hidden=True)


@mask_group.command("show", cls=Command)
@about_reply
@click.argument("words")
@option("--ground", type=_GROUNDS, default="other", help="option.ground-shown")
@reason_option
@signed
@click.pass_context
def show_command(context: click.Context, /, **said: Any) -> None:  # noqa: ANN401 - click hands over anything
    """Show words of a reply whose claim of secrecy does not hold."""
    _write(context, said, hidden=False)


def _write(context: click.Context, said: dict[str, Any], *, hidden: bool) -> None:
    console, folder = console_of(context), Path(said["folder"])
    start, end = span_of(read_dialogue(folder), said["answer"], said["question"], said["words"])
    place = (said["answer"], said["question"], start, end)
    wanted = Masking(*place, said["ground"], hidden, said["reason"].strip(), said["by"].strip())
    mask(folder, (wanted,), pen_of(said["now"]))
    term = "follow-up.hidden" if hidden else "follow-up.shown"
    console.say(term, reply=f"{wanted.answer}/{wanted.question}", start=start, end=end)
    console.result(wanted.payload())
