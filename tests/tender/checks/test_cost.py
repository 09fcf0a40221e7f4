"""The money, to the cent: the pilot's numbers at both ends of the ranges, computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tender.checks.cost import Cost, budget_years, cost_of, duration, maximum_suffices
from tender.language import NO_TEXT
from tender.model.framework import Budget, MoneySource
from tests.sample import fi, sample_tender
from tests.tender.checks.bases import case_of
from tests.tender.checks.change import REMOVE, changed


def test_the_pilots_yearly_cost_at_both_ends() -> None:
    """Lowest: capitation 599 107.20 + outcome 573 405.00. Highest: 881 040 + 955 675 × 1.10 with the bonus."""
    cost = cost_of(sample_tender())
    assert cost is not None
    assert cost.lowest_year == Fraction("1172512.20")
    assert cost.highest_year == Fraction("881040") + Fraction("955675") * Fraction(11, 10)
    assert cost.months == 22
    assert cost.option_months == 0


def test_the_pilots_cost_of_the_whole_period() -> None:
    """22 of 12 months: 2 149 605.70 € and, with the bonus, 3 542 517.916… €."""
    cost = cost_of(sample_tender())
    assert cost is not None
    assert cost.lowest == Fraction("2149605.70")
    assert cost.highest == Fraction("1932282.50") * 22 / 12


def test_options_cost_at_the_highest_prices_only() -> None:
    """HL 27: options are in the value; nobody must use them."""
    cost = Cost(Fraction(12), 12, Fraction(100), Fraction(200))
    assert cost.lowest == 100
    assert cost.highest == 400


def test_unit_prices_are_rounded_before_they_are_multiplied() -> None:
    """34.03 × 0.9 = 30.627 → 30.63 €, times 4 320 client-months."""
    tender = changed(sample_tender(), "prices.capitation.base.lowest", Decimal("34.03"))
    cost = cost_of(tender)
    assert cost is not None
    capitation = (
        Fraction("30.63") * 4320 + Fraction("34.03") * 6216 + Fraction("40.84") * 6264
    )  # 34.03 × 1.2 = 40.836 → 40.84
    assert cost.lowest_year == capitation + Fraction("573405.00")


def test_prices_per_group_cost_the_same_as_the_weights_that_make_them() -> None:
    """The form of the price does not change the money."""
    per_group = {
        "form": "per-group",
        "decimals": 2,
        "unit_decimals": 2,
        "groups": {
            "easy": {"lowest": "30.60", "highest": "45.00"},
            "average": {"lowest": "34.00", "highest": "50.00"},
            "hard": {"lowest": "40.80", "highest": "60.00"},
        },
    }
    assert cost_of(changed(sample_tender(), "prices.capitation", per_group)) == cost_of(sample_tender())


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("prices.capitation.base", REMOVE),
        ("prices.capitation.base.lowest", 60),
        ("prices.outcome.weights.easy", REMOVE),
        ("prices.outcome.weights.easy", 0),
        ("prices.outcome.unit_decimals", -1),
        ("groups", REMOVE),
        ("groups[0].work_hours", 0),
        ("timetable.production_start", date(1900, 1, 1)),
        ("timetable.production_end", date(2019, 1, 1)),
        ("timetable.option_months", -1),
    ],
)
def test_no_cost_is_better_than_a_wrong_one(path: str, raw: object) -> None:
    """What cannot be computed is not guessed; other rules say what is wrong."""
    tender = changed(sample_tender(), path, raw)
    assert cost_of(tender) is None
    assert list(maximum_suffices(case_of(tender))) == []


def test_a_maximum_of_exactly_the_cost_suffices() -> None:
    """The ends belong to the range."""
    tender = changed(sample_tender(), "framework.maximum_value", Decimal("2149605.70"))
    assert [finding.rule for finding in maximum_suffices(case_of(tender))] == ["framework.maximum-below-highest"]
    tender = changed(sample_tender(), "framework.maximum_value", Decimal("2149605.69"))
    (found,) = maximum_suffices(case_of(tender))
    assert found.rule == "framework.maximum-below-lowest"
    assert found.values == {"found": "2149605.69", "expected": "2149605.7", "months": "22"}


def test_a_maximum_of_exactly_the_highest_cost_is_not_mentioned() -> None:
    """Two years at 1 932 282.50 €."""
    tender = changed(sample_tender(), "timetable.production_end", date(2021, 2, 28))
    enough = changed(tender, "framework.maximum_value", Decimal(3864565))
    assert list(maximum_suffices(case_of(enough))) == []
    short = changed(tender, "framework.maximum_value", Decimal("3864564.99"))
    assert [finding.rule for finding in maximum_suffices(case_of(short))] == ["framework.maximum-below-highest"]


def test_a_line_without_money_silences_the_budget_and_no_volume_the_cost() -> None:
    """The line itself is told by its own rule."""
    lines = (Budget(2019, MoneySource.PURCHASE, Decimal(0)), Budget(2020, MoneySource.PURCHASE, Decimal(1)))
    assert list(budget_years(case_of(replace(sample_tender(), budget=lines)))) == []
    assert cost_of(changed(sample_tender(), "groups[0].client_months", 0)) is None


def test_a_budget_is_held_against_the_months_of_its_year() -> None:
    """Ten months of 2019 and all of 2020 at the lowest prices; money of other sources is never counted."""
    lines = (
        Budget(2019, MoneySource.PURCHASE, Decimal("977093.50")),
        Budget(2020, MoneySource.PURCHASE, Decimal("1172512.19")),
        Budget(2020, MoneySource.DEVELOPMENT, Decimal(500000)),
        Budget(2020, MoneySource.OWN_TEAM, Decimal(500000)),
    )
    (found,) = budget_years(case_of(replace(sample_tender(), budget=lines)))
    assert found.values == {"year": "2020", "found": "1172512.19", "expected": "1172512.2"}


def test_two_lines_of_one_year_are_one_budget() -> None:
    """Lines of the same source and year are added."""
    lines = (
        Budget(2019, MoneySource.PURCHASE, Decimal("977093.50")),
        Budget(2020, MoneySource.PURCHASE, Decimal(172513)),
        Budget(2020, MoneySource.PURCHASE, Decimal(1000000)),
    )
    assert list(budget_years(case_of(replace(sample_tender(), budget=lines)))) == []


@pytest.mark.parametrize(
    ("end", "option", "found"), [(date(2023, 2, 28), 0, 0), (date(2023, 3, 1), 0, 1), (date(2021, 2, 28), 25, 1)]
)
def test_four_years_to_the_day_need_no_reason(end: date, option: int, found: int) -> None:
    """1.3.2019–28.2.2023 is four years; a day or an option more needs a reason."""
    tender = changed(changed(sample_tender(), "timetable.production_end", end), "timetable.option_months", option)
    assert len(list(duration(case_of(tender)))) == found
    reasoned = replace(tender, framework=replace(tender.framework, duration_reason=fi("Pitkä vaikutus.")))
    assert list(duration(case_of(reasoned))) == []
    assert tender.framework.duration_reason == NO_TEXT
