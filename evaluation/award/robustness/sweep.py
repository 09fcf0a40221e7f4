"""One weight moves through a range, the others share what is left in their announced proportions: exact breakpoints."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

from evaluation.award.robustness.lines import BidLines, Line, Weights, totals
from evaluation.award.robustness.sets import Award, Sets
from tender.errors import UsageError


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the range on which the same sets win.

    Attributes:
        low: Where it begins.
        high: Where it ends; here the next stretch begins, and both are equal.
        sets: The winning sets; several when they are equal all along.
    """

    low: Fraction
    high: Fraction
    sets: tuple[Award, ...]


def weights_at(announced: Weights, criterion: str, weight: Fraction) -> dict[str, Fraction]:
    """All weights when that of `criterion` is `weight` and the others share the rest in their proportions.

    Raises:
        UsageError: There is no such criterion, or no other that could give way.
    """
    whole = sum(announced.values(), Fraction(0))
    rest = whole - announced.get(criterion, whole)
    if criterion not in announced or not rest:
        raise UsageError("robustness.criterion-unknown", found=criterion, known=", ".join(announced))
    return {name: weight if name == criterion else one * (whole - weight) / rest for name, one in announced.items()}


def sweep(
    lines: BidLines, sets: Sets, announced: Weights, criterion: str, ends: tuple[Fraction, Fraction]
) -> tuple[Stretch, ...]:
    """The winning sets along the range `ends` of the weight of `criterion`, with exact breakpoints.

    Every breakpoint lies where two bids (or, for the largest sum, two sets) have the same points; between two
    neighbouring ones nothing changes, so the middle speaks for the whole stretch.

    Raises:
        UsageError: There is no such criterion, or the range is empty.
        BlockedError: There are too many sets to compare them one by one.
    """
    low, high = ends
    if not 0 <= low < high <= sum(announced.values(), Fraction(0)):
        raise UsageError("robustness.range", criterion=criterion, low=low, high=high)
    moving = _moving(lines, announced, criterion)
    rivals = [_sum(moving, bidders) for bidders in sets.among(moving)] if sets.by_sum else list(moving.values())
    points = _envelope(rivals, low, high) if sets.by_sum else _crossings(rivals, low, high)
    found: list[Stretch] = []
    for left, right in pairwise(points):
        best = sets.best({bidder: line.at((left + right) / 2) for bidder, line in moving.items()})
        if found and found[-1].sets == best:
            found[-1] = Stretch(found[-1].low, right, best)
        else:
            found.append(Stretch(left, right, best))
    return tuple(found)


def _moving(lines: BidLines, announced: Weights, criterion: str) -> dict[str, Line]:
    """Each bid's total as a line in the moving weight."""
    none, full = (totals(lines, weights_at(announced, criterion, Fraction(weight))) for weight in (0, 1))
    return {bidder: Line(none[bidder], full[bidder] - none[bidder]) for bidder in lines}


def _sum(moving: dict[str, Line], bidders: Award) -> Line:
    chosen = [moving[bidder] for bidder in bidders]
    return Line(sum((one.base for one in chosen), Fraction(0)), sum((one.slope for one in chosen), Fraction(0)))


def _envelope(rivals: list[Line], low: Fraction, high: Fraction) -> list[Fraction]:
    """Corners of the upper envelope of `rivals`, the ends included."""
    points, here = [low], low
    best = max(rivals, key=lambda line: (line.at(low), line.slope), default=None)
    while best is not None:
        steeper = [line for line in rivals if line.slope > best.slope]
        meets = [((best.base - line.base) / (line.slope - best.slope), -line.slope, line) for line in steeper]
        following = min(meets, key=lambda one: one[:2], default=None)
        if following is None or following[0] >= high:
            break
        here, best = max(here, following[0]), following[2]
        points.append(here)
    return [*points, high]


def _crossings(rivals: list[Line], low: Fraction, high: Fraction) -> list[Fraction]:
    """Where two of `rivals` are equal within the range, the ends included."""
    found = {
        (one.base - other.base) / (other.slope - one.slope)
        for one, other in combinations(rivals, 2)
        if one.slope != other.slope
    }
    return [low, *sorted(point for point in found if low < point < high), high]
