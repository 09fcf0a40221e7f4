"""Files of a tender folder, taken with care."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tender.errors import Place, UsageError
from tender.reading import read_tender
from tender.reading.files import MOST_BYTES, contents
from tests.sample import sample_tender
from tests.tender.reading.folders import SAMPLE, folder


def written(path: Path, data: bytes) -> Path:
    """A tender folder whose file has these bytes."""
    (path / "tender.toml").write_bytes(data)
    return path


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + SAMPLE.encode(), SAMPLE.replace("\n", "\r\n").encode()])
def test_marks_and_line_ends_of_windows_do_not_matter(tmp_path: Path, data: bytes) -> None:
    """A byte order mark is tolerated, and so are CRLF line ends."""
    got = read_tender(written(tmp_path, data))
    assert got.findings == ()
    assert got.tender == sample_tender()


@pytest.mark.parametrize(
    ("data", "rule", "place"),
    [
        ("ä = 1\nb = 'ö'".encode("latin-1"), "file.encoding", Place("tender.toml", 1, 1)),
        ("# ää\nb = 'x".encode() + b"\xff'", "file.encoding", Place("tender.toml", 2, 7)),
        ("a = 1".encode("utf-16"), "file.encoding", Place("tender.toml", 1, 1)),
        (b"#" * (MOST_BYTES + 1), "file.too-large", Place("tender.toml")),
        (b"\x00" * 100, "file.syntax", Place("tender.toml", 1, 1)),
        (b"a = 1\rb = 2\r", "file.syntax", Place("tender.toml", 1, 6)),
        (b"\x89PNG\r\n\x1a\n", "file.encoding", Place("tender.toml", 1, 1)),
        (b"PK\x03\x04" + b"\x00" * 30, "file.syntax", Place("tender.toml", 1, 3)),
    ],
    ids=["latin-1", "late byte", "utf-16", "large", "nul", "carriage returns", "image", "zip"],
)
def test_what_is_no_text_is_one_finding(tmp_path: Path, data: bytes, rule: str, place: Place) -> None:
    """The place is the byte that cannot be read."""
    got = read_tender(written(tmp_path, data))
    assert got.tender is None
    assert [(finding.rule, finding.place) for finding in got.findings] == [(rule, place)]


def test_an_empty_file_lacks_everything_that_is_required(tmp_path: Path) -> None:
    """An empty file is TOML; what is missing is said field by field."""
    got = read_tender(written(tmp_path, b""))
    assert got.tender is not None
    assert {finding.rule for finding in got.findings} == {"field.missing"}
    assert len(got.findings) == 19


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A link inside the folder is fine."""
    outside = tmp_path / "outside.toml"
    outside.write_text(SAMPLE, encoding="utf-8")
    home = tmp_path / "tender"
    home.mkdir()
    (home / "tender.toml").symlink_to(outside)
    got = read_tender(home)
    assert got.tender is None
    assert [finding.rule for finding in got.findings] == ["file.outside"]
    (home / "tender.toml").unlink()
    (home / "real.toml").write_text(SAMPLE, encoding="utf-8")
    (home / "tender.toml").symlink_to("real.toml")
    assert read_tender(home).tender is not None


def test_a_folder_that_is_itself_a_link_is_fine(tmp_path: Path) -> None:
    """Only what leads out of the folder is refused."""
    home = tmp_path / "tender"
    home.mkdir()
    folder(home)
    (tmp_path / "link").symlink_to(home)
    assert read_tender(tmp_path / "link").findings == ()


def test_a_file_that_may_not_be_read_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own reason is passed on."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UsageError, match=r"reading\.unreadable") as caught:
        contents(folder_with_sample(tmp_path), "tender.toml", MOST_BYTES)
    assert caught.value.values["reason"] == "Permission denied"


def folder_with_sample(path: Path) -> Path:
    """The sample folder, written without `Path.open`."""
    handle = os.open(path / "tender.toml", os.O_CREAT | os.O_WRONLY)
    os.write(handle, SAMPLE.encode())
    os.close(handle)
    return path
