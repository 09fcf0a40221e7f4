"""Backup and restore of a record: the copy is proven before it counts, and nothing is overwritten silently."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import apsw

from tender.errors import Place, RecordError, blocking
from tender.record import store
from tender.record.verification import verify

_COMPANIONS = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        events: Number of events in the restored record.
        aside: Where the old record was put; ``None`` when there was none.
    """

    events: int
    aside: Path | None


def back_up(connection: apsw.Connection, source: Path, target: Path) -> None:
    """Copy the record behind `connection` to the new file `target` and prove the copy.

    The copy holds everything, payloads of every class included: keep it as safe as the record, and remember that an
    erasure after today does not reach it.

    Raises:
        RecordError: `target` exists or cannot be written, or the copy does not verify.
    """
    if target.exists():
        raise RecordError("record.exists", place=Place(target.name))
    head = _head(connection)
    partial = store.copy(connection, source, target)
    try:
        _prove(partial, target, (head,))
        store.settle(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def restore(backup: Path, path: Path, *, force: bool = False) -> Restored:
    """Put a proven copy of `backup` in the place of the record at `path`.

    An existing record is replaced only with `force`; it is kept beside as ``<name>.aside-<number>``, because it may
    hold events that the backup lacks. Nobody else may be using the record meanwhile.

    Raises:
        RecordError: The backup does not verify, there is a record and no `force`, or it belongs to another tender.
    """
    with _opened(backup) as connection:
        findings = blocking(verify(connection))
        if findings:
            raise RecordError("record.backup-damaged", place=Place(backup.name), findings=findings)
        tender = store.meta(connection, "tender")
        if path.exists():
            _check_replaceable(path, tender, force=force)
        partial = store.copy(connection, backup, path)
        events = int(str(connection.execute("SELECT count(*) FROM events").get))
    try:
        aside = _put_aside(path) if path.exists() else None
        store.settle(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    return Restored(events, aside)


@contextmanager
def _opened(path: Path) -> Iterator[apsw.Connection]:
    connection = store.connect(path, read_only=True)
    try:
        with store.own_words(path):
            yield connection
    finally:
        connection.close()


def _head(connection: apsw.Connection) -> str:
    last = connection.execute("SELECT hash FROM events ORDER BY seq DESC LIMIT 1").get
    return str(last) if last is not None else store.meta(connection, "genesis")


def _prove(partial: Path, target: Path, heads: tuple[str, ...]) -> None:
    with _opened(partial) as connection:
        findings = blocking(verify(connection, heads))
    if findings:
        raise RecordError("record.backup-damaged", place=Place(target.name), findings=findings)


def _check_replaceable(path: Path, tender: str, *, force: bool) -> None:
    """A record is replaced only on demand, and never by the record of another tender; a damaged one may be."""
    if not force:
        raise RecordError("record.exists", place=Place(path.name))
    try:
        with _opened(path) as connection:
            present = store.meta(connection, "tender")
    except RecordError:
        return
    if present != tender:
        raise RecordError("record.other-tender", place=Place(path.name), found=present, expected=tender)


def _put_aside(path: Path) -> Path:
    """Rename the record and its companion files; the log must stay with its database."""
    number = 1
    while path.with_name(f"{path.name}.aside-{number}").exists():
        number += 1
    aside = path.with_name(f"{path.name}.aside-{number}")
    for suffix in _COMPANIONS:
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.rename(aside.with_name(aside.name + suffix))
    return aside
