"""Sweeps, regions and shares: breakpoints are exact, least distances are least, the same seed draws the same."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.robustness.lines import announced, lines_of, totals
from evaluation.award.robustness.region import least_distance, region_around, shares, standing
from evaluation.award.robustness.sweep import Stretch, sweep, weights_at
from tender.errors import BlockedError, UsageError
from tender.model.criteria import RoundingPoint
from tests.evaluation.award.robustness.contests import linear, single

ONE = {"a": Fraction(1, 2), "b": Fraction(1, 2)}
ALL = (Fraction(0), Fraction(1))
PUBLISHED = {"A": (25, 0), "B": (15, 11), "C": (0, 22)}
"""C wins below 11/26, B up to 11/21, A above."""


def test_the_published_breakpoints_of_one_free_weight() -> None:
    """Winner C for w < 11/26, B in (11/26, 11/21), A above: exact fractions."""
    lines, sets = linear(PUBLISHED)
    assert sweep(lines, sets, ONE, "a", ALL) == (
        Stretch(Fraction(0), Fraction(11, 26), (("C",),)),
        Stretch(Fraction(11, 26), Fraction(11, 21), (("B",),)),
        Stretch(Fraction(11, 21), Fraction(1), (("A",),)),
    )


def test_two_of_three_are_a_set() -> None:
    """The winning set of two changes where its members do: {B, C}, then {A, C}? No: {A, B} beyond 22/47."""
    lines, sets = linear(PUBLISHED, providers=2)
    found = sweep(lines, sets, ONE, "a", ALL)
    assert [one.sets for one in found] == [(("B", "C"),), (("A", "B"),)]
    assert found[0].high == Fraction(22, 47)


def test_equal_bids_share_a_stretch() -> None:
    """Two bids with the same points all along are both named."""
    lines, sets = linear({"A": (3, 3), "B": (3, 3), "C": (1, 1)})
    (found,) = sweep(lines, sets, ONE, "a", ALL)
    assert found.sets == (("A",), ("B",))


points = st.integers(0, 20)
fields = st.lists(st.tuples(points, points), min_size=2, max_size=6).map(
    lambda rows: {f"b{number}": row for number, row in enumerate(rows)}
)


@settings(max_examples=40)
@given(field=fields, place=st.fractions(0, 1, max_denominator=97), providers=st.integers(1, 2))
def test_every_stretch_says_who_wins_in_it(field: dict[str, tuple[int, int]], place: Fraction, providers: int) -> None:
    """Anywhere in the range, off the breakpoints, the named sets are the ones that win there."""
    lines, sets = linear(field, providers)
    found = sweep(lines, sets, ONE, "a", ALL)
    assert found[0].low == 0
    assert found[-1].high == 1
    assert all(one.high == other.low for one, other in pairwise(found))
    winners = sets.best(totals(lines, {"a": place, "b": 1 - place}))
    at = [one for one in found if one.low <= place <= one.high]
    if len(at) == 1 and at[0].low < place < at[0].high:
        assert winners == at[0].sets
    else:
        assert all(set(one.sets) <= set(winners) for one in at)


@pytest.mark.parametrize(
    ("criterion", "ends"),
    [
        ("c", ALL),
        ("a", (Fraction(1), Fraction(0))),
        ("a", (Fraction(0), Fraction(2))),
        ("a", (Fraction(-1), Fraction(1))),
    ],
)
def test_a_range_that_cannot_be_is_wrong_use(criterion: str, ends: tuple[Fraction, Fraction]) -> None:
    """Unknown, turned round, beyond everything, below nothing."""
    lines, sets = linear(PUBLISHED)
    with pytest.raises(UsageError):
        sweep(lines, sets, ONE, criterion, ends)


def test_the_others_give_way_in_their_proportions() -> None:
    """40/35/25 with price at 50: 50, 175/6, 125/6."""
    weights = {"price": Fraction(40), "plan": Fraction(35), "hours": Fraction(25)}
    assert weights_at(weights, "price", Fraction(50)) == {
        "price": 50,
        "plan": Fraction(175, 6),
        "hours": Fraction(125, 6),
    }


REGION = {
    "a": (Fraction(1, 5), Fraction(3, 5)),
    "b": (Fraction(1, 10), Fraction(1, 2)),
    "c": (Fraction(0), Fraction(2, 5)),
}


@settings(max_examples=40)
@given(
    rows=st.lists(st.tuples(points, points, points), min_size=2, max_size=2),
    draw=st.tuples(st.integers(0, 100), st.integers(0, 100)),
)
def test_the_least_distance_is_least_and_is_reached(rows: list[tuple[int, int, int]], draw: tuple[int, int]) -> None:
    """No weights of the region go below it, and its own weights are in the region and reach it."""
    lines, _ = linear({"A": rows[0], "B": rows[1]})
    margin, weights = least_distance(lines, ("A",), ("B",), REGION, Fraction(1))
    assert sum(weights.values()) == 1
    assert all(REGION[name][0] <= weight <= REGION[name][1] for name, weight in weights.items())
    found = totals(lines, weights)
    assert found["A"] - found["B"] == margin
    a = REGION["a"][0] + (REGION["a"][1] - REGION["a"][0]) * Fraction(draw[0], 100)
    b = REGION["b"][0] + (REGION["b"][1] - REGION["b"][0]) * Fraction(draw[1], 100)
    if 0 <= 1 - a - b <= REGION["c"][1]:
        other = totals(lines, {"a": a, "b": b, "c": 1 - a - b})
        assert other["A"] - other["B"] >= margin


def test_a_set_that_wins_everywhere_is_stable_and_one_that_does_not_names_its_rival() -> None:
    """Stable against every rival set of the region, or the worst one with weights that prove it."""
    lines, sets = linear({"A": (9, 9), "B": (8, 8), "C": (0, 9)})
    region = {"a": ALL, "b": ALL}
    firm = standing(lines, sets, region, ("A",), Fraction(1))
    assert firm is not None
    assert firm.stable
    assert firm.margin == 0
    assert firm.rival == ("C",)
    shaky = standing(lines, sets, region, ("C",), Fraction(1))
    assert shaky is not None
    assert (shaky.stable, shaky.rival, shaky.overtaking) == (False, ("A",), 2)
    assert shaky.weights == {"a": 1, "b": 0}


def test_nobody_else_can_be_chosen() -> None:
    """With as many bids as providers there is no rival."""
    lines, sets = linear({"A": (1, 2), "B": (2, 1)}, providers=2)
    found = standing(lines, sets, {"a": ALL, "b": ALL}, ("A", "B"), Fraction(1))
    assert found is not None
    assert (found.stable, found.rival) == (True, ())


def test_shares_are_those_of_the_exact_stretches() -> None:
    """Drawn evenly from a segment, each winner's share is its length, within four standard errors."""
    lines, sets = linear(PUBLISHED)
    found = shares(lines, sets, {"a": ALL, "b": ALL}, Fraction(1), ("siemen", 2000))
    lengths: dict[tuple[str, ...], Fraction] = {
        ("C",): Fraction(11, 26),
        ("B",): Fraction(11, 21) - Fraction(11, 26),
        ("A",): Fraction(10, 21),
    }
    for one in found:
        assert (one.share - lengths[one.bidders]) ** 2 <= 16 * one.variance
    assert sum(one.wins for one in found) == 2000
    assert [one.wins for one in found] == sorted((one.wins for one in found), reverse=True)


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    """Chance comes in as an argument."""
    lines, sets = linear(PUBLISHED)
    first, again, other = (
        shares(lines, sets, {"a": ALL, "b": ALL}, Fraction(1), (seed, 200)) for seed in ("x", "x", "y")
    )
    assert first == again
    assert first != other


def test_samples_stay_in_the_region() -> None:
    """A region too thin to be drawn from gives no shares rather than wrong ones."""
    lines, sets = linear(PUBLISHED)
    nowhere = {"a": (Fraction(0), Fraction(1, 10)), "b": (Fraction(0), Fraction(1, 10))}
    assert shares(lines, sets, nowhere, Fraction(1), ("x", 10)) == ()
    narrow = {"a": (Fraction(1, 2), Fraction(51, 100)), "b": (Fraction(49, 100), Fraction(1, 2))}
    assert [one.bidders for one in shares(lines, sets, narrow, Fraction(1), ("x", 50))] == [("B",)]


def test_a_region_is_around_the_announced_weights_or_as_asked() -> None:
    """Never below zero."""
    found = region_around({"a": Fraction(3), "b": Fraction(97)}, Fraction(5), {"b": (Fraction(90), Fraction(99))})
    assert list(found["a"]) == [0, 8]
    assert list(found["b"]) == [90, 99]


def test_too_many_sets_are_refused_not_guessed() -> None:
    """C(20, 9) sets are not compared one by one."""
    lines, sets = linear({f"b{number:02d}": (number, 1) for number in range(20)}, providers=9)
    with pytest.raises(BlockedError) as refusal:
        standing(lines, sets, {"a": ALL, "b": ALL}, tuple(sorted(lines))[:9], Fraction(1))
    assert refusal.value.message == "robustness.too-many-sets"


@pytest.mark.parametrize(
    ("formula", "parameters"),
    [
        ("announced-interval@1", {"floor": Decimal(80), "ceiling": Decimal(160)}),
        ("money-value@1", {"floor": Decimal(80), "euros_per_point": Decimal(2)}),
        ("ratio-to-lowest@1", {}),
    ],
)
def test_lines_give_the_recorded_points_at_the_announced_weights(formula: str, parameters: dict[str, Any]) -> None:
    """Unrounded points are the recorded ones; money's formula has a base that no weight moves."""
    contest = single(formula, {"A": ("100", 50), "B": ("125", 60)}, **parameters)
    lines = lines_of(contest)
    assert totals(lines, announced(contest)) == {bid.bidder: bid.total for bid in contest.sheet.bids}
    assert (lines["A"]["price"].base != 0) is (formula == "money-value@1")


def test_a_bid_below_the_minimum_is_in_no_line() -> None:
    """What cannot be chosen wins at no weight."""
    contest = single("ratio-to-lowest@1", {"A": ("100", 50), "B": ("10", 40)}, minimum="30")
    assert set(lines_of(contest)) == {"A"}
    assert contest.award == ("A",)


def test_rounding_can_be_the_award() -> None:
    """Points rounded to two decimals tie where exact ones do not: the exact line tells."""
    contest = single("ratio-to-lowest@1", {"A": ("100", 50), "B": ("100.001", 50)}, at=RoundingPoint.CRITERION)
    assert len({bid.total for bid in contest.sheet.bids}) == 1
    exact = totals(lines_of(contest), announced(contest))
    assert exact["A"] > exact["B"]
