"""``ratio-squared@1``: the lowest price divided by the own price, squared: a harsher ratio.

Row 9 of the table in ``docs/formulas.md``.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.field import lowest_step, positive_lowest, summary
from evaluation.award.formulas.formula import Behaviour, Formula, Given, Totality
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "ratio-squared@1"


def points(given: Given) -> Fraction:
    """W·(min / p)².

    Raises:
        RefusedError: The lowest price is zero, or the field cannot be used.
    """
    return given.weight * (positive_lowest(ID, given) / given.value) ** 2


def working(given: Given) -> tuple[Step, ...]:
    """The lowest price of the field, then the ratio twice."""
    found = points(given)
    ratio = f"({number(summary(given.field).lowest)} / {number(given.value)})"
    return (lowest_step(given), Step("points", f"{number(given.weight)} * {ratio} * {ratio}", found, "points"))


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·(min / p)²",
    parameters=(),
    source="Stilger, Siderius & van Raaij, JPP 17(1) 2017",
    independent=False,
    bounded=True,
    totality=Totality(
        zero=Behaviour.REFUSED, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=points,
    working=working,
    scale_invariant=True,
)
