"""Walks through the tree of award criteria with the path of every node, as findings name it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tender.model.criteria import AwardModel, Criterion, CriterionKind

ROOT = "award.criteria"
"""Path of the top criteria."""

FULL = Decimal(100)
"""Points of the whole tree, and percent of a whole."""


def nodes(criteria: tuple[Criterion, ...], path: str = ROOT) -> Iterator[tuple[str, Criterion]]:
    """Every criterion below `path` with its own path, parents first."""
    for index, criterion in enumerate(criteria):
        here = f"{path}[{index}]"
        yield here, criterion
        yield from nodes(criterion.criteria, f"{here}.criteria")


def leaves(award: AwardModel, kind: CriterionKind | None = None) -> Iterator[tuple[str, Criterion]]:
    """Every criterion that earns points with its path, or only those of `kind`."""
    for path, criterion in nodes(award.criteria):
        if criterion.kind is not CriterionKind.BRANCH and kind in {None, criterion.kind}:
            yield path, criterion


def quality_weight(award: AwardModel) -> Decimal:
    """Sum of the weights of the quality criteria."""
    return sum((leaf.weight for _, leaf in leaves(award, CriterionKind.QUALITY)), Decimal(0))
