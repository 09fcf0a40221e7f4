"""Values are spoken exactly, in the notation of the language, or not at all."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.documents import numbers
from tender.language import NO_TEXT, Language, Text
from tender.model.criteria import TieKey
from tests.sample import HELSINKI

FI, EN = Language.FI, Language.EN


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a", "a"),
        (Text(fi="sana", en="word"), "sana"),
        (1400, "1\u00a0400"),
        (Decimal("1234.50"), "1\u00a0234,50"),
        (Decimal("-0.05"), "−0,05"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-2620, 97), "−2\u00a0620/97"),
        (Fraction(5, 2), "2,5"),
        (date(2019, 3, 1), "1.3.2019"),
        (datetime(2018, 12, 11, 12, tzinfo=HELSINKI), "11.12.2018 klo\u00a012.00"),
    ],
)
def test_each_type_has_its_notation(value: object, words: str) -> None:
    assert numbers.speak(value, FI) == words


@pytest.mark.parametrize("value", [None, True, TieKey.LOTS, 1.5, object()])
def test_what_has_no_notation_is_refused(value: object) -> None:
    """A float is not exact, an enum is a code, and nothing is not a word."""
    with pytest.raises(TypeError):
        numbers.speak(value, FI)


@pytest.mark.parametrize(
    ("value", "found"),
    [(None, False), (False, False), ("", False), ((), False), ({}, False), (NO_TEXT, False), (Text(fi=" "), False),
     (0, True), (Decimal(0), True), ("0", True), (Text(sv="ord"), True), ((1,), True)],
)  # fmt: skip
def test_zero_is_present_and_blank_is_not(value: object, found: bool) -> None:  # noqa: FBT001
    assert numbers.present(value) is found


@given(st.fractions(-(10**9), 10**9, max_denominator=10**6))
def test_an_exact_text_is_exact(value: Fraction) -> None:
    text = numbers.exact_text(value, EN).replace(",", "").replace("−", "-")
    assert Fraction(text) == value


@given(st.fractions(-(10**9), 10**9, max_denominator=10**9))
def test_a_rounded_result_says_so(value: Fraction) -> None:
    """Without the sign ≈ a result without declared decimals is exact."""
    text = numbers.result_text(value, EN).replace(",", "").replace("−", "-")
    if numbers.ABOUT not in text:
        assert Fraction(text) == value
    else:
        assert abs(Fraction(text.rsplit("\u00a0", 1)[1]) - value) <= Fraction(1, 20_000)


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (Decimal(34), None, "34,00\u00a0€"),
        (Decimal("0.3200"), None, "0,32\u00a0€"),
        (Decimal("0.3125"), None, "0,3125\u00a0€"),
        (Decimal(3100000), 0, "3\u00a0100\u00a0000\u00a0€"),
        ("1172512.2", None, "1\u00a0172\u00a0512,20\u00a0€"),
        (Fraction(1, 3), None, "1/3 ≈\u00a00,3333\u00a0€"),
    ],
)
def test_euros(value: Decimal | str | Fraction, decimals: int | None, words: str) -> None:
    assert numbers.euros(value, FI, decimals) == words


@pytest.mark.parametrize(
    ("value", "decimals", "swedish", "english"),
    [
        (Decimal("1234.5"), None, "1\u00a0234,50\u00a0€", "€1,234.50"),
        (Decimal("-1234.5"), None, "−1\u00a0234,50\u00a0€", "−€1,234.50"),
        (Decimal(4430000), 0, "4\u00a0430\u00a0000\u00a0€", "€4,430,000"),
        (Fraction(1, 3), None, "1/3 ≈\u00a00,3333\u00a0€", "€1/3 ≈\u00a00.3333"),
    ],
)
def test_euros_in_swedish_and_english(
    value: Decimal | Fraction, decimals: int | None, swedish: str, english: str
) -> None:
    assert numbers.euros(value, Language.SV, decimals) == swedish
    assert numbers.euros(value, EN, decimals) == english


def test_euros_never_round_in_silence() -> None:
    with pytest.raises(ValueError, match="without rounding"):
        numbers.euros(Decimal("0.3125"), FI, 2)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("40*(160-72.5)/80", "40\u00a0·\u00a0(160 −\u00a072,5)\u00a0/\u00a080"),
        ("1392000 * 0.4 + 8", "1\u00a0392\u00a0000\u00a0·\u00a00,4 +\u00a08"),
        ("-5 * (-1)", "−5\u00a0·\u00a0(−1)"),
        ("min(812; 700)", "min(812; 700)"),
        ("2 <= 3", "2 ≤\u00a03"),
        ("0.3200 * 26480", "0,3200\u00a0·\u00a026\u00a0480"),
    ],
)
def test_arithmetic_in_finnish_and_swedish(expression: str, words: str) -> None:
    assert numbers.expression_text(expression, FI) == words
    assert numbers.expression_text(expression, Language.SV) == words


def test_arithmetic_in_english() -> None:
    assert numbers.expression_text("0.3200 * 26480", EN) == "0.3200\u00a0·\u00a026,480"
    assert numbers.expression_text("min(1812; 700)", EN) == "min(1,812; 700)"


@given(st.text(alphabet="0123456789.+-*/() ;min<>=", max_size=40))
def test_no_programmers_signs_remain(expression: str) -> None:
    text = numbers.expression_text(expression, FI)
    assert "*" not in text
    assert "-" not in text


def test_phrases() -> None:
    assert numbers.listed([], FI) == ""
    assert numbers.listed(["a"], FI) == "a"
    assert numbers.listed(["a", Text(fi="b"), 3], FI) == "a, b ja 3"
    assert numbers.count(1, "kuukausi", "kuukautta", FI) == "1\u00a0kuukausi"
    assert numbers.percent(Decimal("25.5"), FI) == "25,5\u00a0%"
    assert numbers.percent(Decimal("25.5"), EN) == "25.5%"
    assert numbers.measured(Decimal("2.5"), "%", FI) == "2,5\u00a0%"
    assert numbers.measured(Decimal("2.5"), "%", EN) == "2.5%"
    assert numbers.measured(Decimal(1200), "kpl", FI) == "1\u00a0200\u00a0kpl"
    assert numbers.measured(Decimal(1200), "items", EN) == "1,200\u00a0items"
    assert numbers.number("2.345", FI, 2) == "2,35"
