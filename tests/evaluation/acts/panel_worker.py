"""A process that does all of a panel's work from the beginning, and is killed at its first new commit.

Started by `test_panel_kill`: ``panel_worker.py FOLDER before|after|never``. What it prints was acknowledged.
"""

from __future__ import annotations

import os
import signal
import sys
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


def main(folder: Path, when: str) -> None:
    """Do every step that is not done yet."""
    if when != "never":
        Record.append_all = _deadly(when)  # type: ignore[method-assign]
    for name, shift in (("a1", 0), ("a2", -1)):
        give(folder, marks(seat_of(folder).board, name, shift), later(folder))
        sign(folder, name, "", Way.WEB, later(folder))
        _say(f"signed {name}")
    board = seat_of(folder).board
    for cell in board.cells:
        agree(folder, wanted(board, cell, board.levels_at(cell)["a1"]), later(folder))
        _say(f"agreed {cell[1]}")
    if record_state(folder).scores is None:
        score_bids(folder, later(folder), "tests")
    _say("scored")


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


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
