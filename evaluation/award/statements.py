"""What the documents say about the award method: exact values and worked examples, made by the functions that score.

Every leaf criterion and the comparison price; rounding, ties and selection have files of their own. The words stand in
``templates/statements``. A faulty tender gets its statements without what cannot be reckoned; nothing raises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from evaluation.award.careful import or_else, reckonable
from evaluation.award.comparison import (
    UNITS,
    comparison_price,
    comparison_working,
    highest_comparison_price,
    lowest_comparison_price,
)
from evaluation.award.formulas import FORMULAS, Behaviour, Formula, Measure
from evaluation.award.invented import PLACES, invented_prices
from evaluation.award.rule_statements import rounding_statement, tie_rule_statement
from evaluation.award.scoring import formula_of, price_given, quality_given, resolved_parameters, score_line
from evaluation.award.selection_statement import selection_statement
from evaluation.contract.expressions import number
from tender.model.criteria import Criterion, CriterionKind
from tender.model.statements import Statement, Step, Symbol
from tender.model.tender import Tender
from tender.money import exact

SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "floor": "A",
        "ceiling": "K",
        "euros_per_point": "v",
        "mean_share": "s",
        "median_share": "s",
        "slope": "k",
        "step": "t",
        "deduction": "d",
        "decimals": "n",
        "least_share": "m",
    }
)
"""The printed symbol of each formula parameter."""


def award_statements(tender: Tender) -> tuple[Statement, ...]:
    """Every statement about the award method of `tender`; criteria without a known formula have none."""
    if not reckonable(tender):
        return ()
    return (
        *(criterion_statement(tender, leaf) for leaf in tender.award.leaves() if leaf.formula in FORMULAS),
        comparison_statement(tender),
        rounding_statement(tender),
        tie_rule_statement(tender),
        selection_statement(tender),
    )


def criterion_statement(tender: Tender, criterion: Criterion) -> Statement:
    """Formula and worked example of one criterion: an invented bid, scored as the real ones will be."""
    formula = FORMULAS[criterion.formula]
    if formula.kind is CriterionKind.PRICE:
        return _price_statement(tender, criterion, formula)
    return _quality_statement(tender, criterion, formula)


def comparison_statement(tender: Tender) -> Statement:
    """How the comparison price is reckoned, for the first invented bid."""

    def end(price: Callable[[Tender], Fraction]) -> str:
        return or_else(lambda: number(price(tender)), "")

    return Statement(
        id="comparison-price@1",
        subject="award.comparison-price",
        symbols=(
            Symbol("V", None, "eur-year"),
            Symbol("k_g", None, UNITS["capitation"]),
            Symbol("t_g", None, UNITS["outcome"]),
        ),
        example=or_else(lambda: comparison_working(tender, invented_prices(tender, PLACES[0])), ()),
        facts={
            "lowest": end(lowest_comparison_price),
            "highest": end(highest_comparison_price),
            "capitation_form": tender.prices.capitation.form.value,
            "outcome_form": tender.prices.outcome.form.value,
            "capitation_decimals": str(tender.prices.capitation.unit_decimals),
            "outcome_decimals": str(tender.prices.outcome.unit_decimals),
        },
    )


def _price_statement(tender: Tender, criterion: Criterion, formula: Formula) -> Statement:
    nothing: dict[str, Fraction] = {}
    parameters = or_else(lambda: resolved_parameters(tender, criterion, formula), nothing)
    announced = criterion.parameters or {}
    return Statement(
        id=formula.id,
        subject=f"award.criteria.{criterion.id}",
        symbols=(
            Symbol("W", exact(criterion.weight), "points"),
            Symbol("p", None, "eur-year"),
            *(Symbol(SYMBOLS[one.id], parameters.get(one.id), one.unit) for one in formula.parameters),
        ),
        example=or_else(lambda: _price_example(tender, criterion), ()),
        facts={
            "rounding": tender.award.rounding.at.value,
            **{f"{one.id}_announced": "yes" if one.id in announced else "" for one in formula.parameters},
        },
    )


def _price_example(tender: Tender, criterion: Criterion) -> tuple[Step, ...]:
    """The cheapest of three invented bids is scored by absolute formulas, the middle one by relative ones."""
    prices = tuple(comparison_price(tender, invented_prices(tender, place)) for place in PLACES)
    price = prices[0] if FORMULAS[criterion.formula].independent else prices[1]
    line = score_line(tender, criterion, price_given(tender, criterion, price, prices), price)
    return (Step("price", number(price), price, "eur-year"), *line.working)


def _quality_statement(tender: Tender, criterion: Criterion, formula: Formula) -> Statement:
    level = example_level(criterion, formula)
    nothing: dict[str, Fraction] = {}
    parameters = or_else(lambda: resolved_parameters(tender, criterion, formula), nothing)
    own = Symbol("x", None) if formula.measure is Measure.NUMBER else Symbol("s", None, "percent")
    return Statement(
        id=formula.id,
        subject=f"award.criteria.{criterion.id}",
        symbols=(
            Symbol("W", exact(criterion.weight), "points"),
            own,
            *(Symbol(SYMBOLS[one.id], parameters.get(one.id), one.unit) for one in formula.parameters),
        ),
        example=or_else(lambda: _quality_example(tender, criterion, level), ()),
        facts={
            "rounding": tender.award.rounding.at.value,
            "level": str(level),
            "minimum": "" if criterion.minimum is None else str(criterion.minimum),
        },
    )


def _quality_example(tender: Tender, criterion: Criterion, level: int) -> tuple[Step, ...]:
    given = quality_given(tender, criterion, level, tuple(Fraction(step.value) for step in criterion.scale))
    line = score_line(tender, criterion, given, Fraction(level))
    if formula_of(criterion).measure is Measure.NUMBER:
        return (Step("number", number(given.value), given.value), *line.working)
    return (Step("share", number(given.value), given.value, "percent"), *line.working)


def example_level(criterion: Criterion, formula: Formula) -> int:
    """The level of the worked example: the middle one, or the highest where a formula refuses low ones."""
    if not criterion.scale:
        return 0
    values = [step.value for step in criterion.scale]
    if formula.measure is Measure.NUMBER:
        return (min(values) + max(values)) // 2
    return max(values) if formula.totality.zero is Behaviour.REFUSED else values[len(values) // 2]
