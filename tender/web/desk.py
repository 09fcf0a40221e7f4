"""The desk: an SQLite file for what is not yet, and never will be, on the record: drafts, links, accounts, attempts.

It may be lost without losing an answer. One connection, one writer at a time, every commit synced to the disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

import apsw

from tender.errors import Place, RecordError

DESK_FILE = "private/web.db"
"""Where the desk lies in a tender folder."""

Cell = str | int | bytes | None
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT",
    (
        "CREATE TABLE IF NOT EXISTS links (id TEXT PRIMARY KEY, token BLOB NOT NULL UNIQUE, code BLOB NOT NULL,"
        " name TEXT NOT NULL, made_at TEXT NOT NULL, revoked_at TEXT) STRICT"
    ),
    "CREATE TABLE IF NOT EXISTS attempts (what TEXT PRIMARY KEY, failed INTEGER NOT NULL, since TEXT NOT NULL) STRICT",
    (
        "CREATE TABLE IF NOT EXISTS drafts (owner TEXT NOT NULL, piece TEXT NOT NULL, json TEXT NOT NULL,"
        " version INTEGER NOT NULL, saved_at TEXT NOT NULL, PRIMARY KEY (owner, piece)) STRICT"
    ),
    (
        "CREATE TABLE IF NOT EXISTS files (id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL,"
        " digest TEXT NOT NULL, size INTEGER NOT NULL, question TEXT NOT NULL, secret TEXT NOT NULL) STRICT"
    ),
    (
        "CREATE TABLE IF NOT EXISTS sent (owner TEXT NOT NULL, digest TEXT NOT NULL, seq INTEGER NOT NULL,"
        " PRIMARY KEY (owner, seq)) STRICT"
    ),
    (
        "CREATE TABLE IF NOT EXISTS accounts (name TEXT PRIMARY KEY, password TEXT NOT NULL, totp TEXT NOT NULL,"
        " used INTEGER NOT NULL, revoked_at TEXT) STRICT"
    ),
)
_MESSAGES: tuple[tuple[type[apsw.Error], str], ...] = (
    (apsw.FullError, "record.disk-full"),
    (apsw.BusyError, "record.busy"),
    (apsw.ReadOnlyError, "record.read-only"),
    (apsw.CantOpenError, "record.cannot-open"),
)


class Desk:
    """An open desk; any thread may use it.

    Args:
        path: The file; made, with its folder, when it is not there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = RLock()
        with self._own_words():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._connection = apsw.Connection(str(path))
            self._connection.set_busy_timeout(10_000)
            self._connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
            for name, value in (("journal_mode", "wal"), ("synchronous", "full"), ("secure_delete", "on")):
                self._connection.pragma(name, value)
            with self.writing():
                for statement in _SCHEMA:
                    self._connection.execute(statement)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One write transaction: on the disk when the block ends, undone when it fails.

        Raises:
            RecordError: The disk is full, or the file cannot be written.
        """
        with self._own_words(), self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk has rolled back already
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, query: str, values: Sequence[Cell] = ()) -> list[tuple[Cell, ...]]:
        """What `query` finds, or does inside `writing`."""
        with self._own_words(), self._lock:
            return list(self._connection.execute(query, tuple(values)))

    def write(self, query: str, values: Sequence[Cell] = ()) -> None:
        """One statement in its own transaction."""
        with self.writing():
            self.rows(query, values)

    def kept(self, name: str, fresh: bytes) -> bytes:
        """The bytes kept under `name`; `fresh` from now on when nothing was kept, whoever came first."""
        with self.writing():
            self.rows("INSERT OR IGNORE INTO meta VALUES (?, ?)", (name, fresh))
            found = self.rows("SELECT value FROM meta WHERE name = ?", (name,))
        return bytes(found[0][0]) if isinstance(found[0][0], bytes) else fresh

    @contextmanager
    def _own_words(self) -> Iterator[None]:
        try:
            yield
        except apsw.Error as error:
            message = next((ours for theirs, ours in _MESSAGES if isinstance(error, theirs)), "record.unusable")
            raise RecordError(message, place=Place(self._path.name), detail=str(error)) from error
        except OSError as error:
            raise RecordError("record.unusable", place=Place(self._path.name), detail=str(error)) from error


def desk_of(folder: Path) -> Desk:
    """The desk of the tender folder `folder`."""
    return Desk(folder / DESK_FILE)
