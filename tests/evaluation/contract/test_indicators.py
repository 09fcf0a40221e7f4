"""Bonus and sanction: the golden periods, the corners of the score, and what holds for every period."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.contract.indicators import adjustment, deviation, indicator_score
from tender.errors import BlockedError
from tender.language import Language
from tender.model.indicators import Direction
from tender.words import words
from tests.evaluation.contract.golden import GOLDEN, an_indicator, fractions, golden_model

values = st.fractions(-1000, 1000, max_denominator=100)
bases = st.decimals(0, 1_000_000, places=2)


@pytest.mark.parametrize("case", GOLDEN["adjustment"], ids=lambda case: case["name"])
def test_a_golden_period(case: dict[str, Any]) -> None:
    """Scores, their weighted sum and the euros."""
    paid = adjustment(golden_model(), fractions(case["values"]), Decimal(case["base"]))
    assert {line.indicator: line.score for line in paid.lines} == fractions(case["scores"])
    assert paid.combined == Fraction(case["combined"])
    assert str(paid.amount) == case["amount"]


def test_the_cap_depends_on_the_sign() -> None:
    """Zero counts as a bonus, of nothing."""
    model = golden_model()
    caps = [
        adjustment(model, dict.fromkeys(("education", "business", "region"), Fraction(value)), Decimal(1)).cap
        for value in (100, 0)
    ]
    assert caps == [Decimal(10), Decimal(8)]
    on_target = {indicator.id: indicator.target for indicator in model.indicators}
    assert adjustment(model, on_target, Decimal(1)).cap == Decimal(10)


@pytest.mark.parametrize(
    ("value", "score"),
    [
        ("6", "0"),
        ("7", "0"),
        ("5", "0"),
        ("7.5", "1/4"),
        ("8", "1/2"),
        ("9", "1"),
        ("9.01", "1"),
        ("100", "1"),
        ("4.5", "-1/4"),
        ("3", "-1"),
        ("-100", "-1"),
    ],
)
def test_the_corners_of_the_score(value: str, score: str) -> None:
    """Target 6, tolerance 1, full effect at a distance of 3."""
    assert indicator_score(an_indicator(), Fraction(value)) == Fraction(score)


@given(values)
def test_a_lower_value_may_be_better(value: Fraction) -> None:
    """Turning the direction turns the sign and nothing else."""
    higher, lower = an_indicator(), an_indicator(direction=Direction.LOWER)
    assert indicator_score(lower, value) == -indicator_score(higher, value)
    assert deviation(lower, value) == -deviation(higher, value)


@given(one=values, other=values)
def test_a_better_value_never_scores_less(one: Fraction, other: Fraction) -> None:
    """The score grows with the value and stays between −1 and 1."""
    low, high = sorted((indicator_score(an_indicator(), one), indicator_score(an_indicator(), other)))
    assert -1 <= low <= high <= 1
    worse, better = sorted((one, other))
    assert indicator_score(an_indicator(), worse) <= indicator_score(an_indicator(), better)


@given(education=values, business=values, region=values, base=bases)
def test_the_caps_are_never_exceeded(education: Fraction, business: Fraction, region: Fraction, base: Decimal) -> None:
    """At most 10 % on top, at most 8 % off, to the nearest cent."""
    measured = {"education": education, "business": business, "region": region}
    paid = adjustment(golden_model(), measured, base)
    half_a_cent = Fraction(1, 200)
    assert -Fraction(base) * 8 / 100 - half_a_cent <= Fraction(paid.amount) <= Fraction(base) / 10 + half_a_cent
    assert abs(Fraction(paid.amount) - Fraction(base) * paid.combined * Fraction(paid.cap) / 100) <= half_a_cent
    assert (paid.amount >= 0) if paid.combined >= 0 else (paid.amount <= 0)


def test_the_lines_explain_the_sum() -> None:
    """Score times share, one line per indicator in the order of the tender."""
    paid = adjustment(
        golden_model(), {"region": 57, "education": Decimal("8.4"), "business": Decimal("20.5")}, Decimal(1)
    )
    assert [line.indicator for line in paid.lines] == ["education", "business", "region"]
    assert paid.combined == sum(line.weighted for line in paid.lines)
    assert [line.deviation for line in paid.lines] == [Fraction("2.4"), Fraction("-4.5"), 2]


@pytest.mark.parametrize(
    ("measured", "message", "indicator"),
    [
        ({"education": 6, "business": 25}, "contract.indicator-missing", "region"),
        ({"education": 6, "business": 25, "region": 55, "mood": 1}, "contract.indicator-unknown", "mood"),
    ],
)
def test_a_missing_value_is_not_zero(measured: dict[str, int], message: str, indicator: str) -> None:
    """Nor is an unknown indicator passed over."""
    with pytest.raises(BlockedError) as caught:
        adjustment(golden_model(), measured, Decimal(1))
    assert caught.value.message == message
    assert caught.value.values == {"indicator": indicator}
    for language in Language:
        assert indicator in words(language).error(caught.value).text


def test_limits_that_leave_no_scale_stop() -> None:
    """A full effect inside the tolerance cannot be drawn."""
    flat = replace(an_indicator(), full_scale=Decimal(1))
    with pytest.raises(BlockedError) as caught:
        indicator_score(flat, Fraction(6))
    assert caught.value.message == "contract.indicator-scale"


def test_a_float_is_refused() -> None:
    """Half a percent must come as a decimal."""
    with pytest.raises(TypeError):
        indicator_score(an_indicator(), 0.5)  # type: ignore[arg-type]
