"""Best-first enumeration of K-sets, against listing and sorting them all."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, islice
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.award.enumeration import best_first, rank_key, sum_key, whole_points

values_ = st.lists(st.integers(0, 6), min_size=1, max_size=8).map(lambda found: sorted(found, reverse=True))


@pytest.mark.parametrize("make_key", [sum_key, rank_key])
@given(values=values_, size=st.integers(1, 4))
def test_every_set_comes_once_and_the_best_first(make_key: object, values: list[int], size: int) -> None:
    """Exactly the sorted list of all sets, equal ones in the order of their indexes; many ties on purpose."""
    key = sum_key(values) if make_key is sum_key else rank_key(values)
    everything = sorted(combinations(range(len(values)), size), key=lambda members: (key(members), members))
    assert list(best_first(values, size, key)) == everything


def test_the_best_is_found_without_listing_all() -> None:
    """The first of C(60, 8) = 2,558,620,845 sets comes at once."""
    values = list(range(60, 0, -1))
    assert comb(60, 8) == 2_558_620_845
    assert list(islice(best_first(values, 8, sum_key(values)), 2)) == [
        (0, 1, 2, 3, 4, 5, 6, 7),
        (0, 1, 2, 3, 4, 5, 6, 8),
    ]


@pytest.mark.parametrize("size", [0, 4])
def test_no_sets_of_nothing_or_of_more_than_there_are(size: int) -> None:
    """An empty answer, not an error: the caller says what it means."""
    assert list(best_first([3, 2, 1], size, sum_key([3, 2, 1]))) == []


@given(st.lists(st.fractions(min_value=-5, max_value=5, max_denominator=30), min_size=1, max_size=6))
def test_whole_points_keep_every_difference(totals: list[Fraction]) -> None:
    """Over the common denominator nothing is rounded."""
    scale, values = whole_points(totals)
    assert [Fraction(value, scale) for value in values] == totals
