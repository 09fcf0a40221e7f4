"""Small locked awards for the tests of the robustness room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from evaluation.award.problem import read_problem
from evaluation.award.robustness.contest import Contest, contest_of
from evaluation.award.robustness.lines import BidLines, Line
from evaluation.award.robustness.sets import Sets
from evaluation.award.scoring import score
from evaluation.award.selection import select_providers
from tender.model.awards import ProviderSet, Selection
from tender.model.bids import Bid, QualityScore
from tender.model.criteria import Criterion, Level, RoundingPoint, SelectionMethod, SelectionRule, TieKey
from tender.model.tender import Tender
from tests.evaluation.award.build import (
    make_bid,
    make_sheet,
    price_criterion,
    priced_tender,
    selection_tender,
    with_criteria,
)
from tests.sample import fi, quality

PERCENTS = tuple(Level(value, Decimal(value), fi("taso")) for value in range(0, 101, 10))
"""A scale on which a level is its own share in percent."""


def leaf(name: str, weight: str) -> Criterion:
    """A quality criterion on the scale of percents."""
    return replace(quality(name, name, weight), scale=PERCENTS)


def single(
    formula: str,
    bids: Mapping[str, tuple[str, int]],
    *,
    minimum: str | None = None,
    providers: int = 1,
    at: RoundingPoint = RoundingPoint.NONE,
    **parameters: Decimal,
) -> Contest:
    """A locked award of `providers` among `bids`, each a price and a level of one quality criterion worth 60.

    Every bid can carry everybody alone.
    """
    base = priced_tender()
    criteria = (price_criterion(formula, "40", **parameters), leaf("plan", "60"))
    rule = SelectionRule(
        SelectionMethod.BEST_SUM, Decimal(0), minimum_quality=None if minimum is None else Decimal(minimum)
    )
    tender = with_criteria(base, *criteria, at=at)
    tender = replace(
        tender,
        framework=replace(tender.framework, providers=providers, client_cap=1400),
        award=replace(tender.award, selection=rule, tie_rule=(TieKey.QUALITY_POINTS, TieKey.LOTS)),
    )
    made = tuple(_bid(tender, name, price) for name, (price, _) in bids.items())
    levels = [QualityScore(name, "plan", level, "syy") for name, (_, level) in bids.items()]
    return locked(tender, made, levels)


def locked(tender: Tender, bids: tuple[Bid, ...], levels: list[QualityScore]) -> Contest:
    """The award as the product itself makes it, locked."""
    sheet = score(tender, bids, levels)
    chosen = select_providers(tender, sheet, bids, b"seed").chosen.bidders
    return contest_of(tender, sheet, bids, b"seed", chosen)


def linear(points: Mapping[str, tuple[int, ...]], providers: int = 1) -> tuple[BidLines, Sets]:
    """Bids whose points are lines through zero: for each criterion a, b, c … the points at full weight 1."""
    tender = selection_tender(providers=providers, cap=1400)
    bids = [make_bid(tender, name, total=1400, cells=1400) for name in points]
    sheet = make_sheet(tender, dict.fromkeys(points, Fraction(0)))
    lines = {
        name: {chr(ord("a") + place): Line(Fraction(0), Fraction(value)) for place, value in enumerate(row)}
        for name, row in points.items()
    }
    return lines, Sets(read_problem(tender, sheet, bids))


def _bid(tender: Tender, name: str, price: str) -> Bid:
    prices = {"capitation.all": Decimal(price), "outcome.all": Decimal(0)}
    return make_bid(tender, name, total=1400, cells=1400, prices=prices)


def selected(contest: Contest) -> Selection:
    """The recorded selection of `contest`, without the proof that these tests do not look at."""
    chosen = ProviderSet(contest.award, Fraction(0), Fraction(0), Fraction(0))
    return Selection(
        chosen=chosen,
        places=(),
        ties=(chosen,),
        near_ties=(),
        rejected=(),
        tie_key="",
        lots=(),
        examined=1,
        solver="",
        solver_agrees=True,
        yearly_cost=Decimal(0),
    )
