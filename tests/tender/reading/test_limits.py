"""Limits of values."""

from __future__ import annotations

import dataclasses
import time
from decimal import Decimal
from fractions import Fraction

import pytest

from tender.reading.dictionary import dictionary
from tender.reading.limits import FORMS, LARGEST, cleaned, fits, form_of, nearest_allowed, range_text, unwanted

FIELDS = dictionary().nouns
WEIGHT = FIELDS["Criterion"].fields["weight"]


GOOD = {
    "id": ("easy", "1", "impact-plan", "a_b", "x" * 40),
    "name": ("euros_per_point",),
    "path": ("award", "framework.client_cap", "groups[0].clients.siilinjarvi"),
    "email": ("kirjaamo@example.invalid",),
    "address": ("https://a.fi", "http://a.fi/x?y=1"),
    "business-id": ("1234567-8",),
    "cpv": ("79611000", "79611000-0"),
    "nuts": ("FI", "FI1D2"),
    "formula": ("scale@1", "announced-interval@12"),
}
BAD = {
    "id": ("Easy", "../x", "a b", "-a", "a-", "ä", "a.b", "x" * 41, "a\n"),
    "name": ("a.b",),
    "path": ("a..b", "a[x]", ".a", "a b", "a\n"),
    "email": ("kirjaamo", "a@b", "a b@c.fi", "a@b..fi", "a@@b.fi"),
    "address": ("a.fi", "ftp://a.fi", "https://", "https:// a", "javascript:x"),
    "business-id": ("12345678", "1234567-X"),
    "cpv": ("7961100", "7961100A"),
    "nuts": ("fi1d2", "FI1D22"),
    "formula": ("scale", "scale@0", "scale@", "Scale@1", "scale@1 "),
}


@pytest.mark.parametrize("form", sorted(FORMS))
def test_forms_take_what_they_should(form: str) -> None:
    """Each form knows its own; an empty string means that there is none yet."""
    assert [word for word in GOOD[form] if not fits(form, word)] == []
    assert [word for word in BAD[form] if fits(form, word)] == []
    assert fits(form, "")
    assert fits("", "anything")


@pytest.mark.parametrize("form", sorted(FORMS))
def test_forms_are_quick_on_hostile_words(form: str) -> None:
    """No form runs away on long words that almost fit."""
    start = time.process_time()
    for word in (
        "a" * 100_000,
        "a-" * 50_000,
        "a." * 50_000,
        "1" * 100_000,
        "a@" + "b." * 50_000 + "@",
        "https://" + "a" * 100_000 + " ",
    ):
        fits(form, word)
    assert time.process_time() - start < 1


def test_numbers_are_brought_to_the_nearest_end() -> None:
    """The kind of number stays; what is inside stays; no number is larger than any tender's."""
    assert nearest_allowed(WEIGHT, Decimal("-0.5")) == Decimal(0)
    assert nearest_allowed(WEIGHT, Decimal("100.01")) == Decimal(100)
    assert nearest_allowed(WEIGHT, Decimal("99.5")) == Decimal("99.5")
    share = FIELDS["OwnTeam"].fields["share"]
    assert nearest_allowed(share, Fraction(4, 3)) == Fraction(1)
    assert isinstance(nearest_allowed(share, Fraction(4, 3)), Fraction)
    target = FIELDS["Indicator"].fields["target"]
    assert nearest_allowed(target, Decimal(10) ** 16) == LARGEST
    assert nearest_allowed(target, -(Decimal(10) ** 16)) == -LARGEST


@pytest.mark.parametrize(
    ("lowest", "highest", "expected"),
    [
        (0, 100, "0–100"),
        (0, None, "≥ 0"),
        (None, 9, "≤ 9"),
        (1, 1, "1"),
        (-100, 100, "-100 … 100"),
        (None, None, "≤ 1000000000000000"),
    ],
)
def test_ranges_are_said_in_signs(lowest: int | None, highest: int | None, expected: str) -> None:
    """Signs need no translation."""
    least, most = (None if end is None else Decimal(end) for end in (lowest, highest))
    assert range_text(dataclasses.replace(WEIGHT, minimum=least, maximum=most)) == expected


def test_control_and_direction_characters_are_unwanted() -> None:
    """They break XML and terminals, or make words read otherwise than they are."""
    words = "a\x00b\u202ec\x1bd\x7f"
    assert unwanted(words) == "U+0000, U+001B, U+007F, U+202E"
    assert cleaned(words) == "abcd"
    assert unwanted("Ääkköset – 1\u00a0234,50 €\n\tja rivit") == ""


def test_ids_and_paths_have_their_form_by_kind() -> None:
    """A field needs no form of its own when its kind has one."""
    assert form_of(FIELDS["Area"].fields["id"]) == "id"
    assert form_of(FIELDS["Question"].fields["affects"]) == "path"
    assert form_of(FIELDS["Object"].fields["cpv"]) == "cpv"
    assert form_of(FIELDS["Buyer"].fields["contact"]) == ""
