"""Exact selection among many bidders, beside the solver alone on the same model and in the same session."""

from __future__ import annotations

from fractions import Fraction

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from evaluation.award.model import points_objective, selection_model
from evaluation.award.problem import read_problem
from evaluation.award.search import search
from tender.model.awards import ScoredBid, ScoreSheet
from tender.model.bids import Bid
from tender.model.methods import award_hash
from tender.model.tender import Tender
from tender.solving import solve
from tests.sample import sample_tender


def _field(tender: Tender, count: int) -> tuple[ScoreSheet, list[Bid]]:
    """`count` invented bids whose points and places pull against each other: the best ones are the smallest."""
    cells = [(area.id, group.id) for area in tender.areas for group in tender.groups]
    bids, scored = [], []
    for number in range(count):
        bidder = f"b{number:02d}"
        places = 200 + 500 * number // count
        prices = {"capitation": tender.prices.capitation.base.lowest, "outcome": tender.prices.outcome.base.lowest}  # type: ignore[union-attr]
        capacity = dict.fromkeys(cells, places)
        bids.append(Bid(bidder, bidder, "", "", prices, places, capacity, {}, {}, "", "", 1))
        points = Fraction(100 - number) - Fraction(number % 7, 100)
        scored.append(ScoredBid(bidder, bidder, Fraction(1500000), (), points / 2, points, number + 1))
    return ScoreSheet(award_hash(tender), tuple(scored)), bids


@pytest.mark.parametrize("count", [8, 16, 30])
@pytest.mark.parametrize("way", ["exact", "solver"])
def test_selection(benchmark: BenchmarkFixture, count: int, way: str) -> None:
    """Three of `count` under caps, coverage and budget; group by the size of the field."""
    benchmark.group = f"selection of 3 among {count}"
    problem = read_problem(sample_tender(), *_field(sample_tender(), count))
    objective, _ = points_objective(problem)
    model = selection_model(problem, objective)
    if way == "exact":
        assert benchmark(lambda: search(problem)).ties
    else:
        assert benchmark.pedantic(lambda: solve(model), rounds=3).values
