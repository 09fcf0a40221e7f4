"""Draft and publish are two acts; what is published is frozen, provable, and the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tender.errors import BlockedError, FrozenError, UsageError
from tender.publishing.correcting import Wish
from tender.publishing.folder import RECORD_FILE, SEED_FILE, commitment, record_state
from tender.publishing.release import draft, publish
from tender.record import Record, genesis_hash
from tender.starting import start_folder
from tests.conftest import PUBLISHED_ON, chance_at, lean

Edit = Callable[[Path, str, str], None]
NOON = datetime(2018, 11, 5, 10, tzinfo=UTC)


def _quiet(_: str) -> None:
    """Nobody is told."""


def _bytes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_published_folder_has_the_whole_set(published: Path) -> None:
    """Documents, form, methods, statements, sources, manifest."""
    names = set(_bytes(published / "published" / "1"))
    assert {
        "call-for-tenders.fi.pdf",
        "call-for-tenders.fi.docx",
        "payment-annex.fi.pdf",
        "framework-agreement.fi.pdf",
        "dialogue-invitation.fi.pdf",
        "bid-form.fi.xlsx",
        "method/award_method.json",
        "method/payment_method.json",
        "method/statements.json",
        "source/tender.toml",
        "manifest.json",
    } <= names


@pytest.mark.slow
@pytest.mark.pressed
def test_the_same_input_gives_the_same_bytes(pressed_once: Path, tmp_path: Path) -> None:
    """Another folder, another moment, other salts, more processes: every file of the set is the same."""
    folder = lean(start_folder(tmp_path / "toinen", "pohjois-savo", None, synthetic=True))
    later = datetime(2018, 11, 5, 21, 59, tzinfo=UTC)
    publish(folder, PUBLISHED_ON, chance_at(later), "somebody else", _quiet, Wish(workers=2))
    assert _bytes(folder / "published" / "1") == _bytes(pressed_once / "published" / "1")


@pytest.mark.slow
def test_another_day_is_the_only_thing_that_changes_the_set(lean_once: Path, tmp_path: Path) -> None:
    """The day is an argument: with another one the PDFs differ, the methods do not."""
    folder = lean(start_folder(tmp_path / "toinen", "pohjois-savo", None, synthetic=True))
    publish(folder, date(2018, 11, 6), chance_at(NOON), "tests", _quiet)
    first, second = _bytes(lean_once / "published" / "1"), _bytes(folder / "published" / "1")
    assert first["call-for-tenders.fi.pdf"] != second["call-for-tenders.fi.pdf"]
    assert first["method/award_method.json"] == second["method/award_method.json"]


def test_publishing_again_changes_nothing(lean_published: Path) -> None:
    """The second run confirms the bytes and adds nothing to the record."""
    before, head = _bytes(lean_published / "published"), record_state(lean_published).head
    written = publish(lean_published, date(2018, 12, 24), chance_at(NOON), "tests", _quiet)
    assert written.unchanged
    assert _bytes(lean_published / "published") == before
    assert record_state(lean_published).head == head


def test_a_crash_before_the_last_step_is_healed(lean_published: Path) -> None:
    """The record has the publication but the folder is gone: publishing again makes the same folder."""
    before = _bytes(lean_published / "published")
    shutil.rmtree(lean_published / "published")
    publish(lean_published, PUBLISHED_ON, chance_at(NOON), "tests", _quiet)
    assert _bytes(lean_published / "published") == before


@pytest.mark.slow
def test_a_changed_method_is_never_published_by_itself(lean_published: Path, edit: Edit) -> None:
    """Criteria and weights do not move after publication unless a person decides (KHO 2017:139)."""
    edit(lean_published / "tender.toml", "client_cap        = 700", "client_cap        = 800")
    with pytest.raises(FrozenError, match=r"versions\.undecided"):
        publish(lean_published, PUBLISHED_ON, chance_at(NOON), "tests", _quiet)


@pytest.mark.slow
def test_a_changed_word_is_never_published_by_itself(lean_published: Path) -> None:
    """A published version never changes, not even in its words."""
    path = lean_published / "texts" / "concept.fi.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nLisäys.\n", encoding="utf-8")
    with pytest.raises(FrozenError, match=r"versions\.undecided"):
        publish(lean_published, PUBLISHED_ON, chance_at(NOON), "tests", _quiet)


def test_a_blocking_finding_stops_publication_and_leaves_nothing(tmp_path: Path, edit: Edit) -> None:
    """Nothing is written and nothing recorded."""
    folder = start_folder(tmp_path / "kunta", "pohjois-savo", None)
    edit(folder / "tender.toml", "client_cap        = 700", "client_cap        = 300")
    with pytest.raises(BlockedError) as caught:
        publish(folder, PUBLISHED_ON, chance_at(NOON), "tests", _quiet)
    assert caught.value.findings
    assert not (folder / "published").exists()
    assert not (folder / RECORD_FILE).exists()


def test_a_draft_is_watermarked_and_records_nothing(tmp_path: Path) -> None:
    """`draft` writes its own folder and no record."""
    folder = lean(start_folder(tmp_path / "kunta", "pohjois-savo", None))
    written = draft(folder, PUBLISHED_ON, _quiet)
    manifest = json.loads((written.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["draft"] is True
    assert not (folder / RECORD_FILE).exists()
    assert not (folder / "published").exists()


@pytest.mark.slow
def test_the_seed_is_kept_secret_and_its_hash_is_published(tmp_path: Path) -> None:
    """A missing seed is made, kept for its owner only, and never among the published bytes."""
    folder = lean(start_folder(tmp_path / "kunta", "pohjois-savo", None))
    written = publish(folder, PUBLISHED_ON, chance_at(NOON), "tests", _quiet)
    seed = (folder / SEED_FILE).read_text(encoding="ascii").strip()
    manifest = json.loads((written.folder / "manifest.json").read_text(encoding="utf-8"))
    assert seed == "5eed" * 16
    assert manifest["lots_commitment"] == commitment(seed)
    assert (folder / SEED_FILE).stat().st_mode & 0o077 == 0
    assert all(seed.encode() not in path.read_bytes() for path in written.folder.rglob("*") if path.is_file())


def test_the_record_says_what_was_published(published: Path) -> None:
    """One event, on the genesis that follows from the tender's id, with the manifest's hash."""
    state = record_state(published)
    [version] = state.published
    manifest = (published / "published" / "1" / "manifest.json").read_bytes()
    assert version.said.manifest == hashlib.sha256(manifest).hexdigest()
    assert version.event.prev == genesis_hash("pohjois-savo")
    with Record.read(published / RECORD_FILE) as record:
        assert record.verify() == ()


def test_the_hashes_of_the_manifest_are_those_of_the_methods(published: Path) -> None:
    """Anyone can hash the method file and find the printed hash."""
    folder = published / "published" / "1"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for name in ("award", "payment"):
        data = (folder / "method" / f"{name}_method.json").read_bytes().removesuffix(b"\n")
        assert hashlib.sha256(data).hexdigest() == manifest[f"{name}_hash"]


def test_a_clause_of_the_folder_replaces_the_houses_own(tmp_path: Path) -> None:
    """By clause id; the document shows it, the file is published with the sources, the method stays the same."""
    folder = lean(start_folder(tmp_path / "kunta", "pohjois-savo", None))
    own = folder / "clauses" / "call-for-tenders" / "520-cap.fi.md"
    own.parent.mkdir(parents=True)
    own.write_text("Asiakaskatto on sovittu erikseen ja se on {{ framework.client_cap }}.\n", encoding="utf-8")
    written = draft(folder, PUBLISHED_ON, _quiet)
    text = (written.folder / "call-for-tenders.fi.html").read_text(encoding="utf-8")
    assert "Asiakaskatto on sovittu erikseen ja se on 700." in text
    assert (written.folder / "source" / "clauses" / "call-for-tenders" / "520-cap.fi.md").is_file()
    own.rename(own.with_name("520-katto.fi.md"))
    with pytest.raises(UsageError):
        draft(folder, PUBLISHED_ON, _quiet)
