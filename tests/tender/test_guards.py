"""The guards: each refuses its own fault with its own message, and lets ordinary files through."""

from __future__ import annotations

import random
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.errors import InputError, Place
from tender.guards import (
    Deaf,
    Limits,
    as_text,
    excerpt,
    guard_name,
    guard_size,
    inside,
    open_zip,
    read_xml,
    safe_name,
)
from tests.tender.archives import END, Entry, packed, zip_of

MIB = 1024 * 1024
SECONDS = 2.0
GOOD = (Entry(b"a.xml"), Entry(b"folder/b.xml", b"<b>" + b"words " * 50 + b"</b>"))


def refused(act: Callable[[], object]) -> str:
    """The message with which `act` is refused, within the time allowed."""
    started = time.process_time()
    with pytest.raises(InputError) as caught:
        act()
    assert time.process_time() - started < SECONDS
    return caught.value.message


def unit(random_bytes: int, zeros: int) -> bytes:
    """A block whose compression is known: random bytes, then zeros."""
    return random.Random(7).randbytes(random_bytes) + bytes(zeros)


def with_zip64_end() -> bytes:
    """A ZIP whose end record says that the true numbers stand elsewhere."""
    data = bytearray(zip_of(*GOOD))
    data[-END.size :] = END.pack(b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return bytes(data)


def overlapping() -> bytes:
    """Two entries that share the bytes of one."""
    first = Entry(b"a.xml", b"x" * 200)
    return zip_of(first, Entry(b"b.xml", b"x" * 200, at=0))


def quoted_overlap() -> bytes:
    """An entry that claims so many bytes that it reaches over the next one."""
    inner = zip_of(Entry(b"b.xml"))
    data = bytearray(zip_of(Entry(b"a.xml", b"abc", method=0), Entry(b"b.xml", b"d" * 40, method=0)))
    central = bytes(data).index(b"PK\x01\x02")
    data[central + 20 : central + 24] = len(inner).to_bytes(4, "little")
    return bytes(data)


MANY = tuple(Entry(b"%d.xml" % number) for number in range(1001))

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "guard.empty"),
    "text": (lambda: b"Tarjous on 43,50 euroa.", "guard.not-zip"),
    "html": (lambda: b"<html><table></table></html>", "guard.not-zip"),
    "pdf": (lambda: b"%PDF-1.7\n" + b"x" * 900, "guard.not-zip"),
    "old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "guard.old-workbook"),
    "encrypted workbook": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900) + "EncryptedPackage".encode("utf-16-le"),
        "guard.encrypted",
    ),
    "too large": (lambda: zip_of(*GOOD) + bytes(11 * MIB), "guard.too-large"),
    "cut in half": (lambda: zip_of(*GOOD)[:120], "guard.broken-zip"),
    "cut by a byte": (lambda: zip_of(*GOOD)[:-1], "guard.broken-zip"),
    "something behind": (lambda: zip_of(*GOOD) + b"more", "guard.broken-zip"),
    "something before": (lambda: b"MZ" + zip_of(*GOOD), "guard.not-zip"),
    "another zip before": (lambda: zip_of(Entry(b"x.xml")) + zip_of(*GOOD), "guard.broken-zip"),
    "a directory in the comment": (lambda: zip_of(*GOOD, comment=zip_of(*GOOD)), "guard.broken-zip"),
    "zip64 end": (with_zip64_end, "guard.broken-zip"),
    "too many": (lambda: zip_of(*MANY), "guard.too-many-entries"),
    "too many, but says few": (lambda: zip_of(*MANY, count=5), "guard.too-many-entries"),
    "bomb": (lambda: zip_of(Entry(b"a.xml", bytes(20 * MIB))), "guard.ratio"),
    "bomb that lies": (lambda: zip_of(Entry(b"a.xml", b"x", size=40 * MIB)), "guard.ratio"),
    "many moderate": (
        lambda: zip_of(*(Entry(b"%d.xml" % at, unit(600, 24_000) * 380) for at in range(6))),
        "guard.unpacked-size",
    ),
    "overlap": (overlapping, "guard.overlap"),
    "reaches over": (quoted_overlap, "guard.overlap"),
    "points into the directory": (lambda: zip_of(Entry(b"a.xml", at=30)), "guard.overlap"),
    "points at no header": (lambda: zip_of(Entry(b"a.xml", b"y" * 90, at=7)), "guard.broken-zip"),
    "encrypted": (lambda: zip_of(Entry(b"a.xml", flags=1)), "guard.entry-encrypted"),
    "bzip2": (lambda: zip_of(Entry(b"a.xml", method=12)), "guard.entry-method"),
    "twice": (lambda: zip_of(Entry(b"a.xml"), Entry(b"a.xml")), "guard.entry-twice"),
    "twice in capitals": (lambda: zip_of(Entry(b"a.xml"), Entry(b"A.XML")), "guard.entry-twice"),
    "parent": (lambda: zip_of(Entry(b"../a.xml")), "guard.entry-path"),
    "parent inside": (lambda: zip_of(Entry(b"b/../../a.xml")), "guard.entry-path"),
    "absolute": (lambda: zip_of(Entry(b"/etc/passwd")), "guard.entry-path"),
    "drive": (lambda: zip_of(Entry(b"C:/a.xml")), "guard.entry-path"),
    "backslash": (lambda: zip_of(Entry(b"..\\a.xml")), "guard.entry-path"),
    "NUL": (lambda: zip_of(Entry(b"a.xml\x00.exe")), "guard.entry-path"),
    "control": (lambda: zip_of(Entry(b"a\x1b[2J.xml")), "guard.entry-path"),
    "reserved": (lambda: zip_of(Entry(b"con.xml")), "guard.entry-path"),
    "right to left": (lambda: zip_of(Entry("a\u202elmx.xml".encode(), flags=0x800)), "guard.entry-path"),
    "trailing dot": (lambda: zip_of(Entry(b"a.xml.")), "guard.entry-path"),
    "link": (lambda: zip_of(Entry(b"a.xml", b"/etc/passwd", mode=0o120777)), "guard.entry-path"),
    "no text for a name": (lambda: zip_of(Entry(b"\xff\xfe.xml", flags=0x800)), "guard.broken-zip"),
    "two names": (lambda: zip_of(Entry(b"a.xml", local=b"b.xml")), "guard.broken-zip"),
    "zip inside": (lambda: zip_of(Entry(b"a.xml", zip_of(*GOOD))), "guard.nested-archive"),
    "gzip inside": (lambda: zip_of(Entry(b"a.png", b"\x1f\x8b" + bytes(90))), "guard.nested-archive"),
    "OLE inside": (lambda: zip_of(Entry(b"a.png", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")), "guard.active-part"),
    "no deflate stream": (lambda: zip_of(*GOOD).replace(packed(b"<a/>"), b"\xff" * 6), "guard.broken-zip"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_zip_is_refused_with_one_message(name: str) -> None:
    make, message = HOSTILE[name]
    data = make()
    assert refused(lambda: open_zip(data, "tarjous.xlsx")) == message


def test_a_refusal_names_the_file_and_the_part() -> None:
    with pytest.raises(InputError) as caught:
        open_zip(zip_of(Entry(b"xl/evil.xml", bytes(MIB))), "tarjous.xlsx")
    assert str(caught.value.place) == "tarjous.xlsx!xl/evil.xml"


def test_an_ordinary_zip_is_let_through() -> None:
    package = open_zip(zip_of(*GOOD, Entry(b"folder/", b"")), "a.zip")
    assert package.names == ("a.xml", "folder/b.xml")
    assert package.read("a.xml") == b"<a/>"
    assert package.place("a.xml") == Place("a.zip", sheet="a.xml")


def test_a_part_that_is_not_there_and_a_wrong_checksum_are_refused_when_read() -> None:
    package = open_zip(zip_of(Entry(b"a.xml", random.Random(1).randbytes(9000), crc=1)), "a.zip")
    assert refused(lambda: package.read("b.xml")) == "guard.part-missing"
    assert refused(lambda: package.read("a.xml")) == "guard.broken-zip"


def test_the_limits_are_the_callers() -> None:
    data = zip_of(*GOOD)
    assert refused(lambda: open_zip(data, "a", Limits(entries=1))) == "guard.too-many-entries"
    assert refused(lambda: open_zip(data, "a", Limits(unpacked_bytes=100))) == "guard.unpacked-size"
    assert refused(lambda: guard_size(data, "a", 10)) == "guard.too-large"


@given(st.binary(max_size=400))
def test_no_bytes_bring_another_error(data: bytes) -> None:
    for candidate in (data, b"PK\x03\x04" + data, zip_of(*GOOD)[: len(data)] + data):
        try:
            open_zip(candidate, "a.zip")
        except InputError:
            continue
        assert zipfile.is_zipfile(BytesIO(candidate))


@given(st.data())
def test_a_changed_byte_never_brings_another_error(data: st.DataObject) -> None:
    good = bytearray(zip_of(*GOOD))
    good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        package = open_zip(bytes(good), "a.zip")
        for name in package.names:
            package.walk(name, Deaf())
    except InputError:
        return


XML: dict[str, tuple[bytes, str]] = {
    "document type": (b'<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>', "guard.xml-entities"),
    "billion laughs": (
        b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;">]><a>&d;</a>',
        "guard.xml-entities",
    ),
    "file entity": (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "guard.xml-entities"),
    "entity in UTF-16": (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16"),
        "guard.xml-entities",
    ),
    "undefined entity": (b"<a>&b;</a>", "guard.broken-xml"),
    "not closed": (b"<a><b></a>", "guard.broken-xml"),
    "empty": (b"", "guard.broken-xml"),
    "binary": (bytes(range(256)), "guard.broken-xml"),
    "unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><a/>', "guard.broken-xml"),
    "deep": (b"<a>" * 100 + b"</a>" * 100, "guard.xml-too-much"),
    "much": (b"<a>" + b"<b/>" * 500_001 + b"</a>", "guard.xml-too-much"),
    "huge comment, not closed": (b"<a><!--" + b"x" * (20 * MIB), "guard.broken-xml"),
}


@pytest.mark.parametrize("name", XML)
def test_hostile_xml_is_refused_with_one_message(name: str) -> None:
    data, message = XML[name]
    assert refused(lambda: read_xml(data, Place("a.xlsx", sheet="a.xml"), Deaf())) == message


def test_one_huge_token_costs_no_more_than_its_length() -> None:
    started = time.process_time()
    read_xml(b"<a><!--" + b"x" * (20 * MIB) + b"--></a>", Place("a.xml"), Deaf())
    assert time.process_time() - started < SECONDS


def test_a_listener_hears_names_without_prefixes() -> None:
    heard: list[object] = []

    class Ear(Deaf):
        def open(self, tag: str, attributes: dict[str, str], /) -> None:
            heard.append((tag, attributes))

        def text(self, words: str, /) -> None:
            heard.append(words)

    read_xml('<x:a xmlns:x="u" x:b="1">ä</x:a>'.encode(), Place("a.xml"), Ear())
    assert heard == [("a", {"x": "u", "b": "1"}), "ä"]


BAD_NAMES = ("", ".", "..", "a/b", "a\\b", "C:a", "nul", "COM1.txt", "a.", "a ", "a\x00b", "a\nb", "ä" * 101, "a?")


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_is_none_is_refused_and_mended(name: str, tmp_path: Path) -> None:
    assert refused(lambda: guard_name(name)) == "guard.file-name"
    assert refused(lambda: inside(tmp_path, name)) == "guard.file-name"
    assert guard_name(safe_name(name)) == safe_name(name)


def test_a_good_name_stays_and_leads_into_the_folder(tmp_path: Path) -> None:
    name = "Tarjous Äö [2] – Oy.xlsx"
    assert guard_name(name) == safe_name(name) == name
    assert inside(tmp_path, name) == tmp_path.resolve() / name


def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    home = tmp_path / "bids"
    home.mkdir()
    (home / "a.xlsx").symlink_to(tmp_path / "elsewhere.xlsx")
    assert refused(lambda: inside(home, "a.xlsx")) == "guard.file-name"


@given(st.text(max_size=300))
def test_every_name_can_be_made_safe(name: str) -> None:
    assert guard_name(safe_name(name)) == safe_name(name)


@given(st.text())
def test_text_never_begins_like_a_formula_and_never_breaks_xml(words: str) -> None:
    safe = as_text(words)
    assert not safe.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert as_text(safe) == safe
    assert words.isprintable() is False or safe.removeprefix("'") == words.removeprefix("'")


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_a_formula_is_quoted(words: str) -> None:
    assert as_text(words) == f"'{words}"


@given(st.text(max_size=500))
def test_an_excerpt_is_one_short_line_without_control_characters(words: str) -> None:
    shown = excerpt(words)
    assert len(shown) <= 61
    assert "\x1b" not in shown
    assert len(shown.splitlines()) <= 1


def test_a_zip_without_entries_holds_nothing() -> None:
    """An empty directory is lawful and has nothing to guard."""
    assert open_zip(b"PK\x05\x06" + bytes(18), "tyhjä.zip").names == ()
