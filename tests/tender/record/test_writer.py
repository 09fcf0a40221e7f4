"""The writer: many threads, one transaction for what waits, and nobody is acknowledged before it is on the disk."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tender.errors import RecordError
from tender.record import Event, Kind, Publicity, Record
from tender.record import writer as room
from tender.record.writer import Writer
from tests.tender.record.helpers import TENDER, open_record


def salt() -> bytes:
    return secrets.token_bytes(32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    with Writer(path, lambda: datetime.now(UTC), salt, TENDER) as writer:
        yield writer


def say(writer: Writer, text: Any, key: str = "") -> Event:
    return writer.submit(Kind.NOTE, {"t": text}, "a", Publicity.AUTHORITY, key)


def test_a_submitted_event_is_on_the_disk(writer: Writer, path: Path) -> None:
    """Another connection sees it at once."""
    event = say(writer, "ä")
    with Record.read(path) as record:
        assert record.events() == (event,)
        assert record.payload(1) == {"t": "ä"}


def test_many_threads_make_one_chain(writer: Writer, path: Path) -> None:
    """Every thread gets its own event, and every event is there once."""
    with ThreadPoolExecutor(50) as pool:
        events = list(pool.map(lambda number: say(writer, str(number)), range(300)))
    with Record.read(path) as record:
        assert sorted(event.seq for event in events) == list(range(1, 301))
        for number, event in enumerate(events):
            assert record.payload(event.seq) == {"t": str(number)}
        assert record.verify([event.hash for event in events]) == ()


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the transactions that are begun."""
    sizes: list[int] = []
    write = Writer._write

    def counting(self: Writer, batch: Any) -> None:
        sizes.append(len(batch))
        write(self, batch)

    monkeypatch.setattr(Writer, "_write", counting)
    return sizes


def until_taken(writer: Writer, batches: list[int], count: int) -> None:
    """Wait until `count` submissions stand in the queue or before a transaction."""
    for _ in range(10_000):
        if writer._queue.qsize() + sum(batches) >= count:
            return
        time.sleep(0.001)
    pytest.fail("the submissions never came")


def test_what_waits_is_committed_together(writer: Writer, path: Path, batches: list[int]) -> None:
    """While another process writes, submissions gather; then they need a few transactions, not forty."""
    with ThreadPoolExecutor(40) as pool, open_record(path) as other:
        with other._writing():
            promises = [pool.submit(say, writer, str(number)) for number in range(40)]
            until_taken(writer, batches, 40)
        assert len({promise.result().seq for promise in promises}) == 40
    assert sum(batches) == 40
    assert len(batches) < 10


def test_a_bad_payload_fails_only_its_own_submitter(writer: Writer, path: Path) -> None:
    """Forty others that came at the same time are acknowledged."""

    def outcome(number: int) -> Event | RecordError:
        try:
            return say(writer, 1.5 if number % 5 == 0 else number)
        except RecordError as error:
            return error

    with ThreadPoolExecutor(50) as pool:
        outcomes = list(pool.map(outcome, range(50)))
    failed = [found.message for found in outcomes if isinstance(found, RecordError)]
    assert failed == ["record.payload-unfit"] * 10
    with Record.read(path) as record:
        assert len(record.events()) == 40
        assert record.verify() == ()


def test_the_same_key_from_many_threads_is_one_event(writer: Writer) -> None:
    """A button pressed fifty times at the last minute."""
    with ThreadPoolExecutor(50) as pool:
        events = list(pool.map(lambda number: say(writer, number, "nappi"), range(50)))
    assert set(events) == {events[0]}


def test_a_full_disk_is_told_to_each_and_later_ones_work(writer: Writer, path: Path) -> None:
    """Nothing half is left, and all that was acknowledged is there."""
    pragma = writer._record._connection.pragma
    limit = int(str(pragma("page_count"))) + 20
    pragma("max_page_count", limit)

    def outcome(number: int) -> Event | RecordError:
        try:
            return say(writer, "x" * 3000)
        except RecordError as error:
            return error

    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(outcome, range(100)))
    kept = [found for found in outcomes if isinstance(found, Event)]
    refused = {found.message for found in outcomes if isinstance(found, RecordError)}
    assert refused == {"record.disk-full"}
    pragma("max_page_count", limit + 200)
    resumed = say(writer, "x" * 3000)
    assert resumed.seq == len(kept) + 1
    with Record.read(path) as record:
        assert set(record.events()) == {*kept, resumed}
        assert record.verify([event.hash for event in kept]) == ()


def test_whatever_goes_wrong_is_told_to_whoever_waits(path: Path) -> None:
    """A clock without a zone is a mistake of the program, but nobody is left waiting for ever."""
    with Writer(path, lambda: datetime(2019, 3, 1), salt, TENDER) as writer:  # noqa: DTZ001
        for _ in range(2):
            with pytest.raises(ValueError, match="time zone"):
                say(writer, "a")
    with Record.read(path) as record:
        assert record.events() == ()


def test_to_close_writes_what_waits(path: Path, batches: list[int]) -> None:
    """Submissions that had been taken are acknowledged, later ones are refused."""
    writer = Writer(path, lambda: datetime.now(UTC), salt, TENDER)
    with ThreadPoolExecutor(20) as pool, open_record(path) as other:
        with other._writing():
            promises = [pool.submit(say, writer, str(number)) for number in range(20)]
            until_taken(writer, batches, 20)
            closing = Thread(target=writer.close)
            closing.start()
        closing.join(30)
        assert not closing.is_alive()
        assert len({promise.result(30).seq for promise in promises}) == 20
    with pytest.raises(RecordError) as caught:
        say(writer, "a")
    assert caught.value.message == "record.writer-closed"
    writer.close()


def test_a_full_queue_lets_submitters_wait(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They wait for room and are all acknowledged; batches stay bounded."""
    monkeypatch.setattr(room, "MOST_WAITING", 3)
    monkeypatch.setattr(room, "MOST_TOGETHER", 2)
    with Writer(path, lambda: datetime.now(UTC), salt, TENDER) as writer, ThreadPoolExecutor(20) as pool:
        assert len({event.seq for event in pool.map(lambda number: say(writer, number), range(60))}) == 60


def test_a_record_of_another_tender_is_not_opened(path: Path) -> None:
    """The mistake is told where the writer is made, not to the first who submits."""
    open_record(path, "other").close()
    with pytest.raises(RecordError) as caught:
        Writer(path, lambda: datetime.now(UTC), salt, TENDER)
    assert caught.value.message == "record.other-tender"
