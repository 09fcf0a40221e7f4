"""What the record's tests share: a clock that ticks, salts that repeat, a small record, a raw door past the guards."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import apsw

from tender.model.methods import Json
from tender.record import Kind, Publicity, Record

TENDER = "pohjois-savo"
START = datetime(2018, 11, 5, 9, 0, tzinfo=UTC)
KEPT_UNTIL = date(2021, 12, 31)


def ticking(after_hours: int = 0) -> Callable[[], datetime]:
    """A clock that moves one minute at each look."""
    minutes = count(60 * after_hours)
    return lambda: START + timedelta(minutes=next(minutes))


def repeatable() -> Callable[[], bytes]:
    """Salts that are the same in every run."""
    numbers = count()
    return lambda: hashlib.sha256(b"salt %d" % next(numbers)).digest()


def open_record(path: Path, tender: str | None = TENDER, *, after_hours: int = 0) -> Record:
    """The record at `path`, made when it is not there."""
    return Record.open(path, ticking(after_hours), repeatable(), tender)


def write_story(record: Record) -> None:
    """Six events of a small tender."""
    answer: dict[str, Json] = {"respondent": "Palveluntuottaja Esimerkki Oy", "key": "lomake-1"}
    record.append(Kind.DIALOGUE_ANSWER, answer, "kirjaamo", Publicity.PUBLIC, key="lomake-1")
    record.append(Kind.PUBLISHED, {"version": 1}, "hankinta-asiantuntija", Publicity.PUBLIC)
    record.append(Kind.QUESTION, {"text": "Lasketaanko lomakausi?"}, "kirjaamo", Publicity.AUTHORITY)
    record.append(Kind.BID_RECEIVED, {"bidder": "a", "name": "Anna Äyräs"}, "portaali", Publicity.PARTY, KEPT_UNTIL)
    record.append(Kind.OPENED, {"present": ["Anna Äyräs"]}, "avauslautakunta", Publicity.PERSONAL)
    record.append(Kind.NOTE, {"text": "valmis"}, "hankinta-asiantuntija", Publicity.AUTHORITY)


def story(path: Path) -> str:
    """Write the small record to `path` and close it; its head."""
    with open_record(path) as record:
        write_story(record)
        return record.head


@contextmanager
def past_the_guards(path: Path) -> Iterator[apsw.Connection]:
    """A raw connection with all triggers off, as a vandal would use; they stand again afterwards."""
    connection = apsw.Connection(str(path))
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    connection.pragma("foreign_keys", value="off")
    try:
        yield connection
    finally:
        connection.close()
