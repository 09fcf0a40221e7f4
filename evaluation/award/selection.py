"""The choice of providers: an exact search decides, the published rule breaks ties, a solver must agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evaluation.award.capacity import Plan, cheapest_plan
from evaluation.award.objectives import worth
from evaluation.award.problem import Members, Problem, read_problem
from evaluation.award.proof import ask_solver
from evaluation.award.proven import proof_models, prove, witness_of
from evaluation.award.search import search
from evaluation.award.ties import Decided, break_tie
from tender.errors import BlockedError
from tender.model.awards import ProviderSet, ScoreSheet, Selection
from tender.model.bids import Bid
from tender.model.proofs import Level
from tender.model.tender import Tender
from tender.money import cents
from tender.solving import Model, Solver, solve


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
    decided = _settled(problem, ties, everyone, lots_seed)
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
        proof=prove(problem, _members(problem, decided.chosen), plan),
    )


def _settled(
    problem: Problem, ties: Sequence[ProviderSet], everyone: tuple[str, ...], lots_seed: bytes | None
) -> Decided:
    """The further objectives tell `ties` apart first, the tie rule what they leave equal."""
    scored = {candidate.scored.bidder: candidate.scored for candidate in problem.candidates}
    left = list(ties)
    for method in problem.rule.then:
        worths = [worth(problem.rule, method, [scored[bidder] for bidder in each.bidders]) for each in left]
        kept = [each for each, own in zip(left, worths, strict=True) if own == max(worths)]
        if len(kept) == 1 < len(left):
            return Decided(kept[0], method.value, ())
        left = kept
    return break_tie(left, problem.tie_rule, everyone, lots_seed)


def _members(problem: Problem, chosen: ProviderSet) -> Members:
    wanted = frozenset(chosen.bidders)
    return tuple(place for place, each in enumerate(problem.candidates) if each.scored.bidder in wanted)


def _plan(problem: Problem, chosen: ProviderSet) -> Plan:
    plan = cheapest_plan(problem.demand, problem.supplies(_members(problem, chosen)))
    if plan is None:
        raise BlockedError("award.no-feasible-set", providers=problem.providers)
    return plan


def proof_of(
    tender: Tender, sheet: ScoreSheet, bids: Iterable[Bid], selection: Selection
) -> tuple[tuple[Level, Model], ...]:
    """The proof of `selection` with the models that it is about, written anew from the tender and the bids."""
    problem = read_problem(tender, sheet, bids)
    members = _members(problem, selection.chosen)
    witness = witness_of(problem, members, _plan(problem, selection.chosen))
    models = (model for _, model in proof_models(problem, witness))
    return tuple(zip(selection.proof, models, strict=True))
