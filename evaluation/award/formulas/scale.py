"""``scale@1``: an announced level of quality earns its announced share of the criterion's points."""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.formula import Behaviour, Formula, Given, Measure, Totality, refuse
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "scale@1"
_PERCENT = 100


def points(weight: Fraction, share: Fraction) -> Fraction:
    """W·share / 100.

    Raises:
        RefusedError: The share is not between 0 and 100.
    """
    if not 0 <= share <= _PERCENT:
        raise refuse(ID, "formula-refusal.share-outside")
    return weight * share / _PERCENT


def working(given: Given) -> tuple[Step, ...]:
    """One multiplication."""
    found = points(given.weight, given.value)
    return (Step("points", f"{number(given.weight)} * {number(given.value)} / {_PERCENT}", found, "points"),)


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.QUALITY,
    expression="W·s / 100",
    parameters=(),
    source="HL 93, 115; KHO 2010:69; MAO:67/15",
    independent=True,
    bounded=True,
    totality=Totality(
        zero=Behaviour.POINTS, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=lambda given: points(given.weight, given.value),
    working=working,
    measure=Measure.LEVEL,
)
