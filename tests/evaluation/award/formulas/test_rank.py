"""``rank@1``: a cent and a million count alike."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.formulas.rank import FORMULA
from tests.evaluation.award.formulas.frame import all_points, fields, steps_of, whole


@settings(max_examples=25)
@given(field=fields)
def test_only_the_order_counts(field: tuple[Fraction, ...]) -> None:
    """Any stretching that keeps the order keeps the points."""
    assert all_points(FORMULA, tuple(price**3 + 5 for price in field)) == all_points(FORMULA, field)


@settings(max_examples=25)
@given(field=st.sets(st.integers(1, 1000), min_size=2, max_size=9))
def test_different_prices_are_evenly_spread(field: set[int]) -> None:
    """From all to nothing in even steps."""
    found = sorted(all_points(FORMULA, whole(*field)), reverse=True)
    assert found == [40 * Fraction(len(field) - 1 - place, len(field) - 1) for place in range(len(field))]


def test_equal_prices_share_the_better_place() -> None:
    """Two seconds, and then a fourth."""
    assert all_points(FORMULA, whole(1, 2, 2, 3)) == (Fraction(40), Fraction(80, 3), Fraction(80, 3), Fraction(0))


def test_a_single_bid_earns_all_with_a_step_that_says_so() -> None:
    """There is no length to divide by."""
    assert all_points(FORMULA, whole(999)) == whole(40)
    assert steps_of(FORMULA, Fraction(999), whole(999)) == ["place", "single"]


def test_a_bid_between_two_others_moves_them_apart() -> None:
    """The distance of two bids hangs on who stands between them."""
    for field, gap in ((whole(100, 110), 40), (whole(100, 110, 105), 40), (whole(100, 110, 300), 20)):
        found = all_points(FORMULA, field)
        assert found[0] - found[1] == gap
