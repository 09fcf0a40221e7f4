"""The exact search: every set that ties for the best, the near ones, and the better ones that cannot serve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from evaluation.award.capacity import shortages_of_any
from evaluation.award.enumeration import Key, best_first, sum_key
from evaluation.award.objectives import point_value
from evaluation.award.problem import Members, Problem
from evaluation.award.reasons import obstacle_finding
from tender.errors import BlockedError, Finding
from tender.model.awards import Obstacle, ProviderSet
from tender.model.criteria import SelectionMethod
from tender.money import exact

EXAMINED_LIMIT = 1_000_000
"""Most sets that are examined: seven times C(30, 5)."""
REJECTED_LISTED = 50
"""Most infeasible sets that are listed, the best ones."""
NEAR_TIES_LISTED = 50
"""Most near ties that are listed, the nearest ones."""
NEAR_TIES_EXAMINED = 2_000
"""Most sets that are examined for near ties: they inform, they decide nothing."""
_EXPLAINED = 3


@dataclass(frozen=True, slots=True)
class Found:
    """What the search found.

    Attributes:
        ties: Feasible sets with the best objective, all of them.
        near_ties: Feasible sets within the announced distance of the best, the nearest first.
        rejected: Infeasible sets at least as good as the best, the best first, with their obstacles.
        examined: Number of sets examined.
    """

    ties: tuple[Members, ...]
    near_ties: tuple[ProviderSet, ...]
    rejected: tuple[ProviderSet, ...]
    examined: int


def search(problem: Problem, limit: int = EXAMINED_LIMIT) -> Found:
    """Examine sets best first until every tie for the best is known, then the near ones.

    Raises:
        BlockedError: No set can serve the forecast, or `limit` sets were examined without an answer.
    """
    hopeless = _hopeless(problem)
    if hopeless:
        raise _no_set(problem, [(obstacle, ()) for obstacle in hopeless])
    ties: list[Members] = []
    passed: list[Members] = []
    best: Key | None = None
    examined = 0
    for members in best_first(problem.values, problem.providers, problem.key):
        if best is not None and problem.key(members) != best:
            break
        examined += 1
        if examined > limit:
            raise BlockedError("award.too-many-sets", limit=limit, bids=len(problem.candidates))
        if problem.serves(members):
            best = problem.key(members)
            ties.append(members)
        elif len(passed) < REJECTED_LISTED:
            passed.append(members)
    if not ties:
        reasons = [(obstacle, members) for members in passed[:_EXPLAINED] for obstacle in problem.obstacles_of(members)]
        raise _no_set(problem, reasons)
    near, seen = _near_ties(problem, frozenset(ties))
    rejected = tuple(problem.set_of(members, problem.obstacles_of(members)) for members in passed)
    return Found(tuple(ties), near, rejected, examined + seen)


def _hopeless(problem: Problem) -> tuple[Obstacle, ...]:
    """What keeps every set from being feasible, as far as a few sums tell; the search answers the rest."""
    low = tuple(filter(None, (problem.below_minimum(place) for place in range(len(problem.candidates)))))
    if len(problem.candidates) - len(low) < problem.providers:
        return low
    supplies = [candidate.supply for candidate in problem.candidates]
    return shortages_of_any(problem.demand, supplies, problem.providers)


def _no_set(problem: Problem, reasons: Sequence[tuple[Obstacle, Members]]) -> BlockedError:
    findings: tuple[Finding, ...] = tuple(
        obstacle_finding(obstacle, problem.set_of(members).bidders) for obstacle, members in reasons
    )
    return BlockedError("award.no-feasible-set", findings=findings, providers=problem.providers)


def _near_ties(problem: Problem, ties: frozenset[Members]) -> tuple[tuple[ProviderSet, ...], int]:
    """Feasible sets whose points are within the announced distance of the best, and how many sets that took.

    Points are compared as sums under both methods: `near_tie` is announced in points. Under the largest sum nothing
    above the best is feasible.
    """
    distance = near_distance(problem)
    if distance <= 0:
        return (), 0
    by_sum = problem.rule.method is not SelectionMethod.BEST_RANKED

    def worth_of(bidders: Members) -> Fraction:
        return Fraction(sum(problem.values[member] for member in bidders), problem.scale)

    best = worth_of(next(iter(ties)))
    found: list[tuple[Fraction, ProviderSet]] = []
    seen = 0
    for members in _within(problem, best - distance, best if by_sum else best + distance):
        if members in ties:
            continue
        if seen >= NEAR_TIES_EXAMINED or (by_sum and len(found) >= NEAR_TIES_LISTED):
            break
        seen += 1
        if problem.serves(members):
            found.append((abs(worth_of(members) - best), problem.set_of(members)))
    found.sort(key=lambda each: (each[0], each[1].bidders))
    return tuple(provider_set for _, provider_set in found[:NEAR_TIES_LISTED]), seen


def near_distance(problem: Problem) -> Fraction:
    """The announced distance in the unit of the objective: points, or euros by the announced worth of a point."""
    money = problem.rule.method in {SelectionMethod.LOWEST_PRICE, SelectionMethod.MONEY_VALUE}
    return exact(problem.rule.near_tie) * (point_value(problem.rule) if money else 1)


def _within(problem: Problem, least: Fraction, most: Fraction) -> Iterator[Members]:
    """Sets whose sum of points lies between `least` and `most`, the largest sums first."""
    lowest, highest = ceil(least * problem.scale), floor(most * problem.scale)
    for members in best_first(problem.values, problem.providers, sum_key(problem.values)):
        points = sum(problem.values[member] for member in members)
        if points < lowest:
            return
        if points <= highest:
            yield members
