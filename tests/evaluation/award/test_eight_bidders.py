"""The eight-bidder tie: on one model three solvers award three different sets; here all ways give the same award."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, islice, permutations
from typing import Any

import pytest

from evaluation.award.selection import select_providers
from tender.errors import SolverError
from tender.model.awards import Selection
from tender.model.tender import Tender
from tender.solving import Model, Sense, Solution, Status, solve
from tests.evaluation.award.build import make_bid, make_sheet, selection_tender

POINTS = dict(zip("01234567", map(Fraction, (90, 88, 88, 88, 70, 60, 55, 50)), strict=True))
"""The best one with any two of the next three: 266.00 points in three ways."""
SEED = b"a secret that was committed to"


def tender_of() -> Tender:
    """Any three can carry the 1 400 clients."""
    return selection_tender(providers=3, cap=500, near_tie="1")


def award(order: tuple[str, ...], solver: Any = solve) -> Selection:
    """The award when the bids come in `order`."""
    tender = tender_of()
    bids = [make_bid(tender, name, total=500, cells=500) for name in order]
    return select_providers(
        tender, make_sheet(tender, {name: POINTS[name] for name in order}), bids, SEED, solver=solver
    )


def cbc(model: Model) -> Solution:
    """The same model through PuLP to the CBC that version 3 brings."""
    import pulp

    door: Any = pulp
    if not hasattr(door, "PULP_CBC_CMD"):
        pytest.skip("this PuLP brings no CBC")
    problem = door.LpProblem("model", door.LpMaximize)
    columns = {
        each.name: problem.add_variable(f"x{number}", each.lowest, each.highest, "Integer")
        for number, each in enumerate(model.variables)
    }
    problem.setObjective(door.LpAffineExpression([(columns[name], factor) for name, factor in model.objective]))
    for number, row in enumerate(model.rows):
        total = door.LpAffineExpression([(columns[name], factor) for name, factor in row.terms])
        sides = {Sense.AT_MOST: total <= row.limit, Sense.AT_LEAST: total >= row.limit, Sense.EQUAL: total == row.limit}
        problem.addConstraint(sides[row.sense], f"c{number}")
    problem.solve(door.PULP_CBC_CMD(msg=False, gapRel=0))
    return Solution(Status.OPTIMAL, {name: round(each.varValue or 0) for name, each in columns.items()}, "CBC")


def by_listing() -> Iterator[tuple[str, ...]]:
    """All sets of three with the most points, by listing them."""
    best = max(sum(POINTS[name] for name in three) for three in combinations(POINTS, 3))
    return (three for three in combinations(POINTS, 3) if sum(POINTS[name] for name in three) == best)


def test_ties_are_all_listed_and_one_award_is_made_in_any_order() -> None:
    """Listing, exact search and HiGHS; the bids in thirty orders."""
    first = award(tuple(POINTS))
    assert [each.bidders for each in first.ties] == sorted(by_listing())
    assert len(first.ties) == 3
    assert first.chosen.points == Fraction(266)
    for order in islice(permutations(POINTS), 0, 40_320, 1_400):
        again = award(order)
        assert (again.chosen, again.ties, again.tie_key, again.lots, again.proof) == (
            first.chosen, first.ties, first.tie_key, first.lots, first.proof,
        )  # fmt: skip


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_another_solver_makes_no_other_award() -> None:
    """CBC may pick another of the tied sets; the published rule decides."""
    for order in (tuple(POINTS), tuple(reversed(POINTS))):
        assert award(order, cbc).chosen == award(order).chosen


@pytest.mark.parametrize("liar", [("0", "1", "4"), ("5", "6", "7"), ("0", "3")])
def test_a_planted_optimal_is_caught(liar: tuple[str, ...]) -> None:
    """A solver that says "optimal" of a set that is a little worse, much worse, or not three."""

    def lying(model: Model) -> Solution:
        honest = dict(solve(model).values)
        for name in POINTS:
            honest[f"chosen[{name}]"] = int(name in liar)
            honest[f"places[{name},here,all]"] = 1400 // len(liar) + 1 if name in liar else 0
        return Solution(Status.OPTIMAL, honest, "a liar")

    with pytest.raises(SolverError, match=r"award\.solver-(broke-rows|disagrees)"):
        award(tuple(POINTS), lying)
