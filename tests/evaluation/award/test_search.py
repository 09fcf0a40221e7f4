"""The exact search: its limits, what it lists, and how it says that nothing will do."""

from __future__ import annotations

from fractions import Fraction
from time import perf_counter

import pytest

from evaluation.award.problem import Problem, read_problem
from evaluation.award.search import NEAR_TIES_LISTED, REJECTED_LISTED, search
from tender.errors import BlockedError
from tender.model.criteria import SelectionMethod
from tests.evaluation.award.build import make_bid, make_sheet, selection_tender


def crowd(count: int, providers: int, *, most: int = 700, **rule: str) -> Problem:
    """`count` bidders with falling points; the better half is small, so many sets fall short first."""
    method = SelectionMethod(rule.get("method", "best-sum"))
    tender = selection_tender(
        {(area, group): 100 for area in "ab" for group in "ghk"},
        providers=providers,
        method=method,
        near_tie=rule.get("near_tie", "0"),
    )
    names = [f"T{number:02}" for number in range(count)]
    bids = [
        make_bid(tender, name, total=100 if place < count // 2 else most, cells=100) for place, name in enumerate(names)
    ]
    points = {name: Fraction(90) - Fraction(place, 3) for place, name in enumerate(names)}
    return read_problem(tender, make_sheet(tender, points), bids)


def test_thirty_bidders_take_moments() -> None:
    """Five of thirty, with 14,000 infeasible sets above the winner; about a second, the bound is for slow machines."""
    began = perf_counter()
    found = search(crowd(30, 5, most=140))
    assert perf_counter() - began < 20
    assert found.examined > 14_000
    assert found.ties == ((0, 1, 15, 16, 17),)
    assert len(found.rejected) == REJECTED_LISTED


def test_the_limit_is_an_error_and_not_a_guess() -> None:
    """No award from a search that was not finished."""
    crowded = crowd(12, 3, most=400)
    needed = search(crowded).examined
    assert needed > 5
    assert search(crowded, limit=needed).examined == needed
    with pytest.raises(BlockedError, match=r"award\.too-many-sets") as error:
        search(crowded, limit=needed - 1)
    assert error.value.values["bids"] == "12"


def test_rejected_sets_are_the_best_ones_in_order() -> None:
    """Each at least as good as the winner, each with a reason."""
    problem = crowd(8, 2)
    found = search(problem)
    best = problem.set_of(found.ties[0]).points
    points = [rejected.points for rejected in found.rejected]
    assert points == sorted(points, reverse=True)
    assert all(point >= best for point in points)
    assert all(rejected.obstacles for rejected in found.rejected)


@pytest.mark.parametrize("method", ["best-sum", "best-ranked"])
def test_near_ties_are_feasible_near_and_the_nearest_first(method: str) -> None:
    """Within the announced distance, the ties left out, not more than can be read."""
    problem = crowd(14, 3, method=method, near_tie="3")
    found = search(problem)
    best = problem.set_of(found.ties[0]).points
    distances = [abs(near.points - best) for near in found.near_ties]
    assert distances
    assert distances == sorted(distances)
    assert max(distances) <= 3
    assert len(found.near_ties) <= NEAR_TIES_LISTED
    assert not {near.bidders for near in found.near_ties} & {problem.set_of(tie).bidders for tie in found.ties}
    assert all(not near.obstacles for near in found.near_ties)


def test_nothing_is_near_when_nothing_was_announced() -> None:
    """Distance zero lists ties only, and a tie is no near tie."""
    assert search(crowd(8, 2)).near_ties == ()


def test_what_no_sum_shows_is_explained_by_the_best_sets() -> None:
    """Enough places for each area and each group, but no two bidders fit together: the first sets say why."""
    tender = selection_tender({("a", "g"): 4, ("b", "h"): 4, ("a", "h"): 4, ("b", "g"): 4}, providers=2)
    cells = {("a", "g"): 4, ("b", "h"): 4, ("a", "h"): 0, ("b", "g"): 0}
    bids = [make_bid(tender, name, total=8, cells=cells) for name in "AB"]
    other = {cell: 4 - clients for cell, clients in cells.items()}
    bids.append(make_bid(tender, "C", total=7, cells=other))
    sheet = make_sheet(tender, {"A": 3, "B": 2, "C": 1})
    with pytest.raises(BlockedError) as error:
        search(read_problem(tender, sheet, bids))
    assert error.value.message == "award.no-feasible-set"
    assert error.value.findings
    assert {finding.values["bidders"] for finding in error.value.findings} <= {"A, B", "A, C", "B, C", ""}
