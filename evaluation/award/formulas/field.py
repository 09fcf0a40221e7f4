"""The field of prices that relative formulas look at: its lowest, highest, mean and median price, reckoned once."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from functools import cached_property

from evaluation.award.formulas.formula import Given, refuse
from evaluation.contract.expressions import number, total
from tender.model.statements import Step


class Field(tuple[Fraction, ...]):
    """Values of all compared bids; a tuple that remembers what it was asked, so that 10⁵ bids stay cheap."""

    @cached_property
    def ordered(self) -> tuple[Fraction, ...]:
        """The values, smallest first."""
        return tuple(sorted(self))

    @cached_property
    def lowest(self) -> Fraction:
        """The smallest value."""
        return min(self)

    @cached_property
    def highest(self) -> Fraction:
        """The largest value."""
        return max(self)

    @cached_property
    def mean(self) -> Fraction:
        """The arithmetic mean."""
        return sum(self, Fraction(0)) / len(self)

    @cached_property
    def median(self) -> Fraction:
        """The middle value; of an even number of values the mean of the two in the middle."""
        middle = len(self) // 2
        if len(self) % 2:
            return self.ordered[middle]
        return (self.ordered[middle - 1] + self.ordered[middle]) / 2

    def below(self, value: Fraction) -> int:
        """How many values are smaller than `value`."""
        return bisect_left(self.ordered, value)


def summary(values: tuple[Fraction, ...]) -> Field:
    """`values` as a field that remembers; the same object when it already is one."""
    return values if isinstance(values, Field) else Field(values)


def checked_field(formula: str, given: Given) -> Field:
    """The field of `given`, when `formula` can be applied to it.

    Raises:
        RefusedError: There are no bids, one is negative, or the bid's own value lies outside the field.
    """
    field = summary(given.field)
    if not field:
        raise refuse(formula, "formula-refusal.no-bids")
    if field.lowest < 0:
        raise refuse(formula, "formula-refusal.negative-price")
    if given.value < field.lowest:
        raise refuse(formula, "formula-refusal.below-lowest")
    if given.value > field.highest:
        raise refuse(formula, "formula-refusal.above-highest")
    return field


def positive_lowest(formula: str, given: Given) -> Fraction:
    """The lowest price of a field in which it must be above zero.

    Raises:
        RefusedError: As `checked_field`, or the lowest price is zero.
    """
    lowest = checked_field(formula, given).lowest
    if lowest == 0:
        raise refuse(formula, "formula-refusal.lowest-not-positive")
    return lowest


def refuse_negative(formula: str, price: Fraction) -> None:
    """Refuse a negative price in a formula that looks at no field.

    Raises:
        RefusedError: `price` is negative.
    """
    if price < 0:
        raise refuse(formula, "formula-refusal.negative-price")


def lowest_step(given: Given) -> Step:
    """The step that names the lowest price of the field."""
    return Step("lowest", f"min({_listed(given)})", summary(given.field).lowest, "eur-year")


def highest_step(given: Given) -> Step:
    """The step that names the highest price of the field."""
    return Step("highest", f"max({_listed(given)})", summary(given.field).highest, "eur-year")


def mean_step(given: Given) -> Step:
    """The step that reckons the mean price of the field."""
    field = summary(given.field)
    return Step("mean", f"({total(field.ordered)}) / {len(field)}", field.mean, "eur-year")


def median_step(given: Given) -> Step:
    """The step that names the middle price of the field, or reckons the mean of the two in the middle."""
    field = summary(given.field)
    middle = len(field) // 2
    left, right = field.ordered[(len(field) - 1) // 2], field.ordered[middle]
    return Step("median", f"({number(left)} + {number(right)}) / 2", field.median, "eur-year")


def _listed(given: Given) -> str:
    return "; ".join(number(price) for price in summary(given.field).ordered)
