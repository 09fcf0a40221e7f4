"""The selection as an integer model, row by row under the names that the published statement prints.

Variables: ``chosen[i]`` says whether bidder i is chosen, ``places[i,a,g]`` how many clients of group g in area a it
carries in the plan. Rows: ``providers``, ``total_capacity[i]``, ``cell_capacity[i,a,g]``, ``coverage[a,g]``,
``budget``, ``minimum_quality[i]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluation.award.capacity import BUDGET, Cell, scaled_costs
from evaluation.award.problem import Candidate, Members, Problem
from tender.money import exact
from tender.solving import Model, Row, Sense, Terms, Variable

RESOLUTION = 10**6
"""Parts of a point that the model tells apart when exact points are too fine for it."""
EXACT_LIMIT = 10**9
"""Largest whole-number coefficient in which the model keeps points exact."""


def chosen_name(candidate: Candidate) -> str:
    """Name of the variable that chooses `candidate`."""
    return f"chosen[{candidate.scored.bidder}]"


def places_name(candidate: Candidate, cell: Cell) -> str:
    """Name of the variable that counts the candidate's places in `cell`."""
    return f"places[{candidate.scored.bidder},{cell[0]},{cell[1]}]"


def points_objective(problem: Problem) -> tuple[Terms, bool]:
    """Total points as whole numbers, and whether they are exact; else each is cut down to a millionth of a point."""
    if max(map(abs, problem.values)) <= EXACT_LIMIT:
        weights, kept = problem.values, True
    else:
        weights = tuple(value * RESOLUTION // problem.scale for value in problem.values)
        kept = False
    names = (chosen_name(candidate) for candidate in problem.candidates)
    return tuple(zip(names, weights, strict=True)), kept


def selection_model(problem: Problem, objective: Terms, further: Iterable[Row] = ()) -> Model:
    """The model of `problem` with `objective` and `further` rows."""
    variables = (
        *(Variable(chosen_name(candidate)) for candidate in problem.candidates),
        *(
            Variable(places_name(candidate, cell), 0, min(need, max(candidate.supply.cells[cell], 0)))
            for candidate in problem.candidates
            for cell, need in problem.demand.needs.items()
        ),
    )
    return Model("selection", variables, (*_rows(problem), *further), objective)


def excluded_row(problem: Problem, members: Members, number: int) -> Row:
    """A set that the exact check refused may not come again."""
    terms = tuple((chosen_name(problem.candidates[member]), 1) for member in members)
    return Row(f"excluded[{number}]", terms, Sense.AT_MOST, len(members) - 1)


def _rows(problem: Problem) -> Iterator[Row]:
    everyone = tuple((chosen_name(candidate), 1) for candidate in problem.candidates)
    yield Row("providers", everyone, Sense.EQUAL, problem.providers)
    for candidate in problem.candidates:
        yield from _candidate_rows(problem, candidate)
    for cell, need in problem.demand.needs.items():
        carriers = tuple((places_name(candidate, cell), 1) for candidate in problem.candidates)
        yield Row(f"coverage[{cell[0]},{cell[1]}]", carriers, Sense.AT_LEAST, need)
    yield from _budget_row(problem)


def _candidate_rows(problem: Problem, candidate: Candidate) -> Iterator[Row]:
    bidder, chosen = candidate.scored.bidder, chosen_name(candidate)
    places = tuple((places_name(candidate, cell), 1) for cell in problem.demand.needs)
    yield Row(f"total_capacity[{bidder}]", (*places, (chosen, -candidate.supply.total)), Sense.AT_MOST, 0)
    for cell in problem.demand.needs:
        terms = ((places_name(candidate, cell), 1), (chosen, -candidate.supply.cells[cell]))
        yield Row(f"cell_capacity[{bidder},{cell[0]},{cell[1]}]", terms, Sense.AT_MOST, 0)
    minimum = problem.rule.minimum_quality
    if minimum is not None:
        lacking = exact(minimum) - candidate.scored.quality
        yield Row(f"minimum_quality[{bidder}]", ((chosen, lacking.numerator),), Sense.AT_MOST, 0)


def _budget_row(problem: Problem) -> Iterator[Row]:
    """Yearly cost of the places, over the common denominator of costs and ceiling."""
    if problem.demand.ceiling is None:
        return
    scale, costs = scaled_costs([candidate.supply for candidate in problem.candidates])
    ceiling = problem.demand.ceiling * scale
    terms = tuple(
        (places_name(candidate, cell), cost[cell[1]] * ceiling.denominator)
        for candidate, cost in zip(problem.candidates, costs, strict=True)
        for cell in problem.demand.needs
    )
    yield Row(BUDGET, terms, Sense.AT_MOST, ceiling.numerator)
