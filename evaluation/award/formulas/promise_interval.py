"""``promise-interval@1``: a promised result earns the share on the line through the announced points.

The outcome is promised now and measured later (KHO 2014:55); the ends are announced, so nobody's points hang on what
others promise.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from evaluation.award.formulas.formula import Behaviour, Formula, Given, Measure, Totality, refuse
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "promise-interval@1"


def share(given: Given) -> Fraction:
    """Share in percent of the promised number, on the straight lines between the announced points.

    Raises:
        RefusedError: The scale has fewer than two points, or the number lies outside it.
    """
    if len(given.scale) < 2:  # noqa: PLR2004 - a line has two ends
        raise refuse(ID, "formula-refusal.scale-too-short")
    for (left, low), (right, high) in pairwise(given.scale):
        if left <= given.value <= right:
            return low + (high - low) * (given.value - left) / (right - left)
    raise refuse(ID, "formula-refusal.number-outside")


def working(given: Given) -> tuple[Step, ...]:
    """The share of the promised number, then the points."""
    found = share(given)
    (left, low), (right, high) = next(ends for ends in pairwise(given.scale) if ends[0][0] <= given.value <= ends[1][0])
    way = f"({number(given.value)} - {number(left)}) / ({number(right)} - {number(left)})"
    line = f"{number(low)} + ({number(high)} - {number(low)}) * {way}"
    return (
        Step("share", line, found, "percent"),
        Step("points", f"{number(given.weight)} * {number(found)} / 100", given.weight * found / 100, "points"),
    )


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.QUALITY,
    expression="W·s(x) / 100",
    parameters=(),
    source="KHO 2014:55; HL 93, 115",
    independent=True,
    bounded=True,
    totality=Totality(
        zero=Behaviour.POINTS, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=lambda given: given.weight * share(given) / 100,
    working=working,
    measure=Measure.NUMBER,
)
