"""``around-mean@1``: the mean price earns an announced share of the points, a lower price more.

Row 4 of the table in ``docs/formulas.md``. A group of bidders moves the mean with cover bids.
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

ID = "around-mean@1"


def line(given: Given) -> Fraction:
    """W·s/100·(1 + k·(mean − p) / mean), which has no limits.

    Raises:
        RefusedError: The mean is zero, or the field cannot be used.
    """
    mean = checked_field(ID, given).mean
    if mean == 0:
        raise refuse(ID, "formula-refusal.mean-not-positive")
    share, slope = given.parameters["mean_share"], given.parameters["slope"]
    return given.weight * share / 100 * (1 + slope * (mean - given.value) / mean)


def working(given: Given) -> tuple[Step, ...]:
    """The mean, the line, and its limit."""
    found, mean = line(given), summary(given.field).mean
    share, slope = (number(given.parameters[name]) for name in ("mean_share", "slope"))
    over = f"({number(mean)} - {number(given.value)}) / {number(mean)}"
    return (
        mean_step(given),
        Step("points", f"{number(given.weight)} * {share} / 100 * (1 + {slope} * {over})", found, "points"),
        *limit_steps(given.weight, found),
    )


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·s/100·(1 + k·(mean − p) / mean), 0…W",
    parameters=(
        Parameter("mean_share", "percent", positive=True, default=Default.USUAL, usual=Fraction(50)),
        Parameter("slope", "", positive=True, default=Default.USUAL, usual=Fraction(2)),
    ),
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
