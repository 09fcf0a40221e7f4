"""What the documents say about the selection: the rows of the solved model, and an invented field sent through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from evaluation.award.capacity import TOTAL_CAPACITY, cheapest_plan, demand_of
from evaluation.award.careful import or_else
from evaluation.award.invented import invented_field
from evaluation.award.problem import Members, Problem, read_problem
from evaluation.award.search import NEAR_TIES_LISTED, REJECTED_LISTED, Found, search
from evaluation.contract.expressions import number, total
from tender.model.criteria import SelectionRule
from tender.model.statements import Statement, Step, Symbol
from tender.model.tender import Tender
from tender.money import exact

NAMES = ("bidders", "best", "chosen")
"""Facts that name bidders of the example."""


def selection_statement(tender: Tender) -> Statement:
    """The announced rule with its numbers, and an example chosen by the exact search itself."""
    rule = tender.award.selection
    need = sum(group.client_total for group in tender.groups)
    symbols = [
        Symbol("K", Fraction(tender.framework.providers)),
        Symbol("N", Fraction(need), "client"),
        Symbol("C", Fraction(tender.framework.client_cap), "client"),
    ]
    if rule.yearly_cost_ceiling is not None:
        symbols.append(Symbol("B", exact(rule.yearly_cost_ceiling), "eur-year"))
    if rule.minimum_quality is not None:
        symbols.append(Symbol("Q", exact(rule.minimum_quality), "points"))
    declared = ("V", rule.point_value, "eur-year"), ("A", rule.choice_least, ""), ("E", rule.viable_clients, "client")
    symbols += [Symbol(name, exact(value), unit) for name, value, unit in declared if value is not None]
    facts = {
        **_further_facts(rule),
        "method": rule.method.value,
        "near_tie": number(rule.near_tie),
        "near_ties_listed": str(NEAR_TIES_LISTED),
        "rejected_listed": str(REJECTED_LISTED),
        "choice": tender.choice.rule.value,
        "ceiling": "" if rule.yearly_cost_ceiling is None else number(rule.yearly_cost_ceiling),
        "minimum_quality": "" if rule.minimum_quality is None else number(rule.minimum_quality),
    }
    nothing: tuple[tuple[Step, ...], dict[str, str]] = ((), dict.fromkeys(NAMES, ""))
    example, names = or_else(lambda: _example(tender), nothing)
    return Statement("selection@1", "award.selection", tuple(symbols), example, {**facts, **names})


def _further_facts(rule: SelectionRule) -> dict[str, str]:
    """Which of the rules that may be left out are declared."""
    return {
        "then": ", ".join(method.value for method in rule.then),
        "viable": "yes" if rule.viable_clients is not None else "",
        "choice_least": "yes" if rule.choice_least is not None else "",
        "loss": "yes" if rule.withstand_loss else "",
        "separate": "yes" if rule.separate_companies else "",
    }


def _example(tender: Tender) -> tuple[tuple[Step, ...], dict[str, str]]:
    """Steps of the example and the names of its sets.

    Raises:
        BlockedError: Even an invented field cannot serve.
    """
    field = invented_field(tender)
    if field is None or not demand_of(tender).needs:
        return (), dict.fromkeys(NAMES, "")
    problem = read_problem(tender, field.sheet, field.bids)
    found = search(problem)
    best = tuple(range(problem.providers)) if _short_of_places(found) else ()
    names = {
        "bidders": _names(problem, range(len(problem.candidates))),
        "best": _names(problem, best),
        "chosen": _names(problem, found.ties[0]),
    }
    steps = list(_steps(problem, best, found.ties[0]))
    if problem.demand.ceiling is not None:
        steps.append(_cost_step(tender, problem, found.ties[0]))
    return tuple(steps), names


def _short_of_places(found: Found) -> bool:
    """Whether the best set by points was passed by because it has too few places in all."""
    return bool(found.rejected) and found.rejected[0].obstacles[0].rule == TOTAL_CAPACITY


def _names(problem: Problem, members: Iterable[int]) -> str:
    return ", ".join(problem.candidates[member].scored.bidder for member in members)


def _steps(problem: Problem, best: Members, chosen: Members) -> Iterator[Step]:
    """The need; the best set by points, which falls short; the chosen set with its points and places."""
    yield Step("need", total(problem.demand.needs.values()), Fraction(problem.demand.total), "client")
    for name, members in (("best", best), ("chosen", chosen)):
        if not members:
            continue
        points = [problem.candidates[member].scored.total for member in members]
        places = [problem.candidates[member].supply.total for member in members]
        yield Step(f"{name}-points", total(points), sum(points, Fraction(0)), "points")
        yield Step(f"{name}-capacity", total(places), Fraction(sum(places)), "client")


def _cost_step(tender: Tender, problem: Problem, chosen: Members) -> Step:
    """Yearly cost of the places: each group's planned places times the yearly cost of one place."""
    supplies = problem.supplies(chosen)
    plan = cheapest_plan(problem.demand, supplies)
    places = plan.places if plan else ()
    terms = []
    for group in tender.groups:
        count = sum(place.clients for place in places if place.group == group.id)
        if count:
            yearly = supplies[0].costs[group.id] * group.client_total
            terms.append(f"{count} * {number(yearly)} / {group.client_total}")
    return Step("chosen-cost", " + ".join(terms), plan.cost if plan else Fraction(0), "eur-year")
