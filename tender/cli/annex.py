"""``valinta annex``: the open-data annex, from the register to what anybody can check."""

from __future__ import annotations

import click

from tender.console import Group

_COMMANDS = {
    "synthesise": "tender.cli.annex_synthesise:synthesise_command",
    "build": "tender.cli.annex_build:build_command",
    "protect": "tender.cli.annex_protect:protect_command",
    "audit": "tender.cli.annex_audit:audit_command",
    "compare": "tender.cli.annex_compare:compare_command",
    "recheck": "tender.cli.annex_audit:recheck_command",
    "fit": "tender.cli.annex_fit:fit_command",
    "group": "tender.cli.annex_group:group_command",
    "assessment": "tender.cli.annex_assessment:assessment_command",
}


@click.group(cls=Group, lazy=_COMMANDS)
def annex() -> None:
    """Commands on the open-data annex; the words stand in the term ``help.annex``."""
