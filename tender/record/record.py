"""The record of one tender: append, read, erase, prove, back up. What it acknowledges is never lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import apsw
import rfc8785

from tender.errors import Finding, Place, RecordError
from tender.model.methods import Json, canonical
from tender.record import store
from tender.record.backups import back_up
from tender.record.chain import Row, computed_genesis, shown
from tender.record.events import (
    SALT_BYTES,
    Entry,
    Event,
    Item,
    Kind,
    Publicity,
    commitment_of,
    event_hash,
    genesis_hash,
    key_digest,
    moment_of,
    moment_text,
)
from tender.record.verification import verify

_ALL = "SELECT seq, at, kind, actor, commitment, publicity, retain_until, prev, hash FROM events ORDER BY seq"
_ONE = "SELECT seq, at, kind, actor, commitment, publicity, retain_until, prev, hash FROM events WHERE seq = ?"
_KEYED = "SELECT seq FROM keys WHERE digest = ?"
_LAST = _ALL + " DESC LIMIT 1"
_INSERT = (
    "INSERT INTO events (seq, at, kind, actor, commitment, publicity, retain_until, prev, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

Clock = Callable[[], datetime]
"""Gives the present moment with its time zone."""

Salts = Callable[[], bytes]
"""Gives fresh random bytes, at least `SALT_BYTES` of them: ``lambda: secrets.token_bytes(32)`` outside tests."""


class Record:
    """An open record. Use it as a context manager, in one thread; other processes may write to the same file.

    Args:
        path: The file.
        connection: An open connection from `tender.record.store`.
        clock: The clock; ``None`` when the record is open for reading only.
        salts: The source of salts; ``None`` when the record is open for reading only.
    """

    def __init__(self, path: Path, connection: apsw.Connection, clock: Clock | None, salts: Salts | None) -> None:
        """Keep what `open` and `read` prepared."""
        self.path = path
        self._connection = connection
        self._clock = clock
        self._salts = salts

    @classmethod
    def open(cls, path: Path, clock: Clock, salts: Salts, tender: str | None = None) -> Self:
        """The record at `path`, for reading and writing.

        Args:
            path: The file.
            clock: Gives the present moment with its time zone.
            salts: Gives the salt of each commitment.
            tender: Id of the tender that the record must belong to. When it is given and there is no file yet, an
                empty record is made.

        Raises:
            RecordError: The file is missing, no record, damaged, newer than this version, or of another tender.
        """
        if tender is not None and not path.exists():
            store.create(path, tender, genesis_hash(tender))
        record = cls(path, store.connect(path, read_only=False), clock, salts)
        if tender is not None and record.tender != tender:
            found = record.tender
            record.close()
            raise RecordError("record.other-tender", place=Place(path.name), found=found, expected=tender)
        return record

    @classmethod
    def read(cls, path: Path) -> Self:
        """The record at `path`, for reading only.

        Raises:
            RecordError: The file is missing, no record, damaged, or newer than this version.
        """
        return cls(path, store.connect(path, read_only=True), None, None)

    def __enter__(self) -> Self:
        """The record itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the record."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @property
    def tender(self) -> str:
        """Id of the tender that the record belongs to."""
        with store.own_words(self.path):
            return shown(store.meta(self._connection, "tender"))

    @property
    def head(self) -> str:
        """Hash of the last event, or the genesis hash of an empty record: what publications and letters print."""
        with store.own_words(self.path):
            last = self._last()
        return last.hash if last else computed_genesis(self.tender)

    def append(
        self,
        kind: Kind,
        payload: Mapping[str, Json],
        actor: str,
        publicity: Publicity,
        retain_until: date | None = None,
        *,
        key: str = "",
    ) -> Event:
        """Write one event with its payload; when this returns, both are on the disk.

        Args:
            kind: What happened; an erasure goes through `erase`.
            payload: What is committed to, without floats.
            actor: Who did it.
            publicity: Who may see the payload.
            retain_until: Day until which the payload must be kept; ``None`` when no day is set.
            key: Idempotency key: when an event of this kind has it already, nothing is written and that event is given.

        Raises:
            RecordError: It cannot be written, the chain's end does not hold, the payload has no canonical form, or the
                key belongs to an event of another kind.
        """
        return self.append_all([Item(kind, payload, actor, publicity, retain_until, key)])[0]

    def append_all(self, items: Iterable[Item]) -> tuple[Event, ...]:
        """Write all `items` in one transaction: all are on the disk when this returns, or none when it fails.

        Raises:
            RecordError: As for `append`.
        """
        with self._writing():
            return tuple(self._write(item) for item in items)

    def append_made(self, make: Callable[[tuple[Entry, ...]], Iterable[Item]]) -> tuple[Event, ...]:
        """Write what `make` makes of all that stands on the record; nobody else writes between the look and the words.

        Raises:
            RecordError: As for `append`; what `make` raises passes through, and nothing is written then.
        """
        with self._writing():
            return tuple(self._write(item) for item in tuple(make(self._entries())))

    def append_each(self, items: Iterable[Item]) -> tuple[Event | RecordError, ...]:
        """Write what can be written of `items` in one transaction; an item that is unfit leaves its error in its place.

        Raises:
            RecordError: Nothing could be written: the disk is full, or no turn came.
        """
        with self._writing():
            return tuple(self._outcome(item) for item in items)

    def events(self) -> tuple[Event, ...]:
        """All events in order.

        Raises:
            RecordError: A row cannot be understood; `verify` names it.
        """
        with store.own_words(self.path):
            return tuple(self._event(*row) for row in self._connection.execute(_ALL))

    def entries(self) -> tuple[Entry, ...]:
        """All events in order with their payloads, in one snapshot.

        Raises:
            RecordError: A row cannot be understood; `verify` names it.
        """
        with store.own_words(self.path), self._snapshot():
            return self._entries()

    def payload(self, seq: int) -> Mapping[str, Json] | None:
        """The payload of event `seq`; ``None`` after its erasure.

        Raises:
            RecordError: There is no such event.
        """
        with store.own_words(self.path):
            self._row(seq)
            text = self._connection.execute("SELECT json FROM payloads WHERE seq = ?", (seq,)).get
        return _payload(text)

    def erase(self, seq: int, reason: str, actor: str, *, early: bool = False) -> Event:
        """Erase the payload of event `seq`; the erasure is an event itself, and the chain still verifies.

        The salt goes too, so the commitment can no longer be compared with guesses. Pages are overwritten, and the
        write-ahead log is emptied as soon as nobody else reads; backups taken earlier keep the payload.

        Args:
            seq: Number of the event.
            reason: Why.
            actor: Who.
            early: Whether the payload may go before its retention day.

        Raises:
            RecordError: No such event, erased already, an erasure itself, or kept by its retention day (HL 124.4).
        """
        with self._writing():
            self._check_erasable(seq, early=early)
            said: dict[str, Json] = {"erased": seq, "reason": reason, "early": early}
            event = self._insert(Item(Kind.PAYLOAD_ERASED, said, actor, Publicity.AUTHORITY))
            self._connection.execute("DELETE FROM payloads WHERE seq = ?", (seq,))
        with suppress(apsw.BusyError):
            self._connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        return event

    def verify(self, expected_heads: Iterable[str] = ()) -> tuple[Finding, ...]:
        """Everything that does not hold; empty when the record is proven whole (`tender.record.verification`)."""
        return verify(self._connection, expected_heads)

    def backup(self, path: Path) -> None:
        """Copy the record to the new file `path` and prove the copy (`tender.record.backups.back_up`)."""
        with store.own_words(self.path):
            back_up(self._connection, self.path, path)

    def _entries(self) -> tuple[Entry, ...]:
        texts = dict(self._connection.execute("SELECT seq, json FROM payloads"))
        return tuple(Entry(event, _payload(texts.get(event.seq))) for event in self.events())

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with store.own_words(self.path), store.writing(self._connection):
            yield

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def _outcome(self, item: Item) -> Event | RecordError:
        """Every refusal of ours comes before the first word is written, so the others may go on."""
        try:
            return self._write(item)
        except RecordError as error:
            return error

    def _write(self, item: Item) -> Event:
        """The event that the item's key has already, or a new one."""
        if item.kind is Kind.PAYLOAD_ERASED:
            raise RecordError("record.erase-only", place=Place(self.path.name))
        seq = self._connection.execute(_KEYED, (key_digest(item.key),)).get if item.key else None
        if seq is None:
            return self._insert(item)
        event = self._row(int(str(seq)))
        if event.kind is not item.kind:
            raise RecordError("record.key-taken", place=Place(self.path.name), seq=event.seq)
        return event

    def _insert(self, item: Item) -> Event:
        if self._clock is None or self._salts is None:
            raise RecordError("record.read-only", place=Place(self.path.name), detail="read")
        last = self._last()
        if last is not None and not last.holds():
            raise RecordError("record.broken", place=Place(self.path.name), seq=last.seq)
        salt = self._salts()
        if len(salt) < SALT_BYTES:
            message = f"a salt needs at least {SALT_BYTES} bytes"
            raise ValueError(message)
        with self._fitting():
            text = _exact_json(item.payload)
        fields: dict[str, Json] = {
            "seq": last.seq + 1 if last else 1,
            "at": moment_text(self._clock()),
            "kind": item.kind.value,
            "actor": item.actor,
            "commitment": commitment_of(salt, text),
            "publicity": item.publicity.value,
            "retain_until": item.retain_until.isoformat() if item.retain_until else None,
            "prev": last.hash if last else genesis_hash(self.tender),
        }
        with self._fitting():
            row = (*fields.values(), event_hash(fields))
        self._connection.execute(_INSERT, row)
        self._connection.execute("INSERT INTO payloads VALUES (?, ?, ?)", (row[0], salt, text.decode()))
        if item.key:
            self._connection.execute("INSERT INTO keys VALUES (?, ?)", (row[0], key_digest(item.key)))
        return self._event(*row)

    @contextmanager
    def _fitting(self) -> Iterator[None]:
        """What has no canonical JSON (a float, half a character, a number too large) becomes an error in our words."""
        try:
            yield
        except (rfc8785.CanonicalizationError, TypeError) as error:
            raise RecordError("record.payload-unfit", place=Place(self.path.name), detail=str(error)) from error

    def _check_erasable(self, seq: int, *, early: bool) -> None:
        event = self._row(seq)
        place = Place(self.path.name)
        if event.kind is Kind.PAYLOAD_ERASED:
            raise RecordError("record.erasure-stays", place=place, seq=seq)
        if not self._connection.execute("SELECT count(*) FROM payloads WHERE seq = ?", (seq,)).get:
            raise RecordError("record.erased-already", place=place, seq=seq)
        today = self._clock().date() if self._clock else None
        if not early and today and event.retain_until and today <= event.retain_until:
            raise RecordError("record.retained", place=place, seq=seq, day=event.retain_until)

    def _last(self) -> Row | None:
        found = self._connection.execute(_LAST).fetchone()
        return Row(*found) if found is not None else None

    def _row(self, seq: int) -> Event:
        found = self._connection.execute(_ONE, (seq,)).fetchone()
        if found is None:
            raise RecordError("record.no-such-event", place=Place(self.path.name), seq=seq)
        return self._event(*found)

    def _event(self, *values: Json) -> Event:
        seq, at, kind, actor, commitment, publicity, retain_until, prev, own = values
        try:
            return Event(
                int(str(seq)),
                moment_of(str(at)),
                Kind(str(kind)),
                str(actor),
                str(commitment),
                Publicity(str(publicity)),
                date.fromisoformat(str(retain_until)) if retain_until is not None else None,
                str(prev),
                str(own),
            )
        except ValueError as error:
            raise RecordError("record.event-unknown", place=Place(self.path.name), seq=seq, detail=error) from error


def _payload(text: Json) -> Mapping[str, Json] | None:
    if text is None:
        return None
    payload: Mapping[str, Json] = json.loads(str(text))
    return payload


def _exact_json(payload: Mapping[str, Json]) -> bytes:
    """The payload's canonical JSON; a float would not be exact, so it has none."""
    _refuse_floats(dict(payload))
    return canonical(dict(payload))


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        message = "a float is not exact"
        raise TypeError(message)
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in children:
        _refuse_floats(child)
