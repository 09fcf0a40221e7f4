"""Hostile workbooks: each ends within two seconds in one clear refusal or finding, and changes nothing."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tender.errors import InputError
from tender.forms.bid_form import read_bid_form
from tender.language import Language
from tender.words import words
from tests.tender.archives import Entry, edited, parts_of, rebuilt, zip_of
from tests.tender.forms.sample_form import BID_SHEET, FILE, STAMP_SHEET, filled, publication

SECONDS = 2.0
MIB = 1024 * 1024
TYPES = "[Content_Types].xml"
BOOK = "xl/workbook.xml"
BOOK_RELS = "xl/_rels/workbook.xml.rels"
SHEET_RELS = "xl/worksheets/_rels/sheet2.xml.rels"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTITY = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE a [<!ENTITY b "haha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'

Make = Callable[[], bytes]


def part(name: str, data: bytes | str) -> Make:
    """A good form with one part put in or changed."""
    content = data.encode() if isinstance(data, str) else data
    return lambda: rebuilt(filled(), {name: content})


def without(name: str) -> Make:
    """A good form without one part."""
    return lambda: rebuilt(filled(), {name: None})


def changed(name: str, old: str, new: str) -> Make:
    """A good form with a piece of one part changed."""
    return lambda: edited(filled(), name, lambda xml: xml.replace(old, new, 1))


def relation(kind: str, target: str, mode: str = "External") -> Make:
    """A good form whose bid sheet is related to something."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    inner = f'<Relationship Id="rId9" Type="{base}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return part(SHEET_RELS, f'<Relationships xmlns="{namespace}">{inner}</Relationships>')


def content_type(kind: str) -> Make:
    """A good form that says that one more part has a content type."""
    return changed(TYPES, "</Types>", f'<Override PartName="/xl/x.xml" ContentType="{kind}"/></Types>')


def formula(text: str) -> Make:
    """A good form with a formula far from the inputs."""
    return changed(BID_SHEET, "<sheetData>", f'<sheetData><row r="900"><c r="Z900"><f>{text}</f></c></row>')


def varied(count: int) -> str:
    """So many different attributes."""
    return " ".join(f'a{number}="{number % 7}"' for number in range(count))


def many_parts() -> bytes:
    """A form with many parts, each under every limit of one part."""
    rows = "".join(f'<row r="{at}"><c r="A{at}" s="{at % 9}"><v>{at}</v></c></row>' for at in range(15_000))
    return rebuilt(filled(), {f"xl/x{at}.xml": f"<x>{rows}</x>".encode() for at in range(12)})


def big_form() -> bytes:
    """A form with eight megabytes of comment that does not shrink much, so that no ratio gives it away."""
    noise = random.Random(3).randbytes(4 * MIB).hex()
    return edited(filled(), BID_SHEET, lambda xml: xml.replace("<sheetData>", f"<!--{noise[: 8 * MIB]}--><sheetData>"))


LARGE = {f"xl/media/{at}.png": random.Random(at).randbytes(200 * 1024) + bytes(9 * MIB) for at in range(3)}

REFUSED: dict[str, dict[str, Make]] = {
    "guard.empty": {"empty": lambda: b""},
    "guard.not-zip": {
        "CSV renamed": lambda: b"kentta;arvo\nhinta;43,50\n",
        "PDF renamed": lambda: b"%PDF-1.7\n%%EOF",
    },
    "guard.old-workbook": {"XLS": lambda: OLE + bytes(2000) + "Workbook".encode("utf-16-le")},
    "guard.encrypted": {"password": lambda: OLE + bytes(2000) + "EncryptedPackage".encode("utf-16-le")},
    "guard.too-large": {"larger than allowed": lambda: filled() + bytes(11 * MIB)},
    "guard.broken-zip": {
        "truncated": lambda: filled()[:9000],
        "bytes behind": lambda: filled() + b"\x00",
    },
    "guard.ratio": {
        "bomb in a sheet": part(BID_SHEET, b"<worksheet>" + b" " * (10 * MIB) + b"</worksheet>"),
        "bomb in a comment": changed(BID_SHEET, "<sheetData>", f"<!--{'x' * (9 * MIB)}--><sheetData>"),
        "million cells": changed(BID_SHEET, "</sheetData>", f"<row>{'<c/>' * 700_000}</row></sheetData>"),
    },
    "guard.nested-archive": {"workbook in the workbook": lambda: rebuilt(filled(), {"xl/media/a.png": filled()})},
    "guard.entry-path": {"leaves the folder": part("xl/../../evil.xml", "<a/>")},
    "guard.not-xlsx": {
        "ordinary zip": lambda: zip_of(Entry(b"readme.txt", b"hello")),
        "ODS": lambda: zip_of(Entry(b"mimetype", b"application/vnd.oasis.opendocument.spreadsheet")),
        "a document": changed(TYPES, "spreadsheetml.sheet.main", "wordprocessingml.document.main"),
        "no content types": without(TYPES),
    },
    "guard.part-missing": {"no workbook": without(BOOK), "no relations": without(BOOK_RELS)},
    "guard.active-part": {
        "macro workbook": content_type("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        "macro template": content_type("application/vnd.ms-excel.template.macroEnabled.main+xml"),
        "macros": part("xl/vbaProject.bin", b"Attribute VB_Name"),
        "macros under another name": content_type("application/vnd.ms-office.vbaProject"),
        "macros by a relation": relation("vbaProject", "x.xml", "Internal"),
        "Excel 4 macros": part("xl/macrosheets/sheet1.xml", "<a/>"),
        "dialog sheet": part("xl/dialogsheets/sheet1.xml", "<a/>"),
        "ribbon": part("customUI/customUI14.xml", "<customUI/>"),
        "embedded object": part("xl/embeddings/oleObject1.bin", OLE),
        "object as a picture": part("xl/media/image1.png", OLE + bytes(90)),
        "object in a sheet": changed(BID_SHEET, "</sheetData>", "</sheetData><oleObjects><oleObject/></oleObjects>"),
        "ActiveX": part("xl/activeX/activeX1.xml", "<a/>"),
        "form control": part("xl/ctrlProps/ctrlProp1.xml", "<a/>"),
        "data connection": part("xl/connections.xml", "<a/>"),
        "query": part("xl/queryTables/queryTable1.xml", "<a/>"),
        "web extension": part("xl/webextensions/webextension1.xml", "<a/>"),
        "program": part("xl/setup.exe", b"MZ"),
        "external workbook": part("xl/externalLinks/externalLink1.xml", "<externalLink/>"),
        "external workbook by its tag": changed(BOOK, "</workbook>", "<externalReference/></workbook>"),
        "embedded package": relation("package", "x.xml", "Internal"),
        "DDE link": part("xl/x.xml", "<x><ddeLink ddeService='cmd' ddeTopic='/c calc'/></x>"),
    },
    "guard.active-formula": {
        "DDE formula": formula("cmd|'/c calc'!A0"),
        "web formula": formula('WEBSERVICE("http://example.invalid")'),
        "external formula": formula("[1]Hinnat!A1"),
        "name that calls": changed(BOOK, "</definedNames>", "<definedName>CALL(1)</definedName></definedNames>"),
        "validation that fetches": changed(BID_SHEET, "<formula1>", "<formula1>file:///etc/passwd"),
    },
    "guard.external-link": {
        "web link": relation("hyperlink", "https://example.invalid/?leak"),
        "file link": relation("hyperlink", "file:///etc/passwd"),
        "network link": relation("image", "\\\\example.invalid\\share\\a.png"),
        "link in another letter size": relation("image", "http://example.invalid/a.png", "EXTERNAL"),
        "mail address that is no link": relation("image", "mailto:a@b.fi"),
        "template": relation("attachedTemplate", "http://example.invalid/a.dotm"),
    },
    "guard.xml-entities": {
        "XXE in a sheet": changed(BID_SHEET, "<worksheet", f"{ENTITY}<worksheet"),
        "XXE in the workbook": changed(BOOK, "<workbook", f"{ENTITY}<workbook"),
        "XXE in the content types": changed(TYPES, "<Types", f"{ENTITY}<Types"),
        "XXE in relations": changed(BOOK_RELS, "<Relationships", f"{ENTITY}<Relationships"),
        "laughs in the strings": part("xl/sharedStrings.xml", f"{LAUGHS}<sst><si><t>&d;</t></si></sst>"),
        "entities in custom XML": part("customXml/item1.xml", f"{LAUGHS}<a>&d;</a>"),
        "entities in the properties": part("docProps/custom.xml", f"{ENTITY}<a>&b;</a>"),
        "entities in UTF-16": part("customXml/item1.xml", f"<?xml version='1.0'?>{LAUGHS}<a/>".encode("utf-16")),
    },
    "guard.broken-xml": {
        "sheet cut off": lambda: rebuilt(filled(), {BID_SHEET: parts_of(filled())[BID_SHEET][:4000]}),
        "sheet is no XML": part(BID_SHEET, b"\x00\x01\x02"),
        "NUL in a cell": changed(BID_SHEET, "Tuottaja", "Tuot\x00taja"),
        "huge cell": changed(BID_SHEET, "Tuottaja", random.Random(5).randbytes(5 * MIB).hex()[: 5 * MIB]),
        "cell twice": changed(BID_SHEET, "</sheetData>", '<row r="13"><c r="C13"><v>35</v></c></row></sheetData>'),
        "reference that is none": changed(BID_SHEET, 'r="C13"', 'r="C0"'),
        "two sheets of one name": changed(BOOK, 'name="Ohje"', 'name="TARJOUS"'),
    },
    "guard.xml-too-much": {
        "deep": part("customXml/item1.xml", "<a>" * 5000 + "</a>" * 5000),
        "many attributes": part("customXml/item1.xml", f"<a {varied(600_000)}/>"),
        "many parts": many_parts,
    },
    "guard.unpacked-size": {"many large parts": lambda: rebuilt(filled(), LARGE)},
}
CASES = [(name, make, message) for message, makers in REFUSED.items() for name, make in makers.items()]


@pytest.mark.parametrize(("make", "message"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_hostile_form_is_refused_with_one_message(
    make: Make, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = make()
    monkeypatch.chdir(tmp_path)
    started = time.process_time()
    with pytest.raises(InputError) as caught:
        read_bid_form(data, FILE, publication())
    assert time.process_time() - started < SECONDS
    assert caught.value.message == message
    assert caught.value.place is not None
    assert caught.value.place.file == FILE
    assert list(tmp_path.iterdir()) == []
    for language in Language:
        assert "{" not in str(words(language).error(caught.value))


def stamp_gone(xml: str) -> str:
    """The stamp's sheet without cells."""
    start = xml.index("<sheetData>")
    return xml[:start] + xml[xml.index("</sheetData>") :].replace("</sheetData>", "<sheetData/>")


FOUND: dict[str, tuple[Make, list[str]]] = {
    "false dimension": (changed(BID_SHEET, "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'), []),
    "far cell": (changed(BID_SHEET, "</sheetData>", '<row r="1048576"><c r="XFD1048576"/></row></sheetData>'), []),
    "a link that Excel makes": (relation("hyperlink", "mailto:tarjous@tuottaja.example.invalid"), []),
    "printer settings": (part("xl/printerSettings/printerSettings1.bin", b"\x00" * 90), []),
    "a picture": (part("xl/media/image1.png", b"\x89PNG\r\n"), []),
    "a huge comment": (big_form, []),
    "not a number that says it is": (changed(BID_SHEET, "<v>43.50</v>", "<v>NaN</v>"), ["bid-form.not-a-number"]),
    "an endless number": (
        changed(BID_SHEET, "<v>43.50</v>", f"<v>{'4' * 30_000}</v>"),
        ["bid-form.not-a-number"],
    ),
    "a number beyond all": (changed(BID_SHEET, "<v>43.50</v>", "<v>1E9999999</v>"), ["bid-form.not-a-number"]),
    "a formula with a good result": (
        changed(BID_SHEET, "<v>43.50</v>", "<f>40+3.5</f><v>43.5</v>"),
        ["bid-form.formula"],
    ),
    "a string that is not there": (
        changed(BID_SHEET, 't="n"><v>43.50</v>', 't="s"><v>99999999</v>'),
        ["bid-form.not-a-number"],
    ),
    "no stamp": (lambda: edited(filled(), STAMP_SHEET, stamp_gone), ["bid-form.not-a-form"]),
    "part of a sheet is elsewhere": (
        changed(BOOK_RELS, "/xl/worksheets/sheet4.xml", "/../../etc/passwd"),
        ["bid-form.not-a-form"],
    ),
    "all names gone": (
        lambda: edited(filled(), BOOK, lambda xml: xml.replace("definedName", "forgottenName")),
        ["bid-form.name-missing"] * 15,
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_a_strange_form_gives_findings_and_no_error(name: str) -> None:
    make, expected = FOUND[name]
    data = make()
    started = time.process_time()
    reading = read_bid_form(data, FILE, publication())
    assert time.process_time() - started < SECONDS
    assert [finding.rule for finding in reading.findings] == expected
    assert all(finding.place is not None for finding in reading.findings)


def test_a_hostile_name_in_the_title_of_a_sheet_cannot_reach_a_terminal() -> None:
    evil = "Ohje\u202e"
    data = changed(BOOK, 'name="Ohje"', f'name="{evil}"')()
    reading = read_bid_form(data, FILE, publication())
    assert [finding.rule for finding in reading.findings] == ["bid-form.sheet-missing", "bid-form.extra-sheet"]
    assert "\u202e" not in str([(finding.values, str(finding.place)) for finding in reading.findings])


def test_the_good_form_passes() -> None:
    """The guard is guarded: without a fault nothing is found."""
    assert read_bid_form(filled(), FILE, publication()).findings == ()
