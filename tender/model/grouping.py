"""How a client comes into a risk group (A6): a points table, or a logistic model, declared whole in the tender.

Both give a likelihood of finding open work within the horizon; the group is the one whose lowest likelihood is the
highest that the client's likelihood reaches. Nothing else decides, so anybody can repeat it from the published table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tender.language import Text


class GroupingMethod(StrEnum):
    """How points become a likelihood."""

    POINTS = "points"
    """Whole points are added up; a declared scale gives the likelihood of each sum."""
    LOGISTIC = "logistic"
    """Coefficients are added to an intercept; the logistic function gives the likelihood."""


@dataclass(frozen=True, slots=True)
class FactorCategory:
    """One category of a factor.

    Attributes:
        code: Short id within the factor.
        name: Its words.
        points: Its points, whole ones in a points table; the coefficient in a logistic model.
        values: Values of the register's column that belong to it.
        least: Smallest whole number of the register's column that belongs to it, up to the next category's.
        blank: Whether an empty value belongs to it; without such a category an empty value is an error.
    """

    code: str
    name: Text
    points: Decimal
    values: tuple[str, ...] = ()
    least: int | None = None
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that is known of a client at entry and that the grouping uses.

    Attributes:
        id: Short id.
        name: Its words.
        column: Column of the register that holds it.
        categories: Its categories.
    """

    id: str
    name: Text
    column: str
    categories: tuple[FactorCategory, ...]

    @property
    def numeric(self) -> bool:
        """Whether its column holds whole numbers."""
        return any(category.least is not None for category in self.categories)


@dataclass(frozen=True, slots=True)
class ScaleStep:
    """The likelihood from a sum of points up to the next step.

    Attributes:
        points: Smallest sum.
        likelihood: Likelihood of finding open work within the horizon, per cent.
    """

    points: int
    likelihood: Decimal


@dataclass(frozen=True, slots=True)
class Grouping:
    """The grouping of clients; a client's group is reckoned once, at entry, and frozen.

    Attributes:
        method: Points table or logistic model.
        factors: The factors.
        limits: Lowest likelihood of each risk group, per cent; that of the last group is 0.
        horizon: Months within which open work must be found.
        scale: Likelihood by sum of points; points table only.
        intercept: What coefficients are added to; logistic model only.
        decimals: Decimals to which a logistic likelihood in per cent is rounded half-up before the group is taken.
    """

    method: GroupingMethod
    factors: tuple[Factor, ...]
    limits: Mapping[str, Decimal]
    horizon: int = 6
    scale: tuple[ScaleStep, ...] = ()
    intercept: Decimal | None = None
    decimals: int = 1

    @property
    def lowest(self) -> Decimal:
        """The smallest sum that anybody can have."""
        return self._sum(min(category.points for category in factor.categories) for factor in self.factors)

    @property
    def highest(self) -> Decimal:
        """The largest sum that anybody can have."""
        return self._sum(max(category.points for category in factor.categories) for factor in self.factors)

    def group_at(self, likelihood: Decimal) -> str:
        """The group with the highest limit that `likelihood` reaches; the one with the lowest limit otherwise."""
        reached = [group for group, limit in self.limits.items() if limit <= likelihood]
        if not reached:
            return min(self.limits, key=lambda group: self.limits[group])
        return max(reached, key=lambda group: self.limits[group])

    def _sum(self, points: Iterable[Decimal]) -> Decimal:
        return sum(points, self.intercept or Decimal(0))
