"""``valinta evaluate check-proof FILE``: the proof of an award, checked in whole numbers without a solver."""

from __future__ import annotations

from pathlib import Path

import click

from evaluation.cli.shown import show_proof
from evaluation.proof_file import check_proof
from evaluation.sheets import proof_summary
from tender.console import Command, common_options, console_of


@click.command("check-proof", cls=Command)
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@common_options
@click.pass_context
def check_proof_command(context: click.Context, /, file: str, **_: object) -> None:
    """Check the proof of an award."""
    console = console_of(context)
    levels = check_proof(Path(file))
    show_proof(console, levels)
    console.result({"holds": True, "levels": proof_summary(levels)})
