"""Backup and restore: the copy is proven, the old is kept, and nothing is overwritten in silence."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tender.errors import RecordError
from tender.record import Kind, Publicity, Record, restore
from tests.tender.record.helpers import open_record, past_the_guards, story, write_story


def names(folder: Path) -> list[str]:
    """Names in `folder`, logs of open records left out."""
    return sorted(file.name for file in folder.iterdir() if not file.name.endswith(("-wal", "-shm")))


def test_a_backup_is_one_proven_file(tmp_path: Path) -> None:
    """It has the same head and the same payloads, and needs no companion files."""
    with open_record(tmp_path / "record.db") as record:
        write_story(record)
        record.backup(tmp_path / "copy.db")
        head, entries = record.head, record.entries()
    assert names(tmp_path) == ["copy.db", "record.db"]
    with Record.read(tmp_path / "copy.db") as copy:
        assert copy.verify([head]) == ()
        assert copy.entries() == entries
    assert names(tmp_path) == ["copy.db", "record.db"]
    assert not (tmp_path / "copy.db-wal").exists()


def test_a_backup_of_what_is_still_in_the_log(tmp_path: Path) -> None:
    """Events that SQLite has not yet moved into the main file are in the copy."""
    with open_record(tmp_path / "record.db") as record:
        record._connection.pragma("wal_autocheckpoint", 0)
        write_story(record)
        assert b"portaali" not in (tmp_path / "record.db").read_bytes()
        record.backup(tmp_path / "copy.db")
    assert b"portaali" in (tmp_path / "copy.db").read_bytes()


def test_a_backup_never_overwrites(tmp_path: Path) -> None:
    """An older backup may be the only good one."""
    (tmp_path / "copy.db").write_bytes(b"precious")
    with open_record(tmp_path / "record.db") as record:
        write_story(record)
        with pytest.raises(RecordError) as caught:
            record.backup(tmp_path / "copy.db")
    assert caught.value.message == "record.exists"
    assert (tmp_path / "copy.db").read_bytes() == b"precious"
    assert names(tmp_path) == ["copy.db", "record.db"]


def test_a_backup_of_a_damaged_record_is_refused(tmp_path: Path) -> None:
    """A bad copy must not look like a backup; the findings say what is wrong."""
    story(tmp_path / "record.db")
    with past_the_guards(tmp_path / "record.db") as vandal:
        vandal.execute("UPDATE events SET kind = 'note' WHERE seq = 2")
    with open_record(tmp_path / "record.db") as record, pytest.raises(RecordError) as caught:
        record.backup(tmp_path / "copy.db")
    assert caught.value.message == "record.backup-damaged"
    assert [finding.field for finding in caught.value.findings] == ["events[2].kind"]
    assert names(tmp_path) == ["record.db"]


def test_a_backup_to_nowhere_is_said_plainly(tmp_path: Path) -> None:
    """A missing folder is an error in our words."""
    with open_record(tmp_path / "record.db") as record, pytest.raises(RecordError) as caught:
        record.backup(tmp_path / "nowhere" / "copy.db")
    assert caught.value.message == "record.unusable"


def test_a_backup_while_others_write(tmp_path: Path) -> None:
    """One go over all pages: a busy writer neither stops the backup nor is stopped."""
    path = tmp_path / "record.db"
    story(path)
    done = threading.Event()

    def write() -> None:
        with open_record(path, after_hours=1) as writer:
            while not done.is_set():
                writer.append(Kind.NOTE, {"t": "x" * 500}, "a", Publicity.PUBLIC)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        with open_record(path) as record:
            for number in range(5):
                record.backup(tmp_path / f"copy-{number}.db")
    finally:
        done.set()
        thread.join()
    for number in range(5):
        with Record.read(tmp_path / f"copy-{number}.db") as copy:
            assert copy.verify() == ()


def test_restore_to_an_empty_place(tmp_path: Path) -> None:
    """The restored record can be written to at once."""
    with open_record(tmp_path / "record.db") as record:
        write_story(record)
        record.backup(tmp_path / "copy.db")
        head = record.head
    result = restore(tmp_path / "copy.db", tmp_path / "new.db")
    assert (result.events, result.aside) == (6, None)
    with open_record(tmp_path / "new.db", after_hours=1) as record:
        assert record.head == head
        record.append(Kind.NOTE, {}, "a", Publicity.PUBLIC)
        assert record.verify([head]) == ()
        assert record._connection.pragma("journal_mode") == "wal"
    assert (tmp_path / "copy.db").exists()


def test_restore_does_not_overwrite(tmp_path: Path) -> None:
    """Without ``force`` the present record stays, untouched."""
    head = story(tmp_path / "record.db")
    story(tmp_path / "copy.db")
    with pytest.raises(RecordError) as caught:
        restore(tmp_path / "copy.db", tmp_path / "record.db")
    assert caught.value.message == "record.exists"
    with Record.read(tmp_path / "record.db") as record:
        assert record.head == head
    assert names(tmp_path) == ["copy.db", "record.db"]


def test_restore_by_force_keeps_the_old_aside(tmp_path: Path) -> None:
    """The old one may hold events that the backup lacks; each restore keeps its own."""
    path = tmp_path / "record.db"
    with open_record(path) as record:
        write_story(record)
        record.backup(tmp_path / "copy.db")
        record.append(Kind.NOTE, {"text": "varmuuskopion jälkeen"}, "a", Publicity.PUBLIC)
        later = record.head
    first = restore(tmp_path / "copy.db", path, force=True)
    second = restore(tmp_path / "copy.db", path, force=True)
    assert (first.events, second.events) == (6, 6)
    assert first.aside is not None
    assert second.aside is not None
    assert (first.aside.name, second.aside.name) == ("record.db.aside-1", "record.db.aside-2")
    with Record.read(first.aside) as old:
        assert old.head == later
        assert old.verify([later]) == ()
    with Record.read(path) as record:
        assert len(record.events()) == 6


def test_restore_takes_the_log_aside_with_its_record(tmp_path: Path) -> None:
    """A log left behind would be played into the wrong record."""
    path = tmp_path / "record.db"
    with open_record(path) as record:
        write_story(record)
        record.backup(tmp_path / "copy.db")
        record.append(Kind.NOTE, {"text": "vain lokissa"}, "a", Publicity.PUBLIC)
        later = record.head
        crashed = {suffix: path.with_name(path.name + suffix).read_bytes() for suffix in ("", "-wal")}
    for suffix, content in crashed.items():
        path.with_name(path.name + suffix).write_bytes(content)
    aside = restore(tmp_path / "copy.db", path, force=True).aside
    assert aside is not None
    with Record.read(path) as record:
        assert len(record.events()) == 6
    with Record.read(aside) as old:
        assert old.head == later


def test_a_damaged_record_can_be_replaced(tmp_path: Path) -> None:
    """That is what backups are for."""
    path = tmp_path / "record.db"
    with open_record(path) as record:
        write_story(record)
        record.backup(tmp_path / "copy.db")
    path.write_bytes(b"rubbish" * 1000)
    assert restore(tmp_path / "copy.db", path, force=True).events == 6
    assert (tmp_path / "record.db.aside-1").read_bytes() == b"rubbish" * 1000


def test_a_damaged_backup_is_not_restored(tmp_path: Path) -> None:
    """Verified first: the present record stays where it is."""
    head = story(tmp_path / "record.db")
    story(tmp_path / "copy.db")
    with past_the_guards(tmp_path / "copy.db") as vandal:
        vandal.execute("DELETE FROM payloads WHERE seq = 2")
    with pytest.raises(RecordError) as caught:
        restore(tmp_path / "copy.db", tmp_path / "record.db", force=True)
    assert caught.value.message == "record.backup-damaged"
    assert [finding.rule for finding in caught.value.findings] == ["record.payload-missing"]
    with Record.read(tmp_path / "record.db") as record:
        assert record.head == head


def test_what_is_no_backup_is_not_restored(tmp_path: Path) -> None:
    """A text file, or nothing at all."""
    story(tmp_path / "record.db")
    (tmp_path / "copy.db").write_text("this is no backup at all " * 100, encoding="utf-8")
    for name, message in (("copy.db", "record.not-a-record"), ("none.db", "record.missing")):
        with pytest.raises(RecordError) as caught:
            restore(tmp_path / name, tmp_path / "record.db", force=True)
        assert caught.value.message == message
    assert names(tmp_path) == ["copy.db", "record.db"]


def test_a_backup_of_another_tender_is_not_restored(tmp_path: Path) -> None:
    """Not even by force: the folders have been mixed up."""
    story(tmp_path / "record.db")
    with open_record(tmp_path / "other.db", "pohjois-karjala") as other:
        write_story(other)
    with pytest.raises(RecordError) as caught:
        restore(tmp_path / "other.db", tmp_path / "record.db", force=True)
    assert caught.value.message == "record.other-tender"
    assert names(tmp_path) == ["other.db", "record.db"]
