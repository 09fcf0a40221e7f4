"""The defaults: the tender's own figures, and a typical provider that just lives on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.design.assumptions import MARGIN, default_assumptions, priced_flow, production_months
from evaluation.design.client_flow.markov import means_of
from evaluation.design.weights.prices import reference_prices
from evaluation.design.weights.rounds import Chances, design_weights, effort_of, moved, responding_flow
from tender.model.framework import AllocationRule
from tests.sample import sample_tender

TENDER = sample_tender()


def test_without_anchors_the_flow_has_the_announced_volumes() -> None:
    """Stock, client-months and work hours of a steady year, within half a percent."""
    flow = default_assumptions(TENDER).flow
    for mean, group in zip(means_of(replace(flow, months=36)), TENDER.groups, strict=True):
        assert float(mean.served[20]) == pytest.approx(group.client_total)
        assert float(sum(mean.hours[24:])) == pytest.approx(group.work_hours, rel=0.005)


def test_a_typical_provider_just_lives_on_the_tender_s_prices() -> None:
    """Cost times one plus the margin is a little below the pay of the whole production."""
    assumed = default_assumptions(TENDER)
    flow = assumed.flow
    pay = cost = 0.0
    for mean, price in zip(means_of(flow), flow.prices, strict=True):
        pay += float(sum(mean.served)) * price.capitation / 100 + float(sum(mean.hours)) * price.outcome / 10_000
        cost += float(sum(mean.served)) * price.cost / 100
    assert 0.95 < cost * float(1 + MARGIN) / pay < 1


def test_clients_of_an_industry_choose_nobody() -> None:
    """Where the industry decides, every client is given by lot and nobody changes."""
    by_industry = replace(TENDER, choice=replace(TENDER.choice, rule=AllocationRule.INDUSTRY))
    flow = default_assumptions(by_industry).flow
    assert flow.undecided == 1
    assert flow.switching == 0
    assert len({one.popularity for one in flow.providers}) == 1


def test_open_days_of_production_get_two_years() -> None:
    """A draft without its days is simulated for 24 months."""
    times = replace(TENDER.timetable, production_start=date.max, production_end=date.max)
    assert production_months(replace(TENDER, timetable=times)) == 24
    assert production_months(TENDER) >= 1


def test_effort_that_does_not_pay_costs_work() -> None:
    """At half the hourly price effort falls, and fewer services end in open work; never more than all of it."""
    assumed = default_assumptions(TENDER)
    prices = reference_prices(TENDER)
    poor = replace(prices, groups=tuple(replace(one, outcome=one.outcome / 2) for one in prices.groups))
    assert all(0 < share < 1 for share in effort_of(poor, assumed).values())
    for group, less in zip(assumed.flow.groups, responding_flow(poor, assumed).groups, strict=True):
        assert less.open_work < group.open_work


def test_prices_and_clients_agree_in_the_end() -> None:
    """The last residual is printed and small, the proposal keeps every rule, and the seed decides alone."""
    assumed = default_assumptions(TENDER)
    told: list[int] = []
    design = design_weights(TENDER, assumed, Chances(3, 200), told.append)
    assert design.proposal is not None
    assert design.outlook is not None
    assert design.outlook.broken == ()
    assert design.steps[-1].residual is not None
    assert design.steps[-1].residual <= 1 / 200
    assert told == [step.number for step in design.steps]
    assert design_weights(TENDER, assumed, Chances(3, 200)) == design


def test_the_residual_is_the_largest_change() -> None:
    """A price that rises from 42 to 44.10 moved by five percent."""
    prices = reference_prices(TENDER)
    first = prices.groups[0]
    other = replace(prices, groups=(replace(first, capitation=first.capitation * 21 / 20), *prices.groups[1:]))
    assert float(moved(prices, other)) == pytest.approx(0.05)
    assert moved(prices, prices) == 0


def test_unit_prices_reach_the_simulation_in_whole_units() -> None:
    """Cents of capitation and ten-thousandths of a euro of outcome pay, exactly those of the tender."""
    assumed = default_assumptions(TENDER)
    for price, found in zip(
        reference_prices(TENDER).groups, priced_flow(assumed, reference_prices(TENDER)).prices, strict=True
    ):
        assert found.capitation == price.capitation * 100
        assert found.outcome == price.outcome * 10_000
