"""How a rule says what it found."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from tender.checks.case import blank, flaw, known, plain
from tender.language import NO_TEXT, Text
from tender.model.criteria import TieKey
from tender.model.tender import Regime


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("100.00"), "100"),
        (Decimal("0.050"), "0.05"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.0"), "0"),
        (Fraction(2, 3), "2/3"),
        (Fraction(7, 2), "3.5"),
        (700, "700"),
        (Regime.ANNEX_E, "annex-e"),
        ((TieKey.LOTS, TieKey.QUALITY_POINTS), "lots, quality-points"),
        ([], ""),
        (date(2019, 3, 1), "2019-03-01"),
        (datetime(2018, 12, 11, 12, 5), "2018-12-11 12:05"),  # noqa: DTZ001 - a moment without a zone is shown too
        ("hard", "hard"),
    ],
)
def test_values_are_written_as_in_a_tender_file(value: object, expected: str) -> None:
    """Exact, with a point, without trailing zeros."""
    assert plain(value) == expected


def test_a_flaw_carries_rule_field_and_plain_values() -> None:
    """Severity and basis are not its business."""
    found = flaw("award.weights-sum", "award.criteria[1].weight", found=Decimal("99.0"), expected=100)
    assert (found.rule, found.field, found.basis) == ("award.weights-sum", "award.criteria[1].weight", "")
    assert found.values == {"found": "99", "expected": "100"}


@pytest.mark.parametrize("text", [NO_TEXT, Text(fi=""), Text(sv="  \n"), Text(fi=" ", en="\t")])
def test_a_text_without_words_is_blank(text: Text) -> None:
    """Spaces are not words."""
    assert blank(text)


def test_words_in_any_language_are_words() -> None:
    """Which languages are required is the reader's question."""
    assert not blank(Text(en="Because."))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1900, 1, 1), False),
        (date(1989, 12, 31), False),
        (date(1990, 1, 1), True),
        (date(2018, 9, 28), True),
        (date(2200, 12, 31), True),
        (date(2201, 1, 1), False),
        (date.max, False),
    ],
)
def test_placeholders_are_not_known_days(day: date, *, expected: bool) -> None:
    """The reader's placeholder and absurd years are told from days that can be meant."""
    assert known(day) is expected
