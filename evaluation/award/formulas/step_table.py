"""``step-table@1``: a shown number earns the share of the highest announced step that it reaches.

The scale-to-points table: years of experience, hours of opening. Below the first step nothing is defined.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.formula import Behaviour, Formula, Given, Measure, Totality, refuse
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "step-table@1"


def reached(given: Given) -> tuple[Fraction, Fraction]:
    """The highest step that the number reaches, as number and share in percent.

    Raises:
        RefusedError: The number is below the first step, or there is none.
    """
    steps = [step for step in given.scale if step[0] <= given.value]
    if not steps:
        raise refuse(ID, "formula-refusal.below-first-step")
    return steps[-1]


def working(given: Given) -> tuple[Step, ...]:
    """The step that is reached, its share, and the points."""
    step, share = reached(given)
    steps = "; ".join(number(one) for one, _ in given.scale if one <= given.value)
    return (
        Step("step", f"max({steps})", step),
        Step("share", number(share), share, "percent"),
        Step("points", f"{number(given.weight)} * {number(share)} / 100", given.weight * share / 100, "points"),
    )


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.QUALITY,
    expression="W·s(x) / 100",
    parameters=(),
    source="HL 93, 115; KHO 2010:69",
    independent=True,
    bounded=True,
    totality=Totality(
        zero=Behaviour.POINTS, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=lambda given: given.weight * reached(given)[1] / 100,
    working=working,
    measure=Measure.NUMBER,
)
