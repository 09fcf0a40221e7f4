"""How long the whole story takes."""

from __future__ import annotations

from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from evaluation.acts.demo import Teller, tell


def test_the_whole_demo(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """From the tender file to a decision and a proven record."""
    teller = Teller(lambda _: None, lambda _: None)
    story = benchmark.pedantic(lambda: tell(tmp_path / "demo", "pohjois-savo", teller), rounds=2)
    assert not story.broken
