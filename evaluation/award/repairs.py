"""When no set can serve: the smallest changes of the announced rules that would let one, by name.

Each rule is loosened alone, as little as suffices; where none suffices alone, two together. A rule that does not help
however far it is loosened is named too. Every "can serve" is an answer that keeps all rows in whole numbers, every
"cannot" a certificate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import ceil

from evaluation.award.model import selection_model
from evaluation.award.problem import Problem, problem_of
from evaluation.certificate.branch import certify
from evaluation.certificate.verifier import verify
from evaluation.contract.expressions import number
from tender.errors import Finding, Severity
from tender.model.awards import ScoredBid
from tender.model.bids import Bid
from tender.model.tender import Tender
from tender.money import exact
from tender.solving import Solver, Status, broken_rows, solve

MESSAGES: Mapping[str, str] = {
    "clients": "award.repair-clients",
    "area": "award.repair-area",
    "providers": "award.repair-providers",
    "cap": "award.repair-cap",
    "budget": "award.repair-budget",
    "quality": "award.repair-quality",
    "choice": "award.repair-choice",
    "viable": "award.repair-viable",
    "loss": "award.repair-loss",
    "separate": "award.repair-separate",
}
"""Message id of each rule that may be loosened."""
USELESS = "award.repair-useless"
_WITHOUT_AMOUNT = 0


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes that together let a set serve.

    Attributes:
        changes: Rule, what of it (an area id, or nothing), and by how much it is loosened.
    """

    changes: tuple[tuple[str, str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Repairs:
    """What helps and what does not.

    Attributes:
        found: Smallest repairs.
        useless: Rules that do not help alone, however far they are loosened.
    """

    found: tuple[Repair, ...]
    useless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loosening:
    """One rule that may be loosened.

    Attributes:
        rule: Its name.
        about: What of it: an area id, or nothing.
        steps: By how much, from little to all.
        change: The tender with the rule loosened by so much.
    """

    rule: str
    about: str
    steps: Sequence[int | Fraction]
    change: Callable[[Tender, int | Fraction], Tender]


def repairs(tender: Tender, scored: Sequence[ScoredBid], bids: Sequence[Bid], solver: Solver = solve) -> Repairs:
    """The smallest loosenings of the rules of `tender` under which some set of the scored bids can serve."""

    def serves(changed: Tender) -> bool:
        return can_serve(problem_of(changed, scored, bids), solver)

    ways = tuple(loosenings(tender, scored, bids))
    alone = [(way, step) for way in ways if (step := _least(way, tender, serves)) is not None]
    helping = {way.rule for way, _ in alone}
    useless = tuple(dict.fromkeys(way.rule for way in ways if way.rule not in helping))
    if alone:
        return Repairs(tuple(Repair(((way.rule, way.about, Fraction(step)),)) for way, step in alone), useless)
    return Repairs(tuple(_pairs(ways, tender, serves)), useless)


def can_serve(problem: Problem, solver: Solver = solve) -> bool:
    """Whether any set can serve: by an answer that keeps every row, or by a certificate that there is none."""
    if problem.providers > len(problem.candidates):
        return False
    model = selection_model(problem, ())
    answer = solver(model)
    if answer.status is Status.OPTIMAL and not broken_rows(model, answer.values):
        return True
    certificate = certify(model)
    verify(model, certificate)
    return certificate.value is not None


def repair_findings(found: Repairs, names: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """`found` as findings for information, one for each way out and one for each rule that does not help."""
    for repair in found.found:
        for rule, about, amount in repair.changes:
            values = {"amount": number(amount), "area": (names or {}).get(about, about)}
            values["alone"] = "repair-rule.alone" if len(repair.changes) == 1 else "repair-rule.together"
            yield Finding(MESSAGES[rule], Severity.INFO, "award.selection", values)
    for rule in found.useless:
        yield Finding(USELESS, Severity.INFO, "award.selection", {"rule": f"repair-rule.{rule}"})


def loosenings(tender: Tender, scored: Sequence[ScoredBid], bids: Sequence[Bid]) -> Iterator[Loosening]:
    """Every announced rule that could be loosened for these bids."""
    need = sum(group.client_total for group in tender.groups)
    yield Loosening("clients", "", range(1, need), _fewer)
    if len(tender.areas) > 1:
        for area in tender.areas:
            there = sum(group.clients.get(area.id, 0) for group in tender.groups)
            yield Loosening("area", area.id, range(1, there + 1), _fewer_in(area.id))
    yield Loosening("providers", "", range(1, len(scored) - tender.framework.providers + 1), _more_providers)
    tendered = max((bid.capacity_total or 0 for bid in bids), default=0)
    yield Loosening("cap", "", range(1, tendered - tender.framework.client_cap + 1), _higher_cap)
    yield from _rule_loosenings(tender, scored, bids)


def _rule_loosenings(tender: Tender, scored: Sequence[ScoredBid], bids: Sequence[Bid]) -> Iterator[Loosening]:
    rule = tender.award.selection
    if rule.yearly_cost_ceiling is not None:
        yield Loosening("budget", "", range(1, _dearest(tender, scored, bids) + 1), _higher_ceiling)
    if rule.minimum_quality is not None:
        floor = exact(rule.minimum_quality)
        lacking = sorted({floor - bid.quality for bid in scored if bid.quality < floor})
        yield Loosening("quality", "", lacking, _lower_quality)
    if rule.choice_least:
        yield Loosening("choice", "", range(1, rule.choice_least + 1), _ruled("choice_least"))
    if rule.viable_clients:
        yield Loosening("viable", "", range(1, rule.viable_clients + 1), _ruled("viable_clients"))
    if rule.withstand_loss:
        yield Loosening("loss", "", (_WITHOUT_AMOUNT,), lambda changed, _: _with(changed, withstand_loss=False))
    if rule.separate_companies:
        yield Loosening("separate", "", (_WITHOUT_AMOUNT,), lambda changed, _: _with(changed, separate_companies=False))


def _least(way: Loosening, tender: Tender, serves: Callable[[Tender], bool]) -> int | Fraction | None:
    """The smallest step that suffices, by halving: a looser rule never serves less."""
    if not way.steps or not serves(way.change(tender, way.steps[-1])):
        return None
    low, high = 0, len(way.steps) - 1
    while low < high:
        middle = (low + high) // 2
        if serves(way.change(tender, way.steps[middle])):
            high = middle
        else:
            low = middle + 1
    return way.steps[low]


def _pairs(ways: Sequence[Loosening], tender: Tender, serves: Callable[[Tender], bool]) -> Iterator[Repair]:
    """Two rules together: the first as little as can be, then the second."""
    for one, other in combinations([way for way in ways if way.steps], 2):
        loose = other.change(tender, other.steps[-1])
        first = _least(one, loose, serves)
        if first is None:
            continue
        second = _least(other, one.change(tender, first), serves)
        if second is not None:
            yield Repair(((one.rule, one.about, Fraction(first)), (other.rule, other.about, Fraction(second))))


def _fewer(tender: Tender, clients: int | Fraction) -> Tender:
    """So many clients less, shared over areas and groups in proportion, the remainders to the largest cells first."""
    cells = {(group.id, area): count for group in tender.groups for area, count in group.clients.items() if count}
    total = sum(cells.values())
    less = {cell: int(clients * count // total) for cell, count in cells.items()}
    left = int(clients) - sum(less.values())
    for cell in sorted(cells, key=lambda each: (-cells[each], each))[:left]:
        less[cell] += 1
    return _without(tender, less)


def _fewer_in(area: str) -> Callable[[Tender, int | Fraction], Tender]:
    def change(tender: Tender, clients: int | Fraction) -> Tender:
        less: dict[tuple[str, str], int] = {}
        left = int(clients)
        for group in sorted(tender.groups, key=lambda each: (-each.clients.get(area, 0), each.id)):
            less[group.id, area] = min(left, group.clients.get(area, 0))
            left -= less[group.id, area]
        return _without(tender, less)

    return change


def _without(tender: Tender, less: Mapping[tuple[str, str], int]) -> Tender:
    groups = tuple(
        replace(group, clients={area: count - less.get((group.id, area), 0) for area, count in group.clients.items()})
        for group in tender.groups
    )
    return replace(tender, groups=groups)


def _more_providers(tender: Tender, count: int | Fraction) -> Tender:
    return replace(tender, framework=replace(tender.framework, providers=tender.framework.providers + int(count)))


def _higher_cap(tender: Tender, clients: int | Fraction) -> Tender:
    return replace(tender, framework=replace(tender.framework, client_cap=tender.framework.client_cap + int(clients)))


def _higher_ceiling(tender: Tender, euros: int | Fraction) -> Tender:
    ceiling = tender.award.selection.yearly_cost_ceiling or Decimal(0)
    return _with(tender, yearly_cost_ceiling=ceiling + int(euros))


def _lower_quality(tender: Tender, points: int | Fraction) -> Tender:
    """A floor just low enough: as a decimal, it may lie a little below an endless fraction."""
    floor = exact(tender.award.selection.minimum_quality or Decimal(0)) - points
    return _with(tender, minimum_quality=Decimal(floor.numerator * 10**6 // floor.denominator).scaleb(-6))


def _ruled(name: str) -> Callable[[Tender, int | Fraction], Tender]:
    def change(tender: Tender, less: int | Fraction) -> Tender:
        return _with(tender, **{name: getattr(tender.award.selection, name) - int(less)})

    return change


def _with(tender: Tender, **rules: object) -> Tender:
    selection = replace(tender.award.selection, **rules)  # type: ignore[arg-type]
    return replace(tender, award=replace(tender.award, selection=selection))


def _dearest(tender: Tender, scored: Sequence[ScoredBid], bids: Sequence[Bid]) -> int:
    """What the forecast would cost at the highest tendered price of every group, whole euros."""
    problem = problem_of(tender, scored, bids)
    costs = [candidate.supply.costs for candidate in problem.candidates]
    needs = problem.demand.needs.items()
    return ceil(sum((need * max(cost[cell[1]] for cost in costs) for cell, need in needs), Fraction(0)))
