"""``highest-to-lowest-squared@1``: a little overpricing costs little, a lot costs more."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings

from evaluation.award.formulas.highest_to_lowest import FORMULA as STRAIGHT
from evaluation.award.formulas.highest_to_lowest_squared import FORMULA
from tests.evaluation.award.formulas.frame import all_points, fields, framed, steps_of, whole


@settings(max_examples=25)
@given(field=fields)
def test_it_is_never_below_the_straight_line(field: tuple[Fraction, ...]) -> None:
    """The square of a share is at most the share; both agree at the ends."""
    for squared, straight in zip(all_points(FORMULA, field), all_points(STRAIGHT, field), strict=True):
        assert squared >= straight
        assert (squared == straight) is (straight in {0, 40})


def test_halfway_costs_a_quarter() -> None:
    """Half of the way squared."""
    assert all_points(FORMULA, whole(100, 150, 200)) == whole(40, 30, 0)


def test_the_share_of_the_way_is_a_step_of_its_own() -> None:
    """So that the square can be checked by hand."""
    steps = FORMULA.working(framed(FORMULA, Fraction(150), whole(100, 150, 200)))
    assert [(step.id, step.result) for step in steps[2:]] == [
        ("share-of-way", Fraction(1, 2)),
        ("points", Fraction(30)),
    ]


def test_equal_prices_all_earn_full_points() -> None:
    """Each of them is the lowest."""
    assert all_points(FORMULA, whole(9, 9, 9)) == whole(40, 40, 40)
    assert steps_of(FORMULA, Fraction(9), whole(9, 9)) == ["lowest", "highest", "all-equal"]
