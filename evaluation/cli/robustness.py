"""``valinta evaluate robustness``: how firmly the recorded award stands; information only."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from evaluation.acts.robustness import Robustness, Wishes, examine_award
from evaluation.award.robustness.materiality import Score
from evaluation.cli.formulas import number_of
from evaluation.cli.robustness_shown import robustness_json, show_robustness
from tender.console import Command, common_options, console_of, folder_argument, option
from tender.errors import UsageError

_MOST_SAMPLES = 100_000


@click.command("robustness", cls=Command)
@folder_argument
@option("--spread", metavar="POINTS", default="5", help="option.spread")
@option("--range", "ranges", metavar="CRITERION=LOW:HIGH", multiple=True, help="option.range")
@option("--samples", type=click.IntRange(1, _MOST_SAMPLES), default=1000, help="option.samples")
@option("--seed", default="valinta", metavar="TEXT", help="option.sampling-seed")
@option("--dispute", "disputes", metavar="BIDDER,CRITERION", multiple=True, help="option.dispute")
@common_options
@click.pass_context
def robustness_command(context: click.Context, /, folder: str, **given: Any) -> None:  # noqa: ANN401
    """Say how firmly the locked award stands."""
    console = console_of(context)
    wishes = Wishes(
        spread=number_of(given["spread"], "--spread"),
        ranges=dict(_range(text) for text in given["ranges"]),
        samples=given["samples"],
        seed=given["seed"],
        disputes=tuple(_dispute(text) for text in given["disputes"]),
    )
    found: Robustness = examine_award(Path(folder), wishes)
    show_robustness(console, found)
    console.result(robustness_json(found))


def _range(text: str) -> tuple[str, tuple[Fraction, Fraction]]:
    name, _, ends = text.partition("=")
    low, sign, high = ends.partition(":")
    if not sign:
        raise UsageError("robustness.range-form", found=text[:60])
    return name.strip(), (number_of(low, "--range"), number_of(high, "--range"))


def _dispute(text: str) -> Score:
    bidder, sign, criterion = text.partition(",")
    if not sign:
        raise UsageError("robustness.dispute-form", found=text[:60])
    return bidder.strip(), criterion.strip()
