"""The choice of providers: an exact search decides, the published rule breaks ties, a solver must agree."""

from __future__ import annotations

from collections.abc import Iterable

from evaluation.award.capacity import Plan, cheapest_plan
from evaluation.award.problem import Problem, read_problem
from evaluation.award.proof import ask_solver
from evaluation.award.search import search
from evaluation.award.ties import break_tie
from tender.errors import BlockedError
from tender.model.awards import ProviderSet, ScoreSheet, Selection
from tender.model.bids import Bid
from tender.model.tender import Tender
from tender.money import cents
from tender.solving import Solver, solve


def select_providers(
    tender: Tender, sheet: ScoreSheet, bids: Iterable[Bid], lots_seed: bytes | None, *, solver: Solver = solve
) -> Selection:
    """Choose exactly the announced number of providers among the scored bids.

    Args:
        tender: The tender as published.
        sheet: Frozen points of the admitted bids.
        bids: The bids, for their capacities and prices; their order never matters.
        lots_seed: The committed seed, needed only when lots are drawn.
        solver: Who is asked beside the exact search; its word is never trusted.

    Raises:
        BlockedError: Too few bids, no feasible set (the findings say why), or a tie that the rule cannot break.
        FrozenError: The points were given under another method.
        SolverError: The solver's answer breaks a row or contradicts the exact search.
    """
    problem = read_problem(tender, sheet, bids)
    found = search(problem)
    ties = sorted((problem.set_of(members) for members in found.ties), key=lambda each: each.bidders)
    everyone = tuple(candidate.scored.bidder for candidate in problem.candidates)
    decided = break_tie(ties, problem.tie_rule, everyone, lots_seed)
    proof = ask_solver(problem, found.ties[0], solver)
    plan = _plan(problem, decided.chosen)
    return Selection(
        chosen=decided.chosen,
        places=plan.places,
        ties=tuple(ties),
        near_ties=found.near_ties,
        rejected=found.rejected,
        tie_key=decided.key,
        lots=decided.lots,
        examined=found.examined,
        solver=proof.solver,
        solver_agrees=proof.agrees,
        yearly_cost=cents(plan.cost),
    )


def _plan(problem: Problem, chosen: ProviderSet) -> Plan:
    members = (place for place, candidate in enumerate(problem.candidates) if candidate.scored.bidder in chosen.bidders)
    plan = cheapest_plan(problem.demand, problem.supplies(members))
    if plan is None:
        raise BlockedError("award.no-feasible-set", providers=problem.providers)
    return plan
