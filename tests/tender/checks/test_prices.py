"""Names of groups and areas, and the ends of ranges: properties beside the drill."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.checks.prices import end_decimals, names_match, prices_fixed, range_order, range_positive, sound
from tender.model.prices import PriceRange
from tests.sample import CAPITATION, sample_tender
from tests.tender.checks.bases import case_of
from tests.tender.checks.change import REMOVE, changed

NAMES = st.lists(st.sampled_from(["easy", "average", "hard", "youth", "hrad", "esay"]), unique=True).map(tuple)
PRICE = st.decimals(Decimal(0), Decimal(100), places=2)


@given(found=NAMES, expected=NAMES.filter(bool))
def test_names_that_differ_are_told_as_seldom_as_possible(found: tuple[str, ...], expected: tuple[str, ...]) -> None:
    """A name that should not be there explains one that is missing; what is left over is told by itself."""
    told = list(names_match("prices.outcome.weights", found, expected, "prices.group"))
    unknown, missing = set(found) - set(expected), set(expected) - set(found)
    assert len(told) == max(len(unknown), len(missing))
    assert sum(finding.rule == "prices.group-unknown" for finding in told) == len(unknown)


def test_a_misspelt_name_is_told_the_nearest_one() -> None:
    """The suggestion comes from what is missing."""
    (finding,) = names_match(
        "groups[0].clients", ("lapinlati", "siilinjarvi"), ("siilinjarvi", "lapinlahti"), "groups.area"
    )
    assert (finding.rule, finding.field) == ("groups.area-unknown", "groups[0].clients.lapinlati")
    assert finding.values == {"found": "lapinlati", "expected": "lapinlahti"}


@given(lowest=PRICE, highest=PRICE)
def test_a_range_is_upside_down_or_not(lowest: Decimal, highest: Decimal) -> None:
    """Equal ends fix the price and are right."""
    tender = changed(
        changed(sample_tender(), "prices.outcome.base.lowest", lowest), "prices.outcome.base.highest", highest
    )
    assert len(list(range_order(case_of(tender)))) == (lowest > highest)
    assert len(list(range_positive(case_of(tender)))) == (lowest == 0)


@pytest.mark.parametrize(("number", "finer"), [("34", False), ("34.00", False), ("34.000", False), ("34.005", True)])
def test_trailing_zeros_are_no_decimals(number: str, *, finer: bool) -> None:
    """34.000 euros is a price in cents."""
    tender = changed(sample_tender(), "prices.capitation.base.lowest", number)
    assert bool(list(end_decimals(case_of(tender)))) is finer


def test_prices_are_fixed_only_when_all_are() -> None:
    """One range that leaves room is enough to compete on."""
    tender = changed(sample_tender(), "prices.capitation.base", {"lowest": 42, "highest": 42})
    assert not prices_fixed(tender)
    assert prices_fixed(changed(tender, "prices.outcome.base", {"lowest": "0.8", "highest": "0.8"}))


def test_a_part_is_sound_with_exactly_the_groups_of_the_tender() -> None:
    """Costs are computed from sound parts only."""
    groups = ("easy", "average", "hard")
    assert sound(CAPITATION, groups)
    assert not sound(CAPITATION, groups[:2])
    assert not sound(CAPITATION, (*groups, "youth"))
    assert [sound(replace(CAPITATION, unit_decimals=count), groups) for count in (-1, 0, 6, 7)] == [
        False,
        True,
        True,
        False,
    ]
    fixed = PriceRange(Decimal(0), Decimal(0))
    assert sound(replace(CAPITATION, base=fixed), groups), "free and fixed prices have a cost too"
    assert not sound(changed(sample_tender(), "prices.capitation.base", REMOVE).prices.capitation, groups)
