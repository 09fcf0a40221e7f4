"""The only door to SQLite: the record's tables, connections, transactions, and errors in our own words.

One writer at a time (``BEGIN IMMEDIATE``), write-ahead log, a full sync at every commit: what is acknowledged is on
the disk. The tables refuse update and delete by trigger; a payload may go only after its erasure is an event.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from tender.errors import Place, RecordError
from tender.record.events import SCHEMA_VERSION, Kind

APPLICATION_ID = 0x56414C54
"""Marks an SQLite file as a record of Valinta (``VALT`` in ASCII)."""

BUSY_MILLISECONDS = 20_000
"""How long a writer waits for another writer."""

TABLES: tuple[str, ...] = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE events (seq INTEGER PRIMARY KEY CHECK (seq >= 1), at TEXT NOT NULL, kind TEXT NOT NULL,"
    " actor TEXT NOT NULL, commitment TEXT NOT NULL, publicity TEXT NOT NULL, retain_until TEXT, prev TEXT NOT NULL,"
    " hash TEXT NOT NULL) STRICT",
    "CREATE TABLE payloads (seq INTEGER PRIMARY KEY REFERENCES events (seq), salt BLOB NOT NULL, json TEXT NOT NULL)"
    " STRICT",
    "CREATE TRIGGER events_follow BEFORE INSERT ON events"
    " WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events)"
    " OR NEW.prev IS NOT coalesce((SELECT hash FROM events ORDER BY seq DESC LIMIT 1),"
    " (SELECT value FROM meta WHERE name = 'genesis'))"
    " BEGIN SELECT RAISE(ABORT, 'an event must follow the last one'); END",
    "CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END",
    "CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END",
    "CREATE TRIGGER payloads_follow BEFORE INSERT ON payloads WHEN NEW.seq IS NOT (SELECT max(seq) FROM events)"
    " OR EXISTS (SELECT 1 FROM payloads WHERE seq = NEW.seq)"
    " BEGIN SELECT RAISE(ABORT, 'a payload comes with its event'); END",
    "CREATE TRIGGER payloads_stay BEFORE UPDATE ON payloads"
    " BEGIN SELECT RAISE(ABORT, 'payloads are never changed'); END",
    "CREATE TRIGGER payloads_remain BEFORE DELETE ON payloads"
    f" WHEN (SELECT kind FROM events WHERE seq = OLD.seq) IS '{Kind.PAYLOAD_ERASED.value}'"
    " OR NOT EXISTS (SELECT 1 FROM events JOIN payloads USING (seq)"
    f" WHERE events.seq > OLD.seq AND kind = '{Kind.PAYLOAD_ERASED.value}' AND json ->> '$.erased' IS OLD.seq)"
    " BEGIN SELECT RAISE(ABORT, 'an erasure must be an event first'); END",
    "CREATE TRIGGER meta_closed BEFORE INSERT ON meta WHEN NEW.name NOT IN ('tender', 'genesis')"
    " OR EXISTS (SELECT 1 FROM meta WHERE name = NEW.name) BEGIN SELECT RAISE(ABORT, 'meta is closed'); END",
    "CREATE TRIGGER meta_stay BEFORE UPDATE ON meta BEGIN SELECT RAISE(ABORT, 'meta is never changed'); END",
    "CREATE TRIGGER meta_remain BEFORE DELETE ON meta BEGIN SELECT RAISE(ABORT, 'meta is never deleted'); END",
)
"""The whole schema; `tender.record.verification` compares a file's schema with it word for word."""

_MESSAGES: tuple[tuple[type[apsw.Error], str], ...] = (
    (apsw.NotADBError, "record.not-a-record"),
    (apsw.CorruptError, "record.damaged"),
    (apsw.FormatError, "record.damaged"),
    (apsw.FullError, "record.disk-full"),
    (apsw.BusyError, "record.busy"),
    (apsw.LockedError, "record.busy"),
    (apsw.ReadOnlyError, "record.read-only"),
    (apsw.CantOpenError, "record.cannot-open"),
    (apsw.ConstraintError, "record.forbidden"),
)


@contextmanager
def own_words(path: Path) -> Iterator[None]:
    """Turn whatever SQLite says inside the block into a `RecordError` about `path`."""
    try:
        yield
    except apsw.Error as error:
        message = next((ours for theirs, ours in _MESSAGES if isinstance(error, theirs)), "record.unusable")
        raise RecordError(message, place=Place(path.name), detail=str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError("record.unusable", place=Place(path.name), detail=str(error)) from error


def create(path: Path, tender: str, genesis: str) -> None:
    """Write an empty record of `tender` to `path`, all or nothing; when another was quicker, its record stands.

    Raises:
        RecordError: It cannot be written there.
    """
    with own_words(path):
        partial = _partial(path)
        try:
            connection = apsw.Connection(str(partial))
            connection.pragma("application_id", APPLICATION_ID)
            connection.pragma("user_version", SCHEMA_VERSION)
            connection.pragma("journal_mode", "wal")
            with writing(connection):
                for statement in TABLES:
                    connection.execute(statement)
                connection.execute("INSERT INTO meta VALUES ('tender', ?), ('genesis', ?)", (tender, genesis))
            connection.close()
            _place(partial, path)
        finally:
            partial.unlink(missing_ok=True)


def connect(path: Path, *, read_only: bool) -> apsw.Connection:
    """A connection to the record at `path`, hardened and set to durable commits.

    Raises:
        RecordError: `path` is missing, no record of Valinta, damaged, or written by a newer version.
    """
    if not path.is_file():
        raise RecordError("record.missing", place=Place(path.name))
    with own_words(path):
        connection = _open(path, read_only=read_only)
        try:
            _check_file(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def writing(connection: apsw.Connection) -> Iterator[None]:
    """One write transaction: committed with a full sync when the block ends, rolled back when it fails."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        raise


def copy(source: apsw.Connection, path: Path, target: Path) -> Path:
    """Copy all pages of `source` in one go to a closed file beside `target`, and give that file's path.

    One go, because a copy in steps starts again whenever another process writes.

    Raises:
        RecordError: The disk is full or the place cannot be written.
    """
    partial = _partial(target)
    try:
        with own_words(path):
            connection = apsw.Connection(str(partial))
            with connection.backup("main", source, "main") as backup:
                backup.step(-1)
            connection.close()
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return partial


def settle(partial: Path, target: Path) -> None:
    """Give a finished `partial` file its name; an existing file is never overwritten.

    Raises:
        RecordError: `target` exists or cannot be written.
    """
    with own_words(target):
        try:
            if not _place(partial, target):
                raise RecordError("record.exists", place=Place(target.name))
        finally:
            partial.unlink(missing_ok=True)


def meta(connection: apsw.Connection, name: str) -> str:
    """The value of `name` in the record's own description: ``tender`` or ``genesis``; empty when it is missing."""
    found = connection.execute("SELECT CAST(value AS BLOB) FROM meta WHERE name = ?", (name,)).get
    return found.decode("utf-8", "surrogateescape") if isinstance(found, bytes) else ""


def _partial(path: Path) -> Path:
    """A new empty file beside `path`, readable by its owner only."""
    number, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=".partial", dir=path.parent)
    os.close(number)
    return Path(name)


def _place(partial: Path, path: Path) -> bool:
    """Whether `partial` became `path`: a hard link is atomic and never overwrites; then the folder is synced."""
    with partial.open("rb") as stream:
        os.fsync(stream.fileno())
    try:
        path.hardlink_to(partial)
    except FileExistsError:
        return False
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True


def _open(path: Path, *, read_only: bool) -> apsw.Connection:
    flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE
    connection = apsw.Connection(str(path), flags=flags)
    connection.set_busy_timeout(BUSY_MILLISECONDS)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    connection.pragma("trusted_schema", False)
    connection.pragma("cell_size_check", True)
    connection.pragma("foreign_keys", True)
    connection.pragma("synchronous", "full")
    connection.pragma("secure_delete", True)
    return connection


def _check_file(connection: apsw.Connection, path: Path) -> None:
    if connection.pragma("application_id") != APPLICATION_ID:
        raise RecordError("record.not-a-record", place=Place(path.name), detail="application_id")
    version = connection.pragma("user_version")
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise RecordError("record.newer", place=Place(path.name), found=version, known=SCHEMA_VERSION)
