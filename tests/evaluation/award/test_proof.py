"""The solver beside the search: both methods, very fine points, and lies (more of them in ``test_selection.py``)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from evaluation.award.problem import Problem, read_problem
from evaluation.award.proof import ASKED_LIMIT, ask_solver
from tender.errors import SolverError
from tender.model.criteria import SelectionMethod
from tender.solving import Model, Solution, Solver, Status, solve, solver_name
from tests.evaluation.award.build import make_bid, make_sheet, selection_tender


def problem(
    *points: Fraction | int, providers: int = 1, method: str = "best-sum", ceiling: str | None = None
) -> Problem:
    """Bidders A, B, … who all can serve everyone."""
    tender = selection_tender(
        {("a", "g"): 1}, providers=providers, method=SelectionMethod(method), ceiling=ceiling, cap=5
    )
    names = "ABCDEFGH"[: len(points)]
    totals = {name: Fraction(point) for name, point in zip(names, points, strict=True)}
    return read_problem(tender, make_sheet(tender, totals), [make_bid(tender, name, total=5) for name in names])


def choosing(bidder: str) -> Solver:
    """A solver that chooses `bidder` whatever the points."""
    values = {f"chosen[{name}]": int(name == bidder) for name in "AB"}
    values |= {f"places[{name},a,g]": int(name == bidder) for name in "AB"}
    return lambda _: Solution(Status.OPTIMAL, values, "stubborn")


@pytest.mark.parametrize("method", ["best-sum", "best-ranked"])
def test_the_solver_agrees(method: str) -> None:
    """Name and version are kept for the decision."""
    proof = ask_solver(problem(90, 80, 80, 70, providers=2, method=method), (0, 1), solve)
    assert proof.agrees
    assert proof.solver == solver_name()


@pytest.mark.parametrize("method", ["best-sum", "best-ranked"])
def test_a_search_that_missed_the_best_is_caught(method: str) -> None:
    """The proof works both ways: here the search's word is the lie."""
    with pytest.raises(SolverError, match=r"award\.solver-disagrees"):
        ask_solver(problem(90, 80, 70, providers=2, method=method), (1, 2), solve)


def test_points_finer_than_the_model_may_differ_by_its_resolution_only() -> None:
    """Two bids a billionth apart are one to the solver: no refusal, but it is not called agreement either."""
    hair = Fraction(1, 999_999_937)
    fine = problem(80 + hair, 80)

    assert not ask_solver(fine, (0,), choosing("B")).agrees
    with pytest.raises(SolverError, match=r"award\.solver-disagrees"):
        ask_solver(problem(80 + hair, 79), (0,), choosing("B"))
    with pytest.raises(SolverError, match=r"award\.solver-disagrees"):
        ask_solver(fine, (1,), choosing("A"))


def test_a_solver_that_insists_on_a_broken_budget_is_refused() -> None:
    """Asked again, it must honour the row that excludes its set."""
    tight = problem(90, 80, ceiling="0")
    over = replace(tight, demand=replace(tight.demand, ceiling=Fraction(-1)))
    asked = 0

    def stubborn(model: Model) -> Solution:
        nonlocal asked
        asked += 1
        kept = tuple(row for row in model.rows if row.name != "budget" and not row.name.startswith("excluded"))
        return solve(replace(model, rows=kept))

    with pytest.raises(SolverError, match=r"award\.solver-broke-rows"):
        ask_solver(over, (0,), stubborn)
    assert 1 < asked <= ASKED_LIMIT


def test_a_solver_is_not_asked_for_ever() -> None:
    """Honouring every exclusion and still breaking the budget each time ends in an error."""
    tight = problem(*range(90, 82, -1), providers=4, ceiling="0")
    over = replace(tight, demand=replace(tight.demand, ceiling=Fraction(-1)))

    def careless(model: Model) -> Solution:
        return solve(replace(model, rows=tuple(row for row in model.rows if row.name != "budget")))

    with pytest.raises(SolverError, match=r"award\.solver-broke-rows") as error:
        ask_solver(over, (0, 1, 2, 3), careless)
    assert error.value.values["rows"] == "budget"
