"""``logarithm@1``: each doubling of the lowest price costs all points; equal ratios cost equal points.

Row 13 of the table in ``docs/formulas.md``. The distance between two bids hangs on no third one, but points go below
zero: a limit would end that. The logarithm is irrational, so its decimals are declared and decided exactly.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.field import lowest_step, positive_lowest, summary
from evaluation.award.formulas.formula import Behaviour, Default, Formula, Given, Parameter, Totality
from evaluation.award.formulas.logarithms import logarithmic
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "logarithm@1"


def points(given: Given) -> Fraction:
    """W·(1 − log₂(p / min)) at the declared decimals, without limits.

    Raises:
        RefusedError: The lowest price is zero, the decimals are not a whole number from 0 to 12, or the field cannot
            be used.
    """
    lowest, decimals = positive_lowest(ID, given), given.parameters["decimals"]
    return logarithmic(ID, given.weight, given.value / lowest, decimals)


def working(given: Given) -> tuple[Step, ...]:
    """The lowest price, then the logarithm at its decimals."""
    found = points(given)
    ratio = f"{number(given.value)} / {number(summary(given.field).lowest)}"
    decimals = int(given.parameters["decimals"])
    return (
        lowest_step(given),
        Step("points", f"{number(given.weight)} * (1 - log2({ratio}))", found, "points", decimals),
    )


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·(1 − log₂(p / min))",
    parameters=(Parameter("decimals", "", positive=False, default=Default.USUAL, usual=Fraction(4)),),
    source="Stilger, Siderius & van Raaij, JPP 17(1) 2017",
    independent=False,
    bounded=False,
    totality=Totality(
        zero=Behaviour.REFUSED, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=points,
    working=working,
    scale_invariant=True,
)
