"""Figures are the same in every language's notation, and only in their own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.language import Language, date_text, euro_text, number_text
from tender.wording.figures import figures, foreign_days, foreign_decimals

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2200, 12, 31))


@given(amount=AMOUNTS, day=DAYS)
def test_every_language_writes_the_same_figures(amount: Decimal, day: date) -> None:
    """What the documents' own notation writes is read back alike."""
    read = [
        figures(f"x {euro_text(amount, one)} y {date_text(day, one)} z {number_text(amount, one)}.", one)
        for one in Language
    ]
    assert read[0] == read[1] == read[2]
    assert list(read[0].days) == [day]


@given(amount=AMOUNTS, other=AMOUNTS, language=st.sampled_from(Language))
def test_another_amount_is_another_figure(amount: Decimal, other: Decimal, language: Language) -> None:
    """Two amounts have equal figures only when they have the same groups of digits."""
    ours, theirs = (figures(number_text(one, language), language).numbers for one in (amount, other))
    same = sorted(str(amount).split(".")) == sorted(str(other).split("."))
    assert (ours == theirs) == same


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("tuotanto alkaa 1 March 2019", Language.FI, ["1 March 2019"]),
        ("produktionen börjar 1 March 2019", Language.SV, ["1 March 2019"]),
        ("production starts on 1.3.2019", Language.EN, ["1.3.2019"]),
        ("production starts on 1 March 2019", Language.EN, []),
        ("tuotanto alkaa 1.3.2019", Language.FI, []),
        ("version 1.3.20190", Language.EN, []),
    ],
)
def test_foreign_days(text: str, language: Language, days: list[str]) -> None:
    """An English date in Finnish text is seen, and a Finnish one in English."""
    assert foreign_days(text, language) == days


@pytest.mark.parametrize(
    ("text", "language", "odd"),
    [
        ("paino 0.9 %", Language.FI, ["0.9 %"]),
        ("paino 0,9 %", Language.FI, []),
        ("klo 12.00", Language.FI, []),
        ("HL 93.4 §", Language.FI, []),
        ("vikten 25.5 %", Language.SV, ["25.5 %"]),
        ("weight 25,5 %", Language.EN, ["25,5 %"]),
        ("1,400 hours", Language.EN, []),
    ],
)
def test_foreign_decimals(text: str, language: Language, odd: list[str]) -> None:
    """A decimal point in Finnish is seen where something is measured; clock times and sections are left alone."""
    assert foreign_decimals(text, language) == odd


def test_a_day_that_is_none_is_left_as_numbers() -> None:
    """32.13.2019 is no date; its numbers still count."""
    found = figures("32.13.2019", Language.FI)
    assert not found.days
    assert found.numbers["2019"] == 1
