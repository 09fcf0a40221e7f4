"""The floors hold, and the guard that says so finds each kind of planted violation."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import PACKAGES, ROOT

PLANTED = {
    "the tender looks up": ("tender/publishing.py", "import evaluation.acts", "Two houses"),
    "the houses meet": ("evaluation/acts.py", "import market_dialogue.invitation", "Two houses"),
    "a room looks up": ("tender/forms/bid_form.py", "import tender.publishing", "Floors of the tender"),
    "two rooms meet": ("tender/checks/arithmetic.py", "import tender.reading", "Floors of the tender"),
    "a new room without a floor": ("tender/attic.py", "", "Floors of the tender"),
    "contract looks up to award": ("evaluation/contract/payments.py", "import evaluation.award", "Floors of the eval"),
    "dialogue rooms meet": ("market_dialogue/intake/files.py", "import market_dialogue.notice", "Floors of the market"),
    "a rule reads the clock": ("evaluation/award/scoring.py", "import time", "Rules never meet the world"),
    "a rule opens a path": ("tender/model/tender.py", "import pathlib", "Rules never meet the world"),
    "a second door to workbooks": ("evaluation/intake.py", "import openpyxl", "One door to workbooks"),
    "a second door to solvers": ("evaluation/award/selection.py", "import pulp", "One door to solvers"),
    "a page made elsewhere": ("evaluation/reports.py", "import weasyprint", "Pages are made"),
    "a second door to the database": ("evaluation/acts.py", "import apsw", "The record alone"),
}  # fmt: skip


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    script = (
        "import sys; sys.path.insert(0, sys.argv.pop()); from importlinter.cli import lint_imports_command as l; l()"
    )
    command = [sys.executable, "-c", script, "--no-cache", "--config", "pyproject.toml", str(folder)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the house in which violations may be planted."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_floors_hold(house: Path) -> None:
    """Every contract is kept."""
    result = _lint(house)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


@pytest.mark.parametrize("violation", PLANTED, ids=str)
def test_a_planted_violation_is_found(house: Path, violation: str) -> None:
    """One import in the wrong place breaks the contract that forbids it."""
    file, line, contract = PLANTED[violation]
    target = house / file
    before = target.read_text(encoding="utf-8") if target.exists() else '"""A stranger."""\n'
    target.write_text(before + f"\n{line}\n", encoding="utf-8")
    result = _lint(house)
    assert result.returncode != 0, "the violation went unseen"
    assert contract in result.stdout + result.stderr
