"""``pass-fail@1``: a requirement is met, or the bid is not compared.

A fail is a refusal, never a zero that other points make good (Bonfire: “Fail does not disqualify”).
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.formula import Behaviour, Formula, Given, Measure, Totality, refuse
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "pass-fail@1"


def points(given: Given) -> Fraction:
    """W for the level with all of the points.

    Raises:
        RefusedError: The requirement is not met, or the level has a share between 0 and 100.
    """
    if given.value == 0:
        raise refuse(ID, "formula-refusal.failed")
    if given.value != 100:  # noqa: PLR2004 - percent
        raise refuse(ID, "formula-refusal.neither-pass-nor-fail")
    return given.weight


def working(given: Given) -> tuple[Step, ...]:
    """All points for what is met."""
    return (Step("points", number(given.weight), points(given), "points"),)


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.QUALITY,
    expression="W",
    parameters=(),
    source="HL 71, 72, 93; KHO 2013:160",
    independent=True,
    bounded=True,
    totality=Totality(
        zero=Behaviour.REFUSED, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=points,
    working=working,
    measure=Measure.LEVEL,
)
