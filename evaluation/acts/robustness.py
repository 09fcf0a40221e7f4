"""How firmly the recorded award stands: information only, after the ranking is locked; nothing is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from evaluation.acts.award import locked, lots_of
from evaluation.award.robustness.contest import Contest, contest_of
from evaluation.award.robustness.distance import Distance, distances
from evaluation.award.robustness.dropout import Dropout, Reversal, dropouts, reversal
from evaluation.award.robustness.lines import BidLines, Weights, announced, lines_of, totals
from evaluation.award.robustness.materiality import Materiality, Score, every_score, materiality
from evaluation.award.robustness.region import (
    Region,
    Share,
    Standing,
    region_around,
    shares,
    standing,
)
from evaluation.award.robustness.sets import Sets
from evaluation.award.robustness.sweep import Stretch, sweep
from tender.errors import UsageError
from tender.model.awards import Selection


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for.

    Attributes:
        spread: Points by which every weight may move in the region.
        ranges: Criteria with a range of their own, least and most weight.
        samples: How many weights are drawn.
        seed: Seed of the drawing.
        disputes: Scores that are disputed together; empty to try every score alone.
    """

    spread: Fraction = Fraction(5)
    ranges: Region | None = None
    samples: int = 1000
    seed: str = "valinta"
    disputes: Sequence[Score] = ()


@dataclass(frozen=True, slots=True)
class Robustness:
    """How firmly the award stands.

    Attributes:
        contest: The locked award.
        selection: It with its proof; near ties stand there.
        exact_award_differs: Whether unrounded points would choose another set: rounding decides.
        region: The weights that were looked at.
        standing: Whether the set wins everywhere in the region; ``None`` where the best member decides.
        sweeps: Winning sets along the range of each criterion, with exact breakpoints.
        shares: Part of the region in which each set wins.
        distances: Each loser's distance to winning.
        materialities: Disputed scores that matter; where none was named, every score alone.
        dropouts: Every bid left out once.
        reversal: An added bid that turns the order, if there is one.
    """

    contest: Contest
    selection: Selection
    exact_award_differs: bool
    region: Region
    standing: Standing | None
    sweeps: dict[str, tuple[Stretch, ...]]
    shares: tuple[Share, ...]
    distances: tuple[Distance, ...]
    materialities: tuple[Materiality, ...]
    dropouts: tuple[Dropout, ...]
    reversal: Reversal | None


def examine_award(folder: Path, wishes: Wishes) -> Robustness:
    """How firmly the recorded award of the tender in `folder` stands.

    Raises:
        FrozenError: The ranking is not locked: no selection is on the record, or it comes out differently.
        UsageError: A range or a disputed score is not one of this tender.
        BlockedError: There are too many sets or corrections to compare them one by one.
    """
    scored, selection = locked(folder)
    chosen = selection.chosen.bidders
    contest = contest_of(scored.desk.tender, scored.sheet, scored.admitted(), lots_of(scored), chosen)
    return look(contest, selection, wishes)


def look(contest: Contest, selection: Selection, wishes: Wishes) -> Robustness:
    """How firmly the award of `contest` stands.

    Raises:
        UsageError: A range or a disputed score is not one of this tender.
        BlockedError: There are too many sets or corrections to compare them one by one.
    """
    lines, weights = lines_of(contest), announced(contest)
    sets = contest.sets
    whole = sum(weights.values(), Fraction(0))
    region = region_around(weights, wishes.spread, _known(wishes.ranges or {}, weights))
    return Robustness(
        contest=contest,
        selection=selection,
        exact_award_differs=contest.award not in sets.best(totals(lines, weights)),
        region=region,
        standing=standing(lines, sets, region, contest.award, whole),
        sweeps=_sweeps(lines, sets, weights, region),
        shares=shares(lines, sets, region, whole, (wishes.seed, wishes.samples)),
        distances=distances(contest),
        materialities=_materialities(contest, wishes.disputes),
        dropouts=dropouts(contest),
        reversal=reversal(contest),
    )


def _known(ranges: Region, weights: Weights) -> Region:
    for name, (least, most) in ranges.items():
        if name not in weights:
            raise UsageError("robustness.criterion-unknown", found=name, known=", ".join(weights))
        if not 0 <= least < most <= sum(weights.values(), Fraction(0)):
            raise UsageError("robustness.range", criterion=name, low=least, high=most)
    return ranges


def _sweeps(lines: BidLines, sets: Sets, weights: Weights, region: Region) -> dict[str, tuple[Stretch, ...]]:
    whole = sum(weights.values(), Fraction(0))
    return {
        name: sweep(lines, sets, weights, name, (least, min(most, whole)))
        for name, (least, most) in region.items()
        if len(weights) > 1 and least < most
    }


def _materialities(contest: Contest, disputes: Sequence[Score]) -> tuple[Materiality, ...]:
    if disputes:
        return (materiality(contest, disputes),)
    alone = (materiality(contest, [score]) for score in every_score(contest))
    return tuple(one for one in alone if one.material)
