"""What is assumed where the buyer says nothing: cautious figures made from the tender's own, each marked as a default.

The flow comes from the anchors of the open data annex where they are, so that a practice register, a bidder and this
room reckon with the same clients; else from stock, client-months and work hours. Costs are set so that a typical
provider just lives on the tender's own prices: then the design moves money between groups, not to providers.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from evaluation.design.client_flow.markov import job_hours, means_of
from evaluation.design.weights.prices import reference_prices
from tender.deadlines.calendar import months_between
from tender.model.design import Assumptions, GroupDesign, Prices, Span
from tender.model.flow import FlowInputs, FlowPrices, GroupFlow, ProviderFlow
from tender.model.framework import AllocationRule
from tender.model.groups import RiskGroup
from tender.model.prices import PriceForm, PricePart
from tender.model.tender import Tender
from tender.money import exact, round_half_up

MARGIN = Fraction(8, 100)
"""What a typical provider earns on its costs."""

EFFORT_MARGIN = Fraction(10, 100)
"""By how much the reward of effort exceeds its cost."""

OUTCOME_SHARE = Span(Fraction(30, 100), Fraction(50, 100))
"""Outcome pay as a share of all pay (Uusimaa 30-50 %: outcome-payments.md §1)."""

WITHIN = Fraction(15)
"""Euros a client-month by which a subgroup's margin may lie above its group's."""

RESERVE_MONTHS = Fraction(3)
"""Months of pay that a typical provider can advance."""

WEIGHT_ROOM = Fraction(1, 4)
"""How far a weight may lie from the tender's, as a share of it."""

UNDECIDED, SWITCHING, FAILURE, SHOCK = Fraction(20, 100), Fraction(1, 100), Fraction(1, 1000), Fraction(5, 100)
_POPULARITY = Fraction(8, 10)
_PAID = Fraction(97, 100)
_EFFORT = Fraction(15, 100)
_DUTY = (Fraction(95, 100), Fraction(110, 100))
_HARDER = (Fraction(1), Fraction(18, 10))
_GAIN = (Fraction(25, 100), Fraction(35, 100))
_LEAVING = (Fraction(40, 100), Fraction(4, 100))
_OPEN_WORK = (Fraction(65, 100), Fraction(30, 100))
_LOSS, _HOURS = Fraction(7, 100), 120
_MONTHS, _YEAR, _PAID_MONTHS, _DAYS = 24, 12, 12, 30


def default_assumptions(tender: Tender) -> Assumptions:
    """Every assumption that the design needs, made from `tender` alone."""
    prices = reference_prices(tender)
    flows = _group_flows(tender)
    flow = _flow(tender, flows)
    pay, months = _pay(prices, flow)
    made = Assumptions(
        groups=_group_designs(tender, pay, flow),
        flow=flow,
        margin=MARGIN,
        reserve=_cents(RESERVE_MONTHS * pay / months if months else Fraction(0)),
        effort_margin=EFFORT_MARGIN,
        outcome_share=OUTCOME_SHARE,
        within=WITHIN,
    )
    return replace(made, flow=priced_flow(made, prices))


def priced_flow(assumptions: Assumptions, prices: Prices) -> FlowInputs:
    """The flow with `prices`, and the costs that are assumed; effort is spread over a client's mean stay."""
    flow = assumptions.flow
    rows = tuple(
        FlowPrices(
            price.group,
            int(round_half_up(exact(price.capitation) * 100, 0)),
            int(round_half_up(exact(price.outcome) * 10_000, 0)),
            int(round_half_up((group.duty_cost + group.effort_cost * one.leaving) * 100, 0)),
        )
        for price, group, one in zip(prices.groups, assumptions.groups, flow.groups, strict=True)
    )
    return replace(flow, prices=rows)


def production_months(tender: Tender) -> int:
    """Whole months of production without options, at least one; `_MONTHS` while its days are open."""
    months = months_between(tender.timetable.production_start, tender.timetable.production_end)
    return max(int(round_half_up(months, 0)), 1) if months else _MONTHS


def _flow(tender: Tender, groups: tuple[GroupFlow, ...]) -> FlowInputs:
    framework, billing = tender.framework, tender.billing
    by_industry = tender.choice.rule is AllocationRule.INDUSTRY
    providers = tuple(
        ProviderFlow(_letter(place), Fraction(1) if by_industry else _POPULARITY**place, framework.client_cap)
        for place in range(max(framework.providers, 1))
    )
    return FlowInputs(
        groups=groups,
        providers=providers,
        prices=(),
        months=production_months(tender),
        invoice_months=max(billing.outcome_months, 1),
        paid_months=_PAID_MONTHS,
        payment_months=-(-billing.payment_days // _DAYS),
        undecided=Fraction(1) if by_industry else UNDECIDED,
        switching=Fraction(0) if by_industry else SWITCHING,
        failure=FAILURE,
        shock=SHOCK,
    )


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else f"{place + 1}"  # noqa: PLR2004 - letters of the alphabet


def _group_flows(tender: Tender) -> tuple[GroupFlow, ...]:
    """From the anchors where they name every group, else from the announced volumes."""
    anchors = tender.open_data.anchors if tender.open_data else None
    count = len(tender.groups)
    if anchors is None or any(group.id not in anchors.exit_rates for group in tender.groups):
        return tuple(_announced(group, place, count) for place, group in enumerate(tender.groups))
    return tuple(
        GroupFlow(
            group.id,
            group.client_total,
            anchors.inflow * exact(anchors.entry_shares[group.id]),
            min(exact(anchors.exit_rates[group.id]), Fraction(1)),
            exact(anchors.open_work[group.id]),
            anchors.hours_per_month[group.id],
            exact(anchors.job_loss[group.id]),
        )
        for group in tender.groups
    )


def _announced(group: RiskGroup, place: int, count: int) -> GroupFlow:
    """A flow whose steady state has the announced stock and hours; how long clients stay is a default."""
    leaving = _between(_LEAVING, place, count)
    inflow = group.client_total * leaving
    one = GroupFlow(group.id, group.client_total, inflow, leaving, _between(_OPEN_WORK, place, count), _HOURS, _LOSS)
    wanted = Fraction(group.work_hours, _YEAR) / inflow if inflow else Fraction(0)
    work = wanted / job_hours(one, _PAID_MONTHS)
    return replace(one, open_work=min(work, Fraction(1)), hours=int(_HOURS * max(work, Fraction(1))))


def _group_designs(tender: Tender, pay: Fraction, flow: FlowInputs) -> tuple[GroupDesign, ...]:
    count, means = len(tender.groups), means_of(flow)
    cost = pay * _PAID / (1 + MARGIN)
    duty = sum((_between(_DUTY, place, count) * sum(one.served) for place, one in enumerate(means)), Fraction(0))
    effort = sum(
        (
            _between(_HARDER, place, count) * sum(one.served) * group.leaving
            for place, (one, group) in enumerate(zip(means, flow.groups, strict=True))
        ),
        Fraction(0),
    )
    return tuple(
        GroupDesign(
            group=group.id,
            name=group.name,
            duty_cost=_cents(cost * (1 - _EFFORT) * _between(_DUTY, place, count) / max(duty, Fraction(1))),
            effort_cost=_cents(cost * _EFFORT * _between(_HARDER, place, count) / max(effort, Fraction(1))),
            effort_gain=_between(_GAIN, place, count),
            capitation=_span(tender.prices.capitation, group.id),
            outcome=_span(tender.prices.outcome, group.id),
            capitation_weight=_weight_span(tender.prices.capitation, group.id),
            outcome_weight=_weight_span(tender.prices.outcome, group.id),
        )
        for place, group in enumerate(tender.groups)
    )


def _span(part: PricePart, group: str) -> Span:
    """The range of the tendered price: of the base where there is one, else of the group."""
    found = part.base if part.form is PriceForm.BASE_TIMES_WEIGHT else (part.groups or {}).get(group)
    return Span(exact(found.lowest), exact(found.highest)) if found else Span(Fraction(0), Fraction(0))


def _weight_span(part: PricePart, group: str) -> Span | None:
    """Around the tender's weight; a weight of one stays, so that the base price keeps its meaning."""
    if part.form is not PriceForm.BASE_TIMES_WEIGHT:
        return None
    weight = exact((part.weights or {}).get(group, Decimal(1)))
    if weight == 1:
        return Span(weight, weight)
    ends = (weight * (1 - WEIGHT_ROOM), weight * (1 + WEIGHT_ROOM))
    return Span(exact(round_half_up(ends[0], 2)), exact(round_half_up(ends[1], 2)))


def _pay(prices: Prices, flow: FlowInputs) -> tuple[Fraction, Fraction]:
    """Euros and client-months of the whole production on average: work hours come slowly at first."""
    means = means_of(flow)
    pay = sum(
        (
            exact(price.capitation) * sum(one.served) + exact(price.outcome) * sum(one.hours)
            for price, one in zip(prices.groups, means, strict=True)
        ),
        Fraction(0),
    )
    return pay, sum((sum(one.served, Fraction(0)) for one in means), Fraction(0))


def _between(ends: tuple[Fraction, Fraction], place: int, count: int) -> Fraction:
    """The value of the group at `place` when the groups stand evenly between `ends`, to a hundredth."""
    value = ends[0] + (ends[1] - ends[0]) * place / max(count - 1, 1)
    return exact(round_half_up(value, 2))


def _cents(value: Fraction) -> Fraction:
    return exact(round_half_up(value, 2))
