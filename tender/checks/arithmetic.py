"""Do the numbers of the award add up: weights, scales, minimum levels, rounding."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from tender.checks.case import Case, flaw
from tender.checks.tree import FULL, ROOT, leaves, nodes, quality_weight
from tender.errors import Finding
from tender.model.criteria import Criterion, CriterionKind, Level

MOST_DECIMALS = 6
"""More decimals than anybody rounds to; a larger number is a slip."""

ROUND = 5
"""Weights are mostly multiples of this; so we guess which one slipped, and point at it."""


def weight_positive(case: Case) -> Iterator[Finding]:
    """Every criterion has a weight above zero."""
    for path, criterion in nodes(case.tender.award.criteria):
        if criterion.weight <= 0:
            yield flaw("award.weight-positive", f"{path}.weight", found=criterion.weight)


def weights_sum(case: Case) -> Iterator[Finding]:
    """The top criteria sum to 100, sub-criteria to their branch; one slip gives one finding."""
    yield from _sums(case.tender.award.criteria, FULL, ROOT, "award.weights-sum")


def _sums(criteria: tuple[Criterion, ...], expected: Decimal, path: str, rule: str) -> Iterator[Finding]:
    if not criteria:
        return
    total = _total(criteria)
    culprit = None
    if total != expected and all(criterion.weight > 0 for criterion in criteria):
        culprit = _branch_at_fault(criteria, expected - total)
        at = _likely_slip(criteria, expected - total) if culprit is None else culprit
        yield flaw(rule, f"{path}[{at}].weight", found=total, expected=expected)
    for index, branch in enumerate(criteria):
        if branch.kind is CriterionKind.BRANCH and branch.weight > 0:
            below = _total(branch.criteria) if index == culprit else branch.weight
            yield from _sums(branch.criteria, below, f"{path}[{index}].criteria", "award.sub-weights-sum")


def _total(criteria: tuple[Criterion, ...]) -> Decimal:
    return sum((criterion.weight for criterion in criteria), Decimal(0))


def _branch_at_fault(criteria: tuple[Criterion, ...], missing: Decimal) -> int | None:
    """Index of the branch whose own sub-criteria say that its weight should be `missing` more; ``None`` without one."""
    for index, branch in enumerate(criteria):
        if branch.criteria and _total(branch.criteria) - branch.weight == missing:
            return index
    return None


def _likely_slip(criteria: tuple[Criterion, ...], missing: Decimal) -> int:
    """Index of the only weight that would be round again with what is missing, else of the last one."""
    round_again = [index for index, each in enumerate(criteria) if (each.weight + missing) % ROUND == 0]
    return round_again[0] if len(round_again) == 1 else len(criteria) - 1


def weights_hold(case: Case) -> bool:
    """Whether all weights add up, for rules that rest on them."""
    return not any((*weight_positive(case), *weights_sum(case), *tree_shape(case)))


def tree_shape(case: Case) -> Iterator[Finding]:
    """A branch has sub-criteria, and nothing else has."""
    for path, criterion in nodes(case.tender.award.criteria):
        is_branch = criterion.kind is CriterionKind.BRANCH
        if is_branch and not criterion.criteria:
            yield flaw("award.branch-empty", f"{path}.criteria", id=criterion.id)
        elif criterion.criteria and not is_branch:
            yield flaw("award.leaf-with-criteria", f"{path}.kind", id=criterion.id, found=criterion.kind)


def scale_values(case: Case) -> Iterator[Finding]:
    """No level stands twice on a scale."""
    for path, leaf in leaves(case.tender.award):
        seen: set[int] = set()
        for index, level in enumerate(leaf.scale):
            if level.value in seen:
                yield flaw("award.scale-values", f"{path}.scale[{index}].value", id=leaf.id, found=level.value)
            seen.add(level.value)


def scale_shares(case: Case) -> Iterator[Finding]:
    """Every level earns between 0 and 100 % of the points."""
    for path, leaf in leaves(case.tender.award):
        for index, level in enumerate(leaf.scale):
            if not 0 <= level.share <= FULL:
                yield flaw("award.scale-share", f"{path}.scale[{index}].share", id=leaf.id, found=level.share)


def scale_order(case: Case) -> Iterator[Finding]:
    """A better level never earns less than a worse one, and the best earns everything."""
    for path, leaf in leaves(case.tender.award):
        if not leaf.scale or not _scale_sound(leaf.scale):
            continue
        ordered = sorted(enumerate(leaf.scale), key=lambda entry: entry[1].value)
        falls = [(index, lower, level) for (_, lower), (index, level) in pairwise(ordered) if level.share < lower.share]
        if falls:
            index, lower, level = falls[0]
            field = f"{path}.scale[{index}].share"
            yield flaw("award.scale-order", field, id=leaf.id, level=level.value, found=level.share, below=lower.share)
        elif ordered[-1][1].share != FULL:
            index, level = ordered[-1]
            field = f"{path}.scale[{index}].share"
            yield flaw("award.scale-top", field, id=leaf.id, level=level.value, found=level.share, expected=FULL)


def _scale_sound(scale: tuple[Level, ...]) -> bool:
    """Whether levels can be put in order: no value twice, every share a percentage."""
    values = {level.value for level in scale}
    return len(values) == len(scale) and all(0 <= level.share <= FULL for level in scale)


def minimum_level(case: Case) -> Iterator[Finding]:
    """A minimum level is a level of the scale."""
    for path, leaf in leaves(case.tender.award):
        values = tuple(level.value for level in leaf.scale)
        if leaf.minimum is not None and values and leaf.minimum not in values:
            yield flaw("award.minimum-level", f"{path}.minimum", id=leaf.id, found=leaf.minimum, expected=values)


def minimum_quality(case: Case) -> Iterator[Finding]:
    """The floor of quality points can be reached and is not negative."""
    award = case.tender.award
    floor, most = award.selection.minimum_quality, quality_weight(award)
    if floor is not None and weights_hold(case) and not 0 <= floor <= most:
        yield flaw("award.minimum-quality", "award.selection.minimum_quality", found=floor, expected=most)


def near_tie(case: Case) -> Iterator[Finding]:
    """The distance of a near-tie is not negative."""
    distance = case.tender.award.selection.near_tie
    if distance < 0:
        yield flaw("award.near-tie", "award.selection.near_tie", found=distance)


def rounding_decimals(case: Case) -> Iterator[Finding]:
    """Points are rounded to a sensible number of decimals."""
    decimals = case.tender.award.rounding.decimals
    if not 0 <= decimals <= MOST_DECIMALS:
        yield flaw("award.rounding-decimals", "award.rounding.decimals", found=decimals, expected=MOST_DECIMALS)


ARITHMETIC = (
    weight_positive,
    weights_sum,
    tree_shape,
    scale_values,
    scale_shares,
    scale_order,
    minimum_level,
    minimum_quality,
    near_tie,
    rounding_decimals,
)
"""The rules of this file."""
