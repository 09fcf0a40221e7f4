"""The points, likelihood and group of one client, with every intermediate number.

Everything is exact: whole points are added, or decimal coefficients to which the logistic function is applied in
decimal arithmetic of `PRECISION` digits. A blank is never zero: it belongs to a declared category or is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal

from tender.errors import InputError, Place
from tender.model.grouping import Factor, FactorCategory, Grouping, GroupingMethod
from tender.money import round_half_up

PRECISION = 28
"""Significant digits of the logistic function, rounded half to even, as ``decimal.Context(prec=28)`` gives them."""

_STEEPEST = 500
"""Beyond ± this sum the likelihood is 0 or 100 to more digits than anybody declares."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """What the register says of one client at entry.

    Attributes:
        place: Where it stands: the file and its line.
        values: Values of the register's columns as text; a blank is an empty text.
        found: Whether open work was found within the horizon; ``None`` when the client was not followed that long.
        group: The group that the register names; empty when it names none.
        client: The register's id of the client; empty when it has none. It never leaves the private folders.
        entered: The day of entry; ``None`` when it is not known.
    """

    place: Place
    values: Mapping[str, str]
    found: bool | None = None
    group: str = ""
    client: str = ""
    entered: date | None = None


@dataclass(frozen=True, slots=True)
class FactorLine:
    """One factor of a client's points.

    Attributes:
        factor: The factor.
        value: What the register says; empty for a blank.
        category: The category that it belongs to.
    """

    factor: Factor
    value: str
    category: FactorCategory


@dataclass(frozen=True, slots=True)
class Working:
    """How a client came into a group.

    Attributes:
        lines: Each factor with its points.
        total: Sum of the points; with a logistic model of the coefficients and the intercept.
        likelihood: Likelihood of finding open work within the horizon, per cent.
        group: Id of the group.
    """

    lines: tuple[FactorLine, ...]
    total: Decimal
    likelihood: Decimal
    group: str


def worked(grouping: Grouping, entrant: Entrant) -> Working:
    """The group of `entrant` with its working.

    Raises:
        InputError: A value is blank, or belongs to no category; the message names row and column.
    """
    lines = tuple(_line(factor, entrant) for factor in grouping.factors)
    return worked_from(grouping, lines)


def worked_from(grouping: Grouping, lines: tuple[FactorLine, ...]) -> Working:
    """The group that the categories in `lines` give."""
    total = sum((line.category.points for line in lines), grouping.intercept or Decimal(0))
    likelihood = likelihood_of(grouping, total)
    return Working(lines, total, likelihood, grouping.group_at(likelihood))


def _line(factor: Factor, entrant: Entrant) -> FactorLine:
    if factor.column not in entrant.values:
        raise InputError("annex.group-column", place=entrant.place, file=entrant.place.file, column=factor.column)
    value = entrant.values[factor.column].strip()
    category = category_of(factor, value)
    if category is None:
        rule = "annex.group-value" if value else "annex.group-blank"
        known = ", ".join(known_values(factor))
        raise InputError(rule, place=entrant.place, row=entrant.place, column=factor.column, known=known)
    return FactorLine(factor, value, category)


def category_of(factor: Factor, value: str) -> FactorCategory | None:
    """The category of `factor` that `value` belongs to; ``None`` when it belongs to none.

    A blank belongs to the category that takes blanks. A value that is named belongs where it is named; a whole number
    otherwise to the category with the largest `least` that it reaches.
    """
    if not value:
        return next((category for category in factor.categories if category.blank), None)
    named = next((category for category in factor.categories if value in category.values), None)
    if named is not None or not (value.isascii() and value.isdigit()):
        return named
    reached = [
        category for category in factor.categories if category.least is not None and category.least <= int(value)
    ]
    return max(reached, key=lambda category: category.least or 0, default=None)


def known_values(factor: Factor) -> tuple[str, ...]:
    """What the column of `factor` may hold, as people read it: values, and least whole numbers with a plus sign."""
    named = (value for category in factor.categories for value in category.values)
    numbers = (f"{category.least}+" for category in factor.categories if category.least is not None)
    return (*named, *numbers)


def likelihood_of(grouping: Grouping, total: Decimal) -> Decimal:
    """The likelihood, per cent, that a sum of points (or of coefficients) stands for.

    A sum below the first step of the scale has the likelihood of the first step; a check refuses such a scale.
    """
    if grouping.method is GroupingMethod.LOGISTIC:
        return round_half_up(logistic(total), grouping.decimals)
    reached = [step.likelihood for step in grouping.scale if step.points <= total]
    return reached[-1] if reached else grouping.scale[0].likelihood


def logistic(total: Decimal) -> Decimal:
    """100 / (1 + e^(−total)) to `PRECISION` significant digits.

    >>> logistic(Decimal(0))
    Decimal('50')
    """
    context = Context(prec=PRECISION, rounding=ROUND_HALF_EVEN)
    bounded = min(max(total, Decimal(-_STEEPEST)), Decimal(_STEEPEST))
    return context.divide(Decimal(100), context.add(Decimal(1), context.exp(context.minus(bounded))))
