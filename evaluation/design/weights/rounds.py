"""Prices and clients by turns until they agree: prices move effort, effort moves work hours, hours move prices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil

from evaluation.design.assumptions import priced_flow
from evaluation.design.client_flow import courses_of, found_of
from evaluation.design.client_flow.course import Courses
from evaluation.design.weights.case import DesignCase
from evaluation.design.weights.outlook import broken_by, outlook_of
from evaluation.design.weights.prices import reference_prices
from evaluation.design.weights.program import LACK, SPREAD, LinearDesign
from evaluation.design.weights.repairs import repairs_of
from evaluation.design.weights.rounding import on_the_grid
from evaluation.design.weights.rows import soft
from evaluation.design.weights.shadows import shadows_of
from tender.model.design import Assumptions, BudgetRow, Doubt, Prices, Step, Volume, WeightDesign
from tender.model.flow import FlowFound, FlowInputs
from tender.model.framework import MoneySource
from tender.model.tender import Tender
from tender.money import exact

MOST_ROUNDS = 8
SETTLED = Fraction(1, 200)
"""Rounds end when no unit price moves by more than this share of it."""

_YEAR = 12


@dataclass(frozen=True, slots=True)
class Chances:
    """How clients are drawn.

    Attributes:
        seed: The seed.
        replications: Courses for each round.
    """

    seed: int
    replications: int = 1000


def design_weights(
    tender: Tender, assumptions: Assumptions, chances: Chances, progress: Callable[[int], None] | None = None
) -> WeightDesign:
    """The proposed weights and prices of `tender`.

    Args:
        tender: The tender before its publication.
        assumptions: What the buyer assumes.
        chances: How clients are drawn; every round draws with the same seed.
        progress: Told the number of each finished round.
    """
    draw = _Draws(assumptions, chances)
    prices, steps = reference_prices(tender), list[Step]()
    case = case_of(tender, assumptions, draw.found(prices))
    for number in range(1, MOST_ROUNDS + 1):
        made = _proposed(case)
        if made is None:
            return _without(case, tuple(steps))
        residual = moved(prices, made) if steps else None
        steps.append(Step(number, made, residual))
        prices = made
        if progress is not None:
            progress(number)
        if residual is not None and residual <= SETTLED:
            break
        case = case_of(tender, assumptions, draw.found(prices))
    return _with(case, prices, tuple(steps))


def moved(old: Prices, new: Prices) -> Fraction:
    """Largest change of a unit price, as a share of the old one."""
    return max(
        (
            abs(exact(after) / exact(before) - 1)
            for one, other in zip(old.groups, new.groups, strict=True)
            for before, after in ((one.capitation, other.capitation), (one.outcome, other.outcome))
            if before
        ),
        default=Fraction(0),
    )


def case_of(tender: Tender, assumptions: Assumptions, found: FlowFound) -> DesignCase:
    """The design problem with the clients that the simulation found."""
    flow = assumptions.flow
    start = min(flow.invoice_months + flow.payment_months, flow.months)
    return DesignCase(
        prices=tender.prices,
        before=reference_prices(tender),
        assumptions=assumptions,
        volumes={
            one.group: Volume(
                round(sum(one.client_months) * _YEAR / flow.months), round(sum(one.hours) * _YEAR / flow.months)
            )
            for one in found.groups
        },
        start={one.group: round(sum(one.client_months[:start])) for one in found.groups},
        clients=sum(one.stock for one in flow.groups),
        budgets=tuple(_budgets(tender, found)),
    )


def effort_of(prices: Prices, assumptions: Assumptions) -> Mapping[str, Fraction]:
    """How much of the effort a typical provider makes at `prices`: all of it where it pays, else in proportion."""
    from evaluation.design.client_flow.markov import entrant_hours

    found = {}
    for price, group, one in zip(prices.groups, assumptions.groups, assumptions.flow.groups, strict=True):
        gained = exact(price.outcome) * group.effort_gain * entrant_hours(one, assumptions.flow.paid_months)
        found[group.group] = min(gained / group.effort_cost, Fraction(1)) if group.effort_cost else Fraction(1)
    return found


def responding_flow(prices: Prices, assumptions: Assumptions) -> FlowInputs:
    """The flow at `prices`: where effort does not pay, fewer services end in open work."""
    effort = effort_of(prices, assumptions)
    groups = tuple(
        replace(one, open_work=one.open_work * (1 - group.effort_gain * (1 - effort[group.group])))
        for one, group in zip(assumptions.flow.groups, assumptions.groups, strict=True)
    )
    return replace(priced_flow(assumptions, prices), groups=groups)


MORE_MONEY = (-6, -4, -2, 0, 2, 4, 6, 8, 10, 15, 20)
"""Percent of money more than at the tender's own prices, for the curve of evenness."""


def evenness_of(
    tender: Tender, assumptions: Assumptions, design: WeightDesign, found: FlowFound
) -> tuple[tuple[int, Fraction | None], ...]:
    """By percent of money more, the least spread of margins at the clients of `found`; ``None`` where none is possible.

    Without a proposal there is no curve: nothing is possible at the tender's own money.
    """
    if design.proposal is None:
        return ()
    points = []
    for more in MORE_MONEY:
        assumed = replace(assumptions, dearer=Fraction(more, 100))
        best = LinearDesign(case_of(tender, assumed, found), {}).optimum((LACK, SPREAD))
        points.append((more, None if best is None else Fraction(round(best.spread * 100), 100)))
    return tuple(points)


IN_DOUBT = (-10, 10)
"""Percent by which the assumed cost of one group may be wrong."""


def doubts_of(tender: Tender, assumptions: Assumptions, design: WeightDesign, found: FlowFound) -> tuple[Doubt, ...]:
    """Whether the proposal stays better than the tender's own prices when the cost of one group is not as assumed."""
    if design.proposal is None:
        return ()
    doubts = []
    for group in assumptions.groups:
        for percent in IN_DOUBT:
            other = replace(group, duty_cost=group.duty_cost * (100 + percent) / 100)
            groups = tuple(other if one.group == group.group else one for one in assumptions.groups)
            case = case_of(tender, replace(assumptions, groups=groups), found)
            spreads = (outlook_of(case, prices).spread for prices in (design.before, design.proposal))
            doubts.append(Doubt(group.group, percent, *spreads))
    return tuple(doubts)


class _Draws:
    """Courses by what moves them; prices alone never do."""

    def __init__(self, assumptions: Assumptions, chances: Chances) -> None:
        self._assumptions, self._chances = assumptions, chances
        self._known: dict[FlowInputs, Courses] = {}

    def found(self, prices: Prices) -> FlowFound:
        """What the simulation finds at `prices`."""
        inputs = responding_flow(prices, self._assumptions)
        bare = replace(inputs, prices=())
        if bare not in self._known:
            self._known[bare] = courses_of(bare, self._chances.replications, self._chances.seed)
        return found_of(inputs, self._known[bare], self._chances.seed)


def _proposed(case: DesignCase) -> Prices | None:
    best = LinearDesign(case, {}).optimum()
    return None if best is None else on_the_grid(case, best.values)


def _with(case: DesignCase, prices: Prices, steps: tuple[Step, ...]) -> WeightDesign:
    best = LinearDesign(case, {}).optimum()
    wished = {line.name for line in soft(case)}
    return WeightDesign(
        before=case.before,
        proposal=prices,
        outlook_before=outlook_of(case, case.before),
        outlook=outlook_of(case, prices),
        lacking={name: lack for name, lack in broken_by(case, prices).items() if name in wished},
        shadows=shadows_of(case, best) if best is not None else (),
        repairs=(),
        steps=steps,
        volumes=case.volumes,
    )


def _without(case: DesignCase, steps: tuple[Step, ...]) -> WeightDesign:
    return WeightDesign(
        before=case.before,
        proposal=None,
        outlook_before=outlook_of(case, case.before),
        outlook=None,
        lacking={},
        shadows=(),
        repairs=repairs_of(case),
        steps=steps,
        volumes=case.volumes,
    )


def _budgets(tender: Tender, found: FlowFound) -> list[BudgetRow]:
    """Yearly ceiling on the announced volumes, the framework's value on the mean and on the dearest 5 %, and years."""
    bonus = 1 + (exact(tender.bonus_sanction.bonus_cap) / 100 if tender.bonus_sanction else Fraction(0))
    rows = []
    ceiling = tender.award.selection.yearly_cost_ceiling
    if ceiling is not None:
        announced = {group.id: Volume(group.client_months, group.work_hours) for group in tender.groups}
        rows.append(BudgetRow("year", exact(ceiling), announced))
    if tender.framework.maximum_value > 0:
        tail = {
            one.group: Volume(ceil(sum(one.tail_client_months)), ceil(sum(one.tail_hours) * bonus))
            for one in found.groups
        }
        rows.append(BudgetRow("tail", exact(tender.framework.maximum_value), tail))
    return [*rows, *_calendar(tender, found, bonus)]


def _calendar(tender: Tender, found: FlowFound, bonus: Fraction) -> list[BudgetRow]:
    """One row for each calendar year with money for the purchase; months go to the year in which they begin."""
    amounts: dict[int, Fraction] = {}
    for line in tender.budget:
        if line.source is MoneySource.PURCHASE:
            amounts[line.year] = amounts.get(line.year, Fraction(0)) + exact(line.amount)
    months = _months_by_year(tender.timetable.production_start, len(found.monthly))
    return [
        BudgetRow(
            str(year),
            amount,
            {
                one.group: Volume(
                    ceil(sum(one.client_months[month] for month in months[year])),
                    ceil(sum(one.hours[month] for month in months[year]) * bonus),
                )
                for one in found.groups
            },
        )
        for year, amount in sorted(amounts.items())
        if months.get(year)
    ]


def _months_by_year(start: date, count: int) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    for month in range(count):
        found.setdefault(start.year + (start.month - 1 + month) // _YEAR, []).append(month)
    return found
