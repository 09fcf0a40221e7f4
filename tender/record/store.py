"""The only door to SQLite: the record's tables, connections, transactions, and errors in our own words.

One writer at a time (``BEGIN IMMEDIATE``), write-ahead log, a full sync at every commit: what is acknowledged is on
the disk. The tables refuse update and delete by trigger; a payload may go only after its erasure is an event.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path

import apsw

from tender.errors import Place, RecordError

APPLICATION_ID = 0x56414C54
"""Marks an SQLite file as a record of Valinta (``VALT`` in ASCII)."""

BUSY_MILLISECONDS = 20_000
"""How long a writer waits for another writer."""

FILE_VERSION = 2
"""Version of the file that is written; older ones are read as they are and brought up to it when opened for writing."""


def _statements(name: str) -> tuple[str, ...]:
    text = (files("tender.record") / name).read_text(encoding="utf-8")
    return tuple(block.strip() for block in text.split("\n\n") if not block.startswith("--"))


_ADDED: tuple[tuple[str, ...], ...] = (_statements("schema.sql"), _statements("keys.sql"))
"""The statements that each version adds to the one before it, from version 1."""


def schema_of(version: int) -> tuple[str, ...]:
    """The statements of a file of `version`; `tender.record.verification` compares a file with them word for word."""
    return tuple(statement for added in _ADDED[:version] for statement in added)


_SETTINGS = (
    ("trusted_schema", "off"),
    ("cell_size_check", "on"),
    ("foreign_keys", "on"),
    ("synchronous", "full"),
    ("secure_delete", "on"),
)

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
    except UnicodeDecodeError as error:
        raise RecordError("record.damaged", place=Place(path.name), detail=str(error)) from error
    except OSError as error:
        raise RecordError(trouble(error), place=Place(path.name), detail=str(error)) from error


def trouble(error: OSError) -> str:
    """Id of the message for what the system says about a file: a full disk has its own."""
    return "record.disk-full" if error.errno == errno.ENOSPC else "record.unusable"


def create(path: Path, tender: str, genesis: str) -> None:
    """Write an empty record of `tender` to `path`, all or nothing; when another was quicker, its record stands.

    Raises:
        RecordError: It cannot be written there.
    """
    with own_words(path):
        partial = _partial(path)
        try:
            with closing(apsw.Connection(str(partial))) as connection:
                connection.pragma("application_id", APPLICATION_ID)
                connection.pragma("user_version", FILE_VERSION)
                connection.pragma("journal_mode", "wal")
                with writing(connection):
                    for statement in schema_of(FILE_VERSION):
                        connection.execute(statement)
                    connection.execute("INSERT INTO meta VALUES ('tender', ?), ('genesis', ?)", (tender, genesis))
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
            if not read_only:
                connection.pragma("journal_mode", "wal")  # a restored backup comes without a log
                _upgrade(connection)
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
        with own_words(path), closing(apsw.Connection(str(partial))) as connection:
            with connection.backup("main", source, "main") as backup:
                backup.step(-1)
            connection.pragma("journal_mode", "delete")  # one plain file, without companions
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


def version_of(connection: apsw.Connection) -> int:
    """Version of the file behind `connection`."""
    return int(str(connection.pragma("user_version")))


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
    except OSError:
        if path.exists():
            return False
        partial.rename(path)  # a file system without hard links
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True


def _open(path: Path, *, read_only: bool) -> apsw.Connection:
    if read_only:
        frozen = not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()
        address = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if frozen else ''}"
        connection = apsw.Connection(address, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    else:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    connection.set_busy_timeout(BUSY_MILLISECONDS)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    for name, value in _SETTINGS:
        connection.pragma(name, value)
    return connection


def _upgrade(connection: apsw.Connection) -> None:
    """Bring an older file up to `FILE_VERSION`, all or nothing; whoever was quicker has done it already."""
    if version_of(connection) == FILE_VERSION:
        return
    with writing(connection):
        for added in _ADDED[version_of(connection) :]:
            for statement in added:
                connection.execute(statement)
        connection.pragma("user_version", FILE_VERSION)


def _check_file(connection: apsw.Connection, path: Path) -> None:
    version = version_of(connection)
    if connection.pragma("application_id") != APPLICATION_ID or version < 1:
        raise RecordError("record.not-a-record", place=Place(path.name), detail=version)
    if version > FILE_VERSION:
        raise RecordError("record.newer", place=Place(path.name), found=version, known=FILE_VERSION)
