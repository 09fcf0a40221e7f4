"""All weights at once: does the winning set win everywhere in a region, and in how large a part of it.

The region is every weight within its own range, together as many points as the whole tree. A rival's least distance
is a continuous knapsack: the weight goes first to the criteria where the winner is worst, in exact fractions.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from evaluation.award.robustness.lines import BidLines, Weights, totals
from evaluation.award.robustness.sets import Award, Sets

Region = Mapping[str, tuple[Fraction, Fraction]]
"""Least and most weight of each criterion."""
MOST_TRIES = 200
"""Draws for each wanted sample before the region counts as too thin."""
_GRAIN = 10**6


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the winning set wins everywhere in the region.

    Attributes:
        stable: Whether no other set has more points anywhere.
        margin: Least distance to any other set; negative where one overtakes.
        rival: The set that comes nearest, or overtakes furthest; empty when there is no other.
        weights: Weights at which it does.
        overtaking: How many sets overtake somewhere.
    """

    stable: bool
    margin: Fraction
    rival: Award
    weights: dict[str, Fraction]
    overtaking: int


@dataclass(frozen=True, slots=True)
class Share:
    """A set's part of the region.

    Attributes:
        bidders: The set.
        wins: Samples in which it wins; a tie counts for each tied set.
        share: Part of the samples.
        variance: Variance of that part as an estimate: p·(1 − p) / n.
    """

    bidders: Award
    wins: int
    share: Fraction
    variance: Fraction


def standing(lines: BidLines, sets: Sets, region: Region, winner: Award, whole: Fraction) -> Standing | None:
    """Whether `winner` has at least as many points as every other set everywhere in `region`.

    ``None`` when the best member decides instead of the sum: there a set's points are not compared.

    Raises:
        BlockedError: There are too many sets to compare them one by one.
    """
    if not sets.by_sum:
        return None
    worst: tuple[Fraction, Award, dict[str, Fraction]] | None = None
    overtaking = 0
    for rival in sets.among(lines):
        if rival == winner:
            continue
        margin, weights = least_distance(lines, winner, rival, region, whole)
        overtaking += margin < 0
        if worst is None or margin < worst[0]:
            worst = (margin, rival, weights)
    if worst is None:
        return Standing(True, Fraction(0), (), {}, 0)  # noqa: FBT003 - a field of the noun
    return Standing(worst[0] >= 0, *worst, overtaking)


def least_distance(
    lines: BidLines, winner: Award, rival: Award, region: Region, whole: Fraction
) -> tuple[Fraction, dict[str, Fraction]]:
    """Least points of `winner` above `rival` in `region`, and weights at which it is reached."""
    base = Fraction(0)
    slopes: dict[str, Fraction] = dict.fromkeys(region, Fraction(0))
    for sign, bidders in ((1, winner), (-1, rival)):
        for bidder in bidders:
            for name, line in lines[bidder].items():
                base += sign * line.base
                slopes[name] += sign * line.slope
    weights = {name: ends[0] for name, ends in region.items()}
    left = whole - sum(weights.values(), Fraction(0))
    for name in sorted(slopes, key=lambda name: (slopes[name], name)):
        given = min(left, region[name][1] - region[name][0])
        weights[name] += given
        left -= given
    return base + sum((slopes[name] * weight for name, weight in weights.items()), Fraction(0)), weights


def region_around(announced: Weights, spread: Fraction, ranges: Region) -> dict[str, tuple[Fraction, Fraction]]:
    """Every weight within `spread` points of the announced one, or in its own range where `ranges` has one."""
    return {
        name: ranges.get(name, (max(Fraction(0), weight - spread), weight + spread))
        for name, weight in announced.items()
    }


def shares(lines: BidLines, sets: Sets, region: Region, whole: Fraction, chance: tuple[str, int]) -> tuple[Share, ...]:
    """Part of the region in which each set wins, the largest first (SMAA for sets).

    Args:
        lines: Points as lines.
        sets: The sets that may be chosen.
        region: The region.
        whole: Sum of all weights.
        chance: Seed and number of samples; the same seed draws the same weights for ever.
    """
    wins: Counter[Award] = Counter()
    count = 0
    for weights in _samples(region, whole, *chance):
        count += 1
        wins.update(sets.best(totals(lines, weights)))
    found = [
        Share(bidders, won, share := Fraction(won, count), share * (1 - share) / count) for bidders, won in wins.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.wins, one.bidders)))


def _samples(region: Region, whole: Fraction, seed: str, wanted: int) -> Iterator[dict[str, Fraction]]:
    """Weights drawn evenly from the region: spacings above the least weights, those beyond the most thrown away."""
    names = sorted(region)
    least = {name: region[name][0] for name in names}
    left = whole - sum(least.values(), Fraction(0))
    found = 0
    for number in range(wanted * MOST_TRIES):
        if found == wanted or left < 0:
            return
        cuts = [0, *sorted(_draw(seed, number, place) for place in range(len(names) - 1)), _GRAIN]
        parts = [left * (right - start) / _GRAIN for start, right in itertools.pairwise(cuts)]
        weights = {name: least[name] + part for name, part in zip(names, parts, strict=True)}
        if all(weights[name] <= region[name][1] for name in names):
            found += 1
            yield weights


def _draw(seed: str, number: int, place: int) -> int:
    digest = hashlib.sha256(f"{seed}:{number}:{place}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % (_GRAIN + 1)
