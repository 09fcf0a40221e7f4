"""``highest-to-lowest@1``: a straight line from the lowest price with full points to the highest with none.

Row 3 of the table in ``docs/formulas.md``. Two bids one cent apart are told apart by all points; a high decoy lifts
everyone else. Equal prices all earn full points, for each of them is the lowest.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.field import checked_field, highest_step, lowest_step, summary
from evaluation.award.formulas.formula import Behaviour, Formula, Given, Totality
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "highest-to-lowest@1"


def points(given: Given) -> Fraction:
    """W·(max − p) / (max − min); full points when all prices are equal.

    Raises:
        RefusedError: The field cannot be used.
    """
    field = checked_field(ID, given)
    if field.lowest == field.highest:
        return given.weight
    return given.weight * (field.highest - given.value) / (field.highest - field.lowest)


def working(given: Given) -> tuple[Step, ...]:
    """The ends of the field, then the line between them."""
    found, field = points(given), summary(given.field)
    ends = (lowest_step(given), highest_step(given))
    if field.lowest == field.highest:
        return (*ends, Step("all-equal", number(given.weight), found, "points"))
    over, under = (f"({number(field.highest)} - {number(end)})" for end in (given.value, field.lowest))
    return (*ends, Step("points", f"{number(given.weight)} * {over} / {under}", found, "points"))


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·(max − p) / (max − min)",
    parameters=(),
    source="Stilger, Siderius & van Raaij, JPP 17(1) 2017",
    independent=False,
    bounded=True,
    totality=Totality(
        zero=Behaviour.POINTS, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=points,
    working=working,
    scale_invariant=True,
)
