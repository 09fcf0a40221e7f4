"""The same idempotency key is the same event: nothing is written twice, whoever races, and older files learn it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from tender.errors import RecordError
from tender.record import Item, Kind, Publicity, Record, restore, store
from tender.record.events import genesis_hash
from tests.tender.record import appender
from tests.tender.record.helpers import TENDER, open_record, story


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


@pytest.fixture
def version_1(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file as the first version wrote it, with an event in it that the same version wrote."""
    with monkeypatch.context() as older:
        older.setattr(store, "FILE_VERSION", 1)
        store.create(path, TENDER, genesis_hash(TENDER))
        with open_record(path) as record:
            record.append(Kind.NOTE, {"t": "vanha"}, "kirjaamo", Publicity.AUTHORITY)
    return path


def answer(record: Record, text: str, key: str = "k") -> int:
    return record.append(Kind.DIALOGUE_ANSWER, {"t": text}, "kirjaamo", Publicity.AUTHORITY, key=key).seq


def user_version(path: Path) -> object:
    with closing(apsw.Connection(str(path))) as connection:
        return connection.pragma("user_version")


def test_the_same_key_again_gives_the_same_event_and_writes_nothing(path: Path) -> None:
    """Even when the second sending says something else, such as a later moment; and after reopening."""
    with open_record(path) as record:
        first = record.append(Kind.DIALOGUE_ANSWER, {"t": "a"}, "kirjaamo", Publicity.AUTHORITY, key="ä")
        again = record.append(Kind.DIALOGUE_ANSWER, {"t": "b"}, "portaali", Publicity.PUBLIC, key="ä")
        assert again == first
        assert answer(record, "a", "another") == 2
    with open_record(path, after_hours=1) as record:
        assert answer(record, "c", "ä") == 1
        assert [entry.payload for entry in record.entries()] == [{"t": "a"}, {"t": "a"}]
        assert record.verify() == ()


def test_without_a_key_every_writing_counts(path: Path) -> None:
    """An empty key is no key."""
    with open_record(path) as record:
        assert [answer(record, "a", ""), answer(record, "a", "")] == [1, 2]


def test_a_key_of_another_kind_is_refused(path: Path) -> None:
    """A question cannot be mistaken for an answer that came before."""
    with open_record(path) as record:
        answer(record, "a")
        with pytest.raises(RecordError) as caught:
            record.append(Kind.QUESTION, {"t": "a"}, "kirjaamo", Publicity.AUTHORITY, key="k")
        assert caught.value.message == "record.key-taken"
        assert caught.value.values["seq"] == "1"
        assert len(record.events()) == 1


def test_a_key_outlives_the_payload(path: Path) -> None:
    """An erased answer does not come back by a repeated sending."""
    with open_record(path) as record:
        answer(record, "a")
        record.erase(1, "pyydetty", "b")
        assert answer(record, "a") == 1
        assert [entry.payload is None for entry in record.entries()] == [True, False]
        assert record.verify() == ()


def test_an_erasure_is_never_written_among_others(path: Path) -> None:
    """Not by `append_all` either."""
    with open_record(path) as record, pytest.raises(RecordError) as caught:
        record.append_all([Item(Kind.PAYLOAD_ERASED, {"erased": 1}, "a", Publicity.AUTHORITY)])
    assert caught.value.message == "record.erase-only"


def items(*payloads: object) -> list[Item]:
    return [
        Item(Kind.NOTE, {"t": payload}, "a", Publicity.AUTHORITY, key=f"k{number}")  # type: ignore[dict-item]
        for number, payload in enumerate(payloads)
    ]


def test_all_are_written_or_none(path: Path) -> None:
    """One item that is unfit takes the whole transaction with it, and its keys stay free."""
    with open_record(path) as record:
        with pytest.raises(RecordError):
            record.append_all(items("a", "b", 1.5))
        assert record.events() == ()
        events = record.append_all(items("a", "b", "c"))
        assert events == record.events()
        assert [event.seq for event in events] == [1, 2, 3]
        assert events[2].prev == events[1].hash
        assert record.append_all(items("x", "y", "z", "d"))[:3] == events
        assert len(record.events()) == 4
        assert record.append_all([]) == ()


def test_each_that_fits_is_written(path: Path) -> None:
    """And the one that does not fit keeps its place with its error."""
    with open_record(path) as record:
        first, unfit, last = record.append_each(items("a", 1.5, "c"))
        assert isinstance(unfit, RecordError)
        assert unfit.message == "record.payload-unfit"
        assert (first, last) == record.events()
        assert record.verify() == ()


@pytest.mark.slow
def test_eight_processes_that_race_with_the_same_keys_write_each_once(path: Path) -> None:
    """Every one of them gets the same event for the same key."""
    command = [sys.executable, str(Path(appender.__file__)), str(path)]
    names = [f"p{number}" for number in range(8)]
    children = [
        subprocess.Popen([*command, name, "12", "key"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for name in names
    ]
    told = []
    for child in children:
        out, err = child.communicate(timeout=60)
        assert child.returncode == 0, err
        told.append(out)
    assert set(told) == {told[0]}
    with Record.read(path) as record:
        assert [event.seq for event in record.events()] == list(range(1, 13))
        assert record.verify() == ()


# ---- files of version 1 -----------------------------------------------------------------------------------------


def test_a_file_of_version_1_is_read_as_it_is(version_1: Path) -> None:
    """Reading and proving change nothing in it."""
    before = version_1.read_bytes()
    with Record.read(version_1) as record:
        assert [entry.payload for entry in record.entries()] == [{"t": "vanha"}]
        assert record.verify([record.head]) == ()
    assert version_1.read_bytes() == before
    assert user_version(version_1) == 1


def test_a_file_of_version_1_learns_keys_when_it_is_written_to(version_1: Path) -> None:
    """The head stays, and the schema is that of a new file, word for word."""
    with Record.read(version_1) as record:
        head = record.head
    with open_record(version_1) as record:
        assert record.head == head
        assert [answer(record, "a"), answer(record, "a")] == [2, 2]
        assert record.verify([head, record.head]) == ()
    assert user_version(version_1) == 2


def test_an_upgrade_that_fails_leaves_version_1(version_1: Path) -> None:
    """All or nothing: a table that stands in the way, and nothing of the upgrade remains."""
    with closing(apsw.Connection(str(version_1))) as connection:
        connection.execute("CREATE TABLE x (y)")
        connection.execute("CREATE TRIGGER keys_remain BEFORE DELETE ON x BEGIN SELECT 1; END")
    with pytest.raises(RecordError):
        open_record(version_1)
    assert user_version(version_1) == 1
    with closing(apsw.Connection(str(version_1))) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'keys'").get == 0


def test_a_backup_of_version_1_can_be_restored(version_1: Path, tmp_path: Path) -> None:
    """And is brought up by the first writing."""
    target = tmp_path / "restored.db"
    assert restore(version_1, target).events == 1
    with open_record(target) as record:
        assert answer(record, "a") == 2
        assert record.verify() == ()


@pytest.mark.parametrize("version", [1, 2])
def test_a_version_that_is_told_wrong_is_found(path: Path, version_1: Path, version: int) -> None:
    """A file that says another version than its tables have does not verify."""
    if version == 2:
        open_record(path).close()
    with closing(apsw.Connection(str(path))) as connection:
        connection.pragma("user_version", 3 - version)
    with Record.read(path) as record:
        assert {finding.rule for finding in record.verify()} >= {
            "record.structure-missing" if version == 1 else "record.structure-foreign"
        }


def test_a_look_up_is_no_scan(path: Path) -> None:
    """SQLite says itself that it finds a key by its index."""
    story(path)
    with open_record(path) as record:
        plan = list(record._connection.execute("EXPLAIN QUERY PLAN SELECT seq FROM keys WHERE digest = x'00'"))
    assert "USING COVERING INDEX" in str(plan)
    assert "SCAN" not in str(plan)
