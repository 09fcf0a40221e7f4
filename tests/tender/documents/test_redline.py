"""Redlines: accept-all is the new document, reject-all the old one, whatever changed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.documents.blocks import Block, Cell, Mark, Page, Paragraph, Row, Run, Style, Table, read_page
from tender.documents.docx.package import docx_bytes
from tender.documents.docx.runs import Revision
from tender.documents.redline import Fate, compare
from tender.documents.redline.words import merged_runs
from tests.tender.documents.pieces import clause, page_html, page_of
from tests.tender.documents.tracked import texts

DAY = date(2018, 11, 5)
REVISION = Revision("Valinta", datetime(2018, 11, 6, 12, 0, tzinfo=UTC))
FOOTNOTES = "word/footnotes.xml"


def redline(old: Page, new: Page) -> bytes:
    return docx_bytes(compare(old, new).page, DAY, REVISION)


def assert_settles(old: Page, new: Page) -> bytes:
    """The redline of two pages gives each of them back."""
    red = redline(old, new)
    assert texts(red, "ins") == texts(docx_bytes(new, DAY))
    assert texts(red, "del") == texts(docx_bytes(old, DAY))
    return red


def shown(old: str, new: str) -> str:
    """A word diff as text: ``[-old-]{+new+}``."""
    signs = {Mark.SAME: "{}", Mark.DELETED: "[-{}-]", Mark.INSERTED: "{{+{}+}}"}
    return "".join(signs[run.mark].format(run.text) for run in merged_runs((Run(old),), (Run(new),)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Hinta on 40 euroa.", "Hinta on 45 euroa.", "Hinta on [-40-]{+45+} euroa."),
        ("1\xa0172\xa0512,20 €", "1\xa0172\xa0612,20 €", "[-1\xa0172\xa0512,20-]{+1\xa0172\xa0612,20+} €"),
        ("aaa bbb ccc.", "xxx yyy ccc.", "[-aaa bbb-]{+xxx yyy+} ccc."),
        ("Määräaika 11.12.2018.", "Määräaika 18.12.2018.", "Määräaika [-11.12.2018-]{+18.12.2018+}."),
        ("sama", "sama", "sama"),
    ],
)
def test_words_change_as_words(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_a_change_of_emphasis_is_a_change() -> None:
    merged = merged_runs((Run("yksi kaksi"),), (Run("yksi "), Run("kaksi", bold=True)))
    assert [(run.text, run.bold, run.mark) for run in merged] == [
        ("yksi ", False, Mark.SAME),
        ("kaksi", False, Mark.DELETED),
        ("kaksi", True, Mark.INSERTED),
    ]


TABLE = (
    "<table><thead><tr><th>Ryhmä</th><th>Hinta</th></tr></thead><tbody><tr><th>Helposti</th><td>30</td></tr>"
    "<tr><th>Vaikeasti</th><td>40</td></tr></tbody></table>"
)


def test_a_changed_cell_a_new_row_and_a_lost_row_are_told_apart() -> None:
    old = read_page(page_html(clause("one", TABLE)))
    new = read_page(
        page_html(
            clause(
                "one", TABLE.replace("30", "35").replace("Vaikeasti</th><td>40", "Muut</th><td>50").replace("T", "T")
            )
        )
    )
    table = next(block for block in compare(old, new).page.clauses[0].blocks if isinstance(block, Table))
    assert [row.mark for row in table.rows] == [Mark.SAME, Mark.SAME, Mark.DELETED, Mark.INSERTED]
    assert [run.mark for run in table.rows[1].cells[1].runs] == [Mark.DELETED, Mark.INSERTED]
    red = assert_settles(old, new)
    assert b"PK" in red


def test_a_changed_footnote_changes_only_its_text() -> None:
    old, new = (
        read_page(page_html(clause("one", f'<p>Hinta<span class="footnote">Ilman {word}.</span> on.</p>')))
        for word in ("veroa", "kuluja")
    )
    red = assert_settles(old, new)
    assert any(words.endswith("Ilman kuluja.") for words in texts(red, "ins", FOOTNOTES))
    assert any(words.endswith("Ilman veroa.") for words in texts(red, "del", FOOTNOTES))


def test_every_fate_of_a_clause_is_seen() -> None:
    def block(words: str) -> list[Block]:
        return [Paragraph(Style.BODY, (Run(words),))]

    names = ("stays", "changes", "goes", "wanders", "after")
    old = page_of(*((name, block(f"Teksti {name} on tässä.")) for name in names))
    new = page_of(
        ("wanders", block("Teksti wanders on tässä.")),
        ("stays", block("Teksti stays on tässä.")),
        ("comes", block("Uusi teksti.")),
        ("changes", block("Teksti changes on täällä.")),
        ("after", block("Teksti after on tässä.")),
    )
    found = {change.id: change.fate for change in compare(old, new).changes}
    assert found == {
        "stays": Fate.RENUMBERED,
        "wanders": Fate.MOVED,
        "comes": Fate.NEW,
        "changes": Fate.CHANGED,
        "goes": Fate.DELETED,
        "after": Fate.UNCHANGED,
    }
    assert_settles(old, new)


def test_entries_of_the_contents_are_told_apart_by_their_clause() -> None:
    def page(name: str) -> Page:
        entry = Paragraph(Style.CONTENTS, (Run("2.4\tHankinnan kohde", link=name),), 1)
        return page_of(("_contents", [entry]), ("one", []))

    entries = compare(page("one"), page("two")).page.clauses[0].blocks[1:]
    assert [entry.mark for entry in entries] == [Mark.DELETED, Mark.INSERTED]


def test_a_clause_whose_number_alone_changed_is_renumbered() -> None:
    def page(first: str, number: str) -> Page:
        reference = f'<p>Katso <a href="#c-two">kohta {number}</a>.</p>'
        return read_page(page_html(first, clause("two", reference, number=number)))

    old, new = page("", "1"), page(clause("one", "<p>x</p>"), "2")
    assert {change.id: change.fate for change in compare(old, new).changes} == {"one": Fate.NEW, "two": Fate.RENUMBERED}
    assert_settles(old, new)


def test_equal_pages_have_no_tracked_change() -> None:
    page = read_page(page_html(clause("one", TABLE)))
    assert redline(page, page) == docx_bytes(page, DAY, REVISION)
    assert texts(redline(page, page)) == texts(docx_bytes(page, DAY))


def test_the_author_and_the_moment_are_those_given() -> None:
    old, new = (read_page(page_html(clause("one", f"<p>a {word}</p>"))) for word in ("b", "c"))
    import zipfile
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(redline(old, new))) as archive:
        document = archive.read("word/document.xml").decode()
    assert document.count('w:author="Valinta" w:date="2018-11-06T12:00:00Z"') == 2


WORD = st.sampled_from(["hinta", "laatu", "40", "euroa", "ja", "tai", "."])
RUNS = st.lists(
    st.builds(Run, st.lists(WORD, min_size=1, max_size=4).map(" ".join), bold=st.booleans()), max_size=3
).map(tuple)
NOTED = st.tuples(RUNS, st.one_of(st.just(()), RUNS.filter(bool).map(lambda note: (Run("", note=note),)))).map(
    lambda both: (*both[0], *both[1])
)
PARAGRAPHS = st.builds(
    lambda style, runs: Paragraph(style, runs, level=1 if style in {Style.BULLET, Style.NUMBER} else 0),
    st.sampled_from([Style.BODY, Style.BULLET, Style.NUMBER, Style.CAPTION]),
    NOTED,
)
ROWS = st.builds(
    lambda one, other, head: Row((Cell(one, header=True), Cell(other)), head=head), RUNS, NOTED, st.booleans()
)
TABLES = st.builds(Table, st.lists(ROWS, min_size=1, max_size=4).map(tuple))
BLOCKS = st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, TABLES), max_size=5)
PAGES = st.lists(st.tuples(st.sampled_from(["one", "two", "three", "four"]), BLOCKS), unique_by=lambda one: one[0])


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(PAGES, PAGES)
def test_accepting_gives_the_new_and_rejecting_the_old(
    old: list[tuple[str, list[Block]]], new: list[tuple[str, list[Block]]]
) -> None:
    """For any two documents, footnotes included, at any place of them."""
    one, other = page_of(*old), page_of(*new)
    red = assert_settles(one, other)
    assert red == redline(one, other)


@given(RUNS, RUNS)
def test_merged_words_hold_both_texts(old: tuple[Run, ...], new: tuple[Run, ...]) -> None:
    merged = merged_runs(old, new)
    for page, gone in ((old, Mark.INSERTED), (new, Mark.DELETED)):
        assert "".join(run.text for run in merged if run.mark is not gone) == "".join(run.text for run in page)
