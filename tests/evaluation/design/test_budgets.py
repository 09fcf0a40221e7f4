"""From a tender to its design: budgets by year, prices by form, and what the file would hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from evaluation.design.assumptions import default_assumptions
from evaluation.design.client_flow import simulate
from evaluation.design.designed import Designed, proposed_values
from evaluation.design.weights.prices import reference_prices, unit_price
from evaluation.design.weights.rounds import case_of
from tender.model.design import GroupPrice, Outlook, Prices, WeightDesign
from tender.model.framework import Budget, MoneySource
from tender.model.prices import PriceForm, PricePart, PriceRange
from tender.model.tender import Tender
from tests.sample import CAPITATION, sample_tender

TENDER = sample_tender()
ASSUMED = default_assumptions(TENDER)
FOUND = simulate(ASSUMED.flow, 60, 1)


def budgets(tender: Tender) -> dict[str, Fraction]:
    """Amount by row."""
    return {row.id: row.amount for row in case_of(tender, ASSUMED, FOUND).budgets}


def test_the_ceiling_and_the_value_of_the_framework_are_rows() -> None:
    """The yearly ceiling on announced volumes, the framework's value on the dearest courses."""
    ceiling = TENDER.award.selection.yearly_cost_ceiling
    assert ceiling is not None
    found = budgets(TENDER)
    assert found["year"] == ceiling
    assert found["tail"] == TENDER.framework.maximum_value
    year = next(row for row in case_of(TENDER, ASSUMED, FOUND).budgets if row.id == "year")
    for group in TENDER.groups:
        assert year.volumes[group.id].client_months == group.client_months
        assert year.volumes[group.id].hours == group.work_hours


def test_without_a_ceiling_there_is_no_row() -> None:
    """And a framework without a value has none either."""
    rule = replace(TENDER.award.selection, yearly_cost_ceiling=None)
    bare = replace(
        TENDER,
        award=replace(TENDER.award, selection=rule),
        framework=replace(TENDER.framework, maximum_value=Decimal(0)),
        budget=(),
    )
    assert budgets(bare) == {}


def test_money_of_a_year_is_that_of_the_purchase_only() -> None:
    """Lines of one year are added, other sources never are (B9), and years without production have no row."""
    times = replace(TENDER.timetable, production_start=date(2019, 9, 1))
    lines = (
        Budget(2019, MoneySource.PURCHASE, Decimal(700_000)),
        Budget(2019, MoneySource.PURCHASE, Decimal(300_000)),
        Budget(2019, MoneySource.OWN_TEAM, Decimal(900_000)),
        Budget(2020, MoneySource.PURCHASE, Decimal(2_000_000)),
        Budget(2035, MoneySource.PURCHASE, Decimal(1)),
    )
    tender = replace(TENDER, timetable=times, budget=lines)
    found = budgets(tender)
    assert found["2019"] == 1_000_000
    assert found["2020"] == 2_000_000
    assert "2035" not in found
    rows = {row.id: row for row in case_of(tender, ASSUMED, FOUND).budgets}
    first = sum(FOUND.groups[0].client_months[:4])
    assert 0 <= rows["2019"].volumes["easy"].client_months - first < 1


def test_the_largest_bonus_is_part_of_the_money() -> None:
    """Hours of the budgets are those of the courses and the bonus cap on top."""
    tender = replace(TENDER, bonus_sanction=None)
    with_bonus, without = (
        next(row for row in case_of(one, ASSUMED, FOUND).budgets if row.id == "tail") for one in (TENDER, tender)
    )
    assert TENDER.bonus_sanction is not None
    cap = 1 + Fraction(TENDER.bonus_sanction.bonus_cap) / 100
    for group in TENDER.groups:
        more = with_bonus.volumes[group.id].hours - without.volumes[group.id].hours * cap
        assert -2 < more < 2
        assert with_bonus.volumes[group.id].client_months == without.volumes[group.id].client_months


def test_reference_prices_by_form() -> None:
    """Base times weight, rounded half-up; without a reference the middle of the range."""
    found = reference_prices(TENDER)
    assert found.capitation_base is not None
    for price in found.groups:
        assert price.capitation_weight is not None
        assert price.capitation == unit_price(found.capitation_base, price.capitation_weight, CAPITATION)
    part = replace(CAPITATION, base=PriceRange(Decimal(30), Decimal("41.01")))
    tender = replace(TENDER, prices=replace(TENDER.prices, capitation=part))
    assert reference_prices(tender).capitation_base == Decimal("35.51")


def test_prices_per_group_have_no_base_and_no_weights() -> None:
    """Each group has its reference, or the middle of its own range; a group without a range is priced at zero."""
    ranges = {
        "easy": PriceRange(Decimal(30), Decimal(40), Decimal(33)),
        "average": PriceRange(Decimal(35), Decimal(45)),
    }
    part = PricePart(PriceForm.PER_GROUP, 2, 2, groups=ranges)
    found = reference_prices(replace(TENDER, prices=replace(TENDER.prices, capitation=part)))
    assert found.capitation_base is None
    assert [one.capitation for one in found.groups] == [Decimal(33), Decimal("40.00"), Decimal(0)]
    assert {one.capitation_weight for one in found.groups} == {None}


@pytest.mark.parametrize(
    ("base", "weight", "price"),
    [("43.50", "0.9", "39.15"), ("43.50", "1.2", "52.20"), ("33.35", "0.9", "30.02"), ("10.05", "0.5", "5.03")],
)
def test_unit_prices_are_those_of_the_invoice(base: str, weight: str, price: str) -> None:
    """The golden invoice's 39.15 and 52.20; ties go up."""
    assert unit_price(Decimal(base), Decimal(weight), CAPITATION) == Decimal(price)


def designed(before: Prices, proposal: Prices | None) -> Designed:
    nothing = Outlook((), Fraction(0), Fraction(0), Fraction(0), Fraction(0), Fraction(0), ())
    made = WeightDesign(before, proposal, nothing, None, {}, (), (), (), {})
    return Designed(TENDER, ASSUMED, made, FOUND, ())


def test_only_values_that_differ_are_changes() -> None:
    """By weights: base and weights; per group: the reference of the group."""
    old = Prices(
        (GroupPrice("easy", Decimal("37.80"), Decimal("0.29"), Decimal("0.9")),
         GroupPrice("hard", Decimal("50.40"), Decimal("1.10"), Decimal("1.2"))),
        Decimal(42),
    )  # fmt: skip
    new = Prices(
        (GroupPrice("easy", Decimal("37.80"), Decimal("0.29"), Decimal("0.9")),
         GroupPrice("hard", Decimal("54.60"), Decimal("1.25"), Decimal("1.3"))),
        Decimal(42),
    )  # fmt: skip
    assert proposed_values(designed(old, new)) == (
        ("prices.capitation.weights.hard", Decimal("1.2"), Decimal("1.3")),
        ("prices.outcome.groups.hard.reference", Decimal("1.10"), Decimal("1.25")),
    )
    assert proposed_values(designed(old, old)) == ()
    assert proposed_values(designed(old, None)) == ()
