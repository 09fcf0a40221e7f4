"""The guards in the file itself: whoever opens it with plain SQL cannot change or delete what happened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from tender.errors import RecordError
from tender.record import Item, Kind, Publicity, store
from tender.record.events import genesis_hash
from tests.tender.record.helpers import TENDER, open_record, story, write_story


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[apsw.Connection]:
    """A plain connection of somebody who knows SQL but not the record; foreign keys are off by default there."""
    story(tmp_path / "record.db")
    connection = apsw.Connection(str(tmp_path / "record.db"))
    yield connection
    connection.close()


FORBIDDEN = {
    "change an event": "UPDATE events SET actor = 'x' WHERE seq = 2",
    "change in a conflict": "UPDATE OR REPLACE events SET seq = 1 WHERE seq = 2",
    "delete an event": "DELETE FROM events WHERE seq = 6",
    "delete all events": "DELETE FROM events",
    "replace an event": "INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq = 3",
    "upsert an event": "INSERT INTO events SELECT * FROM events WHERE seq = 3"
    " ON CONFLICT (seq) DO UPDATE SET actor = 'x'",
    "leave a gap": "INSERT INTO events SELECT 8, at, kind, actor, commitment, publicity, retain_until, hash, 'h'"
    " FROM events WHERE seq = 6",
    "fork the chain": "INSERT INTO events SELECT 7, at, kind, actor, commitment, publicity, retain_until, hash, 'h'"
    " FROM events WHERE seq = 5",
    "change a payload": "UPDATE payloads SET json = '{}' WHERE seq = 2",
    "delete a payload": "DELETE FROM payloads WHERE seq = 5",
    "replace a payload": "INSERT OR REPLACE INTO payloads VALUES (5, x'00', '{}')",
    "replace the last payload": "INSERT OR REPLACE INTO payloads VALUES (6, x'00', '{}')",
    "upsert a payload": "INSERT INTO payloads VALUES (6, x'00', '{}') ON CONFLICT (seq) DO UPDATE SET json = 'x'",
    "move a payload": "UPDATE payloads SET seq = 7 WHERE seq = 6",
    "change the tender": "UPDATE meta SET value = 'x' WHERE name = 'tender'",
    "forget the tender": "DELETE FROM meta",
    "replace the tender": "INSERT OR REPLACE INTO meta VALUES ('tender', 'x')",
    "add to the description": "INSERT INTO meta VALUES ('colour', 'red')",
    "move a key": "UPDATE keys SET seq = 6",
    "change a key": "UPDATE keys SET digest = zeroblob(32)",
    "forget a key": "DELETE FROM keys",
    "replace a key": "INSERT OR REPLACE INTO keys SELECT 6, digest FROM keys",
    "give a key later": "INSERT INTO keys VALUES (3, zeroblob(32))",
    "give a short key": "INSERT INTO keys VALUES (6, x'00')",
    "bytes for a text": "INSERT INTO events SELECT 7, x'00', kind, actor, commitment, publicity, retain_until, hash,"
    " 'h' FROM events WHERE seq = 6",
}


@pytest.mark.parametrize("act", FORBIDDEN, ids=str)
def test_the_file_refuses(plain: apsw.Connection, act: str) -> None:
    """Update, delete, replace and insert past the chain's end are refused by the file, not by our code."""
    before = _contents(plain)
    with pytest.raises(apsw.ConstraintError):
        plain.execute(FORBIDDEN[act])
    assert _contents(plain) == before


def test_or_ignore_changes_nothing_either(plain: apsw.Connection) -> None:
    """SQLite may swallow the refusal of ``OR IGNORE``; the rows stay all the same."""
    before = _contents(plain)
    for act in (
        "INSERT OR IGNORE INTO events SELECT * FROM events WHERE seq = 3",
        "UPDATE OR IGNORE events SET actor = 'x'",
        "INSERT OR IGNORE INTO payloads VALUES (5, x'00', '{}')",
    ):
        try:
            plain.execute(act)
        except apsw.ConstraintError:
            continue
    assert _contents(plain) == before


def test_a_deletion_after_its_erasure_event_is_allowed(plain: apsw.Connection, tmp_path: Path) -> None:
    """And only of the payload that the erasure names, never of the erasure itself."""
    plain.close()
    with open_record(tmp_path / "record.db") as record:
        record.erase(5, "pyydetty", "b")
    again = apsw.Connection(str(tmp_path / "record.db"))
    for seq in (4, 6, 7):
        with pytest.raises(apsw.ConstraintError):
            again.execute("DELETE FROM payloads WHERE seq = ?", (seq,))
    again.close()


@pytest.mark.parametrize(
    ("claims", "seq"),
    [((8,), 8), ((7,), 7), ((5, 7), 7)],
    ids=["before its time", "of itself", "of another erasure"],
)
def test_an_erasure_event_cannot_free_what_it_must_not(tmp_path: Path, claims: tuple[int, ...], seq: int) -> None:
    """Even an erasure event forged past our code frees only an earlier payload that is no erasure."""
    with open_record(tmp_path / "record.db") as record:
        write_story(record)
        with record._writing():
            for claim in claims:
                record._insert(Item(Kind.PAYLOAD_ERASED, {"erased": claim}, "b", Publicity.AUTHORITY))
            record._insert(Item(Kind.NOTE, {}, "b", Publicity.AUTHORITY))
        with pytest.raises(apsw.ConstraintError):
            record._connection.execute("DELETE FROM payloads WHERE seq = ?", (seq,))


def test_an_erased_payload_cannot_come_back(tmp_path: Path) -> None:
    """Payloads come with their event or never."""
    with open_record(tmp_path / "record.db") as record:
        write_story(record)
        record.erase(5, "pyydetty", "b")
        with pytest.raises(apsw.ConstraintError):
            record._connection.execute("INSERT INTO payloads VALUES (5, x'00', '{}')")


def test_every_commit_is_synced_and_the_log_is_on(tmp_path: Path) -> None:
    """WAL, synchronous=FULL, foreign keys, overwritten deletions: read back from SQLite itself."""
    with open_record(tmp_path / "record.db") as record:
        pragma = record._connection.pragma
        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 2
        assert pragma("foreign_keys") == 1
        assert pragma("secure_delete") == 1
        assert pragma("trusted_schema") == 0
        assert record._connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, -1) == 1


def test_two_makers_make_one_record(tmp_path: Path) -> None:
    """Whoever comes second finds the first one's record and leaves no scraps."""
    path = tmp_path / "record.db"
    head = story(path)
    store.create(path, "other", genesis_hash("other"))
    with open_record(path, None) as record:
        assert record.tender == TENDER
        assert record.head == head
    assert [file.name for file in tmp_path.iterdir()] == ["record.db"]


def test_a_file_system_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory sticks and some network folders know no hard links."""

    def no_links(self: Path, target: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    path = tmp_path / "record.db"
    head = story(path)
    with open_record(path) as record:
        record.backup(tmp_path / "copy.db")
        with pytest.raises(RecordError):
            record.backup(tmp_path / "copy.db")
        assert record.verify([head]) == ()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.db", "record.db"]


def test_a_failed_act_leaves_no_trace(tmp_path: Path) -> None:
    """A transaction that breaks in the middle is rolled back whole."""
    with open_record(tmp_path / "record.db") as record:
        write_story(record)
        before = _contents(record._connection)
        with pytest.raises(apsw.ConstraintError), store.writing(record._connection):
            record._connection.execute("CREATE TABLE half (x); INSERT INTO meta VALUES ('x', 'y')")
        assert not record._connection.in_transaction
        assert _contents(record._connection) == before


def _contents(connection: apsw.Connection) -> list[list[object]]:
    queries = ("SELECT * FROM events ORDER BY seq", "SELECT * FROM payloads ORDER BY seq", "SELECT * FROM meta")
    return [list(connection.execute(query)) for query in queries]
