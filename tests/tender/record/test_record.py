"""The record: append, read back, erase; what is refused, and in which words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tender.errors import RecordError
from tender.model.methods import Json
from tender.record import Entry, Event, Kind, Publicity, Record, genesis_hash
from tender.record.events import commitment_of, event_hash, moment_text
from tests.tender.record.helpers import KEPT_UNTIL, START, TENDER, open_record, repeatable, story, ticking, write_story

PLAIN = (
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(exclude_categories=["Cs"]))
)
PAYLOADS = st.dictionaries(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.recursive(
        PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abä"), inner), max_leaves=6
    ),
    max_size=5,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the record of a test lies."""
    return tmp_path / "record.db"


def test_an_empty_record_has_the_genesis_head(path: Path) -> None:
    """So the head printed in a first publication is reproducible."""
    with open_record(path) as record:
        assert record.head == genesis_hash(TENDER)
        assert record.tender == TENDER
        assert record.events() == ()


def test_an_appended_event_carries_all_it_was_given(path: Path) -> None:
    """Every field comes back as it went in, and the hash can be computed by hand."""
    with open_record(path) as record:
        event = record.append(Kind.OPENED, {"present": ["A"]}, "lautakunta", Publicity.PERSONAL, KEPT_UNTIL)
        salt = repeatable()()
        by_hand: dict[str, Json] = {
            "seq": 1,
            "at": moment_text(START),
            "kind": "opened",
            "actor": "lautakunta",
            "commitment": commitment_of(salt, b'{"present":["A"]}'),
            "publicity": "personal",
            "retain_until": "2021-12-31",
            "prev": genesis_hash(TENDER),
        }
        assert event.hash == event_hash(by_hand)
        assert event == Event(
            1,
            START,
            Kind.OPENED,
            "lautakunta",
            str(by_hand["commitment"]),
            Publicity.PERSONAL,
            KEPT_UNTIL,
            genesis_hash(TENDER),
            event.hash,
        )
        assert record.events() == (event,)
        assert record.head == event.hash


def test_events_chain_and_survive_reopening(path: Path) -> None:
    """Each event names the hash of the one before it."""
    head = story(path)
    with open_record(path, None) as record:
        events = record.events()
        assert [event.seq for event in events] == [1, 2, 3, 4, 5, 6]
        assert [event.prev for event in events[1:]] == [event.hash for event in events[:-1]]
        assert record.head == events[-1].hash == head
        assert record.verify([head, events[2].hash]) == ()


def test_the_same_acts_give_the_same_head(tmp_path: Path) -> None:
    """Clock and salts are arguments: nothing else decides."""
    assert story(tmp_path / "one.db") == story(tmp_path / "two.db")


def test_another_salt_gives_another_commitment(tmp_path: Path) -> None:
    """Two records of the same act cannot be matched by their commitments."""
    with (
        open_record(tmp_path / "one.db") as one,
        Record.open(tmp_path / "two.db", ticking(), lambda: b"x" * 32, TENDER) as two,
    ):
        first, second = (r.append(Kind.NOTE, {"t": 1}, "a", Publicity.PUBLIC) for r in (one, two))
    assert first.commitment != second.commitment


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(payload=PAYLOADS)
def test_any_exact_payload_comes_back(tmp_path: Path, payload: dict[str, Any]) -> None:
    """Names, umlauts, nesting, blanks and whole numbers survive."""
    with open_record(tmp_path / "record.db") as record:
        event = record.append(Kind.NOTE, payload, "a", Publicity.PUBLIC)
        assert record.payload(event.seq) == payload
        assert record.verify([event.hash]) == ()


def test_entries_pair_events_with_payloads(path: Path) -> None:
    """An erased payload is ``None``, which is not an empty one."""
    with open_record(path) as record:
        record.append(Kind.NOTE, {}, "a", Publicity.PUBLIC)
        record.append(Kind.NOTE, {"b": 1}, "a", Publicity.PUBLIC)
        record.erase(2, "pyydetty", "tietosuojavastaava")
        first, second, third = record.entries()
        assert first == Entry(record.events()[0], {})
        assert second.payload is None
        assert third.payload == {"erased": 2, "reason": "pyydetty", "early": False}


@pytest.mark.parametrize(
    "payload",
    [{"x": 0.1}, {"x": [1, {"y": 2.0}]}, {"x": 2**60}, {"x": "\ud800"}, {"x": {1, 2}}],
    ids=["float", "float deep inside", "too large", "half a character", "a set"],
)
def test_a_payload_without_canonical_form_is_refused(path: Path, payload: Any) -> None:
    """What cannot be hashed alike everywhere is not recorded, and nothing of it stays."""
    with open_record(path) as record:
        with pytest.raises(RecordError) as caught:
            record.append(Kind.NOTE, payload, "a", Publicity.PUBLIC)
        assert caught.value.message == "record.payload-unfit"
        assert record.events() == ()


def test_an_actor_that_is_no_text_is_refused(path: Path) -> None:
    """Half a character in the actor's name stops the act too."""
    with open_record(path) as record:
        with pytest.raises(RecordError) as caught:
            record.append(Kind.NOTE, {}, "\ud800", Publicity.PUBLIC)
        assert caught.value.message == "record.payload-unfit"
        assert record.events() == ()


def test_a_short_salt_is_refused(path: Path) -> None:
    """A short salt would let a small payload be guessed."""
    with Record.open(path, ticking(), lambda: b"short", TENDER) as record:
        with pytest.raises(ValueError, match="salt"):
            record.append(Kind.NOTE, {}, "a", Publicity.PUBLIC)
        assert record.events() == ()


def test_an_erasure_leaves_the_chain_whole(path: Path) -> None:
    """The payload and its salt are gone; who and why are an event."""
    with open_record(path) as record:
        write_story(record)
        commitment = record.events()[4].commitment
        erasure = record.erase(5, "henkilötieto ei ole enää tarpeen", "tietosuojavastaava")
        assert record.payload(5) is None
        assert record.events()[4].commitment == commitment
        assert erasure.kind is Kind.PAYLOAD_ERASED
        assert erasure.actor == "tietosuojavastaava"
        assert record.verify([record.head]) == ()


def test_an_erased_text_is_gone_from_the_disk(path: Path) -> None:
    """Neither the file nor its log still holds the words."""
    with open_record(path) as record:
        record.append(Kind.NOTE, {"name": "Salainen Sanna"}, "a", Publicity.PERSONAL)
        on_disk = b"".join(file.read_bytes() for file in path.parent.iterdir())
        assert b"Salainen Sanna" in on_disk
        record.erase(1, "pyydetty", "b")
        for file in path.parent.iterdir():
            assert b"Salainen Sanna" not in file.read_bytes(), file.name


def test_an_erasure_works_while_somebody_reads(path: Path) -> None:
    """A reader keeps its snapshot, and the erasure is acknowledged all the same."""
    story(path)
    with open_record(path) as record, Record.read(path) as reader:
        reader._connection.execute("BEGIN")
        assert reader.payload(5) is not None
        record._connection.set_busy_timeout(10)
        record.erase(5, "pyydetty", "b")
        assert record.payload(5) is None
        assert reader.payload(5) is not None
        reader._connection.execute("ROLLBACK")
        assert reader.payload(5) is None


@pytest.mark.parametrize(
    ("seq", "message"),
    [(5, "record.erased-already"), (7, "record.erasure-stays"), (99, "record.no-such-event")],
)
def test_what_cannot_be_erased(path: Path, seq: int, message: str) -> None:
    """Twice, an erasure, or nothing at all."""
    with open_record(path) as record:
        write_story(record)
        record.erase(5, "pyydetty", "b")
        before = record.head
        with pytest.raises(RecordError) as caught:
            record.erase(seq, "pyydetty", "b")
        assert caught.value.message == message
        assert record.head == before


def test_a_retention_day_holds_until_it_has_passed(path: Path) -> None:
    """HL 124.4: kept for years; earlier only on purpose, and the erasure says so."""
    with open_record(path) as record:
        write_story(record)
        with pytest.raises(RecordError) as caught:
            record.erase(4, "tilaa", "b")
        assert caught.value.message == "record.retained"
        assert caught.value.values["day"] == "2021-12-31"
        erasure = record.erase(4, "väärä tiedosto", "b", early=True)
        said = record.payload(erasure.seq)
        assert said is not None
        assert said["early"] is True


def test_a_retention_day_that_has_passed_does_not_hold(path: Path) -> None:
    """The day itself is still kept; the next is not."""
    with open_record(path) as record:
        record.append(Kind.NOTE, {}, "a", Publicity.PUBLIC, START.date())
        record.append(Kind.NOTE, {}, "a", Publicity.PUBLIC, date(2018, 11, 4))
        with pytest.raises(RecordError):
            record.erase(1, "tilaa", "b")
        record.erase(2, "tilaa", "b")


def test_an_erasure_event_is_written_by_erase_only(path: Path) -> None:
    """Otherwise an event could claim an erasure that never was."""
    with open_record(path) as record, pytest.raises(RecordError) as caught:
        record.append(Kind.PAYLOAD_ERASED, {"erased": 1}, "a", Publicity.AUTHORITY)
    assert caught.value.message == "record.erase-only"


def _not_there(path: Path) -> None:
    path.unlink(missing_ok=True)


def _a_text(path: Path) -> None:
    path.write_text("tender = 1\n" * 200, encoding="utf-8")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _a_folder(path: Path) -> None:
    path.mkdir()


def _a_strange_database(path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE t (x)")
    connection.close()


def _from_the_future(path: Path) -> None:
    story(path)
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", 3)
    connection.close()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (_not_there, "record.missing"),
        (_a_folder, "record.missing"),
        (_a_text, "record.not-a-record"),
        (_empty, "record.not-a-record"),
        (_a_strange_database, "record.not-a-record"),
        (_from_the_future, "record.newer"),
    ],
)
@pytest.mark.parametrize("opener", [lambda path: open_record(path, None), Record.read], ids=["write", "read"])
def test_what_is_no_record_is_not_opened(
    path: Path, make: Callable[[Path], None], message: str, opener: Callable[[Path], Record]
) -> None:
    """A clear refusal, and the file stays as it was."""
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RecordError) as caught:
        opener(path)
    assert caught.value.message == message
    assert caught.value.place is not None
    assert caught.value.place.file == "record.db"
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_record_of_another_tender_is_not_opened(path: Path) -> None:
    """Two tenders never share a chain."""
    story(path)
    with pytest.raises(RecordError) as caught:
        open_record(path, "pohjois-karjala")
    assert caught.value.message == "record.other-tender"
    assert caught.value.values == {"found": TENDER, "expected": "pohjois-karjala"}


def test_a_place_that_does_not_exist_is_said_plainly(tmp_path: Path) -> None:
    """No traceback of SQLite reaches the user."""
    with pytest.raises(RecordError) as caught:
        open_record(tmp_path / "nowhere" / "record.db")
    assert caught.value.message == "record.unusable"


def test_reading_writes_nothing(path: Path) -> None:
    """A record that is open for reading refuses acts and keeps its bytes."""
    head = story(path)
    before = path.read_bytes()
    with Record.read(path) as record:
        assert record.head == head
        assert len(record.entries()) == 6
        assert record.verify([head]) == ()
        with pytest.raises(RecordError) as caught:
            record.append(Kind.NOTE, {}, "a", Publicity.PUBLIC)
        assert caught.value.message == "record.read-only"
        with pytest.raises(RecordError) as caught:
            record.erase(1, "pyydetty", "b")
        assert caught.value.message == "record.read-only"
    assert path.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are different there")
def test_a_new_record_is_for_its_owner_only(path: Path) -> None:
    """Answers and bids are inside."""
    story(path)
    assert path.stat().st_mode & 0o077 == 0


def test_a_record_leaves_nothing_beside_itself(path: Path) -> None:
    """After the last writer has closed, the record is one file again."""
    story(path)
    assert [file.name for file in path.parent.iterdir()] == ["record.db"]


def test_nothing_is_appended_to_a_broken_end(path: Path) -> None:
    """A chain whose last event does not hold must be mended first, not grown."""
    story(path)
    connection = apsw.Connection(str(path))
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    connection.execute("UPDATE events SET actor = 'joku muu' WHERE seq = 6")
    connection.close()
    with open_record(path) as record:
        with pytest.raises(RecordError) as caught:
            record.append(Kind.NOTE, {}, "a", Publicity.PUBLIC)
        assert caught.value.message == "record.broken"
        assert caught.value.values == {"seq": "6"}


def test_a_kind_that_this_version_does_not_know_is_said(path: Path) -> None:
    """A later version may know more kinds; the chain still verifies but for that."""
    story(path)
    connection = apsw.Connection(str(path))
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    connection.execute("UPDATE events SET kind = 'telepathy' WHERE seq = 6")
    connection.close()
    with open_record(path) as record:
        with pytest.raises(RecordError) as caught:
            record.events()
        assert caught.value.message == "record.event-unknown"
        assert caught.value.values["seq"] == "6"
