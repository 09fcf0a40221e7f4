"""``around-median@1``: the median price earns an announced share of the points, a lower price more.

Row 6 of the table in ``docs/formulas.md``: one odd bid moves the median less than the mean, but it is still relative.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.field import checked_field, median_step, summary
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

ID = "around-median@1"


def line(given: Given) -> Fraction:
    """W·(s/100 + (median − p) / median), which has no limits.

    Raises:
        RefusedError: The median is zero, or the field cannot be used.
    """
    median = checked_field(ID, given).median
    if median == 0:
        raise refuse(ID, "formula-refusal.median-not-positive")
    return given.weight * (given.parameters["median_share"] / 100 + (median - given.value) / median)


def working(given: Given) -> tuple[Step, ...]:
    """The median, the line, and its limit."""
    found, median = line(given), summary(given.field).median
    share = number(given.parameters["median_share"])
    over = f"({number(median)} - {number(given.value)}) / {number(median)}"
    return (
        median_step(given),
        Step("points", f"{number(given.weight)} * ({share} / 100 + {over})", found, "points"),
        *limit_steps(given.weight, found),
    )


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·(s/100 + (median − p) / median), 0…W",
    parameters=(Parameter("median_share", "percent", positive=True, default=Default.USUAL, usual=Fraction(50)),),
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
