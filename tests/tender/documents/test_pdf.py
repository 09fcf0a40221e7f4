"""The PDF: archival, tagged, its own fonts, the same bytes each time, and no way out to the network or the machine."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from evaluation.statements import statements
from tender.documents.catalogue import PAYMENT_ANNEX
from tender.documents.environment import template_source
from tender.documents.functions import footnote
from tender.documents.pages import render_html
from tender.documents.payment_context import payment_context
from tender.documents.pdf import write_pdf
from tender.documents.press import own_file
from tender.errors import InputError
from tender.language import Language
from tender.model.tender import Tender
from tests.sample import fi, sample_tender
from tests.tender.documents.house import publication_of

OURS = '<style>html { font-family: "Source Sans 3" }</style>'
PAGE_WIDTH, RIGHT_MARGIN, MILLIMETRES_OF_A_PIXEL = 210, 20, 25.4 / 96
DAY = date(2018, 11, 5)
MINIMAL = '<!DOCTYPE html><html lang="fi"><head><title>T</title></head><body><h1>O</h1>{}</body></html>'


def page_of(tender: Tender, *, draft: bool = True) -> str:
    publication = publication_of(tender, draft=draft, statements=statements(tender))
    return render_html(PAYMENT_ANNEX, payment_context(publication), publication, Language.FI)


@pytest.fixture(scope="module")
def annex() -> bytes:
    return write_pdf(page_of(sample_tender()), created=DAY)


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes(annex: bytes) -> None:
    assert write_pdf(page_of(sample_tender()), created=DAY) == annex


@pytest.mark.slow
def test_neither_the_machines_fonts_nor_its_clock_matter(tmp_path: Path) -> None:
    """Another process, another time zone, and a font configuration that knows no font at all: the same bytes."""
    page = tmp_path / "page.html"
    page.write_text(MINIMAL.format(f"{OURS}<p>≤ ≥ − → ✓ ☐ šž, hankintayksikkö</p>"), encoding="utf-8")
    empty = tmp_path / "fonts.conf"
    empty.write_text("<?xml version='1.0'?><fontconfig></fontconfig>", encoding="utf-8")
    code = (
        "import sys; from datetime import date; from pathlib import Path; from tender.documents.pdf import write_pdf;"
        "sys.stdout.buffer.write(write_pdf(Path(sys.argv[1]).read_text(encoding='utf-8'), created=date(2018, 11, 5)))"
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(empty), "TZ": "Pacific/Auckland"}
    command = [sys.executable, "-c", code, str(page)]
    elsewhere = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    assert elsewhere == write_pdf(page.read_text(encoding="utf-8"), created=DAY)


def test_only_the_day_changes_the_bytes() -> None:
    page = MINIMAL.format("<p>x</p>")
    assert write_pdf(page, created=DAY) != write_pdf(page, created=date(2018, 11, 6))


def test_it_says_what_it_is(annex: bytes) -> None:
    with pikepdf.open(io.BytesIO(annex)) as pdf:
        metadata = pdf.Root.Metadata.read_bytes()
        assert b'pdfaid:part="3"' in metadata
        assert b'pdfaid:conformance="A"' in metadata
        assert b'pdfuaid:part="1"' in metadata
        assert str(pdf.Root.Lang) == "fi"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]) == "Hinta- ja maksuliite: Valinnanvapaus työllisyyspalveluissa"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20181105")
        with pdf.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
        assert "3 Kapitaatiokorvaus" in titles
        assert pdf.Root.OutputIntents


def test_only_our_fonts_and_all_embedded(annex: bytes) -> None:
    with pikepdf.open(io.BytesIO(annex)) as pdf:
        descriptors = [thing for thing in pdf.objects if _is(thing, "/FontDescriptor")]
        names = {re.sub(r"^/[A-Z]{6}\+", "", str(thing.FontName)) for thing in descriptors}
        assert all("/FontFile2" in thing or "/FontFile3" in thing for thing in descriptors)
    assert names
    assert all(name.startswith("Source-Sans") for name in names), names


def test_headers_have_scopes_and_furniture_is_an_artifact(annex: bytes) -> None:
    with pikepdf.open(io.BytesIO(annex)) as pdf:
        cells = [thing for thing in pdf.objects if _is(thing, "/StructElem") and str(thing.S) == "/TH"]
        assert cells
        assert {str(cell.A.Scope) for cell in cells} == {"/Column", "/Row"}
        for page in pdf.pages:
            furniture, content = _marks(page)
            assert furniture, "running head and foot are pagination artifacts"
            assert content, "the rest is real content"
        assert _owned(pdf) == {(number, mark) for number, page in enumerate(pdf.pages) for mark in _marks(page)[1]}


def _marks(page: pikepdf.Page) -> tuple[int, set[int]]:
    """Pagination artifacts on `page`, and ids of its marked content."""
    marked = [each for each in pikepdf.parse_content_stream(page) if str(each.operator) == "BDC"]
    furniture = sum(str(each.operands[1].get("/Type")) == "/Pagination" for each in marked)
    return furniture, {int(each.operands[1]["/MCID"]) for each in marked if "/MCID" in each.operands[1]}


def _owned(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Page and id of every marked content that an element of the structure tree owns."""
    pages: list[Any] = [page.objgen for page in pdf.pages]
    found: set[tuple[int, int]] = set()
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        kids: Any = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                found.add((pages.index(element["/Pg"].objgen), int(kid)))
            elif "/S" in kid:
                waiting.append(kid)
    return found


def test_footnotes_are_numbered_notes_with_ids() -> None:
    """PDF/UA-1, 7.9: each note has an id of its own; its text leaves the line for the foot of the page."""
    notes = "".join(f"<p>Sana{footnote(f'Selitys {number} & <b>')}.</p>" for number in (1, 2))
    style = "<style>.footnote::before { content: ' (' } .footnote::after { content: ')' }</style>"
    written = write_pdf(MINIMAL.format(style + notes), created=DAY)
    with pikepdf.open(io.BytesIO(written)) as pdf:
        found = [thing for thing in pdf.objects if _is(thing, "/StructElem") and str(thing.S) == "/Note"]
        assert [str(note.ID) for note in found] == ["note-1", "note-2"]
        assert all(str(note.K[0].S) == "/Lbl" for note in found)
    text = " ".join(pypdf.PdfReader(io.BytesIO(written)).pages[0].extract_text().split())
    assert re.fullmatch(r"O Sana ?1 ?\. Sana ?2 ?\. 1 ?Selitys 1 & <b> 2 ?Selitys 2 & <b>", text), text


def test_a_link_says_where_it_leads(annex: bytes) -> None:
    """PDF/UA-1, 7.18.5: a clause by its number and title, an address by itself; nobody hears an anchor's name."""
    page = MINIMAL.format(
        '<section class="clause level-1" id="c-cap"><h2 data-label="4.2 Katto &amp; raja">K</h2></section>'
        '<p><a href="#c-cap">kohta 4.2</a>, <a href="mailto:a@example.invalid">a@example.invalid</a></p>'
    )
    with pikepdf.open(io.BytesIO(write_pdf(page, created=DAY))) as pdf:
        assert [str(link.Contents) for link in _links(pdf)] == ["4.2 Katto & raja", "mailto:a@example.invalid"]
        assert str(_links(pdf)[1].A.URI) == "mailto:a@example.invalid"
    with pikepdf.open(io.BytesIO(annex)) as pdf:
        assert not [link for link in _links(pdf) if str(link.Contents).startswith("c-")]
        assert len(_links(pdf)) > 20


def _links(pdf: pikepdf.Pdf) -> list[Any]:
    links = [link for page in pdf.pages for link in page.get("/Annots", ()) if str(link.Subtype) == "/Link"]
    assert all("/StructParent" in link for link in links)
    return links


@pytest.mark.slow
def test_what_belongs_together_stays_on_one_page() -> None:
    """A lead-in, the first two items of a list and the last two rows of a table, wherever the page ends."""
    style = f"<style>{template_source('styles/document.css')}</style>"
    items = "".join(f"<li>kohta {number}</li>" for number in range(3))
    rows = "".join(f"<tr><th>rivi {number}</th><td>x</td></tr>" for number in range(4))
    for height in range(150, 240, 6):
        filler = f'<div style="height: {height}mm"></div>'
        body = f'{style}{filler}<p class="lead-in">Johdanto:</p><ul>{items}</ul><table><tbody>{rows}</tbody></table>'
        texts = [
            page.extract_text()
            for page in pypdf.PdfReader(io.BytesIO(write_pdf(MINIMAL.format(body), created=DAY))).pages
        ]
        for words in (
            ("Johdanto:", "kohta 0", "kohta 1"),
            ("kohta 1", "kohta 2"),
            ("rivi 0", "rivi 1"),
            ("rivi 2", "rivi 3"),
        ):
            assert len({number for number, text in enumerate(texts) for word in words if word in text}) == 1, (
                height,
                words,
            )


@pytest.mark.slow
def test_every_page_says_draft_and_its_number(annex: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(annex))
    total = len(reader.pages)
    assert 8 <= total <= 20
    for number, page in enumerate(reader.pages, start=1):
        text = _words(page)
        assert "Luonnos – ei sido tilaajaa" in text
        assert f"Sivu {number} / {total}" in text
        assert len(text) > 350, f"page {number} is nearly empty"
        assert list(page.images), "no watermark"


def test_nothing_covers_the_watermark(annex: bytes) -> None:
    """A page's background, such as one of the root element, is painted over that of the paper."""
    whole = PAGE_WIDTH / MILLIMETRES_OF_A_PIXEL - 1
    with pikepdf.open(io.BytesIO(annex)) as pdf:
        for page in pdf.pages:
            operators = [(str(each.operator), list(each.operands)) for each in pikepdf.parse_content_stream(page)]
            drawn = [number for number, (name, _) in enumerate(operators) if name == "Do"]
            assert drawn
            assert not [sizes for name, sizes in operators[drawn[0] :] if name == "re" and float(sizes[2]) > whole]


@pytest.mark.slow
def test_a_rehearsal_says_so_on_every_page() -> None:
    """Its watermark is another than a draft's, and it says its name in the status box and in every foot."""
    publication = replace(
        publication_of(sample_tender(), draft=False, statements=statements(sample_tender())), trial=True
    )
    page = render_html(PAYMENT_ANNEX, payment_context(publication), publication, Language.FI)
    pages = pypdf.PdfReader(io.BytesIO(write_pdf(page, created=DAY))).pages
    assert all("Koejulkaisu – ei sido tilaajaa" in _words(each) for each in pages)
    assert all(list(each.images) for each in pages)
    assert "tarjousta ei voi jättää" in _words(pages[0])
    assert "Luonnos" not in _words(pages[0])


def _words(page: pypdf.PageObject) -> str:
    return " ".join(page.extract_text().replace("\u00a0", " ").split())


@pytest.mark.slow
def test_a_publication_has_no_watermark() -> None:
    final = write_pdf(page_of(sample_tender(), draft=False), created=DAY)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(final)).pages)
    assert "Luonnos" not in text
    assert "SYNTEETTINEN" in text.upper()
    with pikepdf.open(io.BytesIO(final)) as pdf:
        assert not [thing for thing in pdf.objects if _is(thing, "/XObject") and str(thing.get("/Subtype")) == "/Image"]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "https://example.com/a.png",
        "valinta:../pyproject.toml",
        "valinta:styles/../../README.md",
        "valinta:messages/documents.fi.toml",
        "valinta:/etc/passwd",
        "valinta:styles/fonts/../document.css",
        "data:text/plain,x",
        "valinta:styles/fonts/SourceSans3-Regular.ttf?x",
    ],
)
def test_no_file_but_our_own(address: str) -> None:
    with pytest.raises(ValueError, match="not a file of the templates"):
        own_file(address)


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="file:///etc/hostname" alt="x">',
        '<img src="http://example.com/x.png" alt="x">',
        '<style>p { background: url("file:///etc/hostname") }</style><p>x</p>',
        '<link rel="stylesheet" href="https://example.com/x.css">',
        '<a href="#nowhere">x</a>',
        "<style>p { colour: red }</style><p>x</p>",
    ],
)
def test_a_page_that_asks_for_more_is_refused(markup: str) -> None:
    """Files of the machine, the network, a link that leads nowhere, a style that is not understood."""
    with pytest.raises(InputError, match="page-faulty"):
        write_pdf(MINIMAL.format(markup), created=DAY)


@pytest.mark.slow
def test_long_words_and_names_stay_inside_the_page() -> None:
    """No overflow: a buyer's name of one long word, in a cell and in running heads."""
    tender = sample_tender()
    name = "Pohjoissavonmaakunnantyollisyyspalveluidenjarjestamisenkuntayhtyma" * 2
    long = replace(tender, buyer=replace(tender.buyer, name=fi(name)))
    reader = pypdf.PdfReader(io.BytesIO(write_pdf(page_of(long), created=DAY)))
    starts: list[float] = []

    def note(text: str, _current: object, matrix: list[float], _font: object, _size: object) -> None:
        if text.strip():
            starts.append(matrix[4])

    reader.pages[0].extract_text(visitor_text=note)
    assert max(starts) < (PAGE_WIDTH - RIGHT_MARGIN) / MILLIMETRES_OF_A_PIXEL


def _is(thing: object, kind: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and str(thing.get("/Type", "")) == kind
