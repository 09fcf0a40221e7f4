"""Verification of the file: a vandal past all guards, and every single byte of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from tender.errors import RecordError
from tender.record import Record
from tender.record.store import FILE_VERSION, schema_of
from tests.tender.record.helpers import open_record, past_the_guards, story

VANDALISM = {
    "another kind": ("UPDATE events SET kind = 'note' WHERE seq = 2", "record.field-changed", "events[2].kind"),
    "another actor": ("UPDATE events SET actor = 'portaali' WHERE seq = 2", "record.field-changed", "events[2].actor"),
    "bytes that are no text": (
        "UPDATE events SET actor = CAST(x'6b697261ff6d6f' AS TEXT) WHERE seq = 3",
        "record.field-changed",
        "events[3].actor",
    ),
    "another payload": (
        """UPDATE payloads SET json = '{"version":2}' WHERE seq = 2""",
        "record.payload-changed",
        "events[2].payload",
    ),
    "the same payload with a blank": (
        """UPDATE payloads SET json = '{"version": 1}' WHERE seq = 2""",
        "record.payload-changed",
        "events[2].payload",
    ),
    "another salt": ("UPDATE payloads SET salt = x'00' WHERE seq = 2", "record.payload-changed", "events[2].payload"),
    "a payload gone": ("DELETE FROM payloads WHERE seq = 4", "record.payload-missing", "events[4].payload"),
    "an event gone": ("DELETE FROM events WHERE seq = 4", "record.gap", "events[4]"),
    "an event and its payload gone": (
        "DELETE FROM payloads WHERE seq = 4; DELETE FROM events WHERE seq = 4",
        "record.gap",
        "events[4]",
    ),
    "the tail gone": (
        "DELETE FROM payloads WHERE seq > 4; DELETE FROM events WHERE seq > 4",
        "record.head-missing",
        "head",
    ),
    "two events swapped": (
        "UPDATE events SET seq = 99 - seq WHERE seq IN (2, 3); UPDATE events SET seq = seq - 94 WHERE seq > 90",
        "record.reordered",
        "events[2].seq",
    ),
    "a payload more": ("INSERT INTO payloads VALUES (50, x'00', '{}')", "record.payload-stray", "events[50].payload"),
    "another tender": ("UPDATE meta SET value = 'x' WHERE name = 'tender'", "record.genesis-changed", "meta.genesis"),
    "another genesis": ("UPDATE meta SET value = 'x' WHERE name = 'genesis'", "record.genesis-changed", "meta.genesis"),
    "a trigger gone": ("DROP TRIGGER events_stay", "record.structure-missing", "structure"),
    "a table more": ("CREATE TABLE more (x)", "record.structure-foreign", "structure"),
    "a view more": ("CREATE VIEW more AS SELECT 1", "record.structure-foreign", "structure"),
    "an erasure that names nothing": (
        """UPDATE payloads SET json = '{"erased":"5"}' WHERE seq = 7""",
        "record.erasure-unknown",
        "events[7].payload",
    ),
    "another key": ("UPDATE keys SET digest = zeroblob(32)", "record.key-changed", "events[1].key"),
    "a key of nobody": ("INSERT INTO keys VALUES (50, zeroblob(32))", "record.engine", "file"),
    "a table of keys gone": ("DROP TABLE keys", "record.structure-missing", "structure"),
    "an older version told": ("PRAGMA user_version = 1", "record.structure-foreign", "structure"),
    "an erasure that is no JSON": (
        "UPDATE payloads SET json = 'rubbish' WHERE seq = 7",
        "record.erasure-unknown",
        "events[7].payload",
    ),
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record of seven events, the fifth erased."""
    path = tmp_path / "record.db"
    story(path)
    with open_record(path, after_hours=1) as record:
        record.erase(5, "pyydetty", "b")
    return path


@pytest.mark.parametrize("act", VANDALISM, ids=str)
def test_vandalism_is_found_and_named(path: Path, act: str) -> None:
    """Whoever gets past the guards is found by the proof, at the event and the field."""
    sql, rule, field = VANDALISM[act]
    with Record.read(path) as record:
        heads = [event.hash for event in record.events()]
    with past_the_guards(path) as vandal:
        vandal.execute(sql)
    with Record.read(path) as record:
        named = {(finding.rule, finding.field) for finding in record.verify(heads)}
    assert (rule, field) in named


def test_a_payload_deleted_without_its_event_is_what_we_erase_with(path: Path) -> None:
    """The one erased by the book is no finding; the same deletion without an event is."""
    with Record.read(path) as record:
        assert record.verify([record.head]) == ()
    with past_the_guards(path) as vandal:
        vandal.execute("DELETE FROM payloads WHERE seq = 6")
    with Record.read(path) as record:
        assert [(finding.rule, finding.field) for finding in record.verify()] == [
            ("record.payload-missing", "events[6].payload")
        ]


def test_a_writer_at_work_does_not_look_like_a_fault(path: Path) -> None:
    """The proof reads one snapshot."""
    with open_record(path) as writer, Record.read(path) as reader:
        writer._connection.execute("BEGIN IMMEDIATE")
        writer._connection.execute("INSERT INTO meta SELECT name, value FROM meta WHERE 0")
        assert reader.verify() == ()
        writer._connection.execute("ROLLBACK")


def test_the_schema_is_compared_word_for_word() -> None:
    """Twelve guards and four tables; a comment in the file is none of them. Version 1 had no keys."""
    schema = schema_of(FILE_VERSION)
    assert len(schema) == 16
    assert sum(statement.startswith("CREATE TRIGGER") for statement in schema) == 12
    assert all(statement.startswith("CREATE ") for statement in schema)
    assert len(schema_of(1)) == 12
    assert schema[:12] == schema_of(1)


# ---- every byte -------------------------------------------------------------------------------------------------


def _contents(path: Path) -> list[object]:
    """All that the record says, down to the bytes, and the guards that it has."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        columns = (
            f"CAST({name} AS BLOB), typeof({name})"
            for name in ("at", "kind", "actor", "commitment", "publicity", "retain_until", "prev", "hash")
        )
        return [
            connection.pragma("user_version"),
            connection.pragma("application_id"),
            list(connection.execute(f"SELECT seq, {', '.join(columns)} FROM events ORDER BY seq")),
            list(connection.execute("SELECT seq, salt, CAST(json AS BLOB) FROM payloads ORDER BY seq")),
            list(connection.execute("SELECT seq, digest FROM keys ORDER BY seq")),
            list(connection.execute("SELECT name, CAST(value AS BLOB) FROM meta ORDER BY name")),
            list(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name")),
        ]
    finally:
        connection.close()


def _found(path: Path, heads: list[str]) -> bool:
    """Whether the record refuses to open or its proof finds something, always in our own words."""
    try:
        with Record.read(path) as record:
            return bool(record.verify(heads))
    except RecordError:
        return True


class Flipper:
    """Flips one byte of a record at a time and says which flips went unseen although they change what it says.

    Args:
        path: A closed record.
        work: A file to flip bytes in.
    """

    def __init__(self, path: Path, work: Path) -> None:
        with Record.read(path) as record:
            self.heads = [event.hash for event in record.events()]
        for companion in ("-wal", "-shm"):
            path.with_name(path.name + companion).unlink(missing_ok=True)
        self.bytes = path.read_bytes()
        self.contents = _contents(path)
        self.work = work
        shutil.copy(path, work)

    def unseen(self, positions: Iterator[int] | range, mask: int) -> list[int]:
        """Positions whose flip is not found and yet changes the contents."""
        return [position for position in positions if not self._harmless_or_found(position, mask)]

    def seen(self, position: int, mask: int) -> bool:
        """Whether the flip at `position` is found."""
        self._write(position, mask)
        return _found(self.work, self.heads)

    def _harmless_or_found(self, position: int, mask: int) -> bool:
        self._write(position, mask)
        return _found(self.work, self.heads) or _contents(self.work) == self.contents

    def _write(self, position: int, mask: int) -> None:
        for companion in ("-wal", "-shm", "-journal"):
            self.work.with_name(self.work.name + companion).unlink(missing_ok=True)
        flipped = bytearray(self.bytes)
        flipped[position] ^= mask
        self.work.write_bytes(flipped)


@pytest.fixture
def flipper(path: Path, tmp_path: Path) -> Flipper:
    """A flipper of the small record."""
    return Flipper(path, tmp_path / "flipped.db")


def _where(data: bytes, text: bytes) -> range:
    start = data.index(text)
    return range(start, start + len(text))


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", [b"bid-received", b"2018-11-05T09:03:00", b"portaali", b'{"bidder":"a"', b"2021-12-31"]
)
def test_every_byte_of_an_event_and_its_payload_is_found(flipper: Flipper, text: bytes) -> None:
    """Each byte of the stored text, whichever bit is flipped: found, never merely harmless."""
    for mask in (0x01, 0x20, 0x80):
        for position in _where(flipper.bytes, text):
            assert flipper.seen(position, mask), f"byte {position} ^ {mask:#x} of {text!r}"


@pytest.mark.slow
def test_every_thirty_first_byte_of_the_file_is_found_or_unused(flipper: Flipper) -> None:
    """Headers, pages, free space: found, or the record still says exactly the same with the same guards."""
    assert flipper.unseen(range(0, len(flipper.bytes), 31), 0x41) == []


@pytest.mark.slow
def test_every_byte_of_the_file_is_found_or_unused(flipper: Flipper) -> None:
    """The same for all bytes and two masks."""
    for mask in (0x01, 0xFF):
        assert flipper.unseen(range(len(flipper.bytes)), mask) == []


def test_the_flipper_can_fail(flipper: Flipper, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the proof, a flipped actor would go unseen: the test is able to notice."""
    monkeypatch.setattr(Record, "verify", lambda self, heads: ())
    positions = _where(flipper.bytes, b"portaali")
    assert flipper.unseen(positions, 0x01) == list(positions)
