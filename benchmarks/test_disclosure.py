"""Secondary suppression: sizes against seconds and the gap; the exact audit apart."""

from __future__ import annotations

import time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tender.annexes.disclosure.audit import intervals
from tender.annexes.disclosure.building import published
from tender.annexes.disclosure.protection import Wish, protect
from tender.annexes.disclosure.suppression import Order, suppress
from tender.annexes.disclosure.tables import System
from tender.annexes.disclosure.weights import weights
from tests.tender.annexes.instances import pilot_annex, random_table, small_needs

TABLES: dict[str, tuple[System, int]] = {
    "20x20": (random_table((20, 20), 7), 3),
    "60x30": (random_table((60, 30), 7), 3),
    "100x40": (random_table((100, 40), 7), 3),
    "3x8x8": (random_table((3, 8, 8), 7), 3),
    "6x6x6": (random_table((6, 6, 6), 7), 3),
    "2x3x8x6": (random_table((2, 3, 8, 6), 7), 3),
}
_SECONDS = 60


@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_the_pilots_annex(benchmark: BenchmarkFixture, threshold: int) -> None:
    """Five linked three-way tables, protected and audited: proven."""
    table = pilot_annex()
    needs = small_needs(table, threshold)
    found = benchmark.pedantic(
        lambda: protect(table, needs, Wish(threshold), time.monotonic, _SECONDS), rounds=1, iterations=1
    )
    benchmark.extra_info.update(
        cells=len(table.cells), primaries=len(needs), cost=found.cost, bound=found.bound, gap=float(found.gap)
    )
    assert found.proven


@pytest.mark.parametrize("name", TABLES)
def test_a_table(benchmark: BenchmarkFixture, name: str) -> None:
    """Tables of one size each, within a minute; the gap is recorded where there is no proof."""
    table, threshold = TABLES[name]
    needs = small_needs(table, threshold)
    found = benchmark.pedantic(
        lambda: suppress(Order(table, needs, weights(table), whole=True), time.monotonic, _SECONDS),
        rounds=1,
        iterations=1,
    )
    began = time.monotonic()
    seen = intervals(published(table, found.hidden))
    benchmark.extra_info.update(
        cells=len(table.cells), primaries=len(needs), cost=found.cost, bound=found.bound, gap=float(found.gap),
        audit_seconds=time.monotonic() - began, certified=all(one.low.certain and one.high.certain for one in seen),
    )  # fmt: skip
    assert found.bound <= found.cost
