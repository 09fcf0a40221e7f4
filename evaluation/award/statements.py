"""What the documents say about the award method: exact values and worked examples, made by the functions that score.

Every leaf criterion and the comparison price; rounding, ties and selection have files of their own. The words stand in
``templates/statements``.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.comparison import (
    comparison_price,
    comparison_working,
    highest_comparison_price,
    lowest_comparison_price,
)
from evaluation.award.expressions import number
from evaluation.award.formulas import FORMULAS
from evaluation.award.invented import PLACES, invented_prices
from evaluation.award.rule_statements import rounding_statement, tie_rule_statement
from evaluation.award.scoring import formula_of, price_given, quality_given, resolved_parameters, score_line
from evaluation.award.selection_statement import selection_statement
from tender.model.criteria import Criterion, CriterionKind
from tender.model.statements import Statement, Step, Symbol
from tender.model.tender import Tender
from tender.money import exact

SYMBOLS = {"floor": "A", "ceiling": "K", "euros_per_point": "v"}
"""The printed symbol of each formula parameter."""


def award_statements(tender: Tender) -> tuple[Statement, ...]:
    """Every statement about the award method of `tender`, which `evaluation.checks` has found in order."""
    return (
        *(criterion_statement(tender, leaf) for leaf in tender.award.leaves() if leaf.formula in FORMULAS),
        comparison_statement(tender),
        rounding_statement(tender),
        tie_rule_statement(tender),
        selection_statement(tender),
    )


def criterion_statement(tender: Tender, criterion: Criterion) -> Statement:
    """Formula and worked example of one criterion: an invented bid, scored as the real ones will be."""
    if criterion.kind is CriterionKind.PRICE:
        return _price_statement(tender, criterion)
    return _quality_statement(tender, criterion)


def comparison_statement(tender: Tender) -> Statement:
    """How the comparison price is reckoned, for the first invented bid."""
    prices = invented_prices(tender, PLACES[0])
    return Statement(
        id="comparison-price@1",
        subject="award.comparison-price",
        symbols=(
            Symbol("V", None, "eur-year"),
            Symbol("k_g", None, "eur-client-month"),
            Symbol("t_g", None, "eur-work-hour"),
        ),
        example=comparison_working(tender, prices),
        facts={
            "lowest": number(lowest_comparison_price(tender)),
            "highest": number(highest_comparison_price(tender)),
            "capitation_decimals": str(tender.prices.capitation.unit_decimals),
            "outcome_decimals": str(tender.prices.outcome.unit_decimals),
        },
    )


def _price_statement(tender: Tender, criterion: Criterion) -> Statement:
    formula = formula_of(criterion)
    prices = tuple(comparison_price(tender, invented_prices(tender, place)) for place in PLACES)
    parameters = resolved_parameters(tender, criterion, formula)
    line = score_line(tender, criterion, price_given(tender, criterion, prices[0], prices), prices[0])
    announced = criterion.parameters or {}
    return Statement(
        id=formula.id,
        subject=f"award.criteria.{criterion.id}",
        symbols=(
            Symbol("W", exact(criterion.weight), "points"),
            Symbol("p", None, "eur-year"),
            *(Symbol(SYMBOLS[one.id], parameters[one.id], one.unit) for one in formula.parameters),
        ),
        example=(Step("price", number(prices[0]), prices[0], "eur-year"), *line.working),
        facts={
            "rounding": tender.award.rounding.at.value,
            **{f"{one.id}_announced": "yes" if one.id in announced else "" for one in formula.parameters},
        },
    )


def _quality_statement(tender: Tender, criterion: Criterion) -> Statement:
    formula = formula_of(criterion)
    level = criterion.scale[len(criterion.scale) // 2]
    given = quality_given(tender, criterion, level.value)
    line = score_line(tender, criterion, given, Fraction(level.value))
    return Statement(
        id=formula.id,
        subject=f"award.criteria.{criterion.id}",
        symbols=(Symbol("W", exact(criterion.weight), "points"), Symbol("s", None, "percent")),
        example=(Step("share", number(given.value), given.value, "percent"), *line.working),
        facts={
            "rounding": tender.award.rounding.at.value,
            "level": str(level.value),
            "minimum": "" if criterion.minimum is None else str(criterion.minimum),
        },
    )
