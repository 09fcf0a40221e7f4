"""``share-of-ceiling@1``: independent, but it wastes the scale."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.formulas.share_of_ceiling import FORMULA
from tests.evaluation.award.formulas.frame import framed, reason, steps_of


@settings(max_examples=25)
@given(price=st.integers(0, 10_000), ceiling=st.integers(1, 10_000))
def test_points_and_price_make_up_the_whole(price: int, ceiling: int) -> None:
    """P/40 + p/K = 1 below the ceiling; nothing above it."""
    points = FORMULA.points(framed(FORMULA, Fraction(price), (), ceiling=ceiling))
    assert points == 0 if price >= ceiling else points / 40 + Fraction(price, ceiling) == 1


def test_the_field_is_not_looked_at() -> None:
    """An empty one will do."""
    assert FORMULA.points(framed(FORMULA, Fraction(40), (), ceiling=160)) == 30


def test_above_the_ceiling_the_working_has_a_limit() -> None:
    """And below it none."""
    assert steps_of(FORMULA, Fraction(200), (), ceiling=160) == ["points", "at-least-zero"]
    assert steps_of(FORMULA, Fraction(100), (), ceiling=160) == ["points"]


def test_odd_ceilings_and_prices_are_refused() -> None:
    """A ceiling of zero divides by zero; a negative price is nobody's."""
    assert reason(FORMULA, Fraction(1), (), ceiling=0) == "ceiling-not-positive"
    assert reason(FORMULA, Fraction(-1), (), ceiling=160) == "negative-price"
