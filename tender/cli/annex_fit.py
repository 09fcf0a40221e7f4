"""``valinta annex fit``: a logistic model proposed from the register, for the buyer to look at and declare."""

from __future__ import annotations

from pathlib import Path

import click

from tender.annexes.grouping.entrants import entrants_of
from tender.annexes.grouping.fitting import Proposal, proposed
from tender.annexes.register.register import PRIVATE, extract_in, read_register
from tender.console import Command, Console, common_options, console_of, folder_argument
from tender.language import number_text
from tender.publishing.assessment import declared_grouping
from tender.publishing.examination import readable_tender


@click.command(cls=Command)
@folder_argument
@common_options
@click.pass_context
def fit_command(context: click.Context, /, folder: str, **_: object) -> None:
    """Propose coefficients for the declared factors; nothing is written."""
    console = console_of(context)
    home = Path(folder)
    tender = readable_tender(home)
    grouping = declared_grouping(tender)
    order = tender.open_data
    assert order is not None, "a declared grouping lies in the open data"  # noqa: S101
    with read_register(extract_in(home), tender, home / PRIVATE) as register:
        found = proposed(grouping, tuple(entrants_of(register, order, grouping)), order.threshold)
    _say(console, found)
    console.result(
        {
            "intercept": str(found.grouping.intercept),
            "factors": {
                factor.id: {each.code: str(each.points) for each in factor.categories}
                for factor in found.grouping.factors
            },
        }
    )


def _say(console: Console, found: Proposal) -> None:
    grouping = found.grouping
    assert grouping.intercept is not None, "a logistic model has a constant"  # noqa: S101
    language = console.language
    heads = [console.words(f"annex.group-{name}") for name in ("factor", "category", "coefficient")]
    rows = [[console.words("annex.group-intercept"), "", number_text(grouping.intercept, language)]]
    rows += [
        [
            factor.name.best(console.language),
            each.name.best(console.language),
            number_text(each.points, console.language),
        ]
        for factor in grouping.factors
        for each in factor.categories
    ]
    console.table(heads, rows, right=(2,))
    console.say("annex.fit-proposal")
