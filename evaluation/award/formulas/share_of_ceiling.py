"""``share-of-ceiling@1``: what is left of an announced ceiling price, as a share of it.

Row 8 of the table in ``docs/formulas.md``: independent, but prices never come near zero, so most of the scale is
wasted and price weighs less than announced.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.field import refuse_negative
from evaluation.award.formulas.formula import (
    Behaviour,
    Default,
    Formula,
    Given,
    Parameter,
    Totality,
    limit_steps,
    limited,
    refuse,
)
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "share-of-ceiling@1"


def line(given: Given) -> Fraction:
    """W·(1 − p / K), which goes below zero.

    Raises:
        RefusedError: The ceiling is not above zero, or the price is negative.
    """
    refuse_negative(ID, given.value)
    ceiling = given.parameters["ceiling"]
    if ceiling <= 0:
        raise refuse(ID, "formula-refusal.ceiling-not-positive")
    return given.weight * (1 - given.value / ceiling)


def working(given: Given) -> tuple[Step, ...]:
    """The line and its limit."""
    found, ceiling = line(given), number(given.parameters["ceiling"])
    step = Step("points", f"{number(given.weight)} * (1 - {number(given.value)} / {ceiling})", found, "points")
    return (step, *limit_steps(given.weight, found))


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·(1 − p / K), ≥ 0",
    parameters=(Parameter("ceiling", "eur-year", positive=True, default=Default.HIGHEST_PRICE),),
    source="Stilger, Siderius & van Raaij, JPP 17(1) 2017",
    independent=True,
    bounded=True,
    totality=Totality(
        zero=Behaviour.POINTS, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=lambda given: limited(given.weight, line(given)),
    working=working,
)
