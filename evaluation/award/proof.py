"""The solver is asked too, and never trusted: its set is checked row by row in exact integers against the search's.

The solver reckons in floats, so a set that lies on the budget's knife edge may look feasible to it; such a set is
refused by the exact check, excluded by a row, and the solver is asked again. Any other broken row, a denial, or another
objective than the exact search's is a `SolverError`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evaluation.award.capacity import BUDGET
from evaluation.award.model import (
    RESOLUTION,
    chosen_name,
    excluded_row,
    points_objective,
    selection_model,
)
from evaluation.award.problem import Members, Problem
from tender.errors import SolverError
from tender.model.criteria import SelectionMethod
from tender.solving import Row, Sense, Solver, Status, Terms, broken_rows

ASKED_LIMIT = 25
"""Most times that the solver is asked again after the exact check refused its set."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of asking the solver.

    Attributes:
        solver: Its name and version.
        agrees: Whether its set has exactly the objective of the chosen one. It may differ only by less than the model
            can tell apart, a millionth of a point for each provider, when points are not rounded.
    """

    solver: str
    agrees: bool


def ask_solver(problem: Problem, best: Members, solver: Solver) -> Proof:
    """Compare the solver's best set with `best`, the exact search's.

    Raises:
        SolverError: The solver broke a row, found nothing, or its set has another objective.
    """
    members, name, fine = _solve(problem, solver)
    if problem.key(members) == problem.key(best):
        return Proof(name, agrees=True)
    worse_by = _worth(problem, best) - _worth(problem, members)
    if not fine and 0 < worse_by <= Fraction(problem.providers, RESOLUTION):
        return Proof(name, agrees=False)
    found, expected = (", ".join(problem.set_of(each).bidders) for each in (members, best))
    raise SolverError("award.solver-disagrees", solver=name, found=found, expected=expected)


def _worth(problem: Problem, members: Members) -> Fraction:
    return Fraction(sum(problem.values[member] for member in members), problem.scale)


def _solve(problem: Problem, solver: Solver) -> tuple[Members, str, bool]:
    if problem.rule.method is not SelectionMethod.BEST_RANKED:
        objective, fine = points_objective(problem)
        members, name = _ask(problem, objective, (), solver)
        return members, name, fine
    return *_solve_ranked(problem, solver), True


def _solve_ranked(problem: Problem, solver: Solver) -> tuple[Members, str]:
    """As many of the best total as can be, then of the next, each count kept by a row: no big weights."""
    fixed: tuple[Row, ...] = ()
    members: Members = ()
    name, settled = "", 0
    for place, level in enumerate(rank_levels(problem), start=1):
        members, name = _ask(problem, level, fixed, solver)
        chosen = {chosen_name(problem.candidates[member]) for member in members}
        count = sum(variable in chosen for variable, _ in level)
        fixed = (*fixed, Row(f"rank[{place}]", level, Sense.EQUAL, count))
        settled += count
        if settled == problem.providers:
            break
    return members, name


def rank_levels(problem: Problem) -> Iterator[Terms]:
    """The candidates of each total, best first."""
    for total in sorted({candidate.scored.total for candidate in problem.candidates}, reverse=True):
        names = (chosen_name(candidate) for candidate in problem.candidates if candidate.scored.total == total)
        yield tuple((name, 1) for name in names)


def _ask(problem: Problem, objective: Terms, fixed: tuple[Row, ...], solver: Solver) -> tuple[Members, str]:
    """The solver's set for `objective`, exactly feasible."""
    further = fixed
    for number in range(ASKED_LIMIT):
        model = selection_model(problem, objective, further)
        solution = solver(model)
        if solution.status is Status.INFEASIBLE:
            raise SolverError("award.solver-denies", solver=solution.solver)
        broken = broken_rows(model, solution.values)
        if set(broken) - {BUDGET}:
            raise SolverError("award.solver-broke-rows", solver=solution.solver, rows=", ".join(broken))
        members = tuple(
            place for place, candidate in enumerate(problem.candidates) if solution.values[chosen_name(candidate)] == 1
        )
        if not broken or problem.serves(members):
            return members, solution.solver
        further = (*further, excluded_row(problem, members, number + 1))
    raise SolverError("award.solver-broke-rows", solver=solution.solver, rows=BUDGET)
