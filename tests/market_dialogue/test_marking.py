"""Marks of trade secrets: what is read is what was written, and nothing half-marked passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market_dialogue.marking import mark_quote, parts, read_marked, write_marked
from tender.model.answers import Mark

PLAIN = st.text(st.characters(exclude_characters="[]|", exclude_categories=["Cs"]), max_size=40)
SECRET = PLAIN.filter(lambda text: bool(text.strip()))


@given(st.lists(st.tuples(PLAIN, SECRET, SECRET), max_size=5), PLAIN)
def test_what_is_written_is_read(pieces: list[tuple[str, str, str]], end: str) -> None:
    """The text without signs, every mark at its place with its reason; writing gives the same again."""
    written = "".join(f"{public}[[{secret}|{reason}]]" for public, secret, reason in pieces) + end
    marked = read_marked(written)
    assert marked.problem == ""
    assert marked.text == "".join(public + secret for public, secret, _ in pieces) + end
    assert [marked.text[mark.start : mark.end] for mark in marked.marks] == [secret for _, secret, _ in pieces]
    assert [mark.reason for mark in marked.marks] == [reason.strip() for _, _, reason in pieces]
    assert read_marked(write_marked(marked.text, marked.marks)) == marked


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_whole(text: str) -> None:
    """Nothing is lost: either the text with marks, or the written form and the reason why not."""
    marked = read_marked(text)
    if marked.problem:
        assert (marked.text, marked.marks) == (text, ())
    else:
        assert "".join(part.text for part in parts(marked.text, marked.marks)) == marked.text


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("hinta [[12 €|syy", "unclosed"),
        ("hinta [[12 € [[13|a]]|b]]", "unclosed"),
        ("hinta 12]] on", "unopened"),
        ("[[12 €]]", "no-reason"),
        ("[[12 €|  ]]", "no-reason"),
        ("[[ |syy]]", "empty"),
        ("[[|syy]]", "empty"),
        ("[[a|b]] ja [[c", "unclosed"),
    ],
)
def test_a_mark_that_says_too_little_is_told(written: str, problem: str) -> None:
    """Never read as public text."""
    assert read_marked(written).problem == problem


def test_a_bar_in_a_secret_belongs_to_the_secret() -> None:
    """The last one divides."""
    marked = read_marked("[[a|b|syy]]")
    assert (marked.text, marked.marks) == ("a|b", (Mark(0, 3, "syy"),))


def test_a_quote_is_marked_once() -> None:
    """Its first place; what is marked already, missing, or without a reason is not."""
    written = mark_quote("Hinta on 12 € tai 13 €.", "12 €", "hinnoittelu")
    assert written == "Hinta on [[12 €|hinnoittelu]] tai 13 €."
    again = mark_quote(written, "13 €", "sama [a|b]")
    assert again == "Hinta on [[12 €|hinnoittelu]] tai [[13 €|sama (a/b)]]."
    for quote, reason in (("12", "x"), ("on 12 €", "x"), ("99", "x"), ("13 €", " "), ("", "x")):
        assert mark_quote(written, quote, reason) is None, quote
    assert mark_quote("[[auki", "auki", "x") is None


def test_places_count_code_points() -> None:
    """An emoji before the secret moves it by one."""
    assert read_marked("😀[[ä|x]]").marks == (Mark(1, 2, "x"),)
