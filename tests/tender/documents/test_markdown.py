"""No text becomes markup; tables carry the headers that assistive technology needs."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from tender.documents.markdown import (
    clause_html,
    escape_markdown,
    prose_html,
    sealed,
    sealed_block,
    table_html,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "![x](http://evil.example)",
    "[x](javascript:alert(1))",
    "{{ 7 * 7 }} {% for x in y %}",
    "a|b `c` **d** _e_ # f",
    "1. x",
    "- y\n- z",
    "\ue0006869\ue001",
    "&lt;b&gt; & \\",
    "    indented",
)

LED_IN = '<p class="lead-in">a</p>'


def words_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_letter_by_letter(text: str) -> None:
    printed = clause_html(f"Alku {escape_markdown(text)} loppu")
    assert re.findall(r"<(\w+)", printed) == ["p"]
    expected = re.sub("[\ue000\ue001]", "", text)
    assert words_of(printed) == f"Alku {' '.join(expected.split())} loppu"


@given(st.text(max_size=60))
def test_any_text_is_printed_letter_by_letter(text: str) -> None:
    """Property: escaping and Markdown together are the identity on words, and never make an element."""
    printed = clause_html(f"x{escape_markdown(text)}x")
    assert set(re.findall(r"<(\w+)", printed)) <= {"p"}
    kept = re.sub("[\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    assert words_of(printed).split() == html.unescape(html.escape(f"x{kept}x")).split()


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Co"]), max_size=60))
def test_prose_never_makes_an_element_of_its_own(text: str) -> None:
    allowed = {
        "p",
        "ul",
        "ol",
        "li",
        "em",
        "strong",
        "br",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    assert set(re.findall(r"<(\w+)", prose_html(text))) <= allowed


def test_prose_headings_hang_below_the_clause() -> None:
    printed = prose_html("# Otsikko\n\n## Osa\n\n### Ala\n\n1. yksi\n2. kaksi\n\n**vahva** <b>ei</b>", 4)
    assert "Otsikko" not in printed
    assert "<h4>Osa</h4>" in printed
    assert "<h5>Ala</h5>" in printed
    assert "<ol>" in printed
    assert "<strong>vahva</strong> &lt;b&gt;ei&lt;/b&gt;" in printed


def test_prose_has_no_links_and_no_images() -> None:
    printed = prose_html("[x](http://a.example) ![y](http://b.example/z.png) <http://c.example>")
    assert "<a" not in printed
    assert "<img" not in printed


def test_finished_html_passes_through() -> None:
    assert clause_html(f"a {sealed('<b>x</b>')} c") == "<p>a <b>x</b> c</p>\n"
    assert clause_html(f"a{sealed_block('<div>x</div>')}b") == LED_IN + "\n<div>x</div>\n<p>b</p>\n"
    assert clause_html(sealed_block("<div>x</div>") + sealed_block("<div>y</div>")) == "<div>x</div>\n<div>y</div>\n"
    assert clause_html(sealed("<i>x</i>")) == "<p><i>x</i></p>\n"


def test_tables_have_scopes_numbers_and_totals() -> None:
    table = table_html(
        "| Ryhmä | Määrä |\n|:--|--:|\n| helppo | 3 |\n| **Yhteensä** | 3 |", Markup("<caption>Kuvio</caption>")
    )
    assert table.startswith("<table>\n<caption>Kuvio</caption><thead>")
    assert '<th scope="col">Ryhmä</th>' in table
    assert '<th class="num" scope="col">Määrä</th>' in table
    assert '<th scope="row">helppo</th>\n<td class="num">3</td>' in table
    assert '<tr class="total">\n<th scope="row"><strong>Yhteensä</strong></th>' in table
    assert "style=" not in table


def test_a_table_without_head() -> None:
    table = table_html("| A | B |\n|--|--|\n| x | y |", head=False)
    assert "<thead" not in table
    assert '<th scope="row">x</th>' in table


@pytest.mark.parametrize("text", ["ei taulukkoa", "| A |\n|--|\n| x |\n\nteksti", ""])
def test_a_table_call_holds_exactly_one_table(text: str) -> None:
    with pytest.raises(ValueError, match="one Markdown table"):
        table_html(text)


@pytest.mark.parametrize("blank", ["", " ", "&nbsp;", "\u00a0"])
def test_a_cell_to_be_filled_in_heads_no_row(blank: str) -> None:
    """An empty header says nothing to those who listen (axe: empty-table-header)."""
    printed = table_html(f"| {blank} | a |\n|---|---|\n| {blank} | b |\n| x | c |\n")
    assert printed.count("<th ") == 2
    assert '<th scope="col">a</th>' in printed
    assert '<th scope="row">x</th>' in printed


@pytest.mark.parametrize(
    ("markdown", "marked"),
    [
        ("Rivit ovat:\n\n| a | b |\n|---|---|\n| c | d |", True),
        ("Hylätään, jos\n\n- a\n- b", True),
        ("Huomaa **tämä:**\n\n1. a", True),
        ("Kello 12:00 avataan.\n\nSitten luetaan.", False),
    ],
)
def test_what_leads_to_a_list_or_a_table_is_marked(markdown: str, *, marked: bool) -> None:
    for printed in (clause_html(markdown), prose_html(markdown)):
        assert printed.startswith('<p class="lead-in">' if marked else "<p>")


@pytest.mark.parametrize("follows", ["- yksi\n- kaksi", "1. yksi"])
def test_a_table_before_a_list_stays_a_block(follows: str) -> None:
    """Finished HTML is no paragraph, whatever comes after it."""
    table = sealed_block('<div class="table"><table></table></div>')
    printed = clause_html(f"Johdanto.\n\n{table}\n\n{follows}")
    assert "<p><div" not in printed
    assert re.search(r"<p[^>]*>\s*<div", printed) is None
    assert printed.startswith('<p class="lead-in">Johdanto.</p>')
