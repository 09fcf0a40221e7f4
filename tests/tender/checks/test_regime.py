"""The regime, case by case (tests/cases/checks-regime.toml), and the table of Annex E."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from tender.checks.regime import (
    ANNEX_E,
    EU_THRESHOLDS,
    annex_e_point,
    eu_threshold,
    is_cpv,
    national_threshold,
    regime_of,
)
from tender.model.tender import BuyerKind
from tests.tender.checks.drill import CASES

ROWS = tomllib.loads((CASES / "checks-regime.toml").read_text(encoding="utf-8"), parse_float=Decimal)["case"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["says"])
def test_the_regime_follows_from_code_value_buyer_and_day(row: dict[str, Any]) -> None:
    """Cases that a lawyer can read."""
    found = regime_of(row["cpv"], Decimal(row["value"]), BuyerKind(row["buyer"]), row["day"])
    assert (found.value if found else "none") == row["expected"]


@pytest.mark.parametrize("code", ["7961100", "796110000", "79611000-0", "7961100x", "", "７9611000"])
def test_what_is_no_cpv_code(code: str) -> None:
    """Eight ASCII digits and nothing else."""
    assert not is_cpv(code)


def test_annex_e_is_a_table_of_codes() -> None:
    """Every entry is a code or a range of codes in order, and its points are those of the annex."""
    for point, codes in ANNEX_E:
        assert 1 <= point <= 15
        for entry in codes.split():
            first, _, last = entry.partition("-")
            assert is_cpv(first)
            assert not last or (is_cpv(last) and first < last)
            assert annex_e_point(first) is not None


def test_the_ends_of_a_range_belong_to_it() -> None:
    """80000000–80660000, not a code further."""
    assert annex_e_point("80000000") == annex_e_point("80660000") == 2
    assert annex_e_point("80660001") is None
    assert annex_e_point("79999999") is None


@pytest.mark.parametrize(
    ("code", "threshold"),
    [
        ("79611000", 400_000),
        ("98131000", 300_000),
        ("79634000", 60_000),
        ("85312320", 400_000),
        ("75340000", 400_000),
        ("98000000", 300_000),
    ],
)
def test_national_thresholds(code: str, threshold: int) -> None:
    """HL 25.1 points 3, 4 and 1."""
    assert national_threshold(code) == threshold


def test_eu_thresholds_follow_one_another() -> None:
    """No day between two periods is without a threshold, and central government's is the lower."""
    for (_, last, _, _), (first, _, _, _) in pairwise(EU_THRESHOLDS):
        assert first == last + timedelta(days=1)
    assert all(central < other for _, _, central, other in EU_THRESHOLDS)
    assert eu_threshold(BuyerKind.OTHER, date(2023, 12, 31)) is None
    assert (
        eu_threshold(BuyerKind.OTHER, date(2024, 1, 1)) == eu_threshold(BuyerKind.OTHER, date(2025, 12, 31)) == 221_000
    )
    assert (
        eu_threshold(BuyerKind.CENTRAL, date(2026, 1, 1))
        == eu_threshold(BuyerKind.CENTRAL, date(2027, 12, 31))
        == 140_000
    )
