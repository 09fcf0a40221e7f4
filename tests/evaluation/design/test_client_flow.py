"""The simulation of clients: held to the exact mean, to its caps, and to itself on any number of workers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.design.client_flow import courses_of, found_of, simulate
from evaluation.design.client_flow.markov import entrant_hours, job_hours, means_of
from evaluation.design.client_flow.money import capitation, cash, hours, outcome
from tender.model.flow import FlowInputs, GroupFlow
from tests.evaluation.design.flows import AVERAGE, EASY, HARD, PRICES, flow

FREE = flow(cap=100_000)


@pytest.mark.parametrize(("group", "hours_of_a_job"), [(EASY, 1241), (AVERAGE, 997), (HARD, 682)])
def test_a_job_has_the_published_hours(group: GroupFlow, hours_of_a_job: int) -> None:
    """Twelve paid months: 1,241, 997 and 682 hours (outcome-payments.md §3)."""
    assert round(job_hours(group, 12)) == hours_of_a_job


def test_outcome_pay_for_a_new_client_is_the_published_one() -> None:
    """0.4, 0.8 and 1.5 times 0.80 euros give 258, 319 and 246 euros (245.4) for each entrant."""
    paid = [
        entrant_hours(one, 12) * price.outcome / 10_000
        for one, price in zip((EASY, AVERAGE, HARD), PRICES, strict=True)
    ]
    assert [round(float(each)) for each in paid] == [258, 319, 245]


def test_the_steady_year_has_the_announced_hours() -> None:
    """1,392,000, 402,500 and 51,250 hours in the second year, within half a percent."""
    means = means_of(replace(FREE, months=24))
    for mean, announced in zip(means, (1_392_000, 402_500, 51_250), strict=True):
        assert float(sum(mean.hours[12:])) == pytest.approx(announced, rel=0.005)


def test_the_simulation_has_the_exact_mean() -> None:
    """Without caps, failures and changes every month's mean lies within four standard errors of the recursion."""
    courses = courses_of(FREE, 1500, 7)
    worked = hours(FREE, courses)
    for place, mean in enumerate(means_of(FREE)):
        for drawn, exact_mean in ((courses.served, mean.served), (worked, mean.hours)):
            months = drawn[:, :, place].sum(axis=2)
            error = months.std(axis=0) / np.sqrt(len(months))
            apart = np.abs(months.mean(axis=0) - np.array([float(one) for one in exact_mean]))
            assert (apart <= 4 * error + 1e-9).all()


def test_a_shock_of_demand_moves_the_spread_and_not_the_mean() -> None:
    """The level of demand is one on average."""
    calm, shaken = (simulate(replace(FREE, shock=width), 1000, 5).spend for width in (Fraction(0), Fraction(1, 5)))
    assert shaken.mean == pytest.approx(calm.mean, rel=0.02)
    assert shaken.high - shaken.low > 2 * (calm.high - calm.low)


def test_workers_do_not_matter() -> None:
    """The same figures here, on one worker and on two; and another seed gives others."""
    inputs = flow(cap=500, undecided=Fraction(1, 5), failure=Fraction(1, 200), switching=Fraction(1, 100), months=9)
    here = simulate(inputs, 1200, 3)
    for workers in (1, 2):
        with ThreadPoolExecutor(workers) as pool:
            assert simulate(inputs, 1200, 3, pool) == here
    assert simulate(inputs, 1200, 4).spend != here.spend


def test_progress_adds_up() -> None:
    """Every block is told, and all of them are the replications asked for."""
    told: list[int] = []
    simulate(flow(months=2), 1100, 1, progress=told.append)
    assert told == [500, 500, 100]


@settings(max_examples=15)
@given(
    cap=st.integers(100, 800),
    first=st.integers(1, 98),
    undecided=st.integers(0, 10),
    failure=st.integers(0, 20),
    seed=st.integers(0, 1000),
)
def test_no_cap_is_ever_exceeded_and_nobody_is_lost(
    cap: int, first: int, undecided: int, failure: int, seed: int
) -> None:
    """Clients in service never pass the cap; on the first day service and queue hold the whole stock."""
    inputs = flow(
        cap, (first, 99 - first, 1), undecided=Fraction(undecided, 10), failure=Fraction(failure, 100), months=8
    )
    courses = courses_of(inputs, 20, seed)
    assert courses.served.sum(axis=2).max() <= cap
    assert min(courses.served.min(), courses.jobs.min(), courses.queue.min()) >= 0
    assert (courses.served[:, 0].sum(axis=(1, 2)) + courses.queue[:, 0] == 1400).all()


def test_a_full_provider_turns_away_and_the_others_take() -> None:
    """At popularity 98 % the first provider is full from the first day on, and nobody waits while others are open."""
    found = simulate(flow(cap=700, popularity=(98, 1, 1), months=3), 200, 1)
    assert found.providers[0].full == 1
    assert found.any_full == 1
    assert found.waiting.mean == 0
    assert found.bounced.mean > 600


def test_too_few_places_make_a_queue() -> None:
    """Three times 400 places for 1,400 clients: 200 wait on the first day, and their waiting is counted."""
    courses = courses_of(flow(cap=400, months=2), 50, 1)
    assert (courses.queue[:, 0] == 200).all()
    assert found_of(flow(cap=400, months=2), courses, 1).waiting.mean >= 200


def test_everybody_stops_and_nobody_serves() -> None:
    """When every provider stops at once all clients wait and nothing is paid."""
    found = simulate(flow(months=3, failure=Fraction(1)), 20, 1)
    assert found.spend.mean == 0
    assert found.waiting.low > 3000


def test_money_is_whole_cents_and_a_period_is_its_invoice() -> None:
    """The months of a period add up to hours times price, rounded half-up once: as an invoice line is."""
    inputs = replace(flow(months=8), prices=tuple(replace(one, outcome=one.outcome + 37) for one in PRICES))
    courses = courses_of(inputs, 30, 2)
    due, worked = outcome(inputs, courses), hours(inputs, courses)
    assert due.dtype == np.int64
    for first in (0, 4):
        for place, price in enumerate(inputs.prices):
            line = worked[:, first : first + 4, place].sum(axis=1) * price.outcome
            assert (due[:, first : first + 4, place].sum(axis=1) == (line + 50) // 100).all()


def test_cash_by_hand() -> None:
    """One client, one provider: costs at once, capitation a month later, the outcome invoice after four months."""
    lone = GroupFlow("easy", 1, Fraction(0), Fraction(0), Fraction(0), 100, Fraction(0))
    inputs = FlowInputs((lone,), flow(popularity=(100,)).providers, (PRICES[0],), months=6)
    courses = courses_of(inputs, 1, 1)
    courses.jobs[0, 3, 0, 0] = 1  # one job, paid in the fourth month: 100 hours at 0.32 euros
    paid = capitation(inputs, courses), outcome(inputs, courses)
    assert cash(inputs, paid, courses.served)[0, :, 0].tolist() == [-7500, -11220, -14940, -18660, -19180, -22900]


def test_the_shares_of_outcome_pay_rise_from_nothing() -> None:
    """Work comes after service: the first period pays the least outcome (18 % in the golden invoice)."""
    shares = simulate(FREE, 200, 1).outcome_share
    assert len(shares) == 6
    assert 0.10 < shares[0] < 0.20 < shares[1] < shares[2]


def test_a_large_area_has_the_exact_mean_too() -> None:
    """A hundred times the clients: jobs are drawn all at once, and the mean of the hours is the same recursion's."""
    groups = tuple(replace(one, stock=one.stock * 100, inflow=one.inflow * 100) for one in FREE.groups)
    large = replace(FREE, groups=groups, months=16)
    worked = hours(large, courses_of(large, 60, 11))
    for place, mean in enumerate(means_of(large)):
        months = worked[:, :, place].sum(axis=2)
        error = months.std(axis=0) / np.sqrt(len(months))
        apart = np.abs(months.mean(axis=0) - np.array([float(one) for one in mean.hours]))
        assert (apart <= 4 * error + 1e-9).all()
