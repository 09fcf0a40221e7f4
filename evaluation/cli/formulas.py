"""``valinta evaluate formulas``: the laboratory of price formulas."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from evaluation.acts.laboratory import Looked, TenderLooked, look, look_at_tender
from evaluation.award.formulas import FORMULAS
from evaluation.award.laboratory.gaming import Overpromise, Promise, overpromise
from evaluation.award.laboratory.trial import Trial, trial
from evaluation.cli.laboratory_shown import (
    show_formulas,
    show_looked,
    show_overpromise,
    show_points,
    show_tender,
)
from evaluation.cli.picture import write_picture
from tender.console import Command, Console, common_options, console_of, option
from tender.errors import UsageError

_PERCENT = 100
_EXPONENT = "e"
"""No price is typed with one, and a large one would be reckoned for ever."""


@click.command("formulas", cls=Command)
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False))
@option("--formula", metavar="ID", default=None, help="option.formula")
@option("--points", metavar="W", default="40", help="option.formula-points")
@option("--prices", metavar="P,P,…", default=None, help="option.formula-prices")
@option("--set", "announced", metavar="NAME=VALUE", multiple=True, help="option.formula-set")
@option("--scale", metavar="X=S,X=S,…", default="", help="option.formula-scale")
@option("--promise", "promises", metavar="ID,W,HONEST,PROMISED", multiple=True, help="option.formula-promise")
@option("--sanction", metavar="PERCENT", default="0", help="option.formula-sanction")
@option("--picture", type=click.Path(path_type=Path, dir_okay=False), default=None, help="option.formula-picture")
@common_options
@click.pass_context
def formulas_command(context: click.Context, /, folder: str | None, formula: str | None, **given: Any) -> None:  # noqa: ANN401
    """Look at what a price formula does, before publication."""
    console = console_of(context)
    if folder is not None:
        console.result(_of_tender(console, look_at_tender(Path(folder))))
    elif formula is None:
        show_formulas(console)
        console.result({"formulas": [_formula_json(one) for one in FORMULAS]})
    else:
        console.result(_of_formula(console, formula, given))


def _of_formula(console: Console, formula: str, given: dict[str, Any]) -> dict[str, Any]:
    announced = dict(_pair(text, "--set") for text in given["announced"])
    scale = tuple(_numbers_pair(text) for text in given["scale"].split(",") if text.strip())
    tried = trial(formula, number_of(given["points"], "--points"), announced, scale)
    prices = prices_of(given["prices"])
    found = tried.outcomes(prices)
    looked = look(tried, prices)
    show_points(console, tried, prices, found)
    show_looked(console, looked)
    value: dict[str, Any] = {
        **_formula_json(formula),
        "points": [None if one.points is None else str(one.points) for one in found],
        "refusals": [one.refusal for one in found],
        "prices": [None if price is None else str(price) for price in prices],
        "weight": str(tried.weight),
        "parameters": {name: str(number) for name, number in tried.frame.parameters.items()},
        **looked_json(looked),
    }
    if given["promises"]:
        value["overpromise"] = _of_promises(console, tried, given, scale, prices)
    if given["picture"] is not None:
        write_picture(given["picture"], tried, prices, console.language)
        value["picture"] = str(given["picture"])
    return value


def _of_promises(
    console: Console,
    tried: Trial,
    given: dict[str, Any],
    scale: tuple[tuple[Fraction, Fraction], ...],
    prices: tuple[Fraction | None, ...],
) -> dict[str, Any]:
    promises = [_promise(text, scale) for text in given["promises"]]
    honest = min((price for price in prices if price is not None), default=Fraction(100))
    found = overpromise(tried, honest, promises, number_of(given["sanction"], "--sanction") / _PERCENT)
    show_overpromise(console, found)
    return overpromise_json(found)


def _of_tender(console: Console, found: TenderLooked) -> dict[str, Any]:
    show_tender(console, found)
    return {
        "criteria": [
            {
                "criterion": one.criterion,
                **_formula_json(one.trial.formula.id),
                "prices": [str(price) for price in one.prices],
                "points": [str(outcome.points) for outcome in one.trial.outcomes(one.prices)],
                **looked_json(Looked(one.witness, one.decoy, one.cliff)),
            }
            for one in found.criteria
        ],
        "effective_weights": {name: str(weight) for name, weight in found.weights.items()},
        "overpromise": None if found.promises is None else overpromise_json(found.promises),
    }


def number_of(text: str, name: str) -> Fraction:
    """A number of the command line, exact.

    Raises:
        UsageError: It is none.
    """
    if _EXPONENT in text.lower():
        raise UsageError("laboratory.number", option=name, found=text.strip()[:40])
    try:
        return Fraction(text.strip())
    except (ValueError, ZeroDivisionError) as error:
        raise UsageError("laboratory.number", option=name, found=text.strip()[:40]) from error


def prices_of(text: str | None) -> tuple[Fraction | None, ...]:
    """The prices of the command line in their order; a blank between two commas is ``None``, never zero.

    Raises:
        UsageError: There are none, or one is no number.
    """
    if text is None:
        raise UsageError("laboratory.no-prices")
    return tuple(number_of(part, "--prices") if part.strip() else None for part in text.split(","))


def looked_json(looked: Looked) -> dict[str, Any]:
    """Witness, decoy and cliff as plain values, exact."""
    named = {"witness": looked.witness, "decoy": looked.decoy, "cliff": looked.cliff}
    return {name: None if one is None else _plain(one) for name, one in named.items()}


def overpromise_json(found: Overpromise) -> dict[str, Any]:
    """Over-promising as plain values, exact."""
    return {**_plain(found), "pays": found.pays}


def _plain(value: Any) -> dict[str, str]:  # noqa: ANN401 - any of the laboratory's nouns
    return {name: str(getattr(value, name)) for name in value.__dataclass_fields__}


def _formula_json(formula_id: str) -> dict[str, Any]:
    formula = FORMULAS[formula_id]
    return {
        "formula": formula.id,
        "kind": formula.kind.value,
        "expression": formula.expression,
        "source": formula.source,
        "independent": formula.independent,
        "bounded": formula.bounded,
        "scale_invariant": formula.scale_invariant,
    }


def _pair(text: str, name: str) -> tuple[str, Fraction]:
    key, sign, value = text.partition("=")
    if not sign:
        raise UsageError("laboratory.pair", option=name, found=text[:40])
    return key.strip(), number_of(value, name)


def _numbers_pair(text: str) -> tuple[Fraction, Fraction]:
    key, value = _pair(text, "--scale")
    return number_of(key, "--scale"), value


def _promise(text: str, scale: tuple[tuple[Fraction, Fraction], ...]) -> Promise:
    parts = text.split(",")
    if len(parts) != len(("id", "weight", "honest", "promised")):
        raise UsageError("laboratory.promise", found=text[:60])
    read: Callable[[str], Fraction] = lambda part: number_of(part, "--promise")  # noqa: E731 - one word for four
    return Promise(trial(parts[0].strip(), read(parts[1]), {}, scale), read(parts[2]), read(parts[3]))
