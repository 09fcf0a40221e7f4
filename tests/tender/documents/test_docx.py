"""The DOCX of every document: styles, header rows, bookmarks, language, footnotes, and the same bytes each time."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.documents.blocks import Box, Cell, Kind, Paragraph, Row, Style, Table, plain_text, read_page, runs_text
from tender.documents.catalogue import find_document
from tender.documents.docx import write_docx
from tender.documents.docx.names import bookmark_name, clause_of
from tender.documents.docx.package import docx_bytes
from tender.documents.docx.tables import TEXT_WIDTH, column_widths
from tender.documents.pages import render_html
from tender.errors import InputError
from tender.language import Language
from tender.publishing.examination import statements_of
from tests.sample import sample_tender
from tests.tender.documents.house import publication_of
from tests.tender.documents.pieces import clause, page_html, page_of

DAY = date(2018, 11, 5)


def call_html(*, draft: bool = True) -> str:
    document = find_document("call-for-tenders")
    tender = sample_tender()
    publication = publication_of(tender, draft=draft, statements=statements_of(tender))
    return render_html(document, document.context(publication), publication, Language.FI)


def parts_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def written(body: str) -> str:
    return parts_of(write_docx(page_html(clause("one", body)), created=DAY))["word/document.xml"]


def test_the_same_page_gives_the_same_bytes_and_fixed_times() -> None:
    html = call_html()
    assert write_docx(html, created=DAY) == write_docx(html, created=DAY)
    with zipfile.ZipFile(BytesIO(write_docx(html, created=DAY))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())
        assert "2018-11-05T00:00:00Z</dcterms:created>" in archive.read("docProps/core.xml").decode()


def test_every_clause_has_a_bookmark_and_a_heading_style() -> None:
    page = read_page(call_html())
    document = parts_of(write_docx(call_html(), created=DAY))["word/document.xml"]
    names = re.findall(r'w:bookmarkStart w:id="\d+" w:name="(\w+)"', document)
    wanted = [one.id for one in page.clauses if not one.id.startswith("_")]
    assert [clause for clause in map(clause_of, names) if clause] == wanted
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 40
    headings = sum(
        isinstance(block, Paragraph) and block.style is Style.HEADING for one in page.clauses for block in one.blocks
    )
    assert document.count('w:val="Heading1"') + document.count('w:val="Heading2"') == headings > len(wanted) / 2


def test_the_title_of_the_file_is_whole_however_long() -> None:
    parts = parts_of(write_docx(call_html(), created=DAY))
    assert "<dc:title>Tarjouspyyntö: Valinnanvapaus työllisyyspalveluissa</dc:title>" in parts["docProps/core.xml"]
    assert read_page(page_html(clause("one", "<p>x</p>"))).title == "Koe"


def test_the_page_has_its_clauses_and_nothing_of_the_screen() -> None:
    """What the layout adds for paper or screens must be told to the reader of pages, or it becomes a part here."""
    ids = [one.id for one in read_page(call_html()).clauses]
    assert ids[:2] == ["cover", "_contents"]
    assert [one for one in ids if one.startswith("_")] == ["_contents", "_provenance"]


def test_every_table_has_a_header_row_and_numbers_stand_right() -> None:
    document = parts_of(write_docx(call_html(), created=DAY))["word/document.xml"]
    tables = re.findall(r"<w:tbl>.*?</w:tbl>", document)
    assert len(tables) == sum(isinstance(b, Table) for one in read_page(call_html()).clauses for b in one.blocks)
    assert all("<w:tblHeader/>" in table for table in tables)
    assert '<w:jc w:val="right"/>' in document


@pytest.mark.parametrize(("language", "locale"), [("fi", "fi-FI"), ("sv", "sv-FI"), ("en", "en-GB")])
def test_the_language_of_the_document_is_said(language: str, locale: str) -> None:
    parts = parts_of(write_docx(page_html(clause("one", "<p>x</p>"), language=language), created=DAY))
    assert f'<w:lang w:val="{locale}"' in parts["word/styles.xml"]
    assert f"<dc:language>{locale}</dc:language>" in parts["docProps/core.xml"]


def test_a_draft_says_so_on_every_page() -> None:
    parts = parts_of(write_docx(call_html(), created=DAY))
    assert "Luonnos – ei sido tilaajaa" in parts["word/footer1.xml"]
    assert "Synteettinen esimerkki" in parts["word/header1.xml"]
    assert "Luonnos – ei sido tilaajaa" in parts["word/document.xml"]
    assert "Luonnos" not in parts_of(write_docx(call_html(draft=False), created=DAY))["word/footer1.xml"]


def test_a_footnote_is_a_footnote() -> None:
    parts = parts_of(
        write_docx(
            page_html(clause("one", '<p>Hinta<span class="footnote" role="note">Ilman <b>veroa</b>.</span> on.</p>')),
            created=DAY,
        )
    )
    assert '<w:footnoteReference w:id="1"/>' in parts["word/document.xml"]
    assert "Ilman" not in parts["word/document.xml"]
    assert "veroa" in parts["word/footnotes.xml"]


def test_a_fraction_reads_well() -> None:
    html = (
        '<p class="formula"><i>P</i> = <span class="frac"><span class="num"><i class="unseen">(</i>K − p'
        '<i class="unseen">)</i></span><span class="den"><i class="unseen">/(</i>K<i class="unseen">)</i></span></span>'
        "</p>"
    )
    block = read_page(page_html(clause("one", html))).clauses[-1].blocks[1]
    assert plain_text(block) == "P = (K − p) / K"
    assert isinstance(block, Paragraph)
    assert block.style is Style.FORMULA


def test_a_link_leads_to_the_bookmark_of_its_clause_or_to_an_address_and_nowhere_else() -> None:
    body = (
        '<p><a class="ref" href="#c-one">kohta 1</a> <a href="javascript:alert(1)">muu</a> '
        '<a class="ref" href="mailto:a@example.invalid">a@example.invalid</a>'
        '<span class="footnote"><a href="https://example.invalid/?a=1&amp;b=2">sivu</a></span></p>'
        '<p><a href="mailto:a@example.invalid">uudelleen</a></p>'
    )
    parts = parts_of(write_docx(page_html(clause("one", body)), created=DAY))
    document, notes = parts["word/document.xml"], parts["word/footnotes.xml"]
    assert '<w:hyperlink w:anchor="cl_one"' in document
    assert re.findall(r'<w:hyperlink r:id="(\w+)"', document + notes) == ["address1", "address1", "address2"]
    assert document.count("<w:hyperlink") == 3
    assert "muu" in document
    for name in ("document", "footnotes"):
        outside = re.findall(
            r'Id="(address\d)"[^>]*Target="([^"]*)" TargetMode="External"', parts[f"word/_rels/{name}.xml.rels"]
        )
        assert outside == [
            ("address1", "mailto:a@example.invalid"),
            ("address2", "https://example.invalid/?a=1&amp;b=2"),
        ]


def test_a_figure_is_told_in_words() -> None:
    block = (
        read_page(
            page_html(clause("one", '<div class="figure"><svg><title>Konsepti</title><text>A</text></svg></div>'))
        )
        .clauses[-1]
        .blocks[1]
    )
    assert plain_text(block) == "Konsepti"


def test_lists_keep_their_levels_and_begin_anew() -> None:
    document = written("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol><p>x</p><ol><li>d</li></ol>")
    numbers = re.findall(r'<w:ilvl w:val="(\d)"/><w:numId w:val="(\d)"/>', document)
    assert numbers == [("0", "2"), ("1", "1"), ("0", "2"), ("0", "3")]


@pytest.mark.parametrize("widths", [(), (50, 50), (8, 92), (30,), (0, 40, 0)])
def test_columns_fill_the_page_and_none_is_too_narrow(widths: tuple[int, ...]) -> None:
    table = Table((Row((Cell(()), Cell(()), Cell(()))),), widths)
    found = column_widths(table)
    assert len(found) == 3
    assert sum(found) == TEXT_WIDTH
    assert min(found) > TEXT_WIDTH // 12


def test_boxes_tables_and_cells_are_what_they_were() -> None:
    html = (
        '<div class="inset"><p class="inset-title">Näin</p><p>x</p></div>'
        '<div class="facts"><table><tbody><tr><th scope="row">a</th><td>b<br>c</td></tr></tbody></table></div>'
    )
    _, title, body, table = read_page(page_html(clause("one", html))).clauses[-1].blocks
    assert isinstance(title, Paragraph)
    assert isinstance(body, Paragraph)
    assert isinstance(table, Table)
    assert (title.style, title.box, body.box) == (Style.BOX_TITLE, Box.INSET, Box.INSET)
    assert table.kind is Kind.FACTS
    assert table.rows[0].cells[0].header
    assert runs_text(table.rows[0].cells[1].runs) == "b\nc"


def test_text_that_looks_like_markup_stays_text() -> None:
    document = written("<p>&lt;w:p&gt; &amp;amp; \x0b\ufffe]]&gt;</p>")
    assert "&lt;w:p&gt; &amp;amp; ]]&gt;" in document


def test_a_page_of_somebody_else_is_refused() -> None:
    for html in ("", "<p>x</p>", "<html><body><p>x</p></body></html>", "\x00"):
        with pytest.raises(InputError) as error:
            write_docx(html, created=DAY)
        assert error.value.message == "documents.not-a-page"


@pytest.mark.slow
@given(st.lists(st.from_regex(r"[a-z0-9]{1,12}(-[a-z0-9]{1,12}){0,5}", fullmatch=True), unique=True))
def test_bookmarks_are_unique_short_and_lead_back(ids: list[str]) -> None:
    names = [bookmark_name(one) for one in ids]
    assert len(set(names)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in names)
    assert [clause_of(name, ids) for name in names] == ids


@given(st.text(), st.text())
def test_any_text_gives_xml_that_can_be_read(title: str, words: str) -> None:
    from xml.etree import ElementTree as ET

    from tender.documents.blocks import Run

    page = page_of(("one", [Paragraph(Style.BODY, (Run(words), Run(title, bold=True)))]))
    ET.fromstring(parts_of(docx_bytes(page, DAY))["word/document.xml"])
