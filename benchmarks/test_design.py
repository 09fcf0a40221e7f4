"""Speed of the flow of clients and of one solve of the weights (issue 7: under 5 s on one core; under 1 s a solve)."""

from __future__ import annotations

from time import process_time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from evaluation.design.client_flow import simulate
from evaluation.design.weights.program import LinearDesign
from evaluation.design.weights.rounding import on_the_grid
from evaluation.design.weights.shadows import shadows_of
from tender.model.design import Prices
from tests.evaluation.design.cases import with_subgroup
from tests.evaluation.design.flows import flow


@pytest.mark.benchmark(timer=process_time)
def test_ten_thousand_replications(benchmark: BenchmarkFixture) -> None:
    """10,000 replications of 24 months, 1,400 clients, three providers with a cap: seconds of one core."""
    found = benchmark.pedantic(lambda: simulate(flow(), 10_000, 1), rounds=3)
    assert found.replications == 10_000


def test_one_solve(benchmark: BenchmarkFixture) -> None:
    """Three goals, prices on the grid, worth of every rule."""

    def solve() -> Prices | None:
        case = with_subgroup()
        best = LinearDesign(case, {}).optimum()
        assert best is not None
        assert shadows_of(case, best)
        return on_the_grid(case, best.values)

    assert benchmark(solve) is not None
