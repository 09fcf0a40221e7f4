"""``above-lowest@1``: what a price is above the lowest one, as a share of the lowest, is taken off.

Row 2 of the table in ``docs/formulas.md``. A low decoy first spreads the others and then clips them all to zero.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.field import lowest_step, positive_lowest, summary
from evaluation.award.formulas.formula import Behaviour, Formula, Given, Totality, limit_steps, limited
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "above-lowest@1"


def line(given: Given) -> Fraction:
    """W·(1 − (p − min) / min), which goes below zero.

    Raises:
        RefusedError: The lowest price is zero, or the field cannot be used.
    """
    lowest = positive_lowest(ID, given)
    return given.weight * (1 - (given.value - lowest) / lowest)


def working(given: Given) -> tuple[Step, ...]:
    """The lowest price, the line, and its limit."""
    found, lowest = line(given), summary(given.field).lowest
    over = f"({number(given.value)} - {number(lowest)}) / {number(lowest)}"
    return (
        lowest_step(given),
        Step("points", f"{number(given.weight)} * (1 - {over})", found, "points"),
        *limit_steps(given.weight, found),
    )


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·(1 − (p − min) / min), 0…W",
    parameters=(),
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
