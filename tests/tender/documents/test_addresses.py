"""Addresses become links where they are printed, and nothing else changes."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.documents.addresses import link_addresses


def links(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="ref" href="([^"]*)">([^<]*)</a>', link_addresses(page))


@pytest.mark.parametrize(
    ("text", "target", "words"),
    [
        ("Kysy: kirjaamo@example.invalid.", "mailto:kirjaamo@example.invalid", "kirjaamo@example.invalid"),
        ("(elli.esimerkki+1@kaupunki.example.fi)", "mailto:elli.esimerkki+1@kaupunki.example.fi", None),
        (
            "portaalissa https://example.invalid/a_b/?x=1&amp;y=2, viimeistään",
            "https://example.invalid/a_b/?x=1&amp;y=2",
            None,
        ),
        ("Ks. https://finlex.example/.", "https://finlex.example/", None),
        ("&lt;https://example.invalid&gt;", "https://example.invalid", None),
    ],
)
def test_an_address_leads_to_itself(text: str, target: str, words: str | None) -> None:
    assert links(f"<td>{text}</td>") == [(target, words or target.removeprefix("mailto:"))]


@pytest.mark.parametrize(
    "page",
    [
        '<a href="mailto:a@example.invalid">a@example.invalid</a>',
        "<head><title>a@example.invalid</title></head>",
        "<style>@import 'https://example.invalid/x.css'</style>",
        "<svg><title>https://example.invalid</title><text>https://example.invalid</text></svg>",
        '<meta name="author" content="a@example.invalid">',
        "<code>comparison-price@1</code>",
        "<p>http://example.invalid javascript:alert(1)@x a@b 5 @ 3</p>",
        "<p>ftp://a.example.invalid</p>",
    ],
)
def test_what_is_no_address_or_has_a_link_is_left_alone(page: str) -> None:
    assert link_addresses(page) == page


@given(
    st.lists(
        st.sampled_from(
            ["a@example.invalid", "https://example.invalid", "&amp;", "&quot;", '"', "'", ".", " ", "x", "<b>", "</b>"]
        )
    )
)
def test_only_links_are_added_and_no_text_breaks_out_of_them(pieces: list[str]) -> None:
    """Property: without its links the page is what it was, and a link's target is what the link prints."""
    page = f"<p>{''.join(pieces)}</p>"
    linked = link_addresses(page)
    assert re.sub(r'<a class="ref" href="[^"]*">|</a>', "", linked) == page
    for target, words in links(page):
        assert html.unescape(target).removeprefix("mailto:") == html.unescape(words)
