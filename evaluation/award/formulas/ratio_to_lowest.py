"""``ratio-to-lowest@1``: the lowest price earns full points, others the lowest price divided by their own.

Table of ``docs/formulas.md``: the commonest formula, and a relative one. Every bid's points hang on the lowest
bid, so a decoy or an exclusion may turn the order of the others; a price of zero leaves everyone else without points
and the zero bid itself undefined (Bevan Brittan 2019; GT-SUAM's formula 7), so the formula refuses it.
"""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.formulas.field import summary
from evaluation.award.formulas.formula import Behaviour, Formula, Given, Totality, refuse
from evaluation.contract.expressions import number
from tender.model.criteria import CriterionKind
from tender.model.statements import Step

ID = "ratio-to-lowest@1"


def points(weight: Fraction, price: Fraction, lowest: Fraction) -> Fraction:
    """W·min / p.

    Raises:
        RefusedError: The lowest price is zero or negative, or above the price itself.
    """
    if lowest <= 0:
        raise refuse(ID, "formula-refusal.lowest-not-positive")
    if price < lowest:
        raise refuse(ID, "formula-refusal.below-lowest")
    return weight * lowest / price


def working(given: Given) -> tuple[Step, ...]:
    """The lowest price of the field, then the ratio."""
    lowest = _lowest(given)
    found = points(given.weight, given.value, lowest)
    prices = "; ".join(number(price) for price in sorted(given.field))
    return (
        Step("lowest", f"min({prices})", lowest, "eur-year"),
        Step("points", f"{number(given.weight)} * {number(lowest)} / {number(given.value)}", found, "points"),
    )


def _lowest(given: Given) -> Fraction:
    if not given.field:
        raise refuse(ID, "formula-refusal.no-bids")
    return summary(given.field).lowest


FORMULA = Formula(
    id=ID,
    kind=CriterionKind.PRICE,
    expression="W·min / p",
    parameters=(),
    source="Stilger, Siderius & van Raaij, JPP 17(1) 2017; KHO 2015:17; KHO 2016:97",
    independent=False,
    bounded=True,
    totality=Totality(
        zero=Behaviour.REFUSED, equal=Behaviour.POINTS, single=Behaviour.POINTS, negative=Behaviour.REFUSED
    ),
    points=lambda given: points(given.weight, given.value, _lowest(given)),
    working=working,
    scale_invariant=True,
)
