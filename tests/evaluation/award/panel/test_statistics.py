"""Statistics of evaluators against published examples, by hand, and by their properties."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.award.panel.statistics import figures_of, krippendorff, weighted_kappa
from tests.evaluation.award.panel.desk import Table, signed_table

A = (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None)
B = (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3)
C = (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None)
D = (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None)
UNITS = [tuple(value for value in unit if value is not None) for unit in zip(A, B, C, D, strict=True)]
"""Krippendorff (2011), Computing Krippendorff's alpha-reliability, example C: four observers, missing data."""

levels = st.lists(st.lists(st.integers(0, 4), max_size=4), max_size=8)


def test_the_published_alphas() -> None:
    """He gives 0.849 for interval data and 0.815 for ordinal data."""
    interval, ordinal = krippendorff(UNITS), krippendorff(UNITS, ordinal=True)
    assert interval is not None
    assert ordinal is not None
    assert round(interval, 3) == Fraction("0.849")
    assert round(ordinal, 3) == Fraction("0.815")


def test_kappa_by_hand() -> None:
    """Seen (0+0+0+4)/4 = 1; chance of the margins 0 2 2 4 and 0 2 2 2 is (12+4+4+28)/16 = 3; so 1 - 1/3."""
    assert weighted_kappa([(0, 0), (2, 2), (2, 2), (4, 2)]) == Fraction(2, 3)


@pytest.mark.parametrize("pairs", [[], [(3, 3)], [(1, 1), (1, 1)]])
def test_where_chance_cannot_differ_there_is_no_kappa(pairs: list[tuple[int, int]]) -> None:
    """A number would claim what nobody knows."""
    assert weighted_kappa(pairs) is None


@given(st.lists(st.integers(0, 4), min_size=2, max_size=12).filter(lambda values: len(set(values)) > 1))
def test_full_agreement_is_one(values: list[int]) -> None:
    """Both measures."""
    assert weighted_kappa([(value, value) for value in values]) == 1
    assert krippendorff([(value, value) for value in values]) == 1
    assert krippendorff([(value, value) for value in values], ordinal=True) == 1


@given(levels, st.integers(-5, 5))
def test_alpha_does_not_hang_on_order_or_on_where_the_scale_begins(units: list[list[int]], shift: int) -> None:
    """Interval data have no zero."""
    moved = [[value + shift for value in reversed(unit)] for unit in reversed(units)]
    assert krippendorff(units) == krippendorff(moved)
    assert krippendorff(units, ordinal=True) == krippendorff(moved, ordinal=True)


@given(levels)
def test_alpha_is_never_above_one(units: list[list[int]]) -> None:
    """And it is exact."""
    for ordinal in (False, True):
        found = krippendorff(units, ordinal=ordinal)
        assert found is None or (isinstance(found, Fraction) and found <= 1)


def test_the_figures_of_a_panel_by_hand() -> None:
    """Levels 3 2 2 4, 3 2 4 4, 2 2 2 4: a2 is milder by half a step on average, a3 severer."""
    figures = figures_of(signed_table().board)
    assert figures.cells == 4
    assert figures.severity == {
        "a1": (Fraction(1, 2) + 0 - 1 + 0) / 4,
        "a2": (Fraction(1, 2) + 0 + 2 + 0) / 4,
        "a3": (-1 + 0 - 1 + 0) / Fraction(4),
    }
    assert [(one.evaluator, one.cell, one.place, one.others) for one in figures.outliers] == [
        ("a2", ("alfa", "hours-tracking"), 4, Fraction(2))
    ]
    assert set(figures.kappa) == {("a1", "a2"), ("a1", "a3"), ("a2", "a3")}


def test_drift_is_seen_in_the_order_of_the_work() -> None:
    """Who is severe first and mild later drifts; the order is that of the record, not of the bids."""
    table = Table().declare("a1", "a2", "a3").give_all("a2", 2, 2, 2, 2).give_all("a3", 2, 2, 2, 2)
    table.give("a1", 1, "beta", "hours-tracking").give("a1", 1, "alfa", "hours-tracking")
    table.give("a1", 3, "beta").give("a1", 3)
    assert figures_of(table.board).drift == {"a1": 2, "a2": 1, "a3": 1}


def test_one_evaluator_alone_has_no_figures() -> None:
    """Nobody to be set against."""
    figures = figures_of(Table().declare("a1", "a2", "a3").give_all("a1", 3, 2, 2, 4).board)
    assert (figures.severity, figures.alpha, figures.outliers, figures.cells) == ({}, None, (), 0)
    assert figures.drift["a1"] is None
    assert figures.kappa["a1", "a2"] is None


def test_a_skipped_level_is_left_out_and_no_zero() -> None:
    """Two judges remain for the cell."""
    table = Table().declare("a1", "a2", "a3")
    for name, level in (("a1", 4), ("a2", 4), ("a3", None)):
        table.give(name, level)
    figures = figures_of(table.board)
    assert figures.severity == {"a1": 0, "a2": 0}
    assert figures.outliers == ()
