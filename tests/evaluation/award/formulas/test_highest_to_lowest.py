"""``highest-to-lowest@1``: the ends of the field are the scale, so others decide how long a cent is."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.formulas.highest_to_lowest import FORMULA
from tests.evaluation.award.formulas.frame import all_points, fields, reason, steps_of, whole


@settings(max_examples=25)
@given(field=fields, moved=st.integers(0, 1000))
def test_only_the_place_between_the_ends_counts(field: tuple[Fraction, ...], moved: int) -> None:
    """The same amount added to every price changes nothing."""
    assert all_points(FORMULA, tuple(price + moved for price in field)) == all_points(FORMULA, field)


@settings(max_examples=25)
@given(field=fields)
def test_the_ends_earn_all_and_nothing(field: tuple[Fraction, ...]) -> None:
    """Whatever the distance; equal prices all earn everything."""
    found = all_points(FORMULA, field)
    assert max(found) == 40
    assert min(found) == (40 if len(set(field)) == 1 else 0)


def test_two_bids_a_cent_apart_are_all_points_apart() -> None:
    """The cliff that the laboratory names."""
    assert all_points(FORMULA, whole(100, "100.01")) == whole(40, 0)


def test_a_high_decoy_brings_the_others_together() -> None:
    """100 and 140 are 40 points apart alone, 10 with a decoy of 260."""
    assert all_points(FORMULA, whole(100, 140)) == whole(40, 0)
    found = all_points(FORMULA, whole(100, 140, 260))
    assert found[0] - found[1] == 10


def test_equal_prices_have_a_working_of_their_own() -> None:
    """No division by a length of nothing."""
    assert steps_of(FORMULA, Fraction(7), whole(7, 7)) == ["lowest", "highest", "all-equal"]


def test_a_zero_price_is_defined_and_a_negative_one_is_not() -> None:
    """The line needs no division by a price."""
    assert all_points(FORMULA, whole(0, 50, 100)) == whole(40, 20, 0)
    assert reason(FORMULA, Fraction(50), whole(-1, 50)) == "negative-price"


def test_a_price_outside_its_own_field_is_refused() -> None:
    """Neither below the lowest nor above the highest."""
    assert reason(FORMULA, Fraction(90), whole(100, 140)) == "below-lowest"
    assert reason(FORMULA, Fraction(150), whole(100, 140)) == "above-highest"
