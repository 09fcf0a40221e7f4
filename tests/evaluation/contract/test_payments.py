"""Payments: the golden invoice to the cent, and what holds for every invoice."""

from __future__ import annotations

from calendar import IllegalMonthError
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.contract.payments import (
    billable_hours,
    capitation,
    client_months,
    invoice_total,
    outcome_pay,
    total,
    unit_price,
)
from tender.errors import BlockedError
from tender.language import Language
from tender.model.prices import PriceForm, PricePart, PriceRange, PriceUnit
from tender.model.tender import Tender
from tender.words import words
from tests.evaluation.contract.golden import GOLDEN, decimals, fractions
from tests.sample import sample_tender

TENDER = sample_tender()
TENDERED = decimals(GOLDEN["tendered"])
GROUPS = ("easy", "average", "hard")

prices = st.decimals("0.01", "1000", places=2)
outcome_prices = st.decimals("0.0001", "10", places=4)
days = st.fixed_dictionaries({group: st.integers(0, 30_000) for group in GROUPS})
hours = st.fixed_dictionaries({group: st.decimals(0, 50_000, places=2) for group in GROUPS})


def per_group(**group_prices: str) -> tuple[Tender, dict[str, Decimal]]:
    """The sample tender with a capitation price per group, and such prices."""
    ranges = {group: PriceRange(Decimal(0), Decimal(100)) for group in GROUPS}
    part = PricePart(PriceForm.PER_GROUP, 2, 2, groups=ranges)
    tender = replace(TENDER, prices=replace(TENDER.prices, capitation=part))
    return tender, {f"capitation.{group}": Decimal(price) for group, price in group_prices.items()}


# ---- the golden invoice -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["capitation", "outcome"])
@pytest.mark.parametrize("group", GROUPS)
def test_the_golden_unit_prices(name: str, group: str) -> None:
    """39.15 / 43.50 / 52.20 and 0.3800 / 0.7600 / 1.4250, with all their decimals."""
    part = TENDER.prices.capitation if name == "capitation" else TENDER.prices.outcome
    assert str(unit_price(part, TENDERED, name, group)) == GOLDEN["unit_prices"][name][group]


@pytest.mark.parametrize("month", GOLDEN["month"], ids=lambda month: month["name"])
def test_a_golden_month(month: dict[str, Any]) -> None:
    """Client-months, every line and the sum, to the cent."""
    lines = capitation(TENDER, TENDERED, month["client_days"], month["year"], month["month"])
    assert {line.group: line.quantity for line in lines} == fractions(month["client_months"])
    assert {line.group: str(line.amount) for line in lines} == month["amounts"]
    assert str(total(lines)) == month["total"]


def test_the_golden_months_together() -> None:
    """Four months: 84 096.38, and never more than 700 clients."""
    invoices = [capitation(TENDER, TENDERED, m["client_days"], m["year"], m["month"]) for m in GOLDEN["month"]]
    assert str(sum((total(lines) for lines in invoices), Decimal(0))) == GOLDEN["months_together"]["total"]
    assert max(sum((line.quantity for line in lines), Fraction(0)) for lines in invoices) <= 700


def test_the_golden_outcome_period() -> None:
    """Hours times unit price, every line and the sum."""
    period = GOLDEN["outcome_period"]
    lines = outcome_pay(TENDER, TENDERED, period["hours"])
    assert {line.group: str(line.amount) for line in lines} == period["amounts"]
    assert str(total(lines)) == period["total"]


def test_the_golden_tie_tells_half_up_from_half_even() -> None:
    """4 365.225: half-even would pay a cent less."""
    april = GOLDEN["month"][1]
    line = capitation(TENDER, TENDERED, april["client_days"], 2019, 4)[0]
    assert Fraction(line.unit_price) * line.quantity == Fraction("4365.225")
    assert line.amount == Decimal("4365.23")


# ---- what a line says -------------------------------------------------------------------------------------------


def test_a_line_can_be_computed_again_by_hand() -> None:
    """It carries what was counted, the divisor, the tendered price, the weight and the unit price."""
    line = capitation(TENDER, TENDERED, GOLDEN["month"][1]["client_days"], 2019, 4)[2]
    assert (line.group, line.unit, line.counted, line.divisor) == ("hard", PriceUnit.CLIENT_MONTH, Decimal(5565), 30)
    assert (line.base_price, line.weight, line.unit_price) == (Decimal("43.50"), Decimal("1.2"), Decimal("52.20"))
    hour = outcome_pay(TENDER, TENDERED, GOLDEN["outcome_period"]["hours"])[0]
    assert (hour.unit, hour.divisor, hour.quantity) == (PriceUnit.WORK_HOUR, 1, Fraction(26480))


def test_client_months_stay_exact() -> None:
    """A third of a month is a third, not 0.33."""
    assert client_months(10, 30) == Fraction(1, 3)
    tender, tendered = per_group(easy="30.00", average="30.00", hard="30.00")
    lines = capitation(tender, tendered, {"easy": 1, "average": 10, "hard": 29}, 2019, 4)
    assert [str(line.amount) for line in lines] == ["1.00", "10.00", "29.00"]


@pytest.mark.parametrize(("year", "month", "length"), [(2019, 2, 28), (2020, 2, 29), (2019, 12, 31)])
def test_a_month_has_its_own_days(year: int, month: int, length: int) -> None:
    """A client who stays the whole month is one client-month, in a leap year too."""
    lines = capitation(TENDER, TENDERED, dict.fromkeys(GROUPS, length), year, month)
    assert [line.quantity for line in lines] == [1, 1, 1]


def test_there_is_no_thirteenth_month() -> None:
    """A typing error in the month stops."""
    with pytest.raises(IllegalMonthError):
        capitation(TENDER, TENDERED, dict.fromkeys(GROUPS, 1), 2019, 13)


def test_a_price_per_group_is_paid_as_tendered() -> None:
    """No weight is applied to it."""
    tender, tendered = per_group(easy="31.11", average="42.22", hard="53.33")
    lines = capitation(tender, tendered, dict.fromkeys(GROUPS, 30), 2019, 4)
    assert [line.amount for line in lines] == [Decimal("31.11"), Decimal("42.22"), Decimal("53.33")]
    assert {line.weight for line in lines} == {Decimal(1)}


def test_unit_prices_are_rounded_before_they_are_multiplied() -> None:
    """33.33 × 0.9 = 29.997 becomes 30.00, and 100 months of it 3 000.00."""
    price = {"capitation": Decimal("33.33")}
    assert unit_price(TENDER.prices.capitation, price, "capitation", "easy") == Decimal("30.00")
    line = capitation(TENDER, price, {"easy": 3000, "average": 0, "hard": 0}, 2019, 4)[0]
    assert line.amount == Decimal("3000.00")


@pytest.mark.parametrize(
    ("hours", "cap", "paid"), [(699, 700, 699), (700, 700, 700), (701, 700, 700), (9999, None, 9999), (5, 0, 0)]
)
def test_hours_are_paid_up_to_the_cap(hours: int, cap: int | None, paid: int) -> None:
    """A cap of zero is a cap; no cap is no cap."""
    assert billable_hours(hours, cap) == paid


def test_vat_is_added_to_the_sum_of_the_printed_lines() -> None:
    """24 % of 84 096.38 is 20 183.1312: rounded once."""
    lines = [line for m in GOLDEN["month"] for line in capitation(TENDER, TENDERED, m["client_days"], 2019, m["month"])]
    foot = invoice_total(lines, Decimal(24))
    assert [str(part) for part in (foot.net, foot.vat, foot.gross)] == ["84096.38", "20183.13", "104279.51"]
    assert invoice_total([], Decimal(24)).gross == 0


# ---- what stops -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "message", "group"),
    [
        ({"easy": 1, "average": 1}, "contract.group-missing", "hard"),
        ({"easy": 1, "average": 1, "hard": 1, "other": 1}, "contract.group-unknown", "other"),
        ({"easy": 1, "average": -1, "hard": 1}, "contract.negative", "average"),
    ],
)
def test_nothing_missing_is_skipped_and_nothing_unknown_is_paid(
    counts: Mapping[str, int], message: str, group: str
) -> None:
    """Days and hours alike."""
    with pytest.raises(BlockedError) as other:
        capitation(TENDER, TENDERED, counts, 2019, 3)
    with pytest.raises(BlockedError) as caught:
        outcome_pay(TENDER, TENDERED, counts)
    for raised in (other, caught):
        assert raised.value.message == message
        assert raised.value.values["group"] == group
        for language in Language:
            assert group in words(language).error(raised.value).text


def test_a_blank_price_is_not_zero() -> None:
    """Without the price there is no invoice."""
    with pytest.raises(BlockedError) as caught:
        outcome_pay(TENDER, {"capitation": Decimal(42)}, dict.fromkeys(GROUPS, 1))
    assert caught.value.message == "contract.price-missing"
    assert caught.value.values == {"price": "outcome"}
    tender, tendered = per_group(easy="31.11", average="42.22")
    with pytest.raises(BlockedError) as caught:
        capitation(tender, tendered, dict.fromkeys(GROUPS, 1), 2019, 3)
    assert caught.value.values == {"price": "capitation.hard"}


def test_a_group_without_a_weight_stops() -> None:
    """An unannounced weight of 1 would be an unannounced price."""
    part = replace(TENDER.prices.capitation, weights={"easy": Decimal(1)})
    with pytest.raises(BlockedError) as caught:
        unit_price(part, TENDERED, "capitation", "hard")
    assert caught.value.message == "contract.weight-missing"


def test_a_float_is_refused() -> None:
    """Not even by accident."""
    with pytest.raises(TypeError):
        outcome_pay(TENDER, TENDERED, {"easy": 0.1, "average": 1, "hard": 1})  # type: ignore[dict-item]


# ---- what holds for every invoice -------------------------------------------------------------------------------


@given(capitation_price=prices, client_days=days, month=st.integers(1, 12))
def test_printed_lines_add_up_and_are_never_negative(
    capitation_price: Decimal, client_days: dict[str, int], month: int
) -> None:
    """The sum is the sum of what is printed; every amount has whole cents."""
    lines = capitation(TENDER, {"capitation": capitation_price}, client_days, 2019, month)
    assert total(lines) == sum(Decimal(str(line.amount)) for line in lines)
    assert all(line.amount >= 0 and line.amount.as_tuple().exponent == -2 for line in lines)


@given(outcome_price=outcome_prices, worked=hours)
def test_every_line_is_the_nearest_cent_half_up(outcome_price: Decimal, worked: dict[str, Decimal]) -> None:
    """At most half a cent away, and a tie never goes down."""
    for line in outcome_pay(TENDER, {"outcome": outcome_price}, worked):
        away = Fraction(line.amount) - Fraction(line.unit_price) * line.quantity
        assert Fraction(-1, 200) < away <= Fraction(1, 200)


@given(price=prices, client_days=days)
def test_more_days_never_cost_less(price: Decimal, client_days: dict[str, int]) -> None:
    """Rounding does not turn the order around."""
    more = {group: count + 1 for group, count in client_days.items()}
    less_pay, more_pay = (capitation(TENDER, {"capitation": price}, d, 2019, 3) for d in (client_days, more))
    assert all(a.amount <= b.amount for a, b in zip(less_pay, more_pay, strict=True))


@given(worked=hours)
def test_the_order_of_the_input_does_not_matter(worked: dict[str, Decimal]) -> None:
    """Lines come in the order of the tender."""
    backwards = dict(reversed(worked.items()))
    lines = outcome_pay(TENDER, TENDERED, worked)
    assert lines == outcome_pay(TENDER, TENDERED, backwards)
    assert tuple(line.group for line in lines) == GROUPS


@given(numbers=st.lists(st.integers(0, 10**9), max_size=3), rate=st.decimals(0, 30, places=1))
def test_vat_is_the_nearest_cent(numbers: list[int], rate: Decimal) -> None:
    """Gross is net and VAT, nothing else."""
    line = outcome_pay(TENDER, TENDERED, dict.fromkeys(GROUPS, 0))[0]
    lines = [replace(line, amount=Decimal(number).scaleb(-2)) for number in numbers]
    foot = invoice_total(lines, rate)
    assert foot.gross == foot.net + foot.vat
    assert abs(Fraction(foot.vat) - Fraction(foot.net) * Fraction(rate) / 100) <= Fraction(1, 200)
