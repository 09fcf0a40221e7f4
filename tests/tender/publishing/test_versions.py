"""Versions after the first: what makes one, what is refused and why, and that earlier versions never change."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tender.errors import FrozenError, UsageError, ValintaError
from tender.language import Language, Text
from tender.model.corrections import ChangeClass, ClauseFate
from tender.publishing import release
from tender.publishing.correcting import Wish
from tender.publishing.examination import readable_tender
from tender.publishing.files import publication_files
from tender.publishing.folder import RECORD_FILE, record_state
from tender.publishing.proof import verify
from tender.publishing.release import Written, pending, publish
from tender.record import Kind, Publicity, Record, state_of
from tender.record.payloads import DecisionMade, Opening
from tender.words import words
from tests.conftest import chance_at

Edit = Callable[[Path, str, str], None]
ZONE = ZoneInfo("Europe/Helsinki")
MIDWAY = datetime(2018, 11, 20, 10, tzinfo=ZONE)
AFTER = datetime(2018, 12, 11, 12, 0, tzinfo=ZONE)
REASON = Text("Vastaus kysymykseen 3", "Svar på fråga 3", "Answer to question 3")
CORRECTION = Wish(ChangeClass.CORRECTION, REASON)
CLARIFICATION = Wish(ChangeClass.CLARIFICATION, REASON)


def _publish(folder: Path, wish: Wish = release.NO_WISH, moment: datetime = MIDWAY) -> Written:
    return publish(folder, moment.date(), chance_at(moment), "Hanna Hankkija", lambda _: None, wish)


def _bytes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _later(folder: Path, day: str = "2018-12-17") -> None:
    """Move the deadline and the opening to `day`."""
    path = folder / "tender.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count("2018-12-11T") == 2
    path.write_text(text.replace("2018-12-11T", f"{day}T"), encoding="utf-8")


@pytest.fixture
def capped(lean_published: Path, edit: Edit) -> Path:
    """A published tender whose client cap was raised since."""
    edit(lean_published / "tender.toml", "client_cap        = 700", "client_cap        = 800")
    return lean_published


@pytest.fixture
def worded(lean_published: Path) -> Path:
    """A published tender whose concept text got a sentence more since."""
    path = lean_published / "texts" / "concept.fi.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nLisäys selvyyden vuoksi.\n", encoding="utf-8")
    return lean_published


def _refused(folder: Path, rule: str, wish: Wish, moment: datetime = MIDWAY) -> ValintaError:
    """Publishing is refused by `rule`, in words of all languages, and nothing at all has changed."""
    before, head = _bytes(folder / "published"), record_state(folder).head
    with pytest.raises(ValintaError) as caught:
        _publish(folder, wish, moment)
    assert caught.value.message == rule
    assert _bytes(folder / "published") == before
    assert record_state(folder).head == head
    for language in Language:
        assert words(language).error(caught.value).advice, "a refusal without a way forward"
    return caught.value


def test_an_unchanged_folder_says_unchanged_whatever_is_wished(lean_published: Path) -> None:
    """There is nothing to correct."""
    assert _publish(lean_published, CORRECTION).unchanged
    assert pending(lean_published, MIDWAY.date()) is None


def test_without_a_decision_the_proposal_is_made_and_nothing_published(capped: Path) -> None:
    """The machine proposes, a person decides."""
    amendment = pending(capped, MIDWAY.date())
    assert amendment is not None
    assert amendment.proposed is ChangeClass.CORRECTION
    assert [change.data.path for change in amendment.changes] == ["framework.client_cap"]
    called = {clause.clause for clause in amendment.clauses if clause.document == "call-for-tenders"}
    assert called == {"cap", "dynamic", "selection"}
    assert amendment.form_changed
    error = _refused(capped, "versions.undecided", release.NO_WISH)
    assert "korjaus" in str(words(Language.FI).error(error))


@pytest.mark.slow
def test_a_correction_becomes_version_two_with_its_own_hashes(capped: Path) -> None:
    """Own folder, own method hash, the notice, and the event with class, reason and decider."""
    first = _bytes(capped / "published" / "1")
    _later(capped)
    written = _publish(capped, CORRECTION)
    assert (written.version, written.unchanged) == (2, False)
    assert "correction-notice.fi.pdf" in written.files
    assert _bytes(capped / "published" / "1") == first
    assert verify(capped / "published" / "2").findings == ()
    old, new = record_state(capped).published
    assert old.said.award_hash != new.said.award_hash
    assert (new.said.made_as, new.said.proposed, new.said.reason) == (
        "correction", "correction", {"fi": REASON.fi, "sv": REASON.sv, "en": REASON.en},
    )  # fmt: skip
    assert new.event.actor == "Hanna Hankkija"
    assert new.event.publicity is Publicity.PUBLIC
    notice = (capped / "published" / "2" / "correction-notice.fi.pdf").read_text(encoding="utf-8")
    for said in ("700\u00a0asiakasta", "800\u00a0asiakasta", str(REASON.fi), "17.12.2018", "Hanna Hankkija"):
        assert said in notice.replace("\u2060", ""), said


def test_a_correction_comes_with_the_redlines_of_what_changed(capped: Path) -> None:
    """Tracked changes and side by side, for the documents that changed, named in the manifest; none at first."""
    _later(capped)
    written = _publish(capped, CORRECTION)
    redlines = {name for name in written.files if name.startswith("redline/")}
    assert {"redline/call-for-tenders.fi.docx", "redline/call-for-tenders.fi.html"} <= redlines
    html = (written.folder / "redline" / "call-for-tenders.fi.html").read_text(encoding="utf-8")
    assert "800" in html
    assert "700" in html
    assert not (capped / "published" / "1" / "redline").exists()


@pytest.mark.slow
def test_a_correction_published_again_is_unchanged(capped: Path) -> None:
    """The notice is worked out again from the record and gives the same bytes; so does a lost folder."""
    _later(capped)
    _publish(capped, CORRECTION)
    before = _bytes(capped / "published")
    assert _publish(capped).unchanged
    shutil.rmtree(capped / "published" / "2")
    assert _publish(capped).unchanged
    assert _bytes(capped / "published") == before


def test_the_first_version_has_no_notice(lean_published: Path) -> None:
    """There is nothing to notify."""
    assert not list((lean_published / "published" / "1").glob("correction-notice*"))


def test_a_third_version_rests_on_the_second(capped: Path, edit: Edit) -> None:
    """Each version is compared with the newest published one."""
    _later(capped)
    _publish(capped, CORRECTION)
    edit(capped / "tender.toml", "client_cap        = 800", "client_cap        = 750")
    _later_again(capped)
    amendment = pending(capped, MIDWAY.date())
    assert amendment is not None
    assert amendment.base.publication.version == 2
    assert _publish(capped, CORRECTION).version == 3
    assert [recorded.said.version for recorded in record_state(capped).published] == [1, 2, 3]


def _later_again(folder: Path) -> None:
    path = folder / "tender.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2018-12-17T", "2018-12-18T"), encoding="utf-8")


@pytest.mark.slow
def test_a_clarification_keeps_the_deadline_and_the_forms(worded: Path) -> None:
    """Only words changed: no more time is due, and old forms stay valid."""
    amendment = pending(worded, MIDWAY.date())
    assert amendment is not None
    assert amendment.proposed is ChangeClass.CLARIFICATION
    assert not amendment.form_changed
    assert amendment.old_versions == (1,)
    assert [(clause.clause, clause.fate) for clause in amendment.clauses] == [("concept", ClauseFate.CHANGED)]
    written = _publish(worded, CLARIFICATION)
    notice = (written.folder / "correction-notice.fi.pdf").read_text(encoding="utf-8")
    assert "Tarjousten määräaika ei muutu" in notice
    assert "on voimassa sellaisenaan" in notice


@pytest.mark.slow
def test_a_person_may_decide_on_more_than_is_proposed(worded: Path) -> None:
    """A wording that matters may be a correction with more time; both are on the record."""
    _later(worded)
    _publish(worded, CORRECTION)
    said = record_state(worded).published[-1].said
    assert (said.made_as, said.proposed) == ("correction", "correction")


def test_a_clarification_cannot_change_the_method(capped: Path) -> None:
    """Whatever moves a method hash needs a correction (KHO 2017:139)."""
    _refused(capped, "versions.method-needs-correction", CLARIFICATION)


@pytest.mark.slow
def test_a_weight_cannot_be_clarified(lean_published: Path, edit: Edit) -> None:
    """Nor a criterion's evidence, which is in no hash."""
    edit(lean_published / "tender.toml", "near_tie            = 5", "near_tie            = 4")
    _refused(lean_published, "versions.method-needs-correction", CLARIFICATION)


@pytest.mark.slow
def test_a_correction_without_enough_time_is_refused_with_the_earliest_day(capped: Path) -> None:
    """Later than before, and ten days after the correction (annex E)."""
    error = _refused(capped, "versions.extension", CORRECTION)
    assert error.values["earliest"] == "2018-12-12"
    late = datetime(2018, 12, 5, 10, tzinfo=ZONE)
    _later(capped, "2018-12-14")
    error = _refused(capped, "versions.extension", CORRECTION, late)
    assert error.values["earliest"] == "2018-12-15"
    assert "15.12.2018" in str(words(Language.FI).error(error))


@pytest.mark.slow
def test_the_deadline_never_moves_back(lean_published: Path) -> None:
    """Tenderers rely on it."""
    _later(lean_published, "2018-12-10")
    _refused(lean_published, "versions.shortened", CORRECTION)
    _refused(lean_published, "versions.shortened", CLARIFICATION)


def test_a_restart_says_what_to_do_and_publishes_nothing(capped: Path) -> None:
    """Interruption decision, award notice of no award, a new folder."""
    error = _refused(capped, "versions.restart", Wish(ChangeClass.RESTART))
    said = str(words(Language.EN).error(error))
    assert all(word in said for word in ("interruption decision", "award notice", "valinta new"))


def test_a_reason_is_asked_for(capped: Path) -> None:
    """In every language of the tender; it is wrong use not to give one."""
    error = _refused(capped, "versions.reason-missing", Wish(ChangeClass.CORRECTION))
    assert isinstance(error, UsageError)
    assert error.values["languages"] == ", ".join(readable_tender(capped).languages)


@pytest.mark.parametrize("wish", [CORRECTION, CLARIFICATION, Wish(ChangeClass.RESTART), release.NO_WISH])
def test_after_the_deadline_never(capped: Path, wish: Wish) -> None:
    """At the very minute; a deadline that was moved in the file alone does not help."""
    _later(capped)
    error = _refused(capped, "versions.late", wish, AFTER)
    assert error.values["deadline"] == "2018-12-11 12:00"
    assert "HL 125.1" in words(Language.FI).error(error).advice


def _record(folder: Path, said: Opening | DecisionMade) -> None:
    chance = chance_at(MIDWAY)
    with Record.open(folder / RECORD_FILE, chance.clock, chance.salts) as record:
        record.append(said.kind, said.payload(), "tests", Publicity.AUTHORITY)


def test_after_the_opening_never(capped: Path) -> None:
    """Whatever the clock says."""
    _record(capped, Opening(1, {"a": "00"}, ("A", "B")))
    _later(capped)
    _refused(capped, "versions.opened", CORRECTION)


def test_after_the_decision_the_contract_has_its_own_way(capped: Path) -> None:
    """A payment changes under a review clause only; that is said."""
    _record(capped, Opening(1, {"a": "00"}, ("A", "B")))
    _record(capped, DecisionMade(MIDWAY.date(), ("a",), "00"))
    error = _refused(capped, "versions.decided", CORRECTION)
    assert "136.2" in words(Language.FI).error(error).advice


def test_an_example_never_becomes_a_real_tender(lean_published: Path, edit: Edit) -> None:
    """Nor the other way round: the record is of one of them."""
    edit(lean_published / "tender.toml", "synthetic     = true", "synthetic     = false")
    _refused(lean_published, "versions.synthetic", CORRECTION)


@pytest.mark.parametrize("name", ["source/tender.toml", "bid-form.fi.xlsx"])
def test_a_base_that_was_touched_is_not_trusted(capped: Path, name: str) -> None:
    """One byte anywhere in the published folder; the findings name the file."""
    path = capped / "published" / "1" / name
    path.write_bytes(path.read_bytes() + b" ")
    error = _refused(capped, "versions.base-changed", CORRECTION)
    assert [finding.values["file"] for finding in error.findings] == [name]


def test_a_base_with_a_manifest_made_to_fit_is_not_trusted(capped: Path) -> None:
    """The record knows the manifest's own hash."""
    folder = capped / "published" / "1"
    source = folder / "source" / "tender.toml"
    source.write_bytes(source.read_bytes() + b"\n")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["source/tender.toml"]["sha256"] = hashlib.sha256(source.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert verify(folder).findings == ()
    _refused(capped, "versions.base-changed", CORRECTION)


def test_a_crash_between_record_and_name_is_healed(capped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record has version two, the folder has not its name yet: the next run gives it, byte for byte."""
    _later(capped)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", _crash)
        with pytest.raises(OSError, match="power"):
            _publish(capped, CORRECTION)
    assert len(record_state(capped).published) == 2
    partial = _bytes(capped / "published" / ".2.partial")
    assert not (capped / "published" / "2").exists()
    assert _publish(capped).unchanged
    assert _bytes(capped / "published" / "2") == partial
    assert not (capped / "published" / ".2.partial").exists()


def _crash(*_: object) -> None:
    message = "power cut"
    raise OSError(message)


def test_a_damaged_remainder_of_a_crash_is_made_again(capped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A half-written folder is never given a name."""
    _later(capped)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", _crash)
        with pytest.raises(OSError, match="power"):
            _publish(capped, CORRECTION)
    (capped / "published" / ".2.partial" / "bid-form.fi.xlsx").write_bytes(b"half")
    assert _publish(capped).unchanged
    assert verify(capped / "published" / "2").findings == ()


@pytest.mark.slow
def test_a_record_that_moved_meanwhile_stops_the_version(capped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody opens the tenders while the documents are being made."""
    _later(capped)

    def slow(*arguments: Any, **more: Any) -> dict[str, bytes]:
        _record(capped, Opening(1, {"a": "00"}, ("A", "B")))
        return publication_files(*arguments, **more)

    monkeypatch.setattr(release, "publication_files", slow)
    with pytest.raises(FrozenError, match=r"versions\.record-moved"):
        _publish(capped, CORRECTION)
    assert len(record_state(capped).published) == 1
    assert not (capped / "published" / "2").exists()


def test_an_old_record_without_the_new_keys_is_still_read(lean_published: Path) -> None:
    """Records written before versions were corrected have neither class nor reason."""
    with Record.read(lean_published / RECORD_FILE) as record:
        payload = dict(record.payload(1) or {})
    for key in ("trial", "made_as", "proposed", "reason"):
        del payload[key]
    chance = chance_at(MIDWAY)
    old = lean_published.parent / "vanha.db"
    with Record.open(old, chance.clock, chance.salts, readable_tender(lean_published).id) as record:
        record.append(Kind.PUBLISHED, payload, "tests", Publicity.PUBLIC)
        said = record.entries()[0].payload
    assert said is not None
    with Record.read(old) as record:
        [version] = state_of(record.entries()).published
    assert (version.said.made_as, version.said.reason, version.said.trial) == ("", {}, False)


def test_more_time_alone_is_a_correction_without_a_least(lean_published: Path) -> None:
    """A day more is a day more."""
    _later(lean_published, "2018-12-12")
    assert _publish(lean_published, CORRECTION, MIDWAY + timedelta(days=20)).version == 2
