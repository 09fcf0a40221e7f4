"""``announced-interval@1`` (the table of ``docs/formulas.md``)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given

from evaluation.award.formulas.announced_interval import FORMULA, points, unclipped
from evaluation.award.formulas.formula import Given, RefusedError
from tests.evaluation.award.build import fractions, positive, weights


@given(weight=weights, price=fractions, floor=fractions, length=positive, scale=positive)
def test_the_currency_does_not_matter(
    weight: Fraction, price: Fraction, floor: Fraction, length: Fraction, scale: Fraction
) -> None:
    """Prices and ends in cents, or in any other unit, earn the same points."""
    ceiling = floor + length
    assert points(weight, scale * price, scale * floor, scale * ceiling) == points(weight, price, floor, ceiling)


@given(weight=weights, floor=fractions, length=positive)
def test_the_ends_earn_all_and_nothing(weight: Fraction, floor: Fraction, length: Fraction) -> None:
    """Full points at the floor, none at the ceiling, half in the middle."""
    ceiling = floor + length
    assert points(weight, floor, floor, ceiling) == weight
    assert points(weight, ceiling, floor, ceiling) == 0
    assert points(weight, floor + length / 2, floor, ceiling) == weight / 2


@given(floor=fractions, below=fractions)
def test_an_empty_interval_is_refused(floor: Fraction, below: Fraction) -> None:
    """Ends upside down or equal give no points to anyone."""
    with pytest.raises(RefusedError):
        points(Fraction(40), floor, floor, floor - below)


@given(weight=weights, price=fractions, floor=fractions, length=positive)
def test_the_limit_is_a_step_of_its_own(weight: Fraction, price: Fraction, floor: Fraction, length: Fraction) -> None:
    """A price outside the interval shows the straight line first and the limit after it."""
    assume(not floor <= price <= floor + length)
    parameters = {"floor": floor, "ceiling": floor + length}
    steps = FORMULA.working(Given(weight, price, (), parameters))
    assert steps[0].result == unclipped(weight, price, floor, floor + length)
    assert [step.id for step in steps] == ["points", "at-most-weight" if price < floor else "at-least-zero"]
