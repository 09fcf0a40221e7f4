"""How the evaluators judged: severity, agreement, outliers, order. Exact fractions; information only, never points.

Levels are compared by their place on the announced scale, from 0 upwards, so that criteria with other numbers of levels
can be taken together. Only cells that at least two judges gave a level count: a skipped one is not a zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from statistics import median

from evaluation.award.panel.board import Board
from tender.model.panel import Cell

Places = Mapping[Cell, Mapping[str, int]]
"""Place on the scale by cell and evaluator."""

OUTLIER_STEPS = 2
"""From how many steps of the scale a level apart from the others' median is shown as an outlier."""


@dataclass(frozen=True, slots=True)
class Outlier:
    """A level far from the others'.

    Attributes:
        evaluator: Id of the evaluator.
        cell: Bidder and criterion.
        place: Place of the level on the scale.
        others: Median place of the others.
    """

    evaluator: str
    cell: Cell
    place: int
    others: Fraction


@dataclass(frozen=True, slots=True)
class Figures:
    """How the evaluators judged.

    Attributes:
        severity: By evaluator: mean of own place minus the others' mean; below zero is severer than the others.
        kappa: By pair: Cohen's kappa with quadratic weights; ``None`` where chance alone explains nothing to differ.
        alpha: Krippendorff's alpha with squared distances; ``None`` when all levels are the same or there are too few.
        ordinal_alpha: The same with his ordinal distances.
        outliers: Levels far from the others' median.
        drift: By evaluator: how much milder the later half of the work is than the earlier half, set against the
            others; ``None`` with too few levels.
        cells: How many cells were judged by two or more.
    """

    severity: Mapping[str, Fraction]
    kappa: Mapping[tuple[str, str], Fraction | None]
    alpha: Fraction | None
    ordinal_alpha: Fraction | None
    outliers: tuple[Outlier, ...]
    drift: Mapping[str, Fraction | None]
    cells: int


def figures_of(board: Board) -> Figures:
    """How the judges of `board` judged."""
    places = _places(board)
    names = tuple(one.id for one in board.judges)
    values = [tuple(given.values()) for given in places.values()]
    return Figures(
        severity={name: _mean(_deviations(places, name).values()) for name in names if _deviations(places, name)},
        kappa={(one, other): weighted_kappa(_pairs(places, one, other)) for one, other in combinations(names, 2)},
        alpha=krippendorff(values),
        ordinal_alpha=krippendorff(values, ordinal=True),
        outliers=_outliers(places),
        drift={name: _drift(board, places, name) for name in names},
        cells=len(places),
    )


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> Fraction | None:
    """Cohen's kappa with quadratic weights (Cohen 1968), exact; ``None`` when chance would make no difference.

    >>> weighted_kappa([(1, 1), (2, 2), (3, 2), (1, 2)])
    Fraction(3, 7)
    """
    if not pairs:
        return None
    seen = sum(((one - other) ** 2 for one, other in pairs), 0) * len(pairs)
    chance = sum((one - other) ** 2 for one, _ in pairs for _, other in pairs)
    return 1 - Fraction(seen, chance) if chance else None


def krippendorff(units: Iterable[Sequence[int]], *, ordinal: bool = False) -> Fraction | None:
    """Krippendorff's alpha (2011) of `units`, each the values that its observers gave; exact.

    Args:
        units: Values by unit; units with fewer than two values say nothing and are left out.
        ordinal: Distances by how many values lie between, instead of squared differences.

    Returns:
        1 for full agreement, 0 for chance; ``None`` when all values are the same or there is no pair.
    """
    paired = [tuple(unit) for unit in units if len(unit) > 1]
    totals = Counter(value for unit in paired for value in unit)
    count = sum(totals.values())
    distance = _distances(totals, ordinal=ordinal)
    seen = sum(
        (Fraction(sum(distance[one, other] for one in unit for other in unit), len(unit) - 1) for unit in paired),
        Fraction(0),
    )
    chance = sum(totals[one] * totals[other] * distance[one, other] for one in totals for other in totals)
    return 1 - (count - 1) * seen / chance if chance else None


def _distances(totals: Mapping[int, int], *, ordinal: bool) -> dict[tuple[int, int], Fraction]:
    """Squared distance of every two values."""
    if not ordinal:
        return {(one, other): Fraction((one - other) ** 2) for one in totals for other in totals}
    found = {}
    for one in totals:
        for other in totals:
            low, high = min(one, other), max(one, other)
            between = sum(totals[value] for value in totals if low <= value <= high)
            found[one, other] = (between - Fraction(totals[one] + totals[other], 2)) ** 2 if one != other else 0
    return {pair: Fraction(value) for pair, value in found.items()}


def _places(board: Board) -> dict[Cell, dict[str, int]]:
    """Places on the scale, of the cells that two or more judged."""
    found = {}
    for cell in board.cells:
        leaf, levels = board.criterion(cell[1]), board.levels_at(cell)
        if leaf is not None and len(levels) > 1:
            scale = sorted(step.value for step in leaf.scale)
            found[cell] = {who: scale.index(level) for who, level in levels.items() if level in scale}
    return found


def _pairs(places: Places, one: str, other: str) -> list[tuple[int, int]]:
    return [(given[one], given[other]) for given in places.values() if one in given and other in given]


def _deviations(places: Places, name: str) -> dict[Cell, Fraction]:
    """Own place minus the mean of the others, by cell."""
    found = {}
    for cell, given in places.items():
        others = [place for who, place in given.items() if who != name]
        if name in given and others:
            found[cell] = given[name] - Fraction(sum(others), len(others))
    return found


def _outliers(places: Places) -> tuple[Outlier, ...]:
    found = []
    for cell, given in places.items():
        for who, place in given.items():
            others = [Fraction(each) for name, each in given.items() if name != who]
            middle = Fraction(median(others)) if others else Fraction(place)
            if abs(place - middle) >= OUTLIER_STEPS:
                found.append(Outlier(who, cell, place, middle))
    return tuple(found)


def _drift(board: Board, places: Places, name: str) -> Fraction | None:
    """Mean deviation of the later half minus that of the earlier half, in the order in which levels first came."""
    deviations = _deviations(places, name)
    first = {score.cell: score.stamp.event for score in reversed(board.panel.scores) if score.evaluator == name}
    order = sorted(deviations, key=lambda cell: (first[cell], cell))
    half = len(order) // 2
    if not half:
        return None
    return _mean(deviations[cell] for cell in order[-half:]) - _mean(deviations[cell] for cell in order[:half])


def _mean(values: Iterable[Fraction]) -> Fraction:
    found = list(values)
    return sum(found, Fraction(0)) / len(found)
