"""The comparison: every way at every threshold, by risk and by how far a bidder's revenue moves; exact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tender.annexes.comparing.detail import detail
from tender.annexes.comparing.scenes import Scene
from tender.annexes.comparing.variants import (
    THRESHOLDS,
    Method,
    Terms,
    Variant,
    rounded,
    suppressed,
    untouched,
)
from tender.annexes.comparing.volumes import Layout, Values, volume
from tender.annexes.comparing.worth import Costs, Rates, Worth, moved, total, worth

Tell = Callable[[Method, int], None]
"""Told before each trial: the way and the threshold."""


@dataclass(frozen=True, slots=True)
class Move:
    """How far one sum of money moves when it is reckoned from protected tables.

    Attributes:
        true: Reckoned from the true counts.
        seen: Reckoned from what is published.
    """

    true: Fraction
    seen: Fraction

    @property
    def share(self) -> Fraction:
        """The difference as a share of the true sum."""
        return moved(self.true, self.seen)


@dataclass(frozen=True, slots=True)
class Trial:
    """One way at one threshold, with what it does to a price.

    Attributes:
        variant: The way, tried.
        groups: Expected revenue of each risk group.
        whole: Expected revenue of all groups together.
        detail: The share by which capitation moves in detail (`tender.annexes.comparing.detail`).
        place: The place and group whose revenue moves farthest, by its share; ``None`` where there are no places.
    """

    variant: Variant
    groups: Mapping[str, Move]
    whole: Move
    detail: Fraction
    place: tuple[str, str, Move] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All trials on the same tables.

    Attributes:
        layout: Where a bidder finds its volumes.
        trials: The trials, the untouched tables first at each threshold.
    """

    layout: Layout
    trials: tuple[Trial, ...]


def compared(
    scene: Scene, rates: Mapping[str, Rates], terms: Terms, tell: Tell, thresholds: Sequence[int] = THRESHOLDS
) -> Comparison:
    """Every way at every threshold.

    Args:
        scene: The tables.
        rates: Prices of each risk group.
        terms: On what terms.
        tell: Told before each trial.
        thresholds: The thresholds.

    Raises:
        BlockedError: The tables cannot be protected at a threshold.
        SolverError: A result fails its exact check.
    """
    layout = scene.layout
    plain = untouched(scene.lots(thresholds[0]), thresholds[0]).values
    trials = [
        _trial(variant, plain, layout, rates)
        for threshold in thresholds
        for variant in _all(scene, threshold, terms, tell)
    ]
    return Comparison(layout, tuple(trials))


def _all(scene: Scene, threshold: int, terms: Terms, tell: Tell) -> Iterable[Variant]:
    lots = scene.lots(threshold)
    yield untouched(lots, threshold)
    tell(Method.SUPPRESS, threshold)
    yield suppressed(lots, threshold, terms)
    tell(Method.ROUND, threshold)
    yield rounded(lots, threshold, terms)
    tell(Method.COARSEN, threshold)
    coarse, merges = scene.coarser(threshold)
    yield suppressed(coarse.lots(threshold), threshold, terms, merges)


def _trial(variant: Variant, plain: Values, layout: Layout, rates: Mapping[str, Rates]) -> Trial:
    true, seen = (worths(values, layout, rates, Costs(), layout.all_places) for values in (plain, variant.values))
    groups = {group: Move(true[group].revenue, seen[group].revenue) for group in layout.groups}
    whole = Move(total(true).revenue, total(seen).revenue)
    moved_in_detail = detail(variant.values, plain, layout, rates, variant.merges)
    return Trial(variant, groups, whole, moved_in_detail, _farthest(variant.values, plain, layout, rates))


def _farthest(
    values: Values, plain: Values, layout: Layout, rates: Mapping[str, Rates]
) -> tuple[str, str, Move] | None:
    moves = [
        (place, group, Move(true.revenue, seen[group].revenue))
        for place in layout.places[1:]
        for seen in (worths(values, layout, rates, Costs(), place),)
        for group, true in worths(plain, layout, rates, Costs(), place).items()
    ]
    return max(moves, key=lambda found: abs(found[2].share), default=None)


def worths(
    values: Values, layout: Layout, rates: Mapping[str, Rates], costs: Costs, place: str
) -> dict[str, Worth]:  # fmt: skip
    """What each risk group is worth in one place."""
    return {group: worth(volume(values, layout, place, group), rates[group], costs) for group in layout.groups}
