"""A published folder proves itself by its manifest; every kind of change is named."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tender.errors import UsageError
from tender.publishing.proof import verify


@pytest.fixture
def folder(published: Path) -> Path:
    """The published version."""
    return published / "published" / "1"


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
