"""``ratio-to-lowest-floored@1``: the ratio to the lowest price; prices below the announced floor count as it.

The floored variant of ``ratio-to-lowest@1``: a price of zero is defined, and dumping below the floor gains nothing.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.field import checked_field, lowest_step, summary
from evaluation.award.formulas.formula import Behaviour, Default, Formula, Given, Parameter, Totality, refuse
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "ratio-to-lowest-floored@1"


def points(given: Given) -> Fraction:
    """W·max(min, A) / max(p, A).

    Raises:
        RefusedError: The floor is not above zero, or the field cannot be used.
    """
    floor = given.parameters["floor"]
    if floor <= 0:
        raise refuse(ID, "formula-refusal.floor-not-positive")
    return given.weight * max(checked_field(ID, given).lowest, floor) / max(given.value, floor)


def working(given: Given) -> tuple[Step, ...]:
    """The lowest price, both prices lifted to the floor, and the ratio."""
    found, floor, lowest = points(given), given.parameters["floor"], summary(given.field).lowest
    counted, counted_lowest = max(given.value, floor), max(lowest, floor)
    return (
        lowest_step(given),
        Step("counted-lowest", f"max({number(lowest)}; {number(floor)})", counted_lowest, "eur-year"),
        Step("counted", f"max({number(given.value)}; {number(floor)})", counted, "eur-year"),
        Step("points", f"{number(given.weight)} * {number(counted_lowest)} / {number(counted)}", found, "points"),
    )


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·max(min, A) / max(p, A)",
    parameters=(Parameter("floor", "eur-year", positive=True, default=Default.LOWEST_PRICE),),
    source="Stilger, Siderius & van Raaij, JPP 17(1) 2017; KHO 2015:17; KHO 2016:97",
    independent=False,
    bounded=True,
    totality=Totality(
        zero=Behaviour.POINTS, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=points,
    working=working,
)
