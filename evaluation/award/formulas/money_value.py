"""``money-value@1``: quality has a price in euros, so the order of bids is that of price minus euros times quality.

Table of ``docs/formulas.md``, Bergman & Lundberg's choice, written as points: W − (p − floor) / v, where v is
how many euros a year one point is worth. It is not limited to zero and W: a limit would end the independence that it is
chosen for.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.formula import Behaviour, Default, Formula, Given, Parameter, Totality, refuse
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "money-value@1"


def points(weight: Fraction, price: Fraction, floor: Fraction, euros_per_point: Fraction) -> Fraction:
    """W − (p − floor) / v.

    Raises:
        RefusedError: A point is worth nothing or less.
    """
    if euros_per_point <= 0:
        raise refuse(ID, "formula-refusal.point-without-value")
    return weight - (price - floor) / euros_per_point


def working(given: Given) -> tuple[Step, ...]:
    """The price above the floor, then the points that it costs."""
    floor, euros = given.parameters["floor"], given.parameters["euros_per_point"]
    found = points(given.weight, given.value, floor, euros)
    above = given.value - floor
    return (
        Step("above-floor", f"{number(given.value)} - {number(floor)}", above, "eur-year"),
        Step("points", f"{number(given.weight)} - {number(above)} / {number(euros)}", found, "points"),
    )


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W − (p − A) / v",
    parameters=(
        Parameter("euros_per_point", "eur-year", positive=True, default=Default.REQUIRED),
        Parameter("floor", "eur-year", positive=False, default=Default.LOWEST_PRICE),
    ),
    source="Bergman & Lundberg; Stilger, Siderius & van Raaij, JPP 17(1) 2017",
    independent=True,
    bounded=False,
    totality=Totality(
        zero=Behaviour.POINTS, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.POINTS
    ),
    points=lambda given: points(
        given.weight, given.value, given.parameters["floor"], given.parameters["euros_per_point"]
    ),
    working=working,
)
