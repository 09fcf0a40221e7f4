"""The peer library bid-evaluation 0.1.0 (PyPI, MIT), side by side: the same three bids, its failures, its speed.

It is no dependency of the project: install it apart to run these (``pip install bid-evaluation==0.1.0``).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from evaluation.award.formulas.field import Field
from evaluation.award.laboratory.trial import trial
from evaluation.award.scoring import check_levels
from evaluation.checks import CHECKS
from tender.checks import Case, check
from tender.errors import UsageError
from tender.model.bids import QualityScore
from tests.evaluation.award.build import make_bid, price_criterion, with_criteria
from tests.evaluation.award.laboratory.test_laboratory import tried
from tests.sample import quality, sample_tender

peer = pytest.importorskip("bid_evaluation", reason="the peer library is installed apart")
MANY = 100_000
PRICES = (50_000_000, 45_000_000, 52_000_000)


def evaluated(criteria: Any, **columns: list[Any]) -> dict[str, float]:  # noqa: ANN401 - the peer has no types
    """Final scores of the peer by vendor."""
    import pandas as pd

    found = criteria.evaluate(pd.DataFrame({"vendor": list("ABC")[: len(next(iter(columns.values())))], **columns}))
    return {row.vendor: float(row.final_score) for row in found.itertuples()}


def ratio(weight: float = 1.0) -> Any:  # noqa: ANN401
    """Its ratio to the lowest price."""
    return peer.Evaluator().min_ratio("price", weight=weight)


def test_the_same_three_bids() -> None:
    """Its README promises 88.33, 66.67 and 40.00; its code gives 100, 74 and 51.92, as our exact points do."""
    both = peer.Evaluator().min_ratio("price", weight=0.6).linear("experience", weight=0.4, higher_is_better=True)
    found = evaluated(both, price=list(PRICES), experience=[8, 10, 6])
    scale = ((Fraction(6), Fraction(0)), (Fraction(10), Fraction(100)))
    price, good = tried("ratio-to-lowest@1", 60), trial("promise-interval@1", Fraction(40), {}, scale)
    ours = [
        (one.points or 0) + (two.points or 0)
        for one, two in zip(
            price.outcomes(tuple(map(Fraction, PRICES))), good.outcomes((Fraction(8), Fraction(10), Fraction(6))),
            strict=True,
        )
    ]  # fmt: skip
    assert ours == [74, 100, Fraction(675, 13)]
    assert [round(found[name], 2) for name in "ABC"] == [74.0, 100.0, 51.92]


def test_a_zero_or_missing_price() -> None:
    """It fails inside pandas; ours is a refusal with words."""
    for price in (0, None):
        with pytest.raises(ValueError, match="non-finite"):
            evaluated(ratio(), price=[price, 100, 120])
    zero = tried("ratio-to-lowest@1").outcomes((Fraction(0), Fraction(100)))
    blank = tried("ratio-to-lowest@1").outcomes((None, Fraction(100)))
    assert {one.refusal for one in (*zero, *blank)} == {
        "formula-refusal.lowest-not-positive",
        "formula-refusal.blank-price",
    }


def test_a_negative_price() -> None:
    """It wins there; here the formula refuses, and admission never lets it through."""
    found = evaluated(peer.Evaluator().linear("price", weight=1.0, higher_is_better=False), price=[-50, 100, 120])
    assert max(found, key=lambda name: found[name]) == "A"
    assert {one.refusal for one in tried("highest-to-lowest@1").outcomes((Fraction(-50), Fraction(100)))} == {
        "formula-refusal.negative-price"
    }


def test_a_typo_in_a_formula() -> None:
    """All bids get 0.0 and a tied first place there; here it is an error."""
    found = evaluated(peer.Evaluator().formula("price", weight=1.0, formula="mnimum / value * 100"), price=[1, 2, 3])
    assert set(found.values()) == {0.0}
    with pytest.raises(UsageError):
        trial("ratio-to-lowst@1", Fraction(40), {})


def test_weights_that_do_not_add_up() -> None:
    """60 + 60 is accepted there; here publication is blocked."""
    both = peer.Evaluator(normalize_weights=False).min_ratio("price", weight=60).direct("score", weight=60)
    assert max(evaluated(both, price=[100, 110, 120], score=[90, 80, 70]).values()) > 100
    tender = with_criteria(
        sample_tender(), price_criterion("announced-interval@1", "60"), quality("plan", "Laatu", "60")
    )

    rules = {finding.rule for finding in check(Case(tender, date(2018, 11, 1)), CHECKS) if finding.blocks}
    assert "award.weights-sum" in rules


def test_a_score_that_cannot_be() -> None:
    """850 of 100 is accepted there, and a missing one fails or vanishes; here both are findings by name."""
    assert evaluated(peer.Evaluator().direct("score", weight=1.0), score=[850, 80, 70])["A"] > 100
    tender = with_criteria(sample_tender(), quality("plan", "Laatu", "100"))
    bids = [make_bid(tender, "A"), make_bid(tender, "B")]
    found = {finding.rule for finding in check_levels(tender, bids, [QualityScore("A", "plan", 850, "syy")])}
    assert found == {"award.level-not-on-scale", "award.level-missing"}
    assert Decimal(100) == sum(leaf.weight for leaf in tender.award.leaves())


@pytest.mark.parametrize("way", ["exact fractions", "peer ratio", "peer formula"])
def test_speed_at_a_hundred_thousand_bids(benchmark: BenchmarkFixture, way: str) -> None:
    """One price criterion over 10⁵ bids; the peer reckons in floats, we in fractions."""
    import pandas as pd

    benchmark.group = "one price criterion, 100,000 bids"
    prices = [100 + number % 977 + number / MANY for number in range(MANY)]
    if way == "exact fractions":
        exact = [Fraction(round(price * 100), 100) for price in prices]
        one = tried("ratio-to-lowest@1")
        assert len(benchmark.pedantic(lambda: one.all_points(Field(exact)), rounds=3)) == MANY
        return
    frame = pd.DataFrame({"vendor": range(MANY), "price": prices})
    formula = peer.Evaluator().formula("price", weight=1.0, formula="minimum / value * 100")
    criteria = ratio() if way == "peer ratio" else formula
    assert len(benchmark.pedantic(lambda: criteria.evaluate(frame), rounds=3)) == MANY
