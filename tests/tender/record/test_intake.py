"""Answers from many threads at once: killed, torn, full, copied while at work; nothing acknowledged is lost or half."""

from __future__ import annotations

import random
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import apsw
import pytest

from tender.errors import RecordError
from tender.record import Item, Kind, Publicity, Record, restore, state_of
from tender.record.writer import Writer
from tests.tender.record import intake
from tests.tender.record.helpers import open_record
from tests.tender.record.intake import answer_of, take

SCRIPT = str(Path(intake.__file__))
THREADS = 12


def run_and_kill(path: Path, run: int, chance: random.Random, again: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Let a child take answers for a moment and kill it without warning; number and digest of each receipt by key."""
    command = [sys.executable, SCRIPT, str(path), str(THREADS), str(run)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write("".join(f"{key}\n" for key in again))
        child.stdin.close()
        first = child.stdout.readline()
        time.sleep(chance.uniform(0, 0.1))
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
    receipts = {}
    for line in (first + rest).splitlines(keepends=True):
        if line.endswith("\n"):
            key, seq, digest = line.split()
            receipts[key] = (int(seq), digest)
    return receipts


def kept(path: Path, receipts: dict[str, tuple[int, str]]) -> set[str]:
    """Keys of the answers on the record: each whole, once, under its own number, and every receipt among them."""
    with Record.read(path) as record:
        assert record.verify() == ()
        answers = state_of(record.entries()).dialogue.answers
        assert len(answers) == len(record.events())
    found = {one.said.key: (one.event.seq, one.said.digest) for one in answers}
    assert len(found) == len(answers)
    assert all(one.said.answer == answer_of(one.said.key) for one in answers)
    assert receipts.items() <= found.items()
    return set(found)


def kill_and_send_again(path: Path, kills: int) -> tuple[int, int]:
    """Kill `kills` times; who got no receipt sends again. How many receipts, and how many had been on the disk."""
    chance = random.Random(20190301)
    receipts: dict[str, tuple[int, str]] = {}
    unheard: set[str] = set()
    ever_unheard: set[str] = set()
    for run in range(kills):
        receipts |= run_and_kill(path, run, chance, sorted(unheard))
        unheard = kept(path, receipts) - receipts.keys()
        ever_unheard |= unheard
    assert len(receipts) >= kills
    return len(receipts), len(ever_unheard)


@pytest.mark.slow
def test_nothing_is_lost_doubled_or_half_after_kills(tmp_path: Path) -> None:
    """A few kills among twelve threads."""
    kill_and_send_again(tmp_path / "record.db", 5)


@pytest.mark.slow
def test_nothing_is_lost_doubled_or_half_after_fifty_kills(tmp_path: Path) -> None:
    """Some answers were on the disk without a receipt: sent again, they are the same event."""
    receipts, unheard = kill_and_send_again(tmp_path / "record.db", 50)
    assert receipts > 100
    assert unheard > 0


def test_the_look_after_a_kill_can_fail(tmp_path: Path) -> None:
    """A receipt for what is not there, another content, and the same answer twice would each be noticed."""
    path = tmp_path / "record.db"
    with Writer(path, lambda: datetime.now(UTC), lambda: secrets.token_bytes(32), "intake") as writer:
        key, seq, digest = take(writer, "a").split()
        assert kept(path, {key: (int(seq), digest)}) == {"a"}
        for wrong in ({"b": (1, digest)}, {"a": (2, digest)}, {"a": (1, "0" * 64)}):
            with pytest.raises(AssertionError):
                kept(path, wrong)
        payload = {"key": "a", "answer": writer._record.payload(1)["answer"]}  # type: ignore[index]
        writer.submit(Kind.DIALOGUE_ANSWER, payload, "portaali", Publicity.AUTHORITY)
        with pytest.raises(AssertionError):
            kept(path, {})


# ---- a torn log -------------------------------------------------------------------------------------------------


def torn_cuts(tmp_path: Path, cuts: int) -> set[int]:
    """Cut or garble the log at random places `cuts` times; how many events remained, always whole transactions."""
    path = tmp_path / "record.db"
    sizes = [1, 7, 3, 12, 1, 5, 9]
    with open_record(path) as record:
        record._connection.pragma("wal_autocheckpoint", 0)
        for batch, size in enumerate(sizes):
            record.append_all(
                Item(Kind.NOTE, {"t": "ä" * 700, "n": n}, "a", Publicity.AUTHORITY, key=f"{batch}-{n}")
                for n in range(size)
            )
        events = record.events()
        base, log = path.read_bytes(), path.with_name("record.db-wal").read_bytes()
    chance = random.Random(1)
    work = tmp_path / "torn" / "record.db"
    remained = set()
    for _ in range(cuts):
        shutil.rmtree(work.parent, ignore_errors=True)
        work.parent.mkdir()
        work.write_bytes(base)
        cut = chance.randrange(len(log))
        garbled = bytes([log[cut] ^ 0x55]) + log[cut + 1 :] if chance.random() < 0.5 else b""
        work.with_name("record.db-wal").write_bytes(log[:cut] + garbled)
        with open_record(work, after_hours=1) as record:
            left = len(record.events())
            assert record.events() == events[:left]
            assert record.verify() == ()
        with closing(apsw.Connection(str(work))) as plain:
            assert plain.execute("SELECT count(*) FROM keys").get == left
        remained.add(left)
    assert remained <= {0, *accumulate(sizes)}
    return remained


def test_a_torn_log_leaves_whole_transactions(tmp_path: Path) -> None:
    """Forty cuts: a batch is there with all its events and keys, or not at all."""
    assert len(torn_cuts(tmp_path, 40)) > 3


@pytest.mark.slow
def test_a_log_torn_anywhere_leaves_whole_transactions(tmp_path: Path) -> None:
    """Seven hundred cuts meet every boundary; the last transaction never survives a cut."""
    assert len(torn_cuts(tmp_path, 700)) == 7


# ---- a full disk, a copy while writing --------------------------------------------------------------------------


def test_a_really_full_disk_refuses_and_goes_on_when_there_is_room(small_disk: Path) -> None:
    """Twenty threads meet the end of a real disk; each is refused or kept, and refused ones succeed later."""
    path = small_disk / "record.db"
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_000_000)
    refused: list[str] = []
    reasons: set[str] = set()
    receipts: dict[str, tuple[int, str]] = {}

    def send(key: str) -> None:
        try:
            own, seq, digest = take(writer, key).split()
            receipts[own] = (int(seq), digest)
        except RecordError as error:
            refused.append(key)
            reasons.add(error.message)

    with Writer(path, lambda: datetime.now(UTC), lambda: secrets.token_bytes(32), "intake") as writer:
        with ThreadPoolExecutor(20) as pool:
            list(pool.map(send, (f"k{number}" for number in range(200))))
        assert refused
        assert reasons == {"record.disk-full"}
        assert kept(path, receipts) == receipts.keys()
        ballast.unlink()
        later, refused = refused[:20], []
        with ThreadPoolExecutor(20) as pool:
            list(pool.map(send, later))
        assert refused == []
    assert kept(path, receipts) == receipts.keys()


def test_a_backup_while_answers_come_is_whole_and_can_be_restored(tmp_path: Path) -> None:
    """The drill: copy under load, prove, restore elsewhere, write on; all acknowledged before the copy is in it."""
    path, copy, restored = tmp_path / "record.db", tmp_path / "copy.db", tmp_path / "restored.db"
    receipts: dict[str, tuple[int, str]] = {}
    enough = Signal()

    def send(thread: int) -> None:
        number = 0
        while not enough.is_set():
            key, seq, digest = take(writer, f"{thread}-{number}").split()
            receipts[key] = (int(seq), digest)
            number += 1

    with Writer(path, lambda: datetime.now(UTC), lambda: secrets.token_bytes(32), "intake") as writer:
        threads = [Thread(target=send, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        while len(receipts) < 40:
            time.sleep(0.001)
        before = dict(receipts)
        with Record.read(path) as record:
            record.backup(copy)
        enough.set()
        for thread in threads:
            thread.join()
    assert before.keys() <= kept(copy, before)
    assert restore(copy, restored).events == len(kept(copy, before))
    with Writer(restored, lambda: datetime.now(UTC), lambda: secrets.token_bytes(32), "intake") as writer:
        assert take(writer, next(iter(before))).split()[1] == str(before[next(iter(before))][0])
        take(writer, "after")
    assert kept(restored, before) >= {"after", *before}
