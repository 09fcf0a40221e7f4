"""The knife edge of the cap against published figures."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from evaluation.design.client_flow.cap_risk import cap_curve, cap_risk


@pytest.mark.parametrize(("percent", "full"), [(45, 8e-5), (48, 0.064), (50, 0.49), (52, 0.93)])
def test_the_published_risks(percent: int, full: float) -> None:
    """1,400 clients, cap 700 (optimisation.md §2)."""
    assert cap_risk(1400, 700, Fraction(percent, 100)).full == pytest.approx(full, rel=0.02)


def test_the_mean_number_turned_away_at_52_percent() -> None:
    """29 clients."""
    assert round(cap_risk(1400, 700, Fraction(52, 100)).away) == 29


def test_small_cases_by_hand() -> None:
    """Two clients, cap one: both choose it with the chance p squared."""
    found = cap_risk(2, 1, Fraction(1, 3))
    assert found.full == pytest.approx(1 / 9)
    assert found.away == pytest.approx(1 / 9)


def test_the_ends() -> None:
    """Nobody, everybody, and a cap that holds all."""
    assert cap_risk(10, 4, Fraction(0)).full == 0
    assert (cap_risk(10, 4, Fraction(1)).full, cap_risk(10, 4, Fraction(1)).away) == (1, 6)
    assert cap_risk(10, 10, Fraction(1)).full == 0


def test_the_curve_rises() -> None:
    """More popular is never less risky."""
    curve = cap_curve(1400, 700, tuple(Fraction(percent, 100) for percent in range(30, 71)))
    assert all(one.full <= other.full + 1e-9 for one, other in pairwise(curve))
