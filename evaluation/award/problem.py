"""The selection problem in whole: candidates best first, whom they must serve, and what a set of them is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluation.award.capacity import Demand, Supply, demand_of, named_needs, named_reach, obstacles, supply_of
from evaluation.award.enumeration import Key, rank_key, sum_key, whole_points
from evaluation.award.objectives import aims
from evaluation.award.reasons import MINIMUM_QUALITY
from evaluation.award.rules import Pair, rule_obstacles, separate_pairs
from evaluation.contract.expressions import number
from tender.errors import BlockedError, FrozenError
from tender.model.awards import Obstacle, ProviderSet, ScoredBid, ScoreSheet
from tender.model.bids import Bid
from tender.model.criteria import SelectionMethod, SelectionRule, TieKey
from tender.model.methods import award_hash
from tender.model.tender import Tender
from tender.money import exact

Members = tuple[int, ...]
"""A set of candidates by their places in `Problem.candidates`, ascending."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scored bid with what it can carry.

    Attributes:
        scored: Its points.
        supply: Its capacity and costs.
    """

    scored: ScoredBid
    supply: Supply


@dataclass(frozen=True, slots=True)
class Problem:
    """Which `providers` of the candidates are to be chosen.

    Attributes:
        providers: How many; exactly so many are chosen.
        candidates: Best first by the announced objective, equal ones in the order of their ids.
        demand: Whom the chosen ones must be able to serve.
        rule: The announced selection rule.
        tie_rule: The announced tie keys.
        values: What each candidate adds to the objective, as whole numbers over `scale`, in the order of the
            candidates: its points, or its price or price less the worth of its quality, turned so that more is better.
        scale: Common denominator of these.
        needs: Clients of each named set of cells, for the quick look of `serves`.
        reaches: What each candidate alone can carry of them, in the order of the candidates.
        separate: Bidders that may not be chosen together.
    """

    providers: int
    candidates: tuple[Candidate, ...]
    demand: Demand
    rule: SelectionRule
    tie_rule: tuple[TieKey, ...]
    values: tuple[int, ...]
    scale: int
    needs: tuple[int, ...]
    reaches: tuple[tuple[int, ...], ...]
    separate: tuple[Pair, ...] = ()

    @property
    def key(self) -> Callable[[Members], Key]:
        """The announced objective; smaller is better."""
        ranked = self.rule.method is SelectionMethod.BEST_RANKED
        return rank_key(self.values) if ranked else sum_key(self.values)

    def supplies(self, members: Iterable[int]) -> tuple[Supply, ...]:
        """What `members` carry, in the order of their bidder ids, so that a plan never hangs on points."""
        chosen = (self.candidates[member].supply for member in members)
        return tuple(sorted(chosen, key=lambda supply: supply.bidder))

    def set_of(self, members: Members, reasons: tuple[Obstacle, ...] = ()) -> ProviderSet:
        """`members` as a value with their sums."""
        scored = [self.candidates[member].scored for member in members]
        return ProviderSet(
            bidders=tuple(sorted(bid.bidder for bid in scored)),
            points=sum((bid.total for bid in scored), Fraction(0)),
            quality=sum((bid.quality for bid in scored), Fraction(0)),
            price=sum((bid.comparison_price for bid in scored), Fraction(0)),
            obstacles=reasons,
        )

    def serves(self, members: Members) -> bool:
        """Whether `members` may be chosen: the same answer as `obstacles_of`, with a quick look at sums first."""
        for place, need in enumerate(self.needs):
            if sum(self.reaches[member][place] for member in members) < need:
                return False
        return not self.obstacles_of(members)

    def obstacles_of(self, members: Members) -> tuple[Obstacle, ...]:
        """Why `members` may not be chosen; empty when they may."""
        low = tuple(filter(None, map(self.below_minimum, members)))
        if low:
            return low
        supplies = self.supplies(members)
        broken = obstacles(self.demand, supplies)
        return broken or rule_obstacles(self.rule, self.demand, supplies, self.separate)

    def below_minimum(self, member: int) -> Obstacle | None:
        """The obstacle of a member whose quality points are below the announced minimum, else ``None``."""
        bid, minimum = self.candidates[member].scored, self.rule.minimum_quality
        if minimum is None or bid.quality >= exact(minimum):
            return None
        return Obstacle(
            MINIMUM_QUALITY, {"bidder": bid.bidder, "quality": number(bid.quality), "minimum": number(minimum)}
        )


def read_problem(tender: Tender, sheet: ScoreSheet, bids: Iterable[Bid]) -> Problem:
    """The selection problem of `tender` for the scored bids of `sheet`.

    Raises:
        BlockedError: There are fewer scored bids than providers wanted, or a scored bid is not among `bids`, or the
            tender admits every suitable provider and so chooses none.
        FrozenError: The points were given under another award method.
    """
    if tender.framework.dynamic.admit_all_suitable:
        raise BlockedError("award.all-admitted")
    method = award_hash(tender)
    if sheet.award_hash != method:
        raise FrozenError("award.sheet-other-method", found=sheet.award_hash[:12], expected=method[:12])
    if len(sheet.bids) < tender.framework.providers:
        raise BlockedError("award.too-few-bids", found=len(sheet.bids), expected=tender.framework.providers)
    return problem_of(tender, sheet.bids, tuple(bids))


def problem_of(tender: Tender, scored: Sequence[ScoredBid], bids: Sequence[Bid]) -> Problem:
    """The selection problem under the rules of `tender`, whatever method gave the points: for comparisons of rules.

    Raises:
        BlockedError: A scored bid is not among `bids`.
    """
    rule = tender.award.selection
    supplies = {bid.bidder: supply_of(tender, bid) for bid in bids}
    candidates = _candidates(scored, supplies, rule)
    demand = demand_of(tender)
    scale, values = whole_points([aims(rule, candidate.scored) for candidate in candidates])
    compared = frozenset(candidate.scored.bidder for candidate in candidates)
    return Problem(
        providers=tender.framework.providers,
        candidates=candidates,
        demand=demand,
        rule=rule,
        tie_rule=tender.award.tie_rule,
        values=values,
        scale=scale,
        needs=named_needs(demand),
        reaches=tuple(named_reach(demand, candidate.supply) for candidate in candidates),
        separate=separate_pairs(rule, [bid for bid in bids if bid.bidder in compared]),
    )


def _candidates(scored: Sequence[ScoredBid], supplies: dict[str, Supply], rule: SelectionRule) -> tuple[Candidate, ...]:
    for bid in scored:
        if bid.bidder not in supplies:
            raise BlockedError("award.bid-missing", bidder=bid.name)
    ordered = sorted(scored, key=lambda bid: (-aims(rule, bid), bid.bidder))
    return tuple(Candidate(bid, supplies[bid.bidder]) for bid in ordered)
