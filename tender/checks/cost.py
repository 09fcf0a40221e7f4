"""Does the money suffice: the announced volumes at the ends of the price ranges, computed exactly.

Yearly cost at one end = Σ over groups (capitation unit price × client-months + outcome unit price × work hours), where
a unit price is base × weight rounded half-up as the tender says. The highest cost includes the largest bonus and the
options (HL 27, 30).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tender.checks.case import Case, blank, flaw, known
from tender.checks.prices import group_ids, sound
from tender.deadlines.calendar import add_months, months_between
from tender.errors import Finding
from tender.model.framework import MoneySource
from tender.model.prices import PriceForm, PricePart
from tender.model.tender import Tender
from tender.money import cents, exact, round_half_up

MONTHS = 12
"""Months in a year."""

LONGEST_YEARS = 4
"""Years that a framework may last without a reason (HL 42)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What the announced volumes cost.

    Attributes:
        months: Months of production, options left out.
        option_months: Months of the options.
        lowest_year: Euros a year at the lowest prices, without bonus.
        highest_year: Euros a year at the highest prices, with the largest bonus.
    """

    months: Fraction
    option_months: int
    lowest_year: Fraction
    highest_year: Fraction

    @property
    def lowest(self) -> Fraction:
        """Euros of the whole production period at the lowest prices, without options."""
        return self.lowest_year * self.months / MONTHS

    @property
    def highest(self) -> Fraction:
        """Euros at the highest prices, options and bonus included."""
        return self.highest_year * (self.months + self.option_months) / MONTHS


def cost_of(tender: Tender) -> Cost | None:
    """The cost of `tender`, or ``None`` when prices, volumes or period are not sound (other rules say why)."""
    times, groups = tender.timetable, group_ids(tender)
    prices_sound = sound(tender.prices.capitation, groups) and sound(tender.prices.outcome, groups)
    volumes_sound = bool(groups) and all(group.client_months > 0 and group.work_hours > 0 for group in tender.groups)
    period_sound = known(times.production_start) and known(times.production_end) and times.option_months >= 0
    months = months_between(times.production_start, times.production_end)
    if not (prices_sound and volumes_sound and period_sound and months > 0):
        return None
    bonus = tender.bonus_sanction.bonus_cap if tender.bonus_sanction is not None else Decimal(0)
    lowest = _capitation_year(tender, "lowest") + _outcome_year(tender, "lowest")
    highest = _capitation_year(tender, "highest") + _outcome_year(tender, "highest") * (1 + exact(bonus) / 100)
    return Cost(months, times.option_months, lowest, highest)


def _capitation_year(tender: Tender, end: str) -> Fraction:
    part = tender.prices.capitation
    return sum((_unit_price(part, group.id, end) * group.client_months for group in tender.groups), Fraction(0))


def _outcome_year(tender: Tender, end: str) -> Fraction:
    part = tender.prices.outcome
    return sum((_unit_price(part, group.id, end) * group.work_hours for group in tender.groups), Fraction(0))


def _unit_price(part: PricePart, group: str, end: str) -> Fraction:
    if part.form is PriceForm.BASE_TIMES_WEIGHT:
        price = exact(getattr(part.base, end)) * exact((part.weights or {})[group])
    else:
        price = exact(getattr((part.groups or {})[group], end))
    return exact(round_half_up(price, part.unit_decimals))


def value_positive(case: Case) -> Iterator[Finding]:
    """The estimated value is given."""
    value = case.tender.object.estimated_value
    if value <= 0:
        yield flaw("object.value-positive", "object.estimated_value", found=value)


def maximum_given(case: Case) -> Iterator[Finding]:
    """The largest value of the framework is given."""
    value = case.tender.framework.maximum_value
    if value <= 0:
        yield flaw("framework.maximum-value", "framework.maximum_value", found=value)


def value_covers_maximum(case: Case) -> Iterator[Finding]:
    """The estimated value is not below the largest value of the framework."""
    value, most = case.tender.object.estimated_value, case.tender.framework.maximum_value
    if 0 < value < most:
        yield flaw("object.value-below-maximum", "object.estimated_value", found=value, expected=most)


def maximum_suffices(case: Case) -> Iterator[Finding]:
    """The largest value suffices for the forecast: surely at the lowest prices, better at the highest too."""
    most, cost = case.tender.framework.maximum_value, cost_of(case.tender)
    if cost is None or most <= 0:
        return
    field, months = "framework.maximum_value", round_half_up(cost.months, 1)
    if cost.lowest > most:
        values = {"found": most, "expected": cents(cost.lowest), "months": months}
        yield flaw("framework.maximum-below-lowest", field, **values)
    elif cost.highest > most:
        values = {"found": most, "expected": cents(cost.highest), "months": months}
        yield flaw("framework.maximum-below-highest", field, **values, options=cost.option_months)


def ceiling_attainable(case: Case) -> Iterator[Finding]:
    """The yearly ceiling of the selection can be met by somebody: by a tender at the lowest prices at least."""
    ceiling, cost = case.tender.award.selection.yearly_cost_ceiling, cost_of(case.tender)
    if ceiling is not None and cost is not None and ceiling < cost.lowest_year:
        field = "award.selection.yearly_cost_ceiling"
        yield flaw("award.ceiling-below-lowest", field, found=ceiling, expected=cents(cost.lowest_year))


def budget_amounts(case: Case) -> Iterator[Finding]:
    """A budget line has money in it."""
    for index, line in enumerate(case.tender.budget):
        if line.amount <= 0:
            yield flaw("budget.amount", f"budget[{index}].amount", found=line.amount, year=line.year)


def budget_years(case: Case) -> Iterator[Finding]:
    """Every year of production has money for the purchase, enough for the lowest prices."""
    bought = [line for line in case.tender.budget if line.source is MoneySource.PURCHASE]
    cost = cost_of(case.tender)
    if not bought or cost is None or any(line.amount <= 0 for line in bought):
        return
    times = case.tender.timetable
    for year in range(times.production_start.year, times.production_end.year + 1):
        amounts = [line.amount for line in bought if line.year == year]
        need = cents(cost.lowest_year * _months_in(year, times.production_start, times.production_end) / MONTHS)
        if not amounts:
            yield flaw("budget.year-missing", "budget", year=year, expected=need)
        elif sum(amounts) < need:
            yield flaw("budget.below-lowest", "budget", year=year, found=sum(amounts), expected=need)


def _months_in(year: int, first: date, last: date) -> Fraction:
    return months_between(max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))


def duration(case: Case) -> Iterator[Finding]:
    """A framework lasts four years at most, options included, unless the tender says why longer."""
    times, reason = case.tender.timetable, case.tender.framework.duration_reason
    if not known(times.production_start) or not known(times.production_end) or times.option_months < 0:
        return
    months = months_between(times.production_start, times.production_end) + times.option_months
    if months > LONGEST_YEARS * MONTHS and blank(reason):
        ends = add_months(times.production_end, times.option_months)
        yield flaw("framework.duration", "framework.duration_reason", found=round_half_up(months, 1), ends=ends)


COST = (
    value_positive,
    maximum_given,
    value_covers_maximum,
    maximum_suffices,
    ceiling_attainable,
    budget_amounts,
    budget_years,
    duration,
)
"""The rules of this file."""
