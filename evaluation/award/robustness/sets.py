"""The sets that may be chosen, and the best of them at given totals: the published objective on locked capacities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from math import comb

from evaluation.award.enumeration import best_first, rank_key, sum_key, whole_points
from evaluation.award.problem import Problem
from tender.errors import BlockedError
from tender.model.criteria import SelectionMethod

Award = tuple[str, ...]
"""Ids of the chosen bidders, sorted; empty where no set could be chosen."""

MOST_SETS = 20_000
"""More sets than this are not compared one by one."""


@dataclass(slots=True)
class Sets:
    """Which sets serve the forecast; capacities and costs stay as they were recorded, and every answer is remembered.

    Attributes:
        problem: The recorded selection problem.
        known: Answers that were found before, by sorted bidder ids.
    """

    problem: Problem
    known: dict[Award, bool] = field(default_factory=dict)
    _places: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Leave the minimum of quality to whoever has the points; near ties are not asked for."""
        self.problem = replace(self.problem, rule=replace(self.problem.rule, minimum_quality=None))
        self._places = {one.scored.bidder: place for place, one in enumerate(self.problem.candidates)}

    @property
    def by_sum(self) -> bool:
        """Whether the largest sum wins, rather than the best member."""
        return self.problem.rule.method is SelectionMethod.BEST_SUM

    def serves(self, bidders: Award) -> bool:
        """Whether `bidders` may be chosen together, as far as capacities and costs tell."""
        if bidders not in self.known:
            self.known[bidders] = self.problem.serves(tuple(sorted(self._places[bidder] for bidder in bidders)))
        return self.known[bidders]

    def among(self, bidders: Iterable[str]) -> tuple[Award, ...]:
        """Every set of `bidders` that may be chosen.

        Raises:
            BlockedError: There are too many sets to compare them one by one.
        """
        ordered = sorted(bidders)
        count = comb(len(ordered), self.problem.providers)
        if count > MOST_SETS:
            raise BlockedError("robustness.too-many-sets", count=count, limit=MOST_SETS)
        return tuple(one for one in combinations(ordered, self.problem.providers) if self.serves(one))

    def best(self, totals: Mapping[str, Fraction]) -> tuple[Award, ...]:
        """The sets with the best objective at `totals`, every exact tie; empty where none serves."""
        if len(totals) < self.problem.providers:
            return ()
        ordered = sorted(totals, key=lambda bidder: (-totals[bidder], bidder))
        _, values = whole_points([totals[bidder] for bidder in ordered])
        key = (sum_key if self.by_sum else rank_key)(values)
        found: list[Award] = []
        best = None
        for members in best_first(values, self.problem.providers, key):
            if best is not None and key(members) != best:
                break
            bidders = tuple(sorted(ordered[member] for member in members))
            if self.serves(bidders):
                best = key(members)
                found.append(bidders)
        return tuple(sorted(found))
