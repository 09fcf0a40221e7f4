"""One block of courses, step by step: shares, who is turned away, lengths of jobs, queues and changes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from evaluation.design.client_flow import courses_of
from evaluation.design.client_flow.course import _Course, lengths_of
from tender.model.flow import FlowInputs, GroupFlow, ProviderFlow
from tests.evaluation.design.flows import PRICES, flow

SEED = np.random.SeedSequence(5)


def course(inputs: FlowInputs, replications: int = 4) -> _Course:
    return _Course(inputs, SEED, replications)


@pytest.mark.parametrize(
    ("opened", "undecided", "wanted"),
    [
        ((True, True, True), 0, (0.45, 0.30, 0.25)),
        ((True, True, True), 1, (1 / 3, 1 / 3, 1 / 3)),
        ((False, True, True), 0, (0, 0.30 / 0.55, 0.25 / 0.55)),
        ((False, True, True), 1, (0, 0.5, 0.5)),
        ((False, False, True), Fraction(1, 2), (0, 0, 1)),
        ((True, False, True), Fraction(1, 2), (0.5 * 0.45 / 0.7 + 0.25, 0, 0.5 * 0.25 / 0.7 + 0.25)),
    ],
)
def test_where_clients_go(opened: tuple[bool, ...], undecided: Fraction, wanted: tuple[float, ...]) -> None:
    """In proportion to popularity among the open providers; by lot for those who choose nobody."""
    made = course(flow(undecided=Fraction(undecided)))
    found = made._shares(np.array([opened]))[0]
    assert found == pytest.approx(wanted)
    assert found.sum() == pytest.approx(1)


def test_providers_whom_nobody_chooses_are_shared_evenly_when_they_are_the_only_ones_open() -> None:
    """A popularity of zero among the open ones divides by nothing."""
    made = course(flow(popularity=(100, 0, 0)))
    assert made._shares(np.array([[False, True, True]]))[0] == pytest.approx((0, 0.5, 0.5))


def test_whom_a_full_provider_turns_away() -> None:
    """Exactly the surplus, never more of a group than chose it, and nobody where there is room."""
    made = course(flow())
    chosen = np.array([[[5, 7, 0], [10, 2, 3], [1, 0, 4]], [[0, 0, 0], [4, 4, 4], [0, 1, 2]]])
    over = np.array([[6, 0, 7], [4, 5, 0]])
    away = made._turned(chosen, over)
    assert (away.sum(axis=1) == over).all()
    assert (away <= chosen).all()
    assert (away >= 0).all()


def test_the_surplus_is_drawn_from_all_groups_alike() -> None:
    """Of 30 and 10 clients the surplus of 20 takes 15 and 5 on average."""
    made = course(flow(), 1)
    chosen = np.tile(np.array([[[30], [10], [0]]]), (4000, 1, 1))
    away = made._turned(chosen, np.full((4000, 1), 20))
    assert away[:, :, 0].mean(axis=0) == pytest.approx([15, 5, 0], abs=0.15)


@pytest.mark.parametrize("loss", [0.0, 0.05, 0.25, 0.5, 1.0])
def test_lengths_of_jobs_have_their_shares(loss: float) -> None:
    """A job ends after each month with the same chance, and is paid for twelve months at most."""
    shares = np.bincount(lengths_of(loss, 12), minlength=13) / 2**16
    assert shares[0] == 0
    for month in range(1, 12):
        assert shares[month] == pytest.approx(loss * (1 - loss) ** (month - 1), abs=2e-5)
    assert shares[12] == pytest.approx((1 - loss) ** 11, abs=2e-5)
    assert shares.sum() == 1


def test_a_job_is_paid_from_the_next_month_on_for_its_length() -> None:
    """All clients leave into jobs without loss in the first month: they are paid in months 1 to 12 and no longer."""
    sure = GroupFlow("easy", 50, Fraction(0), Fraction(1), Fraction(1), 100, Fraction(0))
    inputs = FlowInputs((sure,), (ProviderFlow("A", Fraction(1), 100),), (PRICES[0],), months=16)
    jobs = courses_of(inputs, 3, 1).jobs[:, :, 0, 0]
    assert jobs[0].tolist() == [0, *[50] * 12, 0, 0, 0]


def test_clients_in_the_queue_leave_it_too() -> None:
    """Without any open place the queue falls by the share that ends, and nobody is paid."""
    waiting = GroupFlow("easy", 1000, Fraction(0), Fraction(1, 2), Fraction(1), 100, Fraction(0))
    inputs = FlowInputs((waiting,), (ProviderFlow("A", Fraction(1), 0),), (PRICES[0],), months=3)
    found = courses_of(inputs, 200, 1)
    assert found.served.sum() == 0
    assert found.jobs.sum() == 0
    assert found.queue.mean(axis=0) == pytest.approx([1000, 500, 250], rel=0.02)


def test_changing_providers_loses_nobody() -> None:
    """Everybody changes every month, nobody leaves: the stock stays whole."""
    groups = tuple(replace(one, leaving=Fraction(0), inflow=Fraction(0)) for one in flow().groups)
    found = courses_of(replace(flow(switching=Fraction(1), months=5), groups=groups), 10, 1)
    assert (found.served.sum(axis=(2, 3)) == 1400).all()
    assert len(np.unique(found.served[:, :, 0, 0])) > 5


def test_a_provider_that_stops_hands_its_clients_on() -> None:
    """Nobody disappears with it, and it serves nobody afterwards."""
    groups = tuple(replace(one, leaving=Fraction(0), inflow=Fraction(0)) for one in flow().groups)
    found = courses_of(replace(flow(cap=5000, failure=Fraction(1, 5), months=8), groups=groups), 40, 2)
    whole = found.served.sum(axis=(2, 3)) + found.queue
    assert (whole == 1400).all()
    by_provider = found.served.sum(axis=2)
    for provider in range(3):
        gone = np.cumsum(by_provider[:, :, provider] == 0, axis=1) > 0
        assert (by_provider[:, :, provider][gone] == 0).all()


def test_entrants_are_the_stock_and_all_who_come() -> None:
    """1,400 on the first day, then 232 a month on average."""
    found = courses_of(flow(months=13), 400, 3)
    assert found.entrants.sum(axis=1).mean() == pytest.approx(1400 + 12 * 232, rel=0.005)
