"""Clients, caps and bands: properties and the pilots' numbers beside the drill."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tender.checks.volumes import bands, capacity, industries_sum, own_team_share, totals_agree
from tender.model.framework import AllocationRule, Industry, OwnTeam, VolumeBand
from tender.model.tender import Tender
from tests.sample import fi, sample_tender
from tests.tender.checks.bases import case_of
from tests.tender.checks.change import changed


@given(providers=st.integers(1, 12), cap=st.integers(1, 2000))
def test_capacity_blocks_below_the_forecast_and_informs_without_one(providers: int, cap: int) -> None:
    """Places are cap × providers; without one of them we only say so."""
    tender = changed(changed(sample_tender(), "framework.providers", providers), "framework.client_cap", cap)
    rules = [finding.rule for finding in capacity(case_of(tender))]
    if cap * providers < 1400:
        assert rules == ["framework.capacity"]
    elif providers > 1 and cap * (providers - 1) < 1400:
        assert rules == ["framework.capacity-without-one"]
    else:
        assert rules == []


def test_the_pilot_of_three_with_a_cap_of_700_stands_without_one() -> None:
    """3 × 700 = 2 100 for 1 400 clients, and 2 × 700 is exactly enough (A12)."""
    assert list(capacity(case_of(sample_tender()))) == []


def test_the_forecast_agrees_with_whole_groups_only() -> None:
    """A group without its number in an area is not whole, whatever the sum."""
    assert totals_agree(sample_tender())
    moved = changed(sample_tender(), "groups[0].clients", {"siilinjarvi": 360})
    assert not totals_agree(moved)


def _thirds(team: int) -> Tender:
    """About 2 800 clients, a third each for two providers and the own team (B3), by four industries."""
    clients = {"siilinjarvi": 1000, "lapinlahti": 867}
    group = replace(sample_tender().groups[0], clients=clients, client_months=1867 * 12)
    industries = tuple(Industry(f"i{index}", fi(f"Ala {index}"), 700) for index in range(4))
    tender = sample_tender()
    return replace(
        tender,
        groups=(group,),
        framework=replace(tender.framework, providers=2, client_total=1867, client_cap=1000),
        own_team=OwnTeam(fi("Oma tiimi"), Fraction(1, 3), team),
        choice=replace(tender.choice, rule=AllocationRule.INDUSTRY, industries=industries),
    )


def test_a_third_each_of_2800_clients_holds_together() -> None:
    """933 of 2 800 is about a third, and four industries of 700 are everyone."""
    case = case_of(_thirds(933))
    assert list(own_team_share(case)) == []
    assert list(industries_sum(case)) == []


def test_a_wrong_own_team_is_told_once() -> None:
    """The sum of the industries is not blamed for it."""
    case = case_of(_thirds(500))
    assert [finding.rule for finding in own_team_share(case)] == ["own-team.share"]
    assert list(industries_sum(case)) == []


@given(cuts=st.lists(st.integers(0, 300), min_size=2, max_size=6, unique=True).map(sorted))
def test_bands_cut_anywhere_are_right_when_they_hold_the_forecast(cuts: list[int]) -> None:
    """Rising and without gaps by construction; only 100 % may be left out."""
    found = tuple(VolumeBand(Decimal(lower), Decimal(upper), Decimal(0)) for lower, upper in pairwise(cuts))
    tender = sample_tender()
    dynamic = replace(tender.framework.dynamic, volume_bands=found)
    rules = [
        finding.rule
        for finding in bands(case_of(replace(tender, framework=replace(tender.framework, dynamic=dynamic))))
    ]
    assert rules == ([] if cuts[0] <= 100 <= cuts[-1] else ["bands.forecast"])
