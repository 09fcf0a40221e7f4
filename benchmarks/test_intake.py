"""Durable intake: answers of four kilobytes from fifty threads, acknowledged after COMMIT, one writer beside one each.

The baseline commits every answer alone, through one connection whose turn the threads wait for.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Lock

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tender.record import Publicity, Record
from tender.record.answers import AnswerReceived
from tender.record.writer import Writer
from tests.tender.record.intake import answer_of

THREADS = 50
ANSWERS = 1_500

Taker = Callable[[AnswerReceived], object]


def _now() -> datetime:
    return datetime.now(UTC)


def _salt() -> bytes:
    return secrets.token_bytes(32)


@contextmanager
def together(path: Path) -> Iterator[Taker]:
    """One writer commits whatever waits."""
    with Writer(path, _now, _salt, "intake") as writer:
        yield lambda one: writer.submit(one.kind, one.payload(), "portaali", Publicity.AUTHORITY, one.key)


@contextmanager
def alone(path: Path) -> Iterator[Taker]:
    """A transaction for each answer."""
    turn = Lock()

    def take(one: AnswerReceived) -> object:
        payload = one.payload()
        with turn:
            return record.append(one.kind, payload, "portaali", Publicity.AUTHORITY, key=one.key)

    with Record.open(path, _now, _salt, "intake") as record:
        yield take


@pytest.mark.parametrize("way", [together, alone])
def test_intake(benchmark: BenchmarkFixture, way: Callable[[Path], Taker], tmp_path: Path) -> None:
    """`ANSWERS` answers by `THREADS` threads; answers a second and the 99th percentile of waiting stand beside."""
    benchmark.group = "durable intake, 50 threads"
    numbers = count()
    waits: list[float] = []

    def one(take: Taker, number: int) -> None:
        received = AnswerReceived(answer_of(f"a{number}"), f"a{number}")
        began = time.perf_counter()
        take(received)
        waits.append(time.perf_counter() - began)

    def load() -> None:
        path = tmp_path / f"{next(numbers)}.db"
        with way(path) as take, ThreadPoolExecutor(THREADS) as pool:  # type: ignore[attr-defined]
            list(pool.map(lambda number: one(take, number), range(ANSWERS)))
        with Record.read(path) as record:
            assert len(record.events()) == ANSWERS

    benchmark.pedantic(load, rounds=3)
    assert benchmark.stats is not None
    benchmark.extra_info["answers a second"] = round(ANSWERS / benchmark.stats.stats.median)
    benchmark.extra_info["p99 ms"] = round(1000 * sorted(waits)[len(waits) * 99 // 100])
