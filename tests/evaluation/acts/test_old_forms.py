"""Bids on forms of an earlier version: valid where only words changed, named and not compared where more did."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from evaluation.acts.award import admissions_of
from evaluation.acts.bids import open_bids, receive, rehearse
from evaluation.acts.desk import desk_of
from tender.errors import FrozenError, blocking
from tender.language import Language, Text
from tender.model.corrections import ChangeClass
from tender.publishing.correcting import Wish
from tender.publishing.folder import record_state
from tender.publishing.release import Written, publish
from tender.words import words
from tests.conftest import chance_at

MIDWAY = datetime(2018, 11, 20, 10, tzinfo=ZoneInfo("Europe/Helsinki"))
POLKU, SUUNTA = "9900001-8", "9900002-6"


def _correct(folder: Path, way: ChangeClass) -> Written:
    wish = Wish(way, Text("Syy", "Skäl", "Reason"))
    return publish(folder, MIDWAY.date(), chance_at(MIDWAY), "tests", lambda _: None, wish)


def _capped(folder: Path) -> Path:
    """Raise the cap and move the deadline."""
    path = folder / "tender.toml"
    text = path.read_text(encoding="utf-8").replace("client_cap        = 700", "client_cap        = 800")
    path.write_text(text.replace("2018-12-11T", "2018-12-17T"), encoding="utf-8")
    return folder


def _worded(folder: Path) -> Path:
    """Add a sentence to the concept."""
    path = folder / "texts" / "concept.fi.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nLisäys selvyyden vuoksi.\n", encoding="utf-8")
    return folder


@pytest.fixture
def two(lean_published: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[Path]]:
    """A published tender and two invented bids on its first form, the one that is out of range not among them."""
    monkeypatch.setattr("tender.publishing.workshop.made", lambda order: order.html.encode())
    written = [path for path in rehearse(lean_published) if path.stem in {POLKU, SUUNTA}]
    kept = [Path(shutil.copy(path, lean_published.parent / f"tarjous {path.name}")) for path in written]
    assert len(kept) == 2
    return lean_published, kept


def _take(folder: Path, *files: Path) -> None:
    receive(folder, files, chance_at(MIDWAY), "tests")


@pytest.mark.slow
def test_words_alone_leave_old_forms_valid(two: tuple[Path, list[Path]]) -> None:
    """Received before and after the clarification: both are read against the form that they were made on."""
    folder, (before, after) = two
    _take(folder, before)
    written = _correct(_worded(folder), ChangeClass.CLARIFICATION)
    assert written.renew == ()
    _take(folder, after)
    bids, admissions = admissions_of(desk_of(folder))
    assert [bid.version for bid in bids] == [1, 1]
    assert all(admission.admitted for admission in admissions)


@pytest.mark.slow
def test_a_changed_method_makes_old_forms_stale(two: tuple[Path, list[Path]]) -> None:
    """A bid that came before stays received, its bidder must be asked, and reading names both versions."""
    folder, (before, _) = two
    _take(folder, before)
    [received] = record_state(folder).bids
    written = _correct(_capped(folder), ChangeClass.CORRECTION)
    assert written.renew == (received.bidder,)
    assert record_state(folder).bids == (received,)
    bids, [admission] = admissions_of(desk_of(folder))
    assert bids == ()
    assert not admission.admitted
    [finding] = blocking(admission.findings)
    assert (finding.rule, finding.values) == ("bid-form.old-version", {"found": "1", "expected": "2"})
    for language in Language:
        said = words(language).finding(finding).text
        assert "1" in said
        assert "2" in said


@pytest.mark.slow
def test_a_new_form_takes_the_place_of_an_old_one(two: tuple[Path, list[Path]]) -> None:
    """Same business id, the form of version two: it counts, and nobody has to be asked."""
    folder, (before, _) = two
    _take(folder, before)
    _correct(_capped(folder), ChangeClass.CORRECTION)
    renewed = next(path for path in rehearse(folder) if path.stem == POLKU)
    _take(folder, renewed)
    state = record_state(folder)
    assert len(state.bids_received) == 2
    [counted] = state.bids
    assert counted.version == 2
    [bid], [admission] = admissions_of(desk_of(folder))
    assert (bid.version, admission.admitted) == (2, True)


@pytest.mark.slow
def test_an_old_form_that_comes_after_the_correction_is_known_by_its_bidder(two: tuple[Path, list[Path]]) -> None:
    """It is kept and named under its business id, so that its bidder can be asked before the deadline."""
    folder, (old, _) = two
    _correct(_capped(folder), ChangeClass.CORRECTION)
    _take(folder, old)
    [received] = record_state(folder).bids
    assert received.version == 1
    assert received.bidder == POLKU
    _, [admission] = admissions_of(desk_of(folder))
    assert (admission.bidder, admission.admitted) == (received.bidder, False)


@pytest.mark.slow
def test_the_published_moment_of_opening_counts(two: tuple[Path, list[Path]]) -> None:
    """An earlier opening in the file alone, which nobody has published, opens nothing."""
    folder, (bid, _) = two
    _take(folder, bid)
    path = folder / "tender.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2018-12-11T", "2018-11-20T"), encoding="utf-8")
    with pytest.raises(FrozenError, match=r"opening\.too-early"):
        open_bids(folder, ("A", "B"), chance_at(MIDWAY.replace(hour=23)), "tests")
