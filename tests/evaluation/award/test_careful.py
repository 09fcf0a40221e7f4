"""Reckoning on faulty tenders: left out, never raised, never endless."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.award.careful import or_else, reckonable
from tender.errors import BlockedError
from tests.sample import sample_tender


@pytest.mark.parametrize("error", [BlockedError("x"), ZeroDivisionError(), KeyError("x"), IndexError(), ValueError()])
def test_what_cannot_be_reckoned_is_left_out(error: Exception) -> None:
    """The faults that an odd tender causes."""

    def fails() -> int:
        raise error

    assert or_else(fails, 7) == 7
    assert or_else(lambda: 3, 7) == 3


def test_a_bug_is_not_hidden() -> None:
    """Other errors come through."""
    with pytest.raises(TypeError):
        or_else(lambda: len(3), 0)  # type: ignore[arg-type]


@pytest.mark.parametrize("decimals", [-1, 13, 10**9])
def test_absurd_decimals_are_not_reckoned_with(decimals: int) -> None:
    """10^(10^9) would take for ever; `tender.checks` names the number instead."""
    tender = sample_tender()
    assert reckonable(tender)
    rounding = replace(tender.award.rounding, decimals=decimals)
    assert not reckonable(replace(tender, award=replace(tender.award, rounding=rounding)))
    outcome = tender.prices.outcome
    for part in (replace(outcome, decimals=decimals), replace(outcome, unit_decimals=decimals)):
        assert not reckonable(replace(tender, prices=replace(tender.prices, outcome=part)))
