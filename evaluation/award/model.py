"""The selection of a tender as a whole-number model, row by row under the names that the published statement prints.

Rows: ``providers``, ``total_capacity[i]``, ``cell_capacity[i,a,g]``, ``coverage[a,g]``, ``viable[i]``, ``budget``,
``minimum_quality[i]``, ``choice[a,g]``, ``loss[i]``, ``separate[i,j]``; variables as in `rows`.
"""

from __future__ import annotations

from collections.abc import Iterable

from evaluation.award.capacity import scaled_costs
from evaluation.award.market import Cell, Market, Offer
from evaluation.award.problem import Candidate, Members, Problem
from evaluation.award.rows import chosen, market_model, places
from tender.money import exact
from tender.solving import Model, Row, Sense, Terms

RESOLUTION = 10**6
"""Parts of a point that the model tells apart when exact points are too fine for it."""
EXACT_LIMIT = 10**9
"""Largest whole-number coefficient in which the model keeps points exact."""


def chosen_name(candidate: Candidate) -> str:
    """Name of the variable that chooses `candidate`."""
    return chosen(candidate.scored.bidder)


def places_name(candidate: Candidate, cell: Cell) -> str:
    """Name of the variable that counts the candidate's places in `cell`."""
    return places(candidate.scored.bidder, cell)


def points_objective(problem: Problem) -> tuple[Terms, bool]:
    """The announced objective as whole numbers, and whether they are exact; else each is cut down to a millionth."""
    if max(map(abs, problem.values)) <= EXACT_LIMIT:
        return exact_objective(problem), True
    weights = (value * RESOLUTION // problem.scale for value in problem.values)
    names = (chosen_name(candidate) for candidate in problem.candidates)
    return tuple(zip(names, weights, strict=True)), False


def exact_objective(problem: Problem) -> Terms:
    """The announced objective in whole numbers over the problem's scale, however large they are."""
    names = (chosen_name(candidate) for candidate in problem.candidates)
    return tuple(zip(names, problem.values, strict=True))


def selection_model(problem: Problem, objective: Terms, further: Iterable[Row] = ()) -> Model:
    """The model of `problem` with `objective` and `further` rows."""
    return market_model(market_of(problem), objective, further)


def excluded_row(problem: Problem, members: Members, number: int) -> Row:
    """A set that the exact check refused may not come again."""
    terms = tuple((chosen_name(problem.candidates[member]), 1) for member in members)
    return Row(f"excluded[{number}]", terms, Sense.AT_MOST, len(members) - 1)


def market_of(problem: Problem) -> Market:
    """`problem` in whole numbers: costs over the common denominator of costs and ceiling."""
    scale, costs = scaled_costs([candidate.supply for candidate in problem.candidates])
    ceiling = None if problem.demand.ceiling is None else problem.demand.ceiling * scale
    factor = 1 if ceiling is None else ceiling.denominator
    rule = problem.rule
    offers = tuple(
        _offer(problem, candidate, {group: each * factor for group, each in cost.items()})
        for candidate, cost in zip(problem.candidates, costs, strict=True)
    )
    return Market(
        "selection",
        offers,
        problem.providers,
        problem.demand.needs,
        exactly=rule.viable_clients is not None,
        ceiling=None if ceiling is None else ceiling.numerator,
        choice_least=rule.choice_least or 0,
        withstand_loss=rule.withstand_loss,
        separate=problem.separate,
    )


def _offer(problem: Problem, candidate: Candidate, costs: dict[str, int]) -> Offer:
    supply, minimum = candidate.supply, problem.rule.minimum_quality
    return Offer(
        supply.bidder,
        supply.total,
        supply.cells,
        {cell: costs[cell[1]] for cell in problem.demand.needs},
        problem.rule.viable_clients or 0,
        lacking=None if minimum is None else (exact(minimum) - candidate.scored.quality).numerator,
    )
