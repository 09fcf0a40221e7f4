"""``valinta review``: what lawyers and other reviewers say about a tender."""

from __future__ import annotations

import click

from tender.console import Group

_OWN = {
    "status": "tender.cli.reviewing:status",
    "answer": "tender.cli.reviewing:answer",
    "waive": "tender.cli.reviewing:waive",
    "approve": "tender.cli.reviewing:approve",
    "opinion": "tender.cli.opinion:opinion",
    "report": "tender.cli.reviewing:report",
    "why": "tender.cli.reviewing:why",
    "read-back": "tender.cli.read_back:read_back",
}


@click.group(cls=Group, lazy=_OWN)
def review() -> None:
    """Root of the review commands; its words stand in the term ``help.review``."""
