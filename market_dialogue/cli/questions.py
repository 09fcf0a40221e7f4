"""``valinta questions``: clarification questions during the tender."""

from __future__ import annotations

import click

from tender.console import Group

_OWN = {
    "receive": "market_dialogue.cli.asking:receive",
    "list": "market_dialogue.cli.asking:list_command",
    "answer": "market_dialogue.cli.answering:answer",
    "approve": "market_dialogue.cli.answering:approve_command",
    "publish": "market_dialogue.cli.answering:publish",
}


@click.group(cls=Group, lazy=_OWN)
def questions() -> None:
    """Commands on questions during the tender; the words stand in the term ``help.questions``."""
