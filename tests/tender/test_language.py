"""Numbers and dates are written as each language writes them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from tender.language import Language, Text, date_text, euro_text, moment_text, number_text
from tests.sample import HELSINKI


@pytest.mark.parametrize(
    ("language", "number", "euros", "day", "moment"),
    [
        (Language.FI, "1 234,50", "1 234,50 €", "1.3.2019", "1.3.2019 klo 9.05"),
        (Language.SV, "1 234,50", "1 234,50 €", "1.3.2019", "1.3.2019 kl. 9.05"),
        (Language.EN, "1,234.50", "€1,234.50", "1 March 2019", "1 March 2019 at 09:05"),
    ],
)
def test_each_language_has_its_own_notation(language: Language, number: str, euros: str, day: str, moment: str) -> None:
    """Decimal mark, thousands, currency, date and clock."""
    value, when = Decimal("1234.50"), datetime(2019, 3, 1, 9, 5, tzinfo=HELSINKI)
    shown = (number_text(value, language), euro_text(value, language), date_text(date(2019, 3, 1), language),
             moment_text(when, language))  # fmt: skip
    assert tuple(text.replace("\u00a0", " ") for text in shown) == (number, euros, day, moment)


def test_a_blank_text_is_missing() -> None:
    """White space is no translation."""
    assert Text(fi="sana", sv="  ").missing((Language.FI, Language.SV)) == (Language.SV,)


def test_the_best_text_is_the_wished_one_else_any() -> None:
    """Finnish stands in for a missing English."""
    assert Text(fi="sana", en="word").best(Language.EN) == "word"
    assert Text(fi="sana").best(Language.EN) == "sana"
    assert Text().best(Language.EN) == ""
