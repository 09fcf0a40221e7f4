"""How soon the command line answers, beside an empty Python in the same session."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

VALINTA = str(Path(sys.executable).with_name("valinta"))


@pytest.mark.benchmark(group="start-up")
@pytest.mark.parametrize("command", [[sys.executable, "-c", "pass"], [VALINTA, "--help"]], ids=["python", "help"])
def test_start_up(benchmark: BenchmarkFixture, command: list[str]) -> None:
    """``valinta --help`` imports no heavy library."""
    result = benchmark(lambda: subprocess.run(command, capture_output=True, check=True))
    assert result.returncode == 0
