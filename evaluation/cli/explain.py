"""``valinta evaluate explain``: what each rule cost and what each loser lacked, for information only."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import click

from evaluation.acts.explaining import Explained, explain
from evaluation.award.comparing_rules import Outcome
from evaluation.cli.shown import names_of, points_text
from tender.console import Command, Console, common_options, console_of, folder_argument
from tender.language import number_text
from tender.model.criteria import SelectionMethod
from tender.model.methods import Json
from tender.money import round_half_up


@click.command("explain", cls=Command)
@folder_argument
@common_options
@click.pass_context
def explain_command(context: click.Context, /, folder: str, **_: object) -> None:
    """Compare the rules of the recorded selection."""
    console = console_of(context)
    found = explain(Path(folder))
    names = names_of(console, found.scored)
    console.say("explain.information")
    _show_outcomes(console, found, names)
    console.line()
    for way, bidders in found.ways.items():
        chosen = ", ".join(names.get(bidder, bidder) for bidder in bidders) or "–"
        console.say("explain.way", way=console.words(f"explain.way.{way}"), chosen=chosen)
    console.line()
    for bidder, distance in found.lacking.items():
        _show_lacking(console, found, names.get(bidder, bidder), distance)
    console.result(_plain(found))


def _show_outcomes(console: Console, found: Explained, names: dict[str, str]) -> None:
    base = found.outcomes[0]
    heads = [console.words(f"explain.{head}") for head in ("rule", "chosen", "points", "cost")]
    rows = [
        [
            _rule(console, outcome),
            ", ".join(names.get(bidder, bidder) for bidder in outcome.bidders) or console.words("explain.nobody"),
            _difference(console, outcome.points, base.points),
            _difference(console, outcome.cost, base.cost),
        ]
        for outcome in found.outcomes
    ]
    console.table(heads, rows, right=(2, 3))


def _rule(console: Console, outcome: Outcome) -> str:
    name = console.words(f"explain.rule.{outcome.scenario.rule}")
    change = outcome.scenario.change
    if change is None:
        return console.words("explain.without", rule=name)
    return name if change == 0 else f"{name} {'+' if change > 0 else '−'}{abs(change)}"


def _difference(console: Console, value: Fraction | None, base: Fraction | None) -> str:
    """The value of the announced rules, else what is gained or lost against it."""
    if value is None or base is None:
        return "–"
    change = round_half_up(value - base, 2)
    if value == base:
        return number_text(round_half_up(value, 2), console.language)
    return f"{'+' if change > 0 else '−'}{number_text(abs(change), console.language)}"


def _show_lacking(console: Console, found: Explained, bidder: str, distance: Fraction | None) -> None:
    if distance is None:
        console.say("explain.never", bidder=bidder)
        return
    money = found.scored.desk.tender.award.selection.method in {
        SelectionMethod.LOWEST_PRICE,
        SelectionMethod.MONEY_VALUE,
    }
    console.say("explain.euros" if money else "explain.lacking", bidder=bidder, amount=points_text(console, distance))


def _plain(found: Explained) -> dict[str, Json]:
    outcomes: list[Json] = [
        {
            "rule": outcome.scenario.rule,
            "change": outcome.scenario.change,
            "chosen": list(outcome.bidders),
            "ties": outcome.ties,
            "points": None if outcome.points is None else str(outcome.points),
            "cost": None if outcome.cost is None else str(outcome.cost),
        }
        for outcome in found.outcomes
    ]
    return {
        "outcomes": outcomes,
        "ways": {way: list(bidders) for way, bidders in found.ways.items()},
        "lacking": {bidder: None if each is None else str(each) for bidder, each in found.lacking.items()},
    }
