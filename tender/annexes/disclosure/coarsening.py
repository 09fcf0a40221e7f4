"""Coarsening proposals: which categories to merge so that fewer counts are small, before anything is hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from tender.annexes.disclosure.building import Branch, Dimension
from tender.annexes.disclosure.tables import At


@dataclass(frozen=True, slots=True)
class Merge:
    """Two categories of one dimension that would become one.

    Attributes:
        dimension: The dimension.
        codes: The two categories; a merged one is named by its parts, joined with ``+``.
        before: Small counts before the merge.
        after: Small counts after it.
        lost: Counts that the merge takes out of the tables.
    """

    dimension: str
    codes: tuple[str, str]
    before: int
    after: int
    lost: int

    @property
    def code(self) -> str:
        """Name of the merged category."""
        return "+".join(self.codes)


def proposals(
    dimensions: Sequence[Dimension], counts: Mapping[At, int], threshold: int, ordered: Collection[str] = ()
) -> tuple[Merge, ...]:
    """Merges, each made after the ones before it, that rid the tables of most small counts for each count lost.

    Args:
        dimensions: The coordinates with their hierarchies; only parts of the same sum are merged.
        counts: Count by coordinates, totals among them or not.
        threshold: Counts of 1 to threshold − 1 are small.
        ordered: Dimensions whose categories have an order (age, duration): only neighbours are merged.
    """
    axes, table = list(dimensions), dict(counts)
    found: list[Merge] = []
    while True:
        before = _small(table, threshold)
        choices = [
            (axis, branch, Merge(dimension.name, pair, before, _small(fewer, threshold), len(table) - len(fewer)))
            for axis, dimension in enumerate(axes)
            for branch, pair in _pairs(dimension, ordered=dimension.name in ordered)
            for fewer in (merged(table, axis, pair),)
        ]
        useful = [choice for choice in choices if choice[2].after < before]
        if not useful:
            return tuple(found)
        axis, _, best = min(useful, key=lambda choice: _loss(choice[2]))
        table = merged(table, axis, best.codes)
        axes[axis] = narrowed(axes[axis], best)
        found.append(best)


def _loss(merge: Merge) -> tuple[float, int, str]:
    """Counts lost for each small count that goes, then by name."""
    return merge.lost / (merge.before - merge.after), merge.after, merge.code


def _small(table: Mapping[At, int], threshold: int) -> int:
    return sum(0 < value < threshold for value in table.values())


def _pairs(dimension: Dimension, *, ordered: bool) -> Iterator[tuple[Branch, tuple[str, str]]]:
    """Pairs of parts of one sum that are no sums themselves; two parts that are all of a sum stay apart."""
    parents = {branch.parent for branch in dimension.branches}
    for branch in dimension.branches:
        parts = [part for part in branch.parts if part not in parents]
        if len(branch.parts) > 2:  # noqa: PLR2004 - merging both of two would only repeat their sum
            for pair in pairwise(parts) if ordered else combinations(parts, 2):
                yield branch, pair


def merged(table: Mapping[At, int], axis: int, pair: tuple[str, str]) -> dict[At, int]:
    """The counts of `table` with two categories of one dimension as one."""
    found: dict[At, int] = {}
    for at, value in table.items():
        code = "+".join(pair) if at[axis] in pair else at[axis]
        place = (*at[:axis], code, *at[axis + 1 :])
        found[place] = found.get(place, 0) + value
    return found


def narrowed(dimension: Dimension, merge: Merge) -> Dimension:
    """`dimension` with the two categories of `merge` as one."""
    branches = tuple(
        Branch(
            branch.parent, tuple(dict.fromkeys(merge.code if part in merge.codes else part for part in branch.parts))
        )
        for branch in dimension.branches
    )
    return Dimension(dimension.name, dimension.root, branches, dimension.listed)
