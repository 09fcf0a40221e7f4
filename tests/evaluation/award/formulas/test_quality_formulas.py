"""Formulas of quality: levels, numbers and promises on an announced scale."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.formulas import FORMULAS, Given, Measure, RefusedError
from tests.evaluation.award.formulas.frame import whole

SCALE = ((Fraction(20), Fraction(0)), (Fraction(60), Fraction(80)), (Fraction(100), Fraction(100)))


def given_(value: Fraction, *others: Fraction, **parameters: int) -> Given:
    """15 points, a scale from 20 to 100, the number and those of others."""
    numbers = {name: Fraction(number) for name, number in parameters.items()}
    return Given(Fraction(15), value, (value, *others), numbers, SCALE)


@settings(max_examples=25)
@given(one=st.integers(20, 100), other=st.integers(20, 100))
@pytest.mark.parametrize("formula", ["promise-interval@1", "promise-ratio@1", "step-table@1"])
def test_a_larger_number_never_earns_less(formula: str, one: int, other: int) -> None:
    """Weakly monotone, alone and in one field."""
    low, high = sorted((Fraction(one), Fraction(other)))
    points = FORMULAS[formula].points
    assert points(given_(low, high)) <= points(given_(high, low)) <= 15


@pytest.mark.parametrize(("number", "share"), [(20, 0), (40, 40), (60, 80), (80, 90), (100, 100)])
def test_a_promise_is_read_on_the_lines_of_the_scale(number: int, share: int) -> None:
    """At the announced points and halfway between them; the share is a step that can be checked."""
    formula = FORMULAS["promise-interval@1"]
    steps = formula.working(given_(Fraction(number)))
    assert steps[0].result == share
    assert steps[-1].result == Fraction(15 * share, 100) == formula.points(given_(Fraction(number)))


@pytest.mark.parametrize("number", ["19", "101", "19.99"])
@pytest.mark.parametrize("formula", ["promise-interval@1", "promise-ratio@1"])
def test_nobody_promises_beyond_the_scale(formula: str, number: str) -> None:
    """Below and above: refused, not cut."""
    with pytest.raises(RefusedError) as refusal:
        FORMULAS[formula].points(given_(Fraction(number)))
    assert refusal.value.values["reason"] == "formula-refusal.number-outside"


def test_a_scale_of_one_point_is_no_line() -> None:
    """Two ends make one."""
    with pytest.raises(RefusedError) as refusal:
        FORMULAS["promise-interval@1"].points(Given(Fraction(15), Fraction(20), (), {}, SCALE[:1]))
    assert refusal.value.values["reason"] == "formula-refusal.scale-too-short"


def test_an_empty_promise_of_one_takes_points_from_another_under_the_ratio_only() -> None:
    """40 earns 15 · 40/60; when somebody promises 100 it earns 6, and under the interval nothing changes."""
    ratio, interval = FORMULAS["promise-ratio@1"], FORMULAS["promise-interval@1"]
    before, after = (given_(Fraction(40), other) for other in whole(60, 100))
    assert (ratio.points(before), ratio.points(after)) == (Fraction(10), Fraction(6))
    assert interval.points(before) == interval.points(after)


def test_where_nobody_promises_anything_nobody_earns_anything() -> None:
    """Zero over zero is defined as zero here: there is no best to divide by."""
    nothing = Given(Fraction(15), Fraction(0), whole(0, 0), {})
    assert FORMULAS["promise-ratio@1"].points(nothing) == 0
    assert FORMULAS["promise-ratio@1"].working(nothing)[-1].expression == "0"


@pytest.mark.parametrize(
    ("number", "step", "points"), [(20, 20, 0), (59, 20, 0), (60, 60, 12), (99, 60, 12), (100, 100, 15)]
)
def test_between_steps_nothing_more_is_earned(number: int, step: int, points: int) -> None:
    """The highest step that is reached, named in the working."""
    formula = FORMULAS["step-table@1"]
    steps = formula.working(given_(Fraction(number)))
    assert (steps[0].id, steps[0].result) == ("step", Fraction(step))
    assert formula.points(given_(Fraction(number))) == points


@pytest.mark.parametrize(("share", "reason"), [(49, "below-minimum"), (101, "share-outside"), (-1, "share-outside")])
def test_a_minimum_share_refuses_and_never_gives_zero(share: int, reason: str) -> None:
    """Below it nothing is compared."""
    with pytest.raises(RefusedError) as refusal:
        FORMULAS["scale-with-minimum@1"].points(given_(Fraction(share), least_share=50))
    assert refusal.value.values["reason"] == f"formula-refusal.{reason}"


@pytest.mark.parametrize(
    "formula", [one for one in FORMULAS.values() if one.measure is not Measure.PRICE], ids=lambda one: one.id
)
def test_quality_formulas_say_their_law(formula: object) -> None:
    """A statute or a judgment for each: nothing is scored on nobody's word."""
    source = getattr(formula, "source", "")
    assert "HL " in source or "KHO " in source
