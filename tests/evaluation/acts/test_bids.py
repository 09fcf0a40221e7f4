"""Bids are kept as they came, known by business id, and a bad form is named instead of lost."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from evaluation.acts.award import admissions_of
from evaluation.acts.bids import open_bids, receive, rehearse
from evaluation.acts.demo import OPENERS
from evaluation.acts.desk import desk_of
from tender.errors import FrozenError, UsageError
from tender.publishing.examination import readable_tender
from tender.publishing.folder import record_state
from tender.starting import start_folder
from tests.conftest import chance_at


@pytest.fixture
def forms(story_once: Path) -> list[Path]:
    """The filled forms of the story."""
    return sorted((story_once / "synthetic" / "forms").glob("*.xlsx"))


def _take(folder: Path, *files: Path) -> None:
    receive(folder, files, chance_at(readable_tender(folder).timetable.tenders_until), "tests")


def test_a_bid_is_kept_byte_for_byte(published: Path, forms: list[Path]) -> None:
    """The kept file has the recorded hash and the bytes that came."""
    _take(published, forms[0])
    [bid] = record_state(published).bids
    kept = (published / "bids" / bid.file).read_bytes()
    assert kept == forms[0].read_bytes()
    assert hashlib.sha256(kept).hexdigest() == bid.sha256


def test_a_later_bid_of_the_same_bidder_takes_the_place(published: Path, forms: list[Path]) -> None:
    """Both are on the record, one counts."""
    _take(published, forms[0], forms[0])
    state = record_state(published)
    assert len(state.bids_received) == 2
    assert len(state.bids) == 1


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 truncated"], ids=["empty", "text", "truncated"])
def test_a_file_that_is_no_form_is_kept_and_not_compared(published: Path, tmp_path: Path, data: bytes) -> None:
    """It came, so it is on the record; it cannot be read, so it is not compared, and the reason is said."""
    path = tmp_path / "tarjous.xlsx"
    path.write_bytes(data)
    _take(published, path)
    bids, [admission] = admissions_of(desk_of(published))
    assert bids == ()
    assert not admission.admitted
    assert admission.findings


def test_a_hostile_name_stays_inside_the_folder(published: Path, tmp_path: Path, forms: list[Path]) -> None:
    """The kept name is safe whatever the portal called the file."""
    path = tmp_path / "=cmd|' ..\\..%2f tarjous.xlsx"
    path.write_bytes(forms[0].read_bytes())
    _take(published, path)
    [kept] = (published / "bids").iterdir()
    assert kept.parent == published / "bids"
    assert not set("=|\\'") & set(kept.name)


def test_a_missing_file_is_wrong_use(published: Path, tmp_path: Path, forms: list[Path]) -> None:
    """Nothing is recorded when one of the files is not there, not even for those before it."""
    with pytest.raises(UsageError, match=r"bid\.no-file"):
        _take(published, forms[0], tmp_path / "poissa.xlsx")
    assert record_state(published).bids == ()


def test_there_is_nothing_to_open_without_bids(published: Path) -> None:
    """An opening of nothing is refused."""
    with pytest.raises(FrozenError, match=r"opening\.no-bids"):
        open_bids(published, OPENERS, chance_at(readable_tender(published).timetable.opening), "tests")


def test_an_unpublished_tender_takes_no_bids(tmp_path: Path, forms: list[Path]) -> None:
    """There is no form yet that a bid could be made on."""
    folder = start_folder(tmp_path / "uusi", "pohjois-savo", None)
    with pytest.raises(FrozenError, match=r"frozen\.not-published"):
        _take(folder, forms[0])


@pytest.mark.slow
def test_a_rehearsal_fills_the_published_form(published: Path) -> None:
    """Six invented bids, six files, each read back as its own bidder."""
    written = rehearse(published)
    assert len(written) == 6
    _take(published, *written)
    assert len(record_state(published).bids) == 6
