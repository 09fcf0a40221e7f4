"""Rules beside each other: three ways to choose, what each announced rule costs, and what a loser lacked.

For design, and for information after the ranking is locked; nothing here decides an award.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from evaluation.award.capacity import cheapest_plan
from evaluation.award.enumeration import best_first
from evaluation.award.problem import Members, Problem, problem_of
from evaluation.award.search import search
from tender.errors import BlockedError
from tender.model.awards import ScoredBid
from tender.model.bids import Bid
from tender.model.criteria import SelectionMethod, SelectionRule
from tender.model.framework import Framework
from tender.model.tender import Tender

EXAMINED = 20_000
"""Most sets that are looked at for what one bidder lacked."""
STEPS: Mapping[str, int] = {"providers": 1, "client_cap": 1, "yearly_cost_ceiling": 1000, "minimum_quality": 1}
"""One unit of each rule that is a number: providers, clients, euros a year, points."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One other set of rules.

    Attributes:
        rule: Which rule is changed: a field's name, or ``announced`` for none.
        change: By how much; ``None`` when the rule is left out.
        tender: The tender with it.
    """

    rule: str
    change: int | None
    tender: Tender


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario would choose.

    Attributes:
        scenario: The scenario.
        bidders: The set; empty when none can serve. The first one by ids where several are equal.
        ties: How many sets are equal.
        points: Sum of points; ``None`` without a set.
        cost: Yearly cost of its cheapest plan, exact euros; ``None`` without a set.
    """

    scenario: Scenario
    bidders: tuple[str, ...]
    ties: int
    points: Fraction | None
    cost: Fraction | None


def scenarios(tender: Tender) -> Iterator[Scenario]:
    """The announced rules, then each of them one unit looser, one unit tighter, and left out where it can be."""
    yield Scenario("announced", 0, tender)
    rule, framework = tender.award.selection, tender.framework
    for name in ("providers", "client_cap"):
        for step in (STEPS[name], -STEPS[name]):
            number = getattr(framework, name) + step
            if number > 0:
                yield Scenario(name, step, replace(tender, framework=_changed(framework, name, number)))
    for name in ("yearly_cost_ceiling", "minimum_quality"):
        yield from _amounts(tender, name)
    for name in ("choice_least", "viable_clients", "withstand_loss", "separate_companies"):
        if getattr(rule, name):
            yield Scenario(name, None, with_rule(tender, name, False if getattr(rule, name) is True else None))


def _amounts(tender: Tender, name: str) -> Iterator[Scenario]:
    """An announced amount one unit up, one unit down, and left out."""
    amount: Decimal | None = getattr(tender.award.selection, name)
    if amount is not None:
        for step in (STEPS[name], -STEPS[name]):
            yield Scenario(name, step, with_rule(tender, name, amount + step))
        yield Scenario(name, None, with_rule(tender, name, None))


def compare(tenders: Sequence[Scenario], scored: Sequence[ScoredBid], bids: Sequence[Bid]) -> tuple[Outcome, ...]:
    """What each scenario would choose among the same bids with the same points."""
    return tuple(_outcome(scenario, scored, bids) for scenario in tenders)


def three_ways(tender: Tender, scored: Sequence[ScoredBid], bids: Sequence[Bid]) -> dict[str, tuple[str, ...]]:
    """The sets of three defensible rules: next in rank until all are served, best sum, best ranked."""
    ways = {"next-in-rank": next_in_rank(problem_of(tender, scored, bids))}
    for method in (SelectionMethod.BEST_SUM, SelectionMethod.BEST_RANKED):
        other = with_rule(tender, "method", method)
        ways[method.value] = _outcome(Scenario("method", 0, other), scored, bids).bidders
    return ways


def next_in_rank(problem: Problem) -> tuple[str, ...]:
    """From the best on, so many as are announced, and the next ones until all clients can be served; maybe nobody."""
    order = range(len(problem.candidates))
    for count in range(problem.providers, len(order) + 1):
        if problem.serves(tuple(order[:count])):
            return problem.set_of(tuple(order[:count])).bidders
    return ()


def lacking(problem: Problem) -> dict[str, Fraction | None]:
    """By how much each bidder outside the best set falls short of being in a set equal to it, in the objective's unit.

    ``None`` where no set with the bidder can serve, or too many would have to be looked at. Under ``best-ranked`` the
    distance is to the total points at which the bidder would enter.
    """
    found = search(problem)
    inside = {member for members in found.ties for member in members}
    outside = [member for member in range(len(problem.candidates)) if member not in inside]
    ranked = problem.rule.method is SelectionMethod.BEST_RANKED
    distance = _rank_distance if ranked else _sum_distance
    return {problem.candidates[member].scored.bidder: distance(problem, member, found.ties[0]) for member in outside}


def greedy_cap(points: Mapping[str, Mapping[str, int]], sizes: Mapping[str, int], cap: int) -> dict[str, str] | None:
    """Lots to bidders by a greedy rule, as in KHO 2019:53: best first, then moved until nobody is over the cap.

    Every lot goes to its best bidder. While somebody holds more than the cap, the lot is moved whose move to the next
    bidder with room loses least (difference of points × size; ties by the ids). ``None`` when no move is left: the rule
    may fail or lose where the optimum does not, which is what it is shown for.

    Args:
        points: Points by lot and bidder.
        sizes: Size of each lot.
        cap: Most that one bidder may hold.
    """
    held = {lot: max(sorted(own), key=lambda bidder, own=own: own[bidder]) for lot, own in points.items()}  # type: ignore[misc]
    while True:
        loads = _loads(held, sizes)
        over = {bidder for bidder, load in loads.items() if load > cap}
        if not over:
            return held
        moves = [
            ((own[held[lot]] - worth) * sizes[lot], lot, bidder)
            for lot, own in points.items()
            if held[lot] in over
            for bidder, worth in own.items()
            if bidder != held[lot] and loads.get(bidder, 0) + sizes[lot] <= cap
        ]
        if not moves:
            return None
        _, lot, bidder = min(moves)
        held[lot] = bidder


def with_rule(tender: Tender, name: str, value: object) -> Tender:
    """`tender` with one rule of the selection changed."""
    return replace(tender, award=replace(tender.award, selection=_changed(tender.award.selection, name, value)))


Noun = TypeVar("Noun", Framework, SelectionRule)


def _changed(noun: Noun, name: str, value: object) -> Noun:
    return replace(noun, **{name: value})  # type: ignore[arg-type]


def _loads(held: Mapping[str, str], sizes: Mapping[str, int]) -> dict[str, int]:
    loads: dict[str, int] = {}
    for lot, bidder in held.items():
        loads[bidder] = loads.get(bidder, 0) + sizes[lot]
    return loads


def _outcome(scenario: Scenario, scored: Sequence[ScoredBid], bids: Sequence[Bid]) -> Outcome:
    problem = problem_of(scenario.tender, scored, bids)
    try:
        ties = search(problem).ties
    except BlockedError:
        return Outcome(scenario, (), 0, None, None)
    members = min(ties, key=lambda each: problem.set_of(each).bidders)
    plan = cheapest_plan(problem.demand, problem.supplies(members))
    best = problem.set_of(members)
    return Outcome(scenario, best.bidders, len(ties), best.points, None if plan is None else plan.cost)


def _sum_distance(problem: Problem, member: int, best: Members) -> Fraction | None:
    """From the best set's worth to that of the best one with `member` in it that can serve."""
    others = [place for place in range(len(problem.candidates)) if place != member]
    values = [problem.values[place] for place in others]
    most = sum(problem.values[place] for place in best)
    if problem.providers == 1:
        return Fraction(most - problem.values[member], problem.scale) if problem.serves((member,)) else None

    def key(places: tuple[int, ...]) -> tuple[int, ...]:
        return (-sum(values[place] for place in places),)

    for number, places in enumerate(best_first(values, problem.providers - 1, key)):
        if number >= EXAMINED:
            return None
        members = tuple(sorted((member, *(others[place] for place in places))))
        if problem.serves(members):
            return Fraction(most - sum(problem.values[place] for place in members), problem.scale)
    return None


def _rank_distance(problem: Problem, member: int, best: Members) -> Fraction | None:
    """To the lowest total of a better bidder at which `member` would be in a best set."""
    own = problem.values[member]
    for total in sorted({problem.values[place] for place in best if problem.values[place] > own}):
        order = sorted(
            range(len(problem.candidates)), key=lambda place: (-_raised(problem, place, member, total), place)
        )
        raised = replace(
            problem,
            candidates=tuple(problem.candidates[place] for place in order),
            values=tuple(_raised(problem, place, member, total) for place in order),
            reaches=tuple(problem.reaches[place] for place in order),
        )
        where = order.index(member)
        if any(where in members for members in search(raised).ties):
            return Fraction(total - own, problem.scale)
    return None


def _raised(problem: Problem, place: int, member: int, total: int) -> int:
    return total if place == member else problem.values[place]
