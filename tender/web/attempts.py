"""Counts wrong guesses, so that a code of six digits cannot be tried out."""

from __future__ import annotations

from datetime import datetime, timedelta

from tender.web.desk import Desk

MOST = 5
"""Wrong guesses that are allowed within `WINDOW`."""

WINDOW = timedelta(minutes=15)


def too_many(desk: Desk, what: str, now: datetime) -> bool:
    """Whether `what` was guessed wrong so often within the last `WINDOW` that nothing is taken for now."""
    found = desk.rows("SELECT failed, since FROM attempts WHERE what = ?", (what,))
    return bool(found) and int(str(found[0][0])) >= MOST and _recent(str(found[0][1]), now)


def count_guess(desk: Desk, what: str, now: datetime) -> None:
    """Count a guess before it is judged, so that guesses at the same time count too; old counts are cleared away."""
    with desk.writing():
        desk.rows("DELETE FROM attempts WHERE since <= ?", ((now - WINDOW).isoformat(),))
        found = desk.rows("SELECT failed, since FROM attempts WHERE what = ?", (what,))
        if found and _recent(str(found[0][1]), now):
            desk.rows("UPDATE attempts SET failed = failed + 1 WHERE what = ?", (what,))
        else:
            desk.rows("INSERT OR REPLACE INTO attempts VALUES (?, 1, ?)", (what, now.isoformat()))


def forget(desk: Desk, what: str) -> None:
    """Forget the guesses at `what`: the right one came."""
    desk.write("DELETE FROM attempts WHERE what = ?", (what,))


def _recent(since: str, now: datetime) -> bool:
    return now - datetime.fromisoformat(since) < WINDOW
