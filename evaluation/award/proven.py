"""The proof that ends every award: one certificate for each objective, the earlier ones kept by equality rows.

The chosen set and its plan are the witness; the prover only shows that nothing is better. Each certificate is verified
at once, from the model anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evaluation.award.capacity import Plan
from evaluation.award.enumeration import whole_points
from evaluation.award.model import chosen_name, exact_objective, places_name, selection_model
from evaluation.award.objectives import aims
from evaluation.award.problem import Members, Problem
from evaluation.award.proof import rank_levels
from evaluation.certificate.branch import certify
from evaluation.certificate.verifier import Unproven, verify
from tender.errors import SolverError
from tender.model.criteria import SelectionMethod
from tender.model.proofs import Level
from tender.solving import Model, Row, Sense, Terms

MOST_NODES = 20_000
"""Most cases of an award's proof; a proof that needs more keeps its gap and says so."""


@dataclass(frozen=True, slots=True)
class Aim:
    """One objective of the chain.

    Attributes:
        name: A selection method, or ``rank[n]``.
        terms: What is largest, in whole numbers.
        scale: What one point, euro or provider is in it.
    """

    name: str
    terms: Terms
    scale: int


def prove(problem: Problem, members: Members, plan: Plan, most_nodes: int = MOST_NODES) -> tuple[Level, ...]:
    """Certificates that no award is better than `members`, objective by objective.

    Raises:
        SolverError: Something better exists after all, or a certificate does not hold.
    """
    witness = witness_of(problem, members, plan)
    levels = []
    for aim, model in proof_models(problem, witness):
        certificate = certify(model, witness, most_nodes=most_nodes)
        expected = sum(factor * witness[name] for name, factor in aim.terms)
        if certificate.value != expected:
            raise SolverError("award.proof-differs", found=str(certificate.value), expected=str(expected))
        try:
            verify(model, certificate)
        except Unproven as why:
            raise SolverError("award.proof-fails", objective=aim.name, why=str(why)) from why
        levels.append(Level(aim.name, aim.scale, certificate))
    return tuple(levels)


def proof_models(problem: Problem, witness: Mapping[str, int]) -> Iterator[tuple[Aim, Model]]:
    """The models of the chain: each with the earlier objectives held where `witness` has them."""
    kept: tuple[Row, ...] = ()
    for number, aim in enumerate(aims_of(problem), start=1):
        yield aim, selection_model(problem, aim.terms, kept)
        value = sum(factor * witness[name] for name, factor in aim.terms)
        kept = (*kept, Row(f"level[{number}]", aim.terms, Sense.EQUAL, value))


def aims_of(problem: Problem) -> Iterator[Aim]:
    """The announced objectives in order."""
    if problem.rule.method is SelectionMethod.BEST_RANKED:
        yield from _ranks(problem)
    else:
        yield Aim(problem.rule.method.value, exact_objective(problem), problem.scale)
    for method in problem.rule.then:
        if method is SelectionMethod.BEST_RANKED:
            yield from _ranks(problem)
        else:
            scale, values = whole_points([aims(problem.rule, each.scored, method) for each in problem.candidates])
            names = map(chosen_name, problem.candidates)
            yield Aim(method.value, tuple(zip(names, values, strict=True)), scale)


def _ranks(problem: Problem) -> Iterator[Aim]:
    for number, level in enumerate(rank_levels(problem), start=1):
        yield Aim(f"rank[{number}]", level, 1)


def witness_of(problem: Problem, members: Members, plan: Plan) -> dict[str, int]:
    """The chosen set and its plan as values of the model's variables."""
    carried = {(place.bidder, (place.area, place.group)): place.clients for place in plan.places}
    return {
        **{chosen_name(each): int(number in members) for number, each in enumerate(problem.candidates)},
        **{
            places_name(each, cell): carried.get((each.scored.bidder, cell), 0)
            for each in problem.candidates
            for cell in problem.demand.needs
        },
    }
