"""What the commands that write decisions share."""

from __future__ import annotations

import secrets
from datetime import datetime

from market_dialogue.acts.desk import Pen
from tender.console import moment_of, option

by_option = option("--by", required=True, metavar="NAME", help="option.review-by")
reason_option = option("--reason", required=True, metavar="TEXT", help="option.reason")


def pen_of(now: datetime | None) -> Pen:
    """The pen that writes at `now`, or by the clock of the machine."""
    return Pen(lambda: moment_of(now), lambda: secrets.token_bytes(32))
