"""What is acknowledged is never lost: kill -9, a full disk, a cut log, writers side by side."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tender.errors import RecordError
from tender.record import Event, Kind, Publicity, Record
from tests.tender.record import appender
from tests.tender.record.helpers import open_record, write_story

SCRIPT = str(Path(appender.__file__))


def start(path: Path, name: str, most: int | None = None) -> subprocess.Popen[str]:
    """A child process that appends to the record at `path`."""
    command = [sys.executable, SCRIPT, str(path), name, *([str(most)] if most is not None else [])]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kill_at_random(path: Path, chance: random.Random, name: str) -> list[tuple[int, str]]:
    """Let a child append for a moment, kill it without warning, and give what it had acknowledged."""
    with start(path, name) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(chance.uniform(0, 0.02))
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
    lines = (first + rest).splitlines(keepends=True)
    return [(int(line.split()[0]), line.split()[1]) for line in lines if line.endswith("\n")]


def assert_kept(path: Path, acknowledged: dict[int, str]) -> int:
    """Every acknowledged event is there with its hash and payload, and the chain is whole; how many there are."""
    with Record.read(path) as record:
        assert record.verify(acknowledged.values()) == ()
        entries = {entry.event.seq: entry for entry in record.entries()}
    for seq, own in acknowledged.items():
        assert entries[seq].event.hash == own
        assert entries[seq].payload is not None
    return len(entries)


def kill_and_look(path: Path, kills: int) -> None:
    """Kill a writer `kills` times; after each, nothing acknowledged is missing and the next can write on."""
    chance = random.Random(20190301)
    acknowledged: dict[int, str] = {}
    for number in range(kills):
        acknowledged.update(kill_at_random(path, chance, f"writer {number}"))
        present = assert_kept(path, acknowledged)
        assert len(acknowledged) <= present <= len(acknowledged) + number + 1
    assert len(acknowledged) >= kills


def test_nothing_acknowledged_is_lost_by_kill_minus_nine(tmp_path: Path) -> None:
    """Twenty kills at random moments."""
    kill_and_look(tmp_path / "record.db", 20)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_by_a_hundred_kills(tmp_path: Path) -> None:
    """The same, longer."""
    kill_and_look(tmp_path / "record.db", 100)


def test_the_kill_test_can_fail(tmp_path: Path) -> None:
    """A record that lost its last event would be noticed."""
    with open_record(tmp_path / "record.db") as record:
        write_story(record)
        acknowledged = {event.seq: event.hash for event in record.events()} | {7: "f" * 64}
    with pytest.raises(AssertionError):
        assert_kept(tmp_path / "record.db", acknowledged)


def write_side_by_side(path: Path, names: list[str], most: int) -> None:
    """Processes that write at once, the record not yet made: every event is there once, in one chain."""
    children = [start(path, name, most) for name in names]
    acknowledged: dict[int, str] = {}
    for child in children:
        out, err = child.communicate(timeout=120)
        assert child.returncode == 0, err
        acknowledged.update((int(line.split()[0]), line.split()[1]) for line in out.splitlines())
    assert sorted(acknowledged) == list(range(1, most * len(names) + 1))
    assert assert_kept(path, acknowledged) == most * len(names)
    with Record.read(path) as record:
        payloads = [entry.payload for entry in record.entries() if entry.payload]
    for name in names:
        assert [payload["number"] for payload in payloads if payload["by"] == name] == list(range(most))


def test_writers_side_by_side_make_no_errors(tmp_path: Path) -> None:
    """Three processes, sixty events each."""
    write_side_by_side(tmp_path / "record.db", ["anna", "bertta", "cecilia"], 60)


@pytest.mark.slow
def test_eight_writers_make_no_errors(tmp_path: Path) -> None:
    """Eight processes, a hundred events each."""
    write_side_by_side(tmp_path / "record.db", [f"writer {number}" for number in range(8)], 100)


def fill(record: Record) -> tuple[list[Event], RecordError]:
    """Append until the disk is full; what was acknowledged, and the refusal."""
    acknowledged: list[Event] = []
    for number in range(100_000):
        try:
            acknowledged.append(record.append(Kind.NOTE, {"t": "x" * (number % 5000)}, "a", Publicity.AUTHORITY))
        except RecordError as error:
            return acknowledged, error
    pytest.fail("the disk was never full")


def assert_full(path: Path, record: Record, acknowledged: list[Event], error: RecordError) -> None:
    """The refusal is in our words, and all that was acknowledged is there."""
    assert error.message == "record.disk-full"
    assert error.place is not None
    assert error.place.file == "record.db"
    assert len(acknowledged) > 5
    assert not record._connection.in_transaction
    assert record.events() == tuple(acknowledged)
    assert record.verify([acknowledged[-1].hash]) == ()
    assert_kept(path, {event.seq: event.hash for event in acknowledged})


def test_a_full_disk_loses_nothing_and_writing_resumes(tmp_path: Path) -> None:
    """SQLite's own page limit stands for the disk."""
    path = tmp_path / "record.db"
    with open_record(path) as record:
        limit = int(str(record._connection.pragma("page_count"))) + 20
        record._connection.pragma("max_page_count", limit)
        acknowledged, error = fill(record)
        assert_full(path, record, acknowledged, error)
        record._connection.pragma("max_page_count", limit + 100)
        resumed = record.append(Kind.NOTE, {"t": "x" * 5000}, "a", Publicity.AUTHORITY)
        assert resumed.seq == len(acknowledged) + 1
        assert record.verify([resumed.hash]) == ()


def test_a_really_full_disk_loses_nothing(small_disk: Path) -> None:
    """A real file system that runs out of room; when room is made, writing resumes."""
    path = small_disk / "record.db"
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_000_000)
    with open_record(path) as record:
        acknowledged, error = fill(record)
        assert_full(path, record, acknowledged, error)
        with pytest.raises(RecordError) as caught:
            record.backup(small_disk / "copy.db")
        assert caught.value.message == "record.disk-full"
        assert not (small_disk / "copy.db").exists()
        ballast.unlink()
        assert record.append(Kind.NOTE, {}, "a", Publicity.PUBLIC).seq == len(acknowledged) + 1


def test_a_cut_or_garbled_log_leaves_a_clean_beginning(tmp_path: Path) -> None:
    """A log that a power cut tore: some whole number of events remains, never half of one; a known head tells."""
    path = tmp_path / "record.db"
    with open_record(path) as record:
        record._connection.pragma("wal_autocheckpoint", 0)
        write_story(record)
        events = record.events()
        base, log = path.read_bytes(), path.with_name("record.db-wal").read_bytes()
    chance = random.Random(1)
    work = tmp_path / "torn" / "record.db"
    for _ in range(60):
        shutil.rmtree(work.parent, ignore_errors=True)
        work.parent.mkdir()
        work.write_bytes(base)
        cut = chance.randrange(len(log))
        garbled = bytes([log[cut] ^ 0x55]) + log[cut + 1 :] if chance.random() < 0.5 else b""
        work.with_name("record.db-wal").write_bytes(log[:cut] + garbled)
        with open_record(work, after_hours=1) as record:
            assert record.events() == events[: len(record.events())]
            assert record.verify() == ()
            lost = len(record.events()) < len(events)
            rules = [finding.rule for finding in record.verify([events[-1].hash])]
            assert rules == (["record.head-missing"] if lost else [])
