"""The selection problem as a value: candidates best first, sums of sets, reasons."""

from __future__ import annotations

from fractions import Fraction

import pytest

from evaluation.award.problem import Problem, read_problem
from tender.errors import BlockedError
from tender.model.criteria import SelectionMethod
from tests.evaluation.award.build import make_bid, make_sheet, selection_tender


def problem(method: SelectionMethod = SelectionMethod.BEST_SUM, minimum_quality: str | None = None) -> Problem:
    """Three candidates with exact points, two to choose."""
    tender = selection_tender({("here", "all"): 10}, providers=2, method=method, minimum_quality=minimum_quality)
    totals = {"C": Fraction(70), "A": Fraction(211, 3), "B": Fraction(70)}
    sheet = make_sheet(tender, totals, quality=[30, 20, 40], price=[5, 6, 7])
    return read_problem(tender, sheet, [make_bid(tender, bidder) for bidder in "BCA"])


def test_candidates_stand_best_first_and_equal_ones_by_id() -> None:
    """Whatever the order of sheet and bids; points whole over their denominator."""
    found = problem()
    assert [candidate.scored.bidder for candidate in found.candidates] == ["A", "B", "C"]
    assert (found.scale, found.values) == (3, (211, 210, 210))


def test_a_set_carries_its_sums() -> None:
    """Points, quality and price of its members, ids sorted."""
    found = problem().set_of((0, 2))
    assert found.bidders == ("A", "C")
    assert (found.points, found.quality, found.price) == (Fraction(421, 3), Fraction(50), Fraction(11))


def test_the_key_follows_the_announced_method() -> None:
    """The largest sum, or the best member first."""
    assert problem().key((0, 1)) == (-421,)
    assert problem(SelectionMethod.BEST_RANKED).key((0, 1)) == (-211, -210)


def test_supplies_come_by_bidder_id() -> None:
    """So that a plan never hangs on points."""
    assert [supply.bidder for supply in problem().supplies((2, 0))] == ["A", "C"]


def test_the_quality_floor_is_exact() -> None:
    """At the floor is enough; below it every such member is named before capacities are looked at."""
    found = problem(minimum_quality="40")
    reasons = found.obstacles_of((0, 1))
    assert [(obstacle.rule, obstacle.values["bidder"]) for obstacle in reasons] == [("minimum_quality", "A")]
    assert problem(minimum_quality="20").obstacles_of((0, 1)) == ()


def test_fewer_bids_than_providers_are_refused() -> None:
    """With both numbers."""
    tender = selection_tender(providers=3)
    with pytest.raises(BlockedError) as error:
        read_problem(tender, make_sheet(tender, {"A": 1}), [make_bid(tender, "A")])
    assert error.value.values == {"found": "1", "expected": "3"}
