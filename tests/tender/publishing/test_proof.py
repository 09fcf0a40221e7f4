"""A published folder and its ZIP prove themselves by the manifest; every kind of change is named."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tender.errors import InputError, UsageError
from tender.publishing.proof import verify


@pytest.fixture
def folder(lean_published: Path) -> Path:
    """The published version."""
    return lean_published / "published" / "1"


def test_an_untouched_folder_is_proven(folder: Path) -> None:
    """No findings, and the manifest's own hash to compare."""
    proof = verify(folder)
    assert proof.findings == ()
    assert proof.manifest_hash == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["bid-form.fi.xlsx", "call-for-tenders.fi.pdf", "source/tender.toml"])
def test_one_changed_byte_is_named(folder: Path, name: str) -> None:
    """Any file, any byte."""
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    [finding] = verify(folder).findings
    assert (finding.rule, finding.values["file"]) == ("verify.changed", name)


def test_a_missing_and_a_strange_file_are_named(folder: Path) -> None:
    """What is not listed does not belong; what is listed must be there."""
    (folder / "bid-form.fi.xlsx").rename(folder / "bid-form.en.xlsx")
    assert {(finding.rule, finding.values["file"]) for finding in verify(folder).findings} == {
        ("verify.missing", "bid-form.fi.xlsx"),
        ("verify.stranger", "bid-form.en.xlsx"),
    }


def test_a_manifest_that_was_made_to_fit_is_caught_by_the_method(folder: Path) -> None:
    """Whoever rewrites the file list still has to rewrite the printed method hash."""
    path = folder / "method" / "award_method.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"providers":3', '"providers":4'), encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["method/award_method.json"]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    [finding] = verify(folder).findings
    assert finding.rule == "verify.method"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"files": 3}', "not json", '{"files": {"a": {}}}'])
def test_an_unusable_manifest_is_wrong_use(tmp_path: Path, text: str) -> None:
    """One clear refusal, never a traceback."""
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"verify\.bad-manifest"):
        verify(tmp_path)


def test_a_folder_without_a_manifest_is_wrong_use(tmp_path: Path) -> None:
    """The message says which folder to name."""
    with pytest.raises(UsageError, match=r"verify\.no-manifest"):
        verify(tmp_path)


@pytest.fixture
def archive(lean_published: Path) -> Path:
    """The ZIP of a published version."""
    return lean_published / "published" / "pohjois-savo-1.zip"


def test_the_zip_holds_the_folder_and_proves_itself(archive: Path) -> None:
    """Same files, same manifest hash, one folder inside, the publication's day on every entry."""
    home = archive.with_name("1")
    assert verify(archive) == verify(home)
    with zipfile.ZipFile(archive) as opened:
        assert {name: opened.read(f"pohjois-savo-1/{name}") for name in _names(home)} == {
            name: (home / name).read_bytes() for name in _names(home)
        }
        assert opened.namelist() == [f"pohjois-savo-1/{name}" for name in sorted(_names(home))]
        assert {entry.date_time for entry in opened.infolist()} == {(2018, 11, 5, 0, 0, 0)}


def _names(home: Path) -> list[str]:
    return [path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()]


def _rewritten(archive: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The ZIP written again after `change` of its files."""
    with zipfile.ZipFile(archive) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    change(files)
    target = archive.with_name("other.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in files.items():
            written.writestr(name, data)
    return target


def test_the_zip_may_have_no_folder_inside(archive: Path) -> None:
    def bare(files: dict[str, bytes]) -> None:
        for name in list(files):
            files[name.split("/", 1)[1]] = files.pop(name)

    assert verify(_rewritten(archive, bare)) == verify(archive)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda files: files.update({"pohjois-savo-1/bid-form.fi.xlsx": b"x"}), "verify.changed"),
        (lambda files: files.update({"pohjois-savo-1/more.txt": b"x"}), "verify.stranger"),
        (lambda files: files.pop("pohjois-savo-1/index.html"), "verify.missing"),
    ],
)
def test_every_change_in_the_zip_is_named(archive: Path, change: Callable[[dict[str, bytes]], None], rule: str) -> None:
    assert [finding.rule for finding in verify(_rewritten(archive, change)).findings] == [rule]


@pytest.mark.parametrize(
    "name", ["../manifest.json", "/manifest.json", "a/../../b", "C:/x", "pohjois-savo-1/MANIFEST.JSON"]
)
def test_a_zip_that_hides_something_is_refused(archive: Path, name: str) -> None:
    """Ways out of the folder, and two files that some systems take for one."""
    with pytest.raises(InputError, match=r"guard\."):
        verify(_rewritten(archive, lambda files: files.update({name: b"x"})))


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_publication_is_refused(tmp_path: Path, data: bytes) -> None:
    """Nothing, half a ZIP, another file, an empty ZIP."""
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    with pytest.raises((InputError, UsageError)):
        verify(path)


def test_a_bomb_is_refused_before_it_is_unpacked(archive: Path) -> None:
    bomb = _rewritten(archive, lambda files: files.update({"pohjois-savo-1/zeros.bin": bytes(50_000_000)}))
    with pytest.raises(InputError, match=r"guard\.ratio"):
        verify(bomb)
