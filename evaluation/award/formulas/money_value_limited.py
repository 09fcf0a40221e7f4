"""``money-value-limited@1``: the money value of a point, with points kept between zero and the weight.

The capped and floored variant of ``money-value@1``: bounded; beyond the limits the order is no longer that of price
minus euros times quality.
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

ID = "money-value-limited@1"


def line(given: Given) -> Fraction:
    """W − (p − A) / v, which has no limits.

    Raises:
        RefusedError: A point is worth nothing or less, or the price is negative.
    """
    refuse_negative(ID, given.value)
    if given.parameters["euros_per_point"] <= 0:
        raise refuse(ID, "formula-refusal.point-without-value")
    return given.weight - (given.value - given.parameters["floor"]) / given.parameters["euros_per_point"]


def working(given: Given) -> tuple[Step, ...]:
    """The price above the start, the points that it costs, and the limit."""
    found, start, euros = line(given), given.parameters["floor"], given.parameters["euros_per_point"]
    above = given.value - start
    return (
        Step("above-floor", f"{number(given.value)} - {number(start)}", above, "eur-year"),
        Step("points", f"{number(given.weight)} - {number(above)} / {number(euros)}", found, "points"),
        *limit_steps(given.weight, found),
    )


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W − (p − A) / v, 0…W",
    parameters=(
        Parameter("euros_per_point", "eur-year", positive=True, default=Default.REQUIRED),
        Parameter("floor", "eur-year", positive=False, default=Default.LOWEST_PRICE),
    ),
    source="Bergman & Lundberg; Stilger, Siderius & van Raaij, JPP 17(1) 2017",
    independent=True,
    bounded=True,
    totality=Totality(
        zero=Behaviour.POINTS, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=lambda given: limited(given.weight, line(given)),
    working=working,
)
