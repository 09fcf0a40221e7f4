"""What the commands that write decisions share."""

from __future__ import annotations

import secrets
from datetime import datetime

import click

from market_dialogue.acts.desk import Pen
from tender.console import Decorated, common_options, moment_of, now_option, option

by_option = option("--by", required=True, metavar="NAME", help="option.review-by")
reason_option = option("--reason", required=True, metavar="TEXT", help="option.reason")


def about_reply(function: Decorated) -> Decorated:
    """Add what names a reply: the folder, the answer and the question, in this order."""
    for name in ("question", "answer"):
        function = click.argument(name)(function)
    return click.argument("folder", type=click.Path(exists=True, file_okay=False))(function)


def signed(function: Decorated) -> Decorated:
    """Add who decides and when, and the options of every command."""
    return by_option(now_option(common_options(function)))


def pen_of(now: datetime | None) -> Pen:
    """The pen that writes at `now`, or by the clock of the machine."""
    return Pen(lambda: moment_of(now), lambda: secrets.token_bytes(32))
