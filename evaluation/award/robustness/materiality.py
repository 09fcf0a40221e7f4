"""Does it matter: would any admissible correction of disputed scores change the award (MAO:67/15, MAO:19/15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from evaluation.award.formulas import Measure
from evaluation.award.robustness.contest import Contest
from evaluation.award.robustness.sets import Award
from evaluation.award.scoring import formula_of
from tender.errors import BlockedError, UsageError
from tender.model.criteria import Criterion, CriterionKind

MOST_CORRECTIONS = 5_000
"""More corrections than this are not tried one by one."""

Score = tuple[str, str]
"""A disputed score: bidder id and criterion id."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction that changes the award.

    Attributes:
        levels: The corrected levels by bidder and criterion; a score that stays is left out.
        award: Who would be chosen then; empty where nobody could be.
    """

    levels: tuple[tuple[Score, int], ...]
    award: Award


@dataclass(frozen=True, slots=True)
class Materiality:
    """What correcting disputed scores comes to.

    Attributes:
        disputed: The disputed scores, corrected together.
        tried: How many corrections were tried: every admissible level of each, in every combination.
        changes: Those that change the award, the fewest steps first.
    """

    disputed: tuple[Score, ...]
    tried: int
    changes: tuple[Correction, ...]

    @property
    def material(self) -> bool:
        """Whether the dispute matters."""
        return bool(self.changes)


def every_score(contest: Contest) -> tuple[Score, ...]:
    """Every quality score of the recorded sheet."""
    leaves = [leaf.id for leaf in contest.tender.award.leaves() if leaf.kind is CriterionKind.QUALITY]
    return tuple((bid.bidder, leaf) for bid in contest.sheet.bids for leaf in leaves)


def materiality(contest: Contest, disputed: Sequence[Score]) -> Materiality:
    """Every admissible correction of `disputed` tried, all of them together.

    Raises:
        UsageError: A disputed score is not on the sheet.
        BlockedError: There are too many corrections to try them one by one.
    """
    admissible = [_levels(contest, score) for score in disputed]
    count = 1
    for levels in admissible:
        count *= len(levels)
    if count > MOST_CORRECTIONS:
        raise BlockedError("robustness.too-many-corrections", count=count, limit=MOST_CORRECTIONS)
    recorded = contest.values
    found = []
    for levels in product(*admissible):
        changed = tuple(
            (score, level)
            for score, level in zip(disputed, levels, strict=True)
            if recorded[score[0]][score[1]] != level
        )
        award = _award_with(contest, changed) if changed else contest.award
        if award != contest.award:
            found.append(Correction(changed, award))
    found.sort(key=lambda one: (_steps(recorded, one), one.levels))
    return Materiality(tuple(disputed), count - 1, tuple(found))


def _award_with(contest: Contest, changed: tuple[tuple[Score, int], ...]) -> Award:
    values = contest.values
    for (bidder, criterion), level in changed:
        values[bidder][criterion] = Fraction(level)
    return contest.award_for(values)


def _steps(recorded: dict[str, dict[str, Fraction]], correction: Correction) -> Fraction:
    return sum(
        (abs(recorded[bidder][criterion] - level) for (bidder, criterion), level in correction.levels), Fraction(0)
    )


def _levels(contest: Contest, score: Score) -> tuple[int, ...]:
    """Levels that might have been given: those of the scale, down to the minimum; of numbers all whole ones."""
    leaf = next((one for one in contest.tender.award.leaves() if one.id == score[1]), None)
    if leaf is None or score[0] not in contest.values or leaf.kind is not CriterionKind.QUALITY:
        raise UsageError("robustness.score-unknown", bidder=score[0], criterion=score[1])
    values = sorted(step.value for step in leaf.scale)
    if formula_of(leaf).measure is Measure.NUMBER:
        values = list(range(values[0], values[-1] + 1))
    return tuple(value for value in values if _acceptable(leaf, value))


def _acceptable(leaf: Criterion, value: int) -> bool:
    return leaf.minimum is None or value >= leaf.minimum
