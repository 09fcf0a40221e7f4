"""How the laboratory speaks in the terminal."""

from __future__ import annotations

from fractions import Fraction

from evaluation.acts.laboratory import Looked, TenderLooked
from evaluation.award.formulas import FORMULAS
from evaluation.award.formulas.formula import Outcome
from evaluation.award.laboratory.gaming import Overpromise
from evaluation.award.laboratory.trial import Trial
from evaluation.cli.shown import points_text
from tender.console import Console
from tender.language import number_text
from tender.money import decimal_of, round_half_up

_PERCENT = 100
_LONGEST = 9


def show_formulas(console: Console) -> None:
    """One row per formula: id, formula, whether others matter, whether it has limits."""
    yes, no = console.words("laboratory.yes"), console.words("laboratory.no")
    heads = [console.words(f"laboratory.head.{name}") for name in ("formula", "expression", "others", "limits")]
    rows = [
        [one.id, one.expression, no if one.independent else yes, yes if one.bounded else no]
        for one in FORMULAS.values()
    ]
    console.table(heads, rows)


def show_points(
    console: Console, tried: Trial, prices: tuple[Fraction | None, ...], found: tuple[Outcome, ...]
) -> None:
    """One row per price: the price, its exact points, the points as people read them, or the refusal."""
    console.line(f"{tried.formula.id}: {tried.formula.expression}", bold=True)
    console.line(tried.formula.source)
    heads = [console.words(f"laboratory.head.{name}") for name in ("price", "exact", "points")]
    rows = [_row(console, price, outcome) for price, outcome in zip(prices, found, strict=True)]
    console.table(heads, rows, right=(0, 1))


def show_looked(console: Console, looked: Looked) -> None:
    """Witness, decoy and cliff, one line each where there is one."""
    if looked.witness is not None:
        one = looked.witness
        numbers = {name: money(console, getattr(one, name)) for name in ("low", "high", "third")}
        gaps = {name: points_text(console, getattr(one, name)) for name in ("before", "after", "quality")}
        console.say("laboratory.witness", **numbers, **gaps)
    if looked.decoy is not None:
        prices = {name: money(console, getattr(looked.decoy, name)) for name in ("favoured", "rival", "decoy")}
        console.say("laboratory.decoy", **prices, gain=points_text(console, looked.decoy.gain))
    if looked.cliff is not None:
        drop = points_text(console, looked.cliff.drop)
        console.say("laboratory.cliff", price=money(console, looked.cliff.price), drop=drop)


def show_overpromise(console: Console, found: Overpromise) -> None:
    """What over-promising comes to, and the sanction that ends it."""
    console.say(
        "laboratory.overpromise-pays" if found.pays else "laboratory.overpromise-does-not-pay",
        gain=points_text(console, found.gain),
        premium=percent(console, _PERCENT * found.premium),
        sanction=percent(console, _PERCENT * found.sanction),
        left=percent(console, _PERCENT * found.left),
        smallest=percent(console, found.smallest_sanction),
        of_honest=percent(console, found.of_honest_price),
    )


def show_tender(console: Console, found: TenderLooked) -> None:
    """Every price criterion on trial, the effective weights, the promises."""
    for one in found.criteria:
        show_points(console, one.trial, one.prices, one.trial.outcomes(one.prices))
        show_looked(console, Looked(one.witness, one.decoy, one.cliff))
        if one.witness is None:
            console.say("laboratory.no-witness")
    names = {leaf.id: leaf.name.best(console.language) for leaf in found.tender.award.leaves()}
    weights = {leaf.id: leaf.weight for leaf in found.tender.award.leaves()}
    heads = [console.words(f"laboratory.head.{name}") for name in ("criterion", "announced", "effective")]
    rows = [
        [names[name], number_text(weights[name], console.language), percent(console, weight)]
        for name, weight in found.weights.items()
    ]
    console.line()
    console.table(heads, rows, right=(1, 2))
    if found.promises is not None:
        show_overpromise(console, found.promises)


def money(console: Console, price: Fraction) -> str:
    """A price with at most two decimals."""
    return number_text(round_half_up(price, 0 if price.denominator == 1 else 2), console.language)


def percent(console: Console, share: Fraction) -> str:
    """A number of percents with two decimals."""
    return number_text(round_half_up(share, 2), console.language)


def _row(console: Console, price: Fraction | None, outcome: Outcome) -> list[str]:
    shown = "–" if price is None else money(console, price)
    if outcome.points is None:
        return [shown, "–", console.words(outcome.refusal)]
    exact = str(outcome.points)
    finite = decimal_of(outcome.points) is not None
    return [shown, exact if len(exact) <= _LONGEST or not finite else "", points_text(console, outcome.points)]
