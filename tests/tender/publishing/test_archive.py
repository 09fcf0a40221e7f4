"""The court bundle has everything; a copy for others has no byte of what is secret, in any format, packed or not."""

from __future__ import annotations

import hashlib
import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from tender.cli.main import main
from tender.errors import UsageError
from tender.publishing.archive import EVENTS, INDEX, ITEMS, Reader, export, unpacked
from tender.publishing.folder import RECORD_FILE
from tender.record import Record

SECRET = "Planted secret 7f3a"
OWNER = "9900001-8"


def _docx(text: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{text}</w:t>")
    return packed.getvalue()


@pytest.fixture
def planted(story: Path) -> Path:
    """A decided tender with a secret planted in every class of file that there is."""
    (story / "private" / "secrets.toml").write_text(
        f'[[secrets]]\nbidder = "{OWNER}"\ntext = "{SECRET}"\nground = "JulkL 24.1 p. 20"\n', encoding="utf-8"
    )
    places = {
        "bids/secret.txt": SECRET.encode(),
        "private/evaluation/notes.json": json.dumps({"why": SECRET}).encode(),
        "private/letters/9/2018-12-21/1/letter.fi.html": SECRET.encode(),
        "private/decision/memo.fi.html": f"<p>{SECRET}</p>".encode(),
        "private/decision/memo.fi.docx": _docx(SECRET),
        "private/decision/memo.fi.pdf": b"%PDF packed so that no grep finds it",
        "private/decision/only.fi.docx": _docx(SECRET),
        "published/1/annex.zip": _docx(SECRET),
    }
    for name, data in places.items():
        path = story / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return story


def _bytes_of(folder: Path) -> list[bytes]:
    return [part for path in sorted(folder.rglob("*")) if path.is_file() for part in unpacked(path.read_bytes())]


@pytest.mark.parametrize("reader", [Reader.PARTY, Reader.PUBLIC])
def test_no_byte_of_a_copy_holds_the_secret(planted: Path, tmp_path: Path, reader: Reader) -> None:
    """Every byte is searched, unzipped; what is left out is named with its ground."""
    export(planted, tmp_path / "copy", reader)
    assert not [part for part in _bytes_of(tmp_path / "copy") if SECRET.encode() in part]
    index = json.loads((tmp_path / "copy" / INDEX).read_text(encoding="utf-8"))
    assert index["withheld"]["published/1/annex.zip"] == "JulkL 24.1 p. 20"
    assert index["withheld"]["bids/secret.txt"] == "JulkL 6.1 p. 3, 7.2"
    memo = "JulkL 24.1 p. 20" if reader is Reader.PARTY else "JulkL 11"
    assert index["withheld"]["private/decision/memo.fi.pdf"] == memo
    assert (tmp_path / "copy" / "private" / "decision" / "award-decision.fi.pdf").exists() is (reader is Reader.PARTY)


def test_the_court_has_everything_even_the_secret(planted: Path, tmp_path: Path) -> None:
    """The search itself is searched: the same planted bytes are found where they belong."""
    export(planted, tmp_path / "court")
    found = [part for part in _bytes_of(tmp_path / "court") if SECRET.encode() in part]
    assert len(found) >= 8
    assert (tmp_path / "court" / RECORD_FILE).is_file()
    assert not json.loads((tmp_path / "court" / INDEX).read_text(encoding="utf-8"))["withheld"]


def test_every_file_has_its_diary_number_class_retention_and_hash(planted: Path, tmp_path: Path) -> None:
    """HL 124.4; the hash is the one of the bytes that are there."""
    export(planted, tmp_path / "court")
    index = json.loads((tmp_path / "court" / INDEX).read_text(encoding="utf-8"))
    present = {
        path.relative_to(tmp_path / "court").as_posix() for path in (tmp_path / "court").rglob("*") if path.is_file()
    }
    assert set(index["files"]) == present - {INDEX}
    for name, row in index["files"].items():
        assert row["sha256"] == hashlib.sha256((tmp_path / "court" / name).read_bytes()).hexdigest()
        assert row["publicity"] in {"public", "party", "authority", "personal"}
        assert row["retain_until"]
        assert "diary_number" in row


def test_the_events_keep_their_chain_and_lose_what_the_reader_may_not_see(planted: Path, tmp_path: Path) -> None:
    """Place, commitment and hash of every event; the payload only of those of the reader's class."""
    with Record.read(planted / RECORD_FILE) as record:
        hashes = [event.hash for event in record.events()]
    for reader, seen in ((Reader.COURT, None), (Reader.PARTY, {"public", "party"}), (Reader.PUBLIC, {"public"})):
        export(planted, tmp_path / reader.value, reader)
        rows = json.loads((tmp_path / reader.value / EVENTS).read_text(encoding="utf-8"))
        assert [row["hash"] for row in rows] == hashes
        for row in rows:
            assert (row["payload"] is not None) is (seen is None or row["publicity"] in seen)
            assert bool(row["withheld"]) is (row["payload"] is None)


def test_the_report_has_every_item(planted: Path, tmp_path: Path) -> None:
    """HL 124: what is known stands there, what is not is asked for in words."""
    export(planted, tmp_path / "court")
    report = json.loads((tmp_path / "court" / "report-124.fi.json").read_text(encoding="utf-8"))
    assert [row["item"] for row in report["items"]] == list(ITEMS)
    said = {row["item"]: row["says"] for row in report["items"]}
    assert len(said["received"]) == 6
    assert len(said["chosen"]) == 3
    assert list(said["excluded"].values()) == ["award.price-outside"]
    assert "täydennä" in said["interests"]


def test_the_same_record_gives_the_same_bytes(planted: Path, tmp_path: Path) -> None:
    """File by file; an existing folder is not replaced."""
    for name in ("one", "other"):
        export(planted, tmp_path / name, Reader.PARTY)
    assert _bytes_of(tmp_path / "one") == _bytes_of(tmp_path / "other")
    with pytest.raises(UsageError, match=r"export\.target-exists"):
        export(planted, tmp_path / "one")
    with pytest.raises(UsageError, match=r"export\.no-record"):
        export(tmp_path, tmp_path / "new")


def test_the_command_says_how_much_is_withheld(planted: Path, tmp_path: Path) -> None:
    """In JSON, with the head of the chain."""
    ask = ["record", "export", str(planted), str(tmp_path / "copy"), "--for", "public", "--json"]
    result = CliRunner().invoke(main, ask)
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert said["withheld"] > 0
    assert len(said["head"]) == 64
    assert CliRunner().invoke(main, ask).exit_code == 2
