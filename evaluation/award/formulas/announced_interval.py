"""``announced-interval@1``: full points at the announced floor, none at the ceiling, a straight line between.

Table of ``docs/formulas.md``. The ends are announced before anyone tenders, so a bid's points hang on nothing
but the bid itself: no decoy and no withdrawal changes them (Bergman & Lundberg; Portugal bans relative formulas).
"""

from __future__ import annotations

from fractions import Fraction

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

ID = "announced-interval@1"


def points(weight: Fraction, price: Fraction, floor: Fraction, ceiling: Fraction) -> Fraction:
    """W·(ceiling − p) / (ceiling − floor), at least 0 and at most W.

    Raises:
        RefusedError: The interval is empty.
    """
    return limited(weight, unclipped(weight, price, floor, ceiling))


def unclipped(weight: Fraction, price: Fraction, floor: Fraction, ceiling: Fraction) -> Fraction:
    """The straight line, which goes on beyond the ends of the interval.

    Raises:
        RefusedError: The interval is empty.
    """
    if floor >= ceiling:
        raise refuse(ID, "formula-refusal.empty-interval")
    return weight * (ceiling - price) / (ceiling - floor)


def working(given: Given) -> tuple[Step, ...]:
    """The straight line, and the limit that it meets when the price is outside the interval."""
    weight, floor, ceiling = given.weight, given.parameters["floor"], given.parameters["ceiling"]
    line = unclipped(weight, given.value, floor, ceiling)
    over, under = f"({number(ceiling)} - {number(given.value)})", f"({number(ceiling)} - {number(floor)})"
    step = Step("points", f"{number(weight)} * {over} / {under}", line, "points")
    return (step, *limit_steps(weight, line))


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·(K − p) / (K − A), 0…W",
    parameters=(
        Parameter("floor", "eur-year", positive=False, default=Default.LOWEST_PRICE),
        Parameter("ceiling", "eur-year", positive=True, default=Default.HIGHEST_PRICE),
    ),
    source="Stilger, Siderius & van Raaij, JPP 17(1) 2017; KHO 2010:69",
    independent=True,
    bounded=True,
    totality=Totality(
        zero=Behaviour.POINTS, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.POINTS
    ),
    points=lambda given: points(given.weight, given.value, given.parameters["floor"], given.parameters["ceiling"]),
    working=working,
)
