"""What the tests of single formulas share: a frame with the usual parameters, and prices as hypothesis draws them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import strategies as st

from evaluation.award.formulas.formula import Formula, Given, RefusedError

WEIGHT = Fraction(40)
fields = st.lists(st.integers(1, 10_000), min_size=2, max_size=8).map(lambda prices: whole(*prices))
"""Fields of whole prices above zero."""


def whole(*values: int | str) -> tuple[Fraction, ...]:
    """`values` as fractions."""
    return tuple(Fraction(value) for value in values)


def framed(formula: Formula, value: Fraction, field: tuple[Fraction, ...], **announced: int | str) -> Given:
    """What `formula` is given at 40 points; parameters are announced or usual."""
    usual = {one.id: one.usual for one in formula.parameters if one.usual is not None}
    return Given(WEIGHT, value, field, {**usual, **{name: Fraction(number) for name, number in announced.items()}})


def all_points(formula: Formula, field: tuple[Fraction, ...], **announced: int | str) -> tuple[Fraction, ...]:
    """Points of every price of `field`, in its order."""
    return tuple(formula.points(framed(formula, price, field, **announced)) for price in field)


def steps_of(formula: Formula, price: Fraction, field: tuple[Fraction, ...], **announced: int | str) -> list[str]:
    """Ids of the steps of the working, in their order."""
    return [step.id for step in formula.working(framed(formula, price, field, **announced))]


def reason(formula: Formula, price: Fraction, field: tuple[Fraction, ...], **announced: int | str) -> str:
    """Why `formula` refuses `price`; the test fails when it does not."""
    with pytest.raises(RefusedError) as refusal:
        formula.points(framed(formula, price, field, **announced))
    return refusal.value.values["reason"].removeprefix("formula-refusal.")
