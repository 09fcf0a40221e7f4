"""``scale@1``: announced levels earn announced shares."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.award.formulas.formula import RefusedError
from evaluation.award.formulas.scale import points
from tests.evaluation.award.build import weights

shares = st.fractions(min_value=0, max_value=100, max_denominator=100)


@given(weight=weights, low=shares, high=shares)
def test_a_higher_share_never_earns_less(weight: Fraction, low: Fraction, high: Fraction) -> None:
    """Monotone, and bounded by the weight."""
    low, high = sorted((low, high))
    assert 0 <= points(weight, low) <= points(weight, high) <= weight


@pytest.mark.parametrize("share", [Fraction(-1), Fraction(101)])
def test_a_share_outside_the_scale_is_refused(share: Fraction) -> None:
    """850 of 100 is not accepted (PyPI's bid-evaluation does that)."""
    with pytest.raises(RefusedError):
        points(Fraction(40), share)
