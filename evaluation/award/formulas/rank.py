"""``rank@1``: points by place: the lowest price earns all, the last place none, in even steps.

Row 11 of the table in ``docs/formulas.md``. A cent and a million count alike. Equal prices share the better place; a
single bid earns full points.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.field import checked_field, summary
from evaluation.award.formulas.formula import Behaviour, Formula, Given, Totality
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "rank@1"


def points(given: Given) -> Fraction:
    """W·(n − r) / (n − 1), where the place is one more than the number of lower prices.

    Raises:
        RefusedError: The field cannot be used.
    """
    field = checked_field(ID, given)
    if len(field) == 1:
        return given.weight
    return given.weight * (len(field) - 1 - field.below(given.value)) / (len(field) - 1)


def working(given: Given) -> tuple[Step, ...]:
    """The place, then the points for it."""
    found, field = points(given), summary(given.field)
    place = field.below(given.value) + 1
    placed = Step("place", f"{place - 1} + 1", Fraction(place))
    if len(field) == 1:
        return (placed, Step("single", number(given.weight), found, "points"))
    steps = f"({len(field)} - {place}) / ({len(field)} - 1)"
    return (placed, Step("points", f"{number(given.weight)} * {steps}", found, "points"))


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·(n − r) / (n − 1)",
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
