"""``scale-with-minimum@1``: a level earns its share of the points; below an announced share nothing is compared.

Minimum points of one criterion (KHO 2013:160); the criterion's own ``minimum`` says the same as a level.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.formula import Behaviour, Default, Formula, Given, Measure, Parameter, Totality, refuse
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "scale-with-minimum@1"


def points(given: Given) -> Fraction:
    """W·s / 100.

    Raises:
        RefusedError: The share is below the announced one, or not between 0 and 100.
    """
    if not 0 <= given.value <= 100:  # noqa: PLR2004 - percent
        raise refuse(ID, "formula-refusal.share-outside")
    if given.value < given.parameters["least_share"]:
        raise refuse(ID, "formula-refusal.below-minimum")
    return given.weight * given.value / 100


def working(given: Given) -> tuple[Step, ...]:
    """One multiplication."""
    expression = f"{number(given.weight)} * {number(given.value)} / 100"
    return (Step("points", expression, points(given), "points"),)


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.QUALITY,
    expression="W·s / 100, s ≥ m",
    parameters=(Parameter("least_share", "percent", positive=True, default=Default.REQUIRED),),
    source="KHO 2013:160; HL 93, 115",
    independent=True,
    bounded=True,
    totality=Totality(
        zero=Behaviour.REFUSED, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=points,
    working=working,
    measure=Measure.LEVEL,
)
