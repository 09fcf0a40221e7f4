"""``logarithm-limited@1``: the logarithmic formula with points that never go below zero.

The floored variant of ``logarithm@1``: bounded, and therefore no longer free of third bids.
"""

from __future__ import annotations

from fractions import Fraction

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
)
from evaluation.award.formulas.logarithms import logarithmic
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "logarithm-limited@1"


def points(given: Given) -> Fraction:
    """W·(1 − log₂(p / min)) at the declared decimals, without limits.

    Raises:
        RefusedError: The lowest price is zero, the decimals are not a whole number from 0 to 12, or the field cannot
            be used.
    """
    lowest, decimals = positive_lowest(ID, given), given.parameters["decimals"]
    return logarithmic(ID, given.weight, given.value / lowest, decimals)


def working(given: Given) -> tuple[Step, ...]:
    """The lowest price, the logarithm at its decimals, and the limit."""
    found = points(given)
    ratio = f"{number(given.value)} / {number(summary(given.field).lowest)}"
    decimals = int(given.parameters["decimals"])
    return (
        lowest_step(given),
        Step("points", f"{number(given.weight)} * (1 - log2({ratio}))", found, "points", decimals),
        *limit_steps(given.weight, found),
    )


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·(1 − log₂(p / min)), ≥ 0",
    parameters=(Parameter("decimals", "", positive=False, default=Default.USUAL, usual=Fraction(4)),),
    source="Stilger, Siderius & van Raaij, JPP 17(1) 2017",
    independent=False,
    bounded=True,
    totality=Totality(
        zero=Behaviour.REFUSED, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=lambda given: limited(given.weight, points(given)),
    working=working,
    scale_invariant=True,
)
