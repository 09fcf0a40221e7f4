"""``step-deduction@1``: a share of the points is taken off for every full step by which a price is above the lowest.

Row 12 of the table in ``docs/formulas.md``. At each step a cent costs the whole deduction.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

from evaluation.award.formulas.field import lowest_step, positive_lowest, summary
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

ID = "step-deduction@1"


def full_steps(given: Given) -> Fraction:
    """How many steps the price is above the lowest, the last one in part.

    Raises:
        RefusedError: The lowest price or the step is zero, or the field cannot be used.
    """
    lowest, step = positive_lowest(ID, given), given.parameters["step"]
    if step <= 0:
        raise refuse(ID, "formula-refusal.step-not-positive")
    return (given.value - lowest) / (lowest * step / 100)


def line(given: Given) -> Fraction:
    """W·(1 − full steps·d/100), which goes below zero.

    Raises:
        RefusedError: As `full_steps`.
    """
    return given.weight * (1 - floor(full_steps(given)) * given.parameters["deduction"] / 100)


def working(given: Given) -> tuple[Step, ...]:
    """The lowest price, the steps above it, the full ones, the points left, and their limit."""
    steps, found, lowest = full_steps(given), line(given), number(summary(given.field).lowest)
    size = f"({lowest} * {number(given.parameters['step'])} / 100)"
    left = f"(1 - {floor(steps)} * {number(given.parameters['deduction'])} / 100)"
    return (
        lowest_step(given),
        Step("steps", f"({number(given.value)} - {lowest}) / {size}", steps),
        Step("full-steps", f"floor({number(steps).strip('()')})", Fraction(floor(steps))),
        Step("points", f"{number(given.weight)} * {left}", found, "points"),
        *limit_steps(given.weight, found),
    )


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·(1 − ⌊(p − min) / (min·t/100)⌋·d/100), ≥ 0",
    parameters=(
        Parameter("step", "percent", positive=True, default=Default.USUAL, usual=Fraction(5)),
        Parameter("deduction", "percent", positive=True, default=Default.USUAL, usual=Fraction(10)),
    ),
    source="Stilger, Siderius & van Raaij, JPP 17(1) 2017",
    independent=False,
    bounded=True,
    totality=Totality(
        zero=Behaviour.REFUSED, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=lambda given: limited(given.weight, line(given)),
    working=working,
    scale_invariant=True,
)
