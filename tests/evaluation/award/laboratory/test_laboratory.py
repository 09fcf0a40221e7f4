"""The laboratory: witnesses, decoys, cliffs, over-promising and effective weights, held to published numbers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.formulas import FORMULAS
from evaluation.award.formulas.field import Field
from evaluation.award.laboratory.cliffs import steepest
from evaluation.award.laboratory.examination import effective_weights, examined
from evaluation.award.laboratory.gaming import MOST_PREMIUM, Promise, overpromise, premium_for
from evaluation.award.laboratory.irrelevant import best_decoy, smallest_witness, tolerance
from evaluation.award.laboratory.trial import Trial, trial
from evaluation.award.laboratory.weight import observed_spreads, price_spread, shares
from tender.errors import UsageError
from tender.model.awards import ScoredBid, ScoreLine
from tender.model.criteria import CriterionKind
from tests.evaluation.award.build import price_criterion, with_criteria
from tests.sample import quality, sample_tender

PRICES = tuple(map(Fraction, (100, 110, 125, 150)))
TWO = (Fraction(100), Fraction(140))
ANNOUNCED = {"floor": Fraction(80), "ceiling": Fraction(160), "euros_per_point": Fraction(10)}
PRICE_FORMULAS = [one.id for one in FORMULAS.values() if one.kind is CriterionKind.PRICE]
FREE = {"announced-interval@1", "share-of-ceiling@1", "money-value@1", "money-value-limited@1", "logarithm@1"}
"""Formulas under which a third bid never moves the distance of two others (row "IIA" of the table)."""


def tried(formula: str, weight: int = 40) -> Trial:
    """`formula` with the parameters of the table."""
    names = [one.id for one in FORMULAS[formula].parameters if one.usual is None]
    return trial(formula, Fraction(weight), {name: ANNOUNCED[name] for name in names})


@pytest.mark.parametrize("formula", PRICE_FORMULAS)
def test_the_column_of_irrelevant_bids(formula: str) -> None:
    """The two-bid test 100 and 140 with a third at 60–400: exactly the formulas of the table are free of others."""
    thirds = [Fraction(third) for third in range(60, 401, 5)]
    one = tried(formula)

    def gap(*others: Fraction) -> Fraction:
        low, high = one.points(TWO[0], (TWO[1], *others)), one.points(TWO[1], (TWO[0], *others))
        assert low is not None
        assert high is not None
        return low - high

    moved = any(abs(gap(third) - gap()) > tolerance(one) for third in thirds)
    assert moved is (formula not in FREE)
    assert (smallest_witness(one, PRICES) is not None) is (formula not in FREE)
    assert (best_decoy(one, PRICES) is not None) is (formula not in FREE)


@pytest.mark.parametrize("formula", sorted(set(PRICE_FORMULAS) - FREE))
def test_a_witness_turns_the_order(formula: str) -> None:
    """With the quality that it names, the cheaper bid wins without the third bid and loses with it, or the reverse."""
    one = tried(formula)
    found = smallest_witness(one, PRICES)
    assert found is not None
    assert (found.before - found.quality) * (found.after - found.quality) < 0
    again = one.points(found.low, (found.high, found.third)), one.points(found.high, (found.low, found.third))
    assert again[0] is not None
    assert again[1] is not None
    assert again[0] - again[1] == found.after


def test_the_published_reversal() -> None:
    """Formula 1, quality 48/59/10: A 88 before B 613/7; a bid of 70 makes it A 76, B 79 and itself 50."""
    one = tried("ratio-to-lowest@1")
    before = one.outcomes((Fraction(100), Fraction(140)))
    after = one.outcomes((Fraction(100), Fraction(140), Fraction(70)))
    totals = [[points.points + good for points, good in zip(found, (48, 59, 10), strict=False) if points.points]
              for found in (before, after)]  # fmt: skip
    assert totals[0] == [88, Fraction(59) + Fraction(200, 7)]
    assert totals[1] == [76, 79, 50]


def test_a_decoy_is_named_with_what_it_gains() -> None:
    """Under min–max a high decoy shrinks the distance of two bids: the dearer one gains."""
    found = best_decoy(tried("highest-to-lowest@1"), TWO)
    assert found is not None
    assert found.favoured == 140
    assert found.decoy > 140
    assert 0 < found.gain <= 40


def test_one_cent_can_be_all_points() -> None:
    """Two bids under min–max, and a step deduction at its step; a straight line has no cliff."""
    cliff = steepest(tried("highest-to-lowest@1"), (Fraction(100), Fraction("100.02")))
    assert cliff is not None
    assert cliff.drop == 40
    step = steepest(tried("step-deduction@1"), PRICES)
    assert step is not None
    assert step.drop == 4
    assert steepest(tried("announced-interval@1"), PRICES) is None
    assert steepest(tried("ratio-to-lowest@1"), PRICES) is None


def promises(*weights: str) -> list[Promise]:
    """The two promises of KHO 2014:55: satisfaction 4.4 or 5.0, attendance 65 or 98 %."""
    numbers = (("4.4", "5"), ("65", "98"))
    return [
        Promise(trial("promise-ratio@1", Fraction(weight), {}), Fraction(honest), Fraction(promised))
        for weight, (honest, promised) in zip(weights, numbers, strict=True)
    ]


@settings(max_examples=20)
@given(gain=st.integers(1, 39))
def test_the_premium_under_a_ratio_is_its_closed_form(gain: int) -> None:
    """Gain / (W − gain), to nine decimals and never above."""
    found = premium_for(tried("ratio-to-lowest@1"), Fraction(100), Fraction(gain))
    exact = min(Fraction(gain, 40 - gain), Fraction(MOST_PREMIUM))
    assert 0 <= exact - found <= Fraction(1, 10**9)


def test_the_smallest_sanction_removes_the_gain_and_a_little_less_does_not() -> None:
    """The proposal is the smallest in hundredths of a percent."""
    price = tried("ratio-to-lowest@1", 70)
    smallest = overpromise(price, Fraction(100), promises("15", "15"), Fraction(0)).smallest_sanction
    for hundredths, pays in ((0, False), (-1, True)):
        sanction = (smallest + Fraction(hundredths, 100)) / 100
        assert overpromise(price, Fraction(100), promises("15", "15"), sanction).pays is pays


def test_an_honest_promise_gains_nothing() -> None:
    """No gain, no premium, no sanction needed."""
    same = [Promise(one.trial, one.honest, one.honest) for one in promises("15", "15")]
    found = overpromise(tried("ratio-to-lowest@1", 70), Fraction(100), same, Fraction(0))
    assert found.premium == found.smallest_sanction == 0
    assert not found.pays


def test_a_promise_worth_more_than_the_price_is_capped() -> None:
    """When the promise outweighs all price points, any premium would do: the report stops at ten times the price."""
    assert premium_for(tried("announced-interval@1"), Fraction(100), Fraction(40)) == MOST_PREMIUM


def test_effective_weights_show_a_hidden_reweighting() -> None:
    """A share of a ceiling that is far above the prices wastes its scale; an interval over the range does not."""
    wasted = price_spread(tried("share-of-ceiling@1"), Fraction(120), Fraction(160))
    full = price_spread(trial("announced-interval@1", Fraction(40), {"floor": Fraction(120), "ceiling": Fraction(160)}),
                        Fraction(120), Fraction(160))  # fmt: skip
    assert wasted == 10
    assert full == 40
    assert shares({"price": Fraction(10), "quality": Fraction(60)})["price"] == Fraction(100, 7)
    assert shares({"price": Fraction(0)}) == {"price": 0}


def test_the_sample_uses_its_weights() -> None:
    """The announced interval spans the buyer's range: the effective weights are the announced ones."""
    assert effective_weights(sample_tender()) == {"price": 40, "impact-plan": 35, "hours-tracking": 25}
    (found,) = examined(sample_tender())
    assert (found.witness, found.decoy, found.cliff) == (None, None, None)


def test_a_relative_tender_has_its_witness() -> None:
    """At the invented prices of the tender itself."""
    tender = with_criteria(sample_tender(), price_criterion("ratio-to-lowest@1"), quality("plan", "Laatu", "60"))
    (found,) = examined(tender)
    assert found.witness is not None
    assert found.prices == tuple(sorted(found.prices))


def test_observed_spreads_are_between_best_and_worst() -> None:
    """Points that every bid has tell nobody apart."""
    bids = [ScoredBid(name, name, Fraction(0), (), Fraction(0), Fraction(0), 1) for name in "AB"]
    lines = [(ScoreLine("price", "", Fraction(0), Fraction(points), Fraction(points), ()),) for points in (40, 25)]
    scored = [replace(bid, lines=line) for bid, line in zip(bids, lines, strict=True)]
    assert observed_spreads(scored) == {"price": 15}


@pytest.mark.parametrize(
    ("formula", "announced", "message"),
    [
        ("ratio@1", {}, "laboratory.formula-unknown"),
        ("announced-interval@1", {"floor": Fraction(1)}, "laboratory.parameter-missing"),
        ("ratio-to-lowest@1", {"floor": Fraction(1)}, "laboratory.parameter-unknown"),
    ],
)
def test_wrong_use_is_said(formula: str, announced: dict[str, Fraction], message: str) -> None:
    """A typo is an error, never a row of silent zeros."""
    with pytest.raises(UsageError) as error:
        trial(formula, Fraction(40), announced)
    assert error.value.message == message


def test_a_large_field_gives_the_same_points() -> None:
    """The way for many bids and the way for few agree."""
    one = tried("around-median@1")
    assert one.all_points(Field(PRICES)) == tuple(outcome.points for outcome in one.outcomes(PRICES))


def test_an_id_without_a_version_means_the_newest() -> None:
    """Nobody types a version to try a formula; a tender file still names one."""
    assert trial("ratio-to-lowest", Fraction(40), {}).formula is FORMULAS["ratio-to-lowest@1"]
    with pytest.raises(UsageError):
        trial("ratio", Fraction(40), {})
