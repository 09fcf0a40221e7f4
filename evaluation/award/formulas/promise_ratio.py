"""``promise-ratio@1``: a promised result earns its ratio to the best promise.

The outcome is promised now and measured later (KHO 2014:55). Relative: one empty promise lowers everyone else.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.field import checked_field, summary
from evaluation.award.formulas.formula import Behaviour, Formula, Given, Measure, Totality, refuse
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "promise-ratio@1"


def points(given: Given) -> Fraction:
    """W·x / max; no points for anybody where nobody promises anything.

    Raises:
        RefusedError: The field cannot be used, or a number lies outside the announced scale.
    """
    field = checked_field(ID, given)
    if given.scale and not given.scale[0][0] <= given.value <= given.scale[-1][0]:
        raise refuse(ID, "formula-refusal.number-outside")
    return given.weight * given.value / field.highest if field.highest else Fraction(0)


def working(given: Given) -> tuple[Step, ...]:
    """The best promise, then the ratio."""
    found, best = points(given), summary(given.field).highest
    numbers = "; ".join(number(value) for value in summary(given.field).ordered)
    ratio = f"{number(given.weight)} * {number(given.value)} / {number(best)}" if best else "0"
    return (Step("best", f"max({numbers})", best), Step("points", ratio, found, "points"))


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.QUALITY,
    expression="W·x / max",
    parameters=(),
    source="KHO 2014:55; HL 93, 115",
    independent=False,
    bounded=True,
    totality=Totality(
        zero=Behaviour.POINTS, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=points,
    working=working,
    measure=Measure.NUMBER,
    scale_invariant=True,
)
