"""Points as lines in the weights: what each bid would have at other weights, unrounded and exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from evaluation.award.formulas.field import Field
from evaluation.award.robustness.contest import Contest
from evaluation.award.scoring import formula_of, price_given, quality_given
from tender.model.criteria import Criterion, CriterionKind
from tender.money import exact

Weights = Mapping[str, Fraction]
"""Weight of each leaf criterion; they sum to that of the whole tree."""


@dataclass(frozen=True, slots=True)
class Line:
    """Points of one bid on one criterion: ``base + slope · weight``; the base is zero for all formulas but money's.

    Attributes:
        base: Points at weight zero.
        slope: Points for each point of weight.
    """

    base: Fraction
    slope: Fraction

    def at(self, weight: Fraction) -> Fraction:
        """Points at `weight`."""
        return self.base + self.slope * weight


BidLines = dict[str, dict[str, Line]]
"""Lines by bidder and criterion."""


def lines_of(contest: Contest) -> BidLines:
    """The lines of every acceptable bid, from its formulas at the announced weight and at twice it.

    The announced minimum of quality is judged by the recorded points.
    """
    values = contest.values
    acceptable = contest.acceptable(contest.sheet)
    found: BidLines = {bidder: {} for bidder in acceptable}
    for leaf in contest.tender.award.leaves():
        field = Field(sorted(row[leaf.id] for row in values.values()))
        for bidder in acceptable:
            found[bidder][leaf.id] = _line(contest, leaf, values[bidder][leaf.id], field)
    return found


def announced(contest: Contest) -> dict[str, Fraction]:
    """The announced weights."""
    return {leaf.id: exact(leaf.weight) for leaf in contest.tender.award.leaves()}


def totals(lines: BidLines, weights: Weights) -> dict[str, Fraction]:
    """Total points of every bid at `weights`."""
    return {
        bidder: sum((line.at(weights[name]) for name, line in row.items()), Fraction(0))
        for bidder, row in lines.items()
    }


def _line(contest: Contest, leaf: Criterion, value: Fraction, field: Field) -> Line:
    formula, weight = formula_of(leaf), exact(leaf.weight)
    if leaf.kind is CriterionKind.PRICE:
        given = price_given(contest.tender, leaf, value, field)
    else:
        given = quality_given(contest.tender, leaf, int(value), field)
    if not weight:
        return Line(Fraction(0), Fraction(0))
    once, twice = formula.points(given), formula.points(replace(given, weight=2 * weight))
    return Line(2 * once - twice, (twice - once) / weight)
