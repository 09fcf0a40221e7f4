"""Blocks on processes and on a local cluster of Dask's give the figures that they give here."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from multiprocessing import get_context

import pytest

from evaluation.design.client_flow import simulate
from tests.evaluation.design.flows import flow

INPUTS = flow(cap=500, undecided=Fraction(1, 5), failure=Fraction(1, 200), months=8)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_processes_give_the_same(workers: int) -> None:
    """One worker and two, in processes of their own."""
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        assert simulate(INPUTS, 1100, 3, pool) == simulate(INPUTS, 1100, 3)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_local_cluster_gives_the_same() -> None:
    """Dask's executor runs the same blocks; only where the extra is installed."""
    distributed = pytest.importorskip("distributed")
    with distributed.Client(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as client:
        assert simulate(INPUTS, 1100, 3, client.get_executor()) == simulate(INPUTS, 1100, 3)
