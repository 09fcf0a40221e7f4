"""Killed between any two steps, a panel loses nothing acknowledged, doubles nothing, and comes to the same end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.acts.bids import open_bids
from evaluation.acts.demo import OPENERS
from evaluation.acts.panel import appoint
from evaluation.intake import SCORES
from tender.model.panel import Appointment
from tender.publishing.folder import RECORD_FILE, record_state
from tender.record import Record
from tests.evaluation.acts import panel_worker
from tests.evaluation.acts.panels import MEMBERS, all_free, later, received, two_forms

ROOT = Path(__file__).parents[3]
TWO = Appointment(MEMBERS[:2], "a1", "", "H. Hankkija")
MOST_TURNS = 24
pytestmark = pytest.mark.slow


def work(folder: Path, when: str) -> tuple[int, list[str]]:
    """Let a process of its own work until it is killed or done; its exit code and what it acknowledged."""
    found = subprocess.run(
        [sys.executable, str(Path(panel_worker.__file__)), str(folder), when],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert found.returncode in {0, -signal.SIGKILL}, found.stderr
    return found.returncode, found.stdout.splitlines()


@pytest.fixture
def seated(lean_published: Path) -> Path:
    """One bid opened before a panel of two."""
    received(lean_published, two_forms(lean_published)[:1])
    (lean_published / SCORES).unlink()
    appoint(lean_published, TWO, later(lean_published))
    all_free(lean_published, "a1", "a2")
    open_bids(lean_published, OPENERS, later(lean_published), "tests")
    return lean_published


def facts(folder: Path) -> tuple[object, ...]:
    """All that the panel did, without the numbers of events and moments."""
    panel = record_state(folder).panel
    scores = [(one.evaluator, one.cell, one.level, one.reason, one.version) for one in panel.scores]
    consensus = [(one.cell, one.level, one.reason, dict(one.moved), one.version) for one in panel.consensus]
    said = record_state(folder).scores
    return scores, [one.digest for one in panel.signatures], consensus, said.said if said else None


def test_killed_before_and_after_every_commit(seated: Path, tmp_path: Path) -> None:
    """Turn by turn a process dies at its next commit; the last one has nothing left to do."""
    undisturbed = Path(shutil.copytree(seated, tmp_path / "rauha"))
    assert work(undisturbed, "never")[0] == 0
    acknowledged: list[str] = []
    kills, code = 0, 1
    while code != 0:
        assert kills < MOST_TURNS, "the work never ends"
        heads = record_state(seated).head
        code, said = work(seated, ("before", "after")[kills % 2])
        assert said[: len(acknowledged)] == acknowledged, "an acknowledged step was lost"
        acknowledged = said
        with Record.read(seated / RECORD_FILE) as record:
            assert record.verify((heads,)) == ()
        kills += code != 0
    assert kills == 18, "nine commits, each once before and once after"
    assert facts(seated) == facts(undisturbed)
