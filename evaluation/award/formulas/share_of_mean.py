"""``share-of-mean@1``: the mean price divided by the own price, times an announced share of the points.

Row 5 of the table in ``docs/formulas.md``. All low prices saturate at full points, so the order among them is lost. A
price of zero earns full points, for the ratio has no upper end.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.field import checked_field, mean_step, summary
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

ID = "share-of-mean@1"


def line(given: Given) -> Fraction:
    """W·s/100·mean / p, which has no upper limit; full points for a price of zero.

    Raises:
        RefusedError: The mean is zero, or the field cannot be used.
    """
    mean = checked_field(ID, given).mean
    if mean == 0:
        raise refuse(ID, "formula-refusal.mean-not-positive")
    if given.value == 0:
        return given.weight
    return given.weight * given.parameters["mean_share"] / 100 * mean / given.value


def working(given: Given) -> tuple[Step, ...]:
    """The mean, the ratio, and its limit."""
    found, mean = line(given), summary(given.field).mean
    if given.value == 0:
        return (mean_step(given), Step("price-zero", number(given.weight), found, "points"))
    share = number(given.parameters["mean_share"])
    ratio = f"{number(given.weight)} * {share} / 100 * {number(mean)} / {number(given.value)}"
    return (mean_step(given), Step("points", ratio, found, "points"), *limit_steps(given.weight, found))


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·s/100·mean / p, ≤ W",
    parameters=(Parameter("mean_share", "percent", positive=True, default=Default.USUAL, usual=Fraction(75)),),
    source="Stilger, Siderius & van Raaij, JPP 17(1) 2017",
    independent=False,
    bounded=True,
    totality=Totality(
        zero=Behaviour.POINTS, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=lambda given: limited(given.weight, line(given)),
    working=working,
    scale_invariant=True,
)
