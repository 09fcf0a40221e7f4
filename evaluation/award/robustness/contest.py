"""The locked award as a contest that can be played again: with other prices, other levels, fewer or more bids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluation.award.formulas import RefusedError
from evaluation.award.formulas.field import Field
from evaluation.award.problem import read_problem
from evaluation.award.robustness.sets import Award, Sets
from evaluation.award.scoring import price_given, quality_given, rank, score_line, total_working
from evaluation.award.ties import break_tie
from tender.errors import BlockedError
from tender.model.awards import ProviderSet, ScoredBid, ScoreLine, ScoreSheet
from tender.model.bids import Bid
from tender.model.criteria import Criterion, CriterionKind
from tender.model.tender import Tender
from tender.money import exact

Values = Mapping[str, Mapping[str, Fraction]]
"""By bidder and criterion, what the formula was given: the comparison price, or the level or number."""


@dataclass(frozen=True, slots=True)
class Contest:
    """A locked award.

    Attributes:
        tender: The tender as published.
        sheet: The recorded points.
        sets: Which sets of its bids may be chosen.
        seed: The committed seed of the lots, where the tie rule may need it.
        award: The recorded award.
    """

    tender: Tender
    sheet: ScoreSheet
    sets: Sets
    seed: bytes | None
    award: Award

    @property
    def values(self) -> dict[str, dict[str, Fraction]]:
        """What was scored, by bidder and criterion; a copy that may be changed."""
        return {bid.bidder: {line.criterion: line.value for line in bid.lines} for bid in self.sheet.bids}

    def acceptable(self, sheet: ScoreSheet) -> dict[str, Fraction]:
        """Totals of the bids of `sheet` that reach the announced minimum of quality."""
        minimum = self.tender.award.selection.minimum_quality
        return {bid.bidder: bid.total for bid in sheet.bids if minimum is None or bid.quality >= exact(minimum)}

    def award_of(self, sheet: ScoreSheet) -> Award:
        """Who would be chosen under `sheet`, ties broken by the published rule; empty where nobody can be."""
        by_bidder = {bid.bidder: bid for bid in sheet.bids}
        ties = [_set(by_bidder, bidders) for bidders in self.sets.best(self.acceptable(sheet))]
        if not ties:
            return ()
        try:
            return break_tie(ties, self.tender.award.tie_rule, tuple(by_bidder), self.seed).chosen.bidders
        except BlockedError:
            return ()

    def rescored(self, values: Values) -> ScoreSheet | None:
        """Points of `values` under the published method; ``None`` when a formula refuses them."""
        try:
            return resheet(self, values)
        except RefusedError:
            return None

    def award_for(self, values: Values) -> Award:
        """Who would be chosen if `values` had been scored; empty where nobody can be."""
        sheet = self.rescored(values)
        return () if sheet is None else self.award_of(sheet)


def contest_of(tender: Tender, sheet: ScoreSheet, bids: Iterable[Bid], seed: bytes | None, award: Award) -> Contest:
    """The contest of a recorded award.

    Raises:
        BlockedError: There are too few bids, or one is missing.
        FrozenError: The points were given under another method.
    """
    return Contest(tender, sheet, Sets(read_problem(tender, sheet, bids)), seed, award)


def resheet(contest: Contest, values: Values) -> ScoreSheet:
    """A score sheet of `values`, every relative formula looking at the new field.

    Raises:
        RefusedError: A formula is not defined for them.
    """
    fields = {leaf.id: Field(sorted(row[leaf.id] for row in values.values())) for leaf in contest.tender.award.leaves()}
    known = {bid.bidder: bid for bid in contest.sheet.bids}
    bids = [_bid(contest.tender, known.get(bidder), bidder, row, fields) for bidder, row in values.items()]
    return ScoreSheet(contest.sheet.award_hash, rank(bids))


def without(sheet: ScoreSheet, bidder: str) -> ScoreSheet:
    """`sheet` without the bid of `bidder`, the points of the others as they are."""
    return ScoreSheet(sheet.award_hash, rank(bid for bid in sheet.bids if bid.bidder != bidder))


def order_of(sheet: ScoreSheet, bidders: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Places of `bidders` among each other, equal totals on the same place."""
    totals = {bid.bidder: bid.total for bid in sheet.bids if bid.bidder in bidders}
    above = {bidder: sum(other > total for other in totals.values()) for bidder, total in totals.items()}
    return tuple(sorted((place, bidder) for bidder, place in above.items()))


def _set(bids: Mapping[str, ScoredBid], bidders: Award) -> ProviderSet:
    chosen = [bids[bidder] for bidder in bidders]
    return ProviderSet(
        bidders,
        sum((bid.total for bid in chosen), Fraction(0)),
        sum((bid.quality for bid in chosen), Fraction(0)),
        sum((bid.comparison_price for bid in chosen), Fraction(0)),
    )


def _bid(
    tender: Tender, known: ScoredBid | None, bidder: str, row: Mapping[str, Fraction], fields: Mapping[str, Field]
) -> ScoredBid:
    lines = tuple(_line(tender, leaf, row[leaf.id], fields[leaf.id]) for leaf in tender.award.leaves())
    kinds = {leaf.id: leaf.kind for leaf in tender.award.leaves()}
    good = sum((line.points for line in lines if kinds[line.criterion] is CriterionKind.QUALITY), Fraction(0))
    recorded = Fraction(0) if known is None else known.comparison_price
    price = next((row[name] for name, kind in kinds.items() if kind is CriterionKind.PRICE), recorded)
    total = total_working(lines, tender.award.rounding)[-1].result
    return ScoredBid(bidder, bidder if known is None else known.name, price, lines, good, total, 0)


def _line(tender: Tender, leaf: Criterion, value: Fraction, field: Field) -> ScoreLine:
    if leaf.kind is CriterionKind.PRICE:
        return score_line(tender, leaf, price_given(tender, leaf, value, field), value)
    return score_line(tender, leaf, quality_given(tender, leaf, int(value), field), value)
