"""``valinta design weights | simulate``: weights and prices before publication, and how clients may flow."""

from __future__ import annotations

import click

from tender.console import Group


@click.group(
    cls=Group,
    lazy={
        "weights": "evaluation.cli.designing:weights_command",
        "simulate": "evaluation.cli.designing:simulate_command",
    },
)
def design() -> None:
    """Commands on the design; the words stand in the term ``help.design``."""
