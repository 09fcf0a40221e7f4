"""Planted ids are found, numbers that only look like them are not, and names are the respondent's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from market_dialogue.coding.highlights import highlights
from tests.market_dialogue.coding.cases import answer


@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        ("Tunnus on 2077474-0.", "2077474-0", "business-id"),
        ("Hetu 131052-308T kuuluu", "131052-308T", "hetu"),
        ("ALV FI20774740 ja muuta", "FI20774740", "vat"),
        ("Tilille FI21 1234 5600 0007 85 kiitos", "FI21 1234 5600 0007 85", "iban"),
        ("Soita 040 123 4567 heti", "040 123 4567", "phone"),
        ("Kirjoita matti.m@example.com nyt", "matti.m@example.com", "mail"),
    ],
)
def test_planted_ids_are_found(text: str, found: str, kind: str) -> None:
    seen = [(text[one.start : one.end], one.kind) for one in highlights(answer("a", q8=text), "q8")]
    assert (found, kind) in seen


@pytest.mark.parametrize("text", ["Tunnus 2077474-1", "131052-308U", "Katto 700 ja 1 400 asiakasta", "FI20774741", ""])
def test_wrong_check_digits_and_plain_numbers_are_not(text: str) -> None:
    assert not {one.kind for one in highlights(answer("a", q8=text), "q8")} - {"phone"}


def test_names_of_the_contact_and_of_the_respondent_in_any_inflection() -> None:
    one = replace(
        answer("a", q8="Pohjolan Tuki ehdottaa; Maijalle sopii."), respondent="Pohjola Oy", contact="Maija Aho"
    )
    assert [(each.start, each.kind) for each in highlights(one, "q8")] == [(0, "respondent"), (24, "name")]


def test_a_longer_word_that_begins_like_a_name_is_another_word() -> None:
    one = replace(answer("a", q8="Palvelutarpeen arvio."), respondent="Lumme Palvelut Oy")
    assert highlights(one, "q8") == ()


def test_no_reply_no_highlight() -> None:
    assert highlights(answer("a"), "q8") == ()
