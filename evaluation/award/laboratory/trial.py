"""A formula put on trial: its weight, its parameters and a row of prices, and the points that it gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from evaluation.award.formulas import FORMULAS, Formula, Given
from evaluation.award.formulas.field import Field
from evaluation.award.formulas.formula import Outcome, points_or_refusal
from tender.errors import UsageError


@dataclass(frozen=True, slots=True)
class Trial:
    """A formula with everything that it needs but a field.

    Attributes:
        formula: The formula.
        frame: Weight, parameters and scale; its value and field are filled in for each price.
    """

    formula: Formula
    frame: Given

    @property
    def weight(self) -> Fraction:
        """Most points."""
        return self.frame.weight

    def outcomes(self, prices: tuple[Fraction | None, ...]) -> tuple[Outcome, ...]:
        """Points or a refusal for each of `prices` in their own order; a blank is ``None``."""
        return tuple(points_or_refusal(self.formula, self.frame, price, prices) for price in prices)

    def points(self, price: Fraction, others: tuple[Fraction, ...]) -> Fraction | None:
        """Points of `price` among `others`; ``None`` when the formula refuses."""
        return points_or_refusal(self.formula, self.frame, price, (price, *others)).points

    def all_points(self, prices: Field) -> tuple[Fraction, ...]:
        """Points of every price of a large field, summed up once.

        Raises:
            RefusedError: The formula is not defined for one of them.
        """
        return tuple(self.formula.points(replace(self.frame, value=price, field=prices)) for price in prices)


def trial(
    formula_id: str,
    weight: Fraction,
    announced: Mapping[str, Fraction],
    scale: tuple[tuple[Fraction, Fraction], ...] = (),
) -> Trial:
    """The formula with `formula_id` on trial; an id without a version means the newest.

    Raises:
        UsageError: There is no such formula, or a parameter is unknown or missing.
    """
    formula = FORMULAS.get(formula_id) or _newest(formula_id)
    if formula is None:
        raise UsageError("laboratory.formula-unknown", found=formula_id, known=", ".join(FORMULAS))
    names = [one.id for one in formula.parameters]
    unknown = [name for name in announced if name not in names]
    if unknown:
        raise UsageError("laboratory.parameter-unknown", formula=formula_id, found=unknown[0], known=_listed(names))
    usual = {one.id: one.usual for one in formula.parameters if one.usual is not None}
    missing = [name for name in names if name not in announced and name not in usual]
    if missing:
        raise UsageError("laboratory.parameter-missing", formula=formula_id, missing=", ".join(missing))
    return Trial(formula, Given(weight, Fraction(0), (), {**usual, **announced}, tuple(sorted(scale))))


def _newest(name: str) -> Formula | None:
    """The newest version of the formula that `name` calls without a version."""
    versions = {int(one.partition("@")[2]): one for one in FORMULAS if one.partition("@")[0] == name}
    return FORMULAS[versions[max(versions)]] if versions else None


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "–"
