"""``highest-to-lowest-squared@1``: the share of the way from lowest to highest is squared before it is taken off.

Row 10 of the table in ``docs/formulas.md``: it forgives a little overpricing. Equal prices all earn full points.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.field import checked_field, highest_step, lowest_step, summary
from evaluation.award.formulas.formula import Behaviour, Formula, Given, Totality
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "highest-to-lowest-squared@1"


def points(given: Given) -> Fraction:
    """W·(1 − ((p − min) / (max − min))²); full points when all prices are equal.

    Raises:
        RefusedError: The field cannot be used.
    """
    field = checked_field(ID, given)
    if field.lowest == field.highest:
        return given.weight
    share = (given.value - field.lowest) / (field.highest - field.lowest)
    return given.weight * (1 - share**2)


def working(given: Given) -> tuple[Step, ...]:
    """The ends of the field, the share of the way between them, and the points."""
    found, field = points(given), summary(given.field)
    ends = (lowest_step(given), highest_step(given))
    if field.lowest == field.highest:
        return (*ends, Step("all-equal", number(given.weight), found, "points"))
    share = (given.value - field.lowest) / (field.highest - field.lowest)
    over, under = (f"({number(end)} - {number(field.lowest)})" for end in (given.value, field.highest))
    return (
        *ends,
        Step("share-of-way", f"{over} / {under}", share),
        Step("points", f"{number(given.weight)} * (1 - {number(share)} * {number(share)})", found, "points"),
    )


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·(1 − ((p − min) / (max − min))²)",
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
