"""Distributions by hand, and money that adds up."""

from __future__ import annotations

import numpy as np
import pytest

from evaluation.design.client_flow import courses_of, found_of
from evaluation.design.client_flow.money import capitation, hours, outcome
from evaluation.design.client_flow.summary import spread
from tests.evaluation.design.flows import flow

INPUTS = flow(cap=480, months=8)
COURSES = courses_of(INPUTS, 200, 9)
FOUND = found_of(INPUTS, COURSES, 9)


def test_the_figures_of_a_hundred_numbers() -> None:
    """1 to 100: mean 50.5, median 50.5, and the worst five have a mean of 98."""
    found = spread(np.arange(1, 101))
    assert (found.mean, found.middle, found.tail) == (50.5, 50.5, 98.0)
    assert found.low < found.lower < found.middle < found.upper < found.high < found.tail


def test_order_does_not_matter() -> None:
    """The same numbers backwards."""
    assert spread(np.arange(100, 0, -1)) == spread(np.arange(1, 101))


def test_of_one_number_everything_is_that_number() -> None:
    """Even the tail."""
    found = spread(np.array([7]))
    assert {found.mean, found.low, found.middle, found.high, found.tail} == {7.0}


def test_the_whole_is_the_sum_of_its_months() -> None:
    """Cumulated spend ends at the spend of the whole time; groups and providers hold the same clients."""
    assert FOUND.cumulated[-1].mean == pytest.approx(FOUND.spend.mean)
    assert sum(one.mean for one in FOUND.monthly) == pytest.approx(FOUND.spend.mean)
    clients = sum(one.clients for one in FOUND.providers) * INPUTS.months
    assert clients == pytest.approx(sum(sum(one.client_months) for one in FOUND.groups))


def test_spend_is_months_times_capitation_and_hours_times_price() -> None:
    """To half a cent for each invoice line."""
    exact = 0.0
    for group, price in zip(FOUND.groups, INPUTS.prices, strict=True):
        exact += sum(group.client_months) * price.capitation + sum(group.hours) * price.outcome / 100
    lines = len(INPUTS.groups) * len(INPUTS.providers) * INPUTS.months // INPUTS.invoice_months
    assert abs(FOUND.spend.mean - exact) <= lines / 2


def test_the_dearest_courses_cost_what_the_tail_says() -> None:
    """Volumes of the tail at their prices are the CVaR: what the budget's row rests on."""
    exact = 0.0
    for group, price in zip(FOUND.groups, INPUTS.prices, strict=True):
        exact += sum(group.tail_client_months) * price.capitation + sum(group.tail_hours) * price.outcome / 100
    assert exact == pytest.approx(FOUND.spend.tail, rel=1e-6)
    assert FOUND.spend.tail > FOUND.spend.high > FOUND.spend.mean


def test_full_providers_are_counted_by_replication_and_by_month() -> None:
    """A cap that once turned somebody away is full in that replication; months are fewer."""
    for place, one in enumerate(FOUND.providers):
        turned = COURSES.turned[:, :, place] > 0
        assert one.full == pytest.approx(turned.any(axis=1).mean())
        assert one.full_months == pytest.approx(turned.mean())
        assert one.full_months <= one.full
    assert FOUND.any_full >= max(one.full for one in FOUND.providers)


def test_the_share_of_outcome_pay_by_period() -> None:
    """Outcome money over all money of the same four months."""
    paid, monthly = outcome(INPUTS, COURSES), capitation(INPUTS, COURSES)
    for period, share in enumerate(FOUND.outcome_share):
        months = slice(4 * period, 4 * period + 4)
        whole = paid[:, months].sum() + monthly[:, months].sum()
        assert share == pytest.approx(paid[:, months].sum() / whole)


def test_hours_are_jobs_times_the_hours_of_the_group() -> None:
    """135, 120 and 95 hours a month."""
    worked = hours(INPUTS, COURSES)
    for place, one in enumerate(INPUTS.groups):
        assert (worked[:, :, place] == COURSES.jobs[:, :, place] * one.hours).all()


def test_cash_begins_with_costs_and_is_worse_in_bad_courses() -> None:
    """After the first month only costs were paid; the low curve never lies above the mean."""
    for one in FOUND.providers:
        assert one.cash[0] < 0
        assert all(low <= mean for low, mean in zip(one.cash_low, one.cash, strict=True))
