"""The root command ``valinta``."""

from __future__ import annotations

from importlib.metadata import version

import click

from tender.console import RootGroup

_OWN = {
    "new": "tender.cli.folder:new",
    "check": "tender.cli.folder:check",
    "draft": "tender.cli.publish:draft",
    "publish": "tender.cli.publish:publish",
    "verify": "tender.cli.publish:verify",
    "diff": "tender.cli.diff:diff",
    "review": "tender.cli.review:review",
    "annex": "tender.cli.annex:annex",
    "deadline": "tender.cli.deadline:deadline",
    "record": "tender.cli.record:record",
    "serve": "tender.cli.serve:serve",
    "accounts": "tender.cli.accounts:accounts",
    "doctor": "tender.cli.folder:doctor",
}


@click.group(cls=RootGroup, lazy=_OWN, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("valinta"), prog_name="valinta")
def main() -> None:
    """Root of every command; its words stand in the term ``help.valinta``."""
