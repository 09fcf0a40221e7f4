"""One writer for many threads: what waits is written in one transaction and synced once, then each is acknowledged."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from queue import Empty, Queue
from threading import Lock, Thread
from types import TracebackType
from typing import Self

from tender.errors import Place, RecordError
from tender.model.methods import Json
from tender.record.events import Event, Item, Kind, Publicity
from tender.record.record import Clock, Record, Salts

MOST_WAITING = 1_000
"""Most submissions that wait for the writer; the next submitter waits until there is room."""

MOST_TOGETHER = 200
"""Most submissions that are written in one transaction."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An item with the promise of its event."""

    item: Item
    promise: Future[Event] = field(default_factory=Future)


class Writer:
    """Writes to the record at `path` for any number of threads, through one connection that nobody else uses.

    Use it as a context manager; `close` writes what still waits. Other processes may write to the same file.

    Args:
        path: The file.
        clock: Gives the present moment with its time zone.
        salts: Gives the salt of each commitment.
        tender: Id of the tender that the record must belong to; when it is given and there is no file, one is made.

    Raises:
        RecordError: The record cannot be opened for writing.
    """

    def __init__(self, path: Path, clock: Clock, salts: Salts, tender: str | None = None) -> None:
        """Open the record and start the thread."""
        self._place = Place(path.name)
        self._record = Record.open(path, clock, salts, tender)
        self._queue: Queue[_Waiting | None] = Queue(MOST_WAITING)
        self._gate = Lock()
        self._closed = False
        self._thread = Thread(target=self._run, name=f"writer of {path.name}", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        """The writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what waits and close."""
        self.close()

    def submit(
        self,
        kind: Kind,
        payload: Mapping[str, Json],
        actor: str,
        publicity: Publicity,
        key: str = "",
        retain_until: date | None = None,
    ) -> Event:
        """The event that says this; when it is given, it is on the disk.

        Args:
            kind: What happened.
            payload: What is committed to, without floats.
            actor: Who did it.
            publicity: Who may see the payload.
            key: Idempotency key: the same key again gives the same event and writes nothing; empty for none.
            retain_until: Day until which the payload must be kept; ``None`` when no day is set.

        Raises:
            RecordError: It is not written: the item is unfit (that fails nobody else), the disk is full, no turn came,
                or the writer is closed.
        """
        waiting = _Waiting(Item(kind, payload, actor, publicity, retain_until, key))
        with self._gate:
            if self._closed:
                raise RecordError("record.writer-closed", place=self._place)
            self._queue.put(waiting)
        return waiting.promise.result()

    def close(self) -> None:
        """Write what waits, then close the record; to close twice does no harm."""
        with self._gate:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        self._thread.join()
        self._record.close()

    def _run(self) -> None:
        going = True
        while going:
            batch, going = self._batch()
            self._write(batch)

    def _batch(self) -> tuple[list[_Waiting], bool]:
        """What waits now, at least one, and whether more may come."""
        batch: list[_Waiting] = []
        found = self._queue.get()
        while found is not None:
            batch.append(found)
            if len(batch) == MOST_TOGETHER:
                return batch, True
            try:
                found = self._queue.get_nowait()
            except Empty:
                return batch, True
        return batch, False

    def _write(self, batch: list[_Waiting]) -> None:
        """Acknowledge each of `batch` after the one COMMIT; whatever goes wrong is told to all of them."""
        try:
            outcomes = self._record.append_each(waiting.item for waiting in batch)
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it is
            for waiting in batch:
                waiting.promise.set_exception(error)
            return
        for waiting, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, RecordError):
                waiting.promise.set_exception(outcome)
            else:
                waiting.promise.set_result(outcome)
