"""Killed between any two steps, a panel loses nothing acknowledged, doubles nothing, and comes to the same end."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from evaluation.acts.bids import open_bids
from evaluation.acts.demo import OPENERS
from evaluation.acts.panel import appoint
from evaluation.intake import SCORES
from tender.model.panel import Appointment
from tender.publishing.folder import RECORD_FILE, record_state
from tender.record import Record
from tests.evaluation.acts.panel_worker import work
from tests.evaluation.acts.panels import MEMBERS, all_free, later, received, two_forms

TWO = Appointment(MEMBERS[:2], "a1", "", "H. Hankkija")
COMMITS = 9
"""Two sheets, two signatures, four consensuses, one scoring."""

MOST_TURNS = 24
pytestmark = pytest.mark.slow


def run(folder: Path, when: str) -> tuple[bool, list[str]]:
    """Let a process of its own work until it is killed or done; whether it was killed, and what it acknowledged."""
    said = folder.with_suffix(".said")
    said.write_text("", encoding="utf-8")
    child = os.fork()
    if child == 0:
        done = 1
        try:
            work(folder, when, said)
            done = 0
        finally:
            os._exit(done)
    status = os.waitpid(child, 0)[1]
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert killed or os.waitstatus_to_exitcode(status) == 0
    return killed, said.read_text(encoding="utf-8").splitlines()


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
    assert not run(undisturbed, "never")[0]
    acknowledged: list[str] = []
    kills, killed = 0, True
    while killed:
        assert kills < MOST_TURNS, "the work never ends"
        head = record_state(seated).head
        killed, said = run(seated, ("before", "after")[kills % 2])
        assert said[: len(acknowledged)] == acknowledged, "an acknowledged step was lost"
        acknowledged = said
        with Record.read(seated / RECORD_FILE) as record:
            assert record.verify((head,)) == ()
        kills += killed
    assert kills == COMMITS * 2
    assert facts(seated) == facts(undisturbed)
