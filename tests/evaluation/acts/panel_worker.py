"""All of a panel's work from the beginning, in a process that is killed at its first new commit."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evaluation.acts.award import score_bids
from evaluation.acts.panel import agree, give, seat_of, sign
from tender.model.panel import Way
from tender.publishing.folder import record_state
from tender.record import Event, Item, Record
from tests.evaluation.acts.panels import later, marks, wanted

_append_all = Record.append_all


def work(folder: Path, when: str, acknowledged: Path) -> None:
    """Do every step that is not done yet.

    Args:
        folder: The tender folder.
        when: ``before`` or ``after`` the first new commit, at which this process is killed; ``never`` for no kill.
        acknowledged: File into which each finished step is written.
    """
    if when != "never":
        Record.append_all = _deadly(when)  # type: ignore[method-assign]
    with acknowledged.open("a", encoding="utf-8", buffering=1) as said:
        for name, shift in (("a1", 0), ("a2", -1)):
            give(folder, marks(seat_of(folder).board, name, shift), later(folder))
            sign(folder, name, "", Way.WEB, later(folder))
            said.write(f"signed {name}\n")
        board = seat_of(folder).board
        for cell in board.cells:
            agree(folder, wanted(board, cell, board.levels_at(cell)["a1"]), later(folder))
            said.write(f"agreed {cell[1]}\n")
        if record_state(folder).scores is None:
            score_bids(folder, later(folder), "tests")
        said.write("scored\n")


def _deadly(when: str) -> Any:
    def append_all(record: Record, items: Iterable[Item]) -> tuple[Event, ...]:
        wished = tuple(items)
        new = bool(wished)
        if new and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        events = _append_all(record, wished)
        if new:
            os.kill(os.getpid(), signal.SIGKILL)
        return events

    return append_all
