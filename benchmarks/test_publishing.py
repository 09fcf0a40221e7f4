"""How long the whole published set of an example takes."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tender.publishing.release import Chance, draft, publish
from tender.starting import example_names, start_folder

CHANCE = Chance(lambda: datetime(2026, 1, 1, tzinfo=UTC), lambda: bytes(32), lambda: "0" * 64)


@pytest.mark.parametrize("example", example_names())
def test_publish_the_whole_set(benchmark: BenchmarkFixture, tmp_path: Path, example: str) -> None:
    """`valinta publish` from an empty record, all documents and the form."""
    numbers = itertools.count()

    def fresh() -> tuple[tuple[Path], dict[str, object]]:
        return (start_folder(tmp_path / str(next(numbers)), example, None, synthetic=True),), {}

    def run(folder: Path) -> int:
        return len(publish(folder, date(2018, 11, 5), CHANCE, "benchmark", lambda _: None).files)

    assert benchmark.pedantic(run, setup=fresh, rounds=3) > 0


def test_draft_the_whole_set(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """`valinta draft` of the Pohjois-Savo example."""
    folder = start_folder(tmp_path / "draft", "pohjois-savo", None)
    written = benchmark.pedantic(lambda: draft(folder, date(2018, 11, 5), lambda _: None), rounds=3)
    assert written.files
