"""Scoring: exact, rounded only where the tender says, nothing missing, the order of the files never matters."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.formulas import FORMULAS
from evaluation.award.scoring import check_levels, rank, resolved_parameters, score, total_working
from tender.errors import BlockedError, FrozenError
from tender.model.awards import ScoreSheet
from tender.model.bids import Bid, QualityScore
from tender.model.criteria import Criterion, CriterionKind, Level, Rounding, RoundingPoint
from tender.model.methods import award_hash
from tender.model.tender import Tender
from tests.evaluation.award.build import (
    as_fraction,
    assert_true,
    cases,
    make_bid,
    price_criterion,
    priced_tender,
    with_criteria,
)
from tests.sample import fi, sample_tender

TENDER = sample_tender()
LEAVES = ("impact-plan", "hours-tracking")


def levels_for(bids: list[Bid], level: int | None = 3) -> list[QualityScore]:
    """The same level for every bid and criterion of the sample tender."""
    return [QualityScore(bid.bidder, leaf, level, f"syy {bid.bidder}") for bid in bids for leaf in LEAVES]


def _points_criterion(points: list[Decimal]) -> Criterion:
    """A quality criterion whose level n earns exactly the n-th of `points`, of 100."""
    scale = tuple(Level(place, share, fi("taso")) for place, share in enumerate(points))
    return Criterion("quality", fi("Laatu"), CriterionKind.QUALITY, Decimal(100), formula="scale@1", scale=scale)


def _score_case(case: dict[str, Any]) -> ScoreSheet:
    quality = {bidder: Decimal(points) for bidder, points in case["quality"].items()}
    price = price_criterion(case["formula"], str(case["weight"]), **case.get("parameters", {}))
    at = {"none": RoundingPoint.NONE, "total": RoundingPoint.TOTAL}.get(case["rounding"], RoundingPoint.CRITERION)
    tender = with_criteria(
        priced_tender(), price, _points_criterion([*quality.values()]), at=at, decimals=case.get("decimals", 2)
    )
    zero = {"outcome.all": Decimal(0)}
    bids = [make_bid(tender, who, prices={"capitation.all": Decimal(p), **zero}) for who, p in case["prices"].items()]
    levels = [QualityScore(who, "quality", place, "syy") for place, who in enumerate(quality)]
    return score(tender, bids, levels)


@pytest.mark.parametrize("case", cases("award-scoring"), ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    """Rounding is law, and relative formulas turn the order: cases that a lawyer can read."""
    sheet = _score_case(case)
    totals = {bid.bidder: bid.total for bid in sheet.bids}
    if case["rounding"] == "price-criterion":
        # Both criteria are rounded to one decimal; the case keeps the quality points as they are.
        totals = {bid.bidder: bid.lines[0].points + as_fraction(case["quality"][bid.bidder]) for bid in sheet.bids}
        assert sorted(totals, key=lambda who: -totals[who]) == case["order"]
    else:
        assert [bid.bidder for bid in sheet.bids] == case["order"]
        assert [bid.rank for bid in sheet.bids] == case["ranks"]
    assert totals == {who: as_fraction(points) for who, points in case["totals"].items()}


def test_rounding_shows_what_was_rounded() -> None:
    """A finite number is shown as it is; a fraction too long to read is shown by its arithmetic again."""
    bids = [make_bid(TENDER, "A", prices={"capitation": Decimal("41.37"), "outcome": Decimal("0.7777")})]
    (bid,) = score(TENDER, bids, levels_for(bids)).bids
    price, quality, _ = bid.lines
    assert price.working[-1].expression == price.working[-2].expression
    assert quality.working[-1].expression == "26.25"


def test_the_sample_tender_in_full() -> None:
    """Price by the derived interval, two qualities by level, rounded at each criterion, with all the working."""
    cheap = make_bid(TENDER, "A", prices={"capitation": Decimal("34.00"), "outcome": Decimal("0.60")})
    dear = make_bid(TENDER, "B", prices={"capitation": Decimal("50.00"), "outcome": Decimal("1.00")})
    levels = [
        QualityScore("A", "impact-plan", 1, "niukka kuvaus"),
        QualityScore("A", "hours-tracking", 2, "osin puutteellinen"),
        QualityScore("B", "impact-plan", 4, "kattava"),
        QualityScore("B", "hours-tracking", 4, "kattava"),
    ]
    sheet = score(TENDER, [dear, cheap], levels)
    assert sheet.award_hash == award_hash(TENDER)
    best, second = sheet.bids
    assert (best.bidder, best.total, best.quality, best.rank) == ("A", Fraction("61.25"), Fraction("21.25"), 1)
    assert (second.bidder, second.total, second.quality, second.rank) == ("B", Fraction(60), Fraction(60), 2)
    assert [line.criterion for line in best.lines] == ["price", *LEAVES]
    assert best.lines[1].reason == "niukka kuvaus"
    assert best.lines[1].value == 1
    assert best.lines[0].value == best.comparison_price


def test_every_line_carries_a_true_working() -> None:
    """Each step's arithmetic gives its result, the last one the line's points."""
    bids = [make_bid(TENDER, "A", prices={"capitation": Decimal("41.37"), "outcome": Decimal("0.7777")})]
    (bid,) = score(TENDER, bids, levels_for(bids)).bids
    for line in bid.lines:
        for step in line.working:
            assert_true(step)
        assert line.working[-1].id == "rounded"
        assert line.working[-1].result == line.points
        assert abs(line.points - line.exact) <= Fraction(1, 200)


@pytest.mark.parametrize("at", RoundingPoint)
def test_points_are_rounded_only_where_the_tender_says(at: RoundingPoint) -> None:
    """Half-up at each criterion, at the total, or nowhere."""
    award = replace(TENDER.award, rounding=Rounding(at, 0))
    tender = replace(TENDER, award=award)
    bids = [make_bid(tender, "A")]
    (bid,) = score(tender, bids, levels_for(bids, 1)).bids
    exact = 40 + Fraction(35, 4) + Fraction(25, 4)
    assert bid.total == {RoundingPoint.NONE: exact, RoundingPoint.CRITERION: 40 + 9 + 6, RoundingPoint.TOTAL: 55}[at]
    assert bid.quality == (15 if at is RoundingPoint.CRITERION else Fraction(15))
    steps = total_working(bid.lines, tender.award.rounding)
    for step in steps:
        assert_true(step)
    assert steps[-1].result == bid.total


def test_all_missing_levels_are_listed() -> None:
    """A blank is not zero and not skipped, whether the score is absent or without a level."""
    bids = [make_bid(TENDER, bidder) for bidder in "AB"]
    levels = [QualityScore("A", "impact-plan", None, ""), QualityScore("B", "hours-tracking", 0, "ei kuvattu")]
    with pytest.raises(BlockedError) as error:
        score(TENDER, bids, levels)
    found = [(finding.rule, finding.values["bidder"], finding.values["criterion"]) for finding in error.value.findings]
    assert found == [
        ("award.level-missing", "A", "impact-plan"),
        ("award.level-missing", "A", "hours-tracking"),
        ("award.level-missing", "B", "impact-plan"),
    ]


@pytest.mark.parametrize(
    ("level", "criterion", "rule"),
    [
        (5, "impact-plan", "award.level-not-on-scale"),
        (-1, "impact-plan", "award.level-not-on-scale"),
        (3, "price", "award.level-unknown-criterion"),
        (3, "quality", "award.level-unknown-criterion"),
    ],
)
def test_a_level_off_the_scale_or_for_nothing_is_an_error(level: int, criterion: str, rule: str) -> None:
    """3 points where only 0 or 6 may be given (MAO:67/15) cannot happen."""
    bid = make_bid(TENDER, "A")
    levels = [one for one in levels_for([bid]) if one.criterion != criterion]
    findings = check_levels(TENDER, [bid], [*levels, QualityScore("A", criterion, level, "syy")])
    assert [finding.rule for finding in findings] == [rule]


def test_two_levels_for_one_thing_are_an_error() -> None:
    """Even when they agree: which one is the consensus is for people to say."""
    bid = make_bid(TENDER, "A")
    levels = [*levels_for([bid]), QualityScore("A", "impact-plan", 3, "syy")]
    assert [finding.rule for finding in check_levels(TENDER, [bid], levels)] == ["award.level-twice"]


def test_a_level_below_its_minimum_is_never_scored() -> None:
    """Admissibility should have stopped the bid; scoring does not rely on it."""
    leaf = replace(TENDER.award.leaves()[1], minimum=2)
    tender = with_criteria(TENDER, leaf)
    bid = make_bid(tender, "A")
    findings = check_levels(tender, [bid], [QualityScore("A", leaf.id, 1, "syy")])
    assert [finding.rule for finding in findings] == ["award.level-not-acceptable"]


def test_levels_of_bids_that_are_not_compared_are_left_aside() -> None:
    """Evaluators may have read a bid that was then excluded."""
    bids = [make_bid(TENDER, "A")]
    further = [QualityScore("Z", "impact-plan", 99, "")]
    assert score(TENDER, bids, [*levels_for(bids), *further]) == score(TENDER, bids, levels_for(bids))


def test_a_zero_price_under_a_ratio_is_a_finding_for_every_bid() -> None:
    """Nobody gets a silent zero, nothing crashes."""
    tender = with_criteria(priced_tender(zero_allowed=True), price_criterion("ratio-to-lowest@1", "100"))
    zero = {"outcome.all": Decimal(0)}
    bids = [make_bid(tender, who, prices={"capitation.all": Decimal(p), **zero}) for who, p in (("A", 0), ("B", 10))]
    with pytest.raises(BlockedError) as error:
        score(tender, bids, [])
    assert [finding.rule for finding in error.value.findings] == ["award.points-undefined"] * 2
    assert error.value.findings[0].values["reason"] == "formula-refusal.lowest-not-positive"


def test_a_bid_of_another_method_is_refused() -> None:
    """Points are given by the published method or not at all."""
    bid = replace(make_bid(TENDER, "A"), award_hash="0" * 64)
    with pytest.raises(FrozenError, match=r"award\.other-method"):
        score(TENDER, [bid], levels_for([bid]))


@pytest.mark.parametrize(("formula", "kind"), [("unknown@1", CriterionKind.PRICE), ("scale@1", CriterionKind.PRICE)])
def test_an_unusable_formula_is_refused(formula: str, kind: CriterionKind) -> None:
    """A formula that is not registered, or that scores something else, gives no points."""
    tender = with_criteria(TENDER, replace(price_criterion(formula, "100"), kind=kind))
    with pytest.raises(BlockedError, match=r"award\.formula-unusable"):
        score(tender, [make_bid(tender, "A")], [])


def test_a_parameter_without_a_default_must_be_announced() -> None:
    """What a point is worth is never guessed."""
    criterion = price_criterion("money-value@1")
    with pytest.raises(BlockedError) as error:
        resolved_parameters(TENDER, criterion, FORMULAS["money-value@1"])
    assert error.value.values["parameter"] == "euros_per_point"


def test_equal_totals_share_a_rank_and_the_next_is_skipped() -> None:
    """1, 2, 2, 4; equal ones in the order of their ids."""
    bids = [make_bid(TENDER, bidder) for bidder in "DCBA"]
    levels = [
        QualityScore(bid.bidder, leaf, {"A": 1, "B": 3, "C": 4, "D": 3}[bid.bidder], "syy")
        for bid in bids
        for leaf in LEAVES
    ]
    sheet = score(TENDER, bids, levels)
    assert [(bid.bidder, bid.rank) for bid in sheet.bids] == [("C", 1), ("B", 2), ("D", 2), ("A", 4)]
    assert rank(reversed(sheet.bids)) == sheet.bids


@st.composite
def _fields(draw: st.DrawFn) -> tuple[list[Bid], list[QualityScore], Tender]:
    formula = draw(st.sampled_from(["announced-interval@1", "ratio-to-lowest@1"]))
    first, *rest = TENDER.award.criteria
    tender = replace(TENDER, award=replace(TENDER.award, criteria=(replace(first, formula=formula), *rest)))
    bids = []
    levels = []
    for bidder in "ABCDE"[: draw(st.integers(1, 5))]:
        capitation = draw(st.decimals("34", "50", places=2, allow_nan=False))
        bids.append(make_bid(tender, bidder, prices={"capitation": capitation, "outcome": Decimal("0.8")}))
        levels += [QualityScore(bidder, leaf, draw(st.integers(0, 4)), "syy") for leaf in LEAVES]
    return bids, levels, tender


@given(field=_fields(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_order_of_bids_and_levels_does_not_matter(
    field: tuple[list[Bid], list[QualityScore], Tender], data: st.DataObject
) -> None:
    """Any permutation of the files gives the same sheet, byte for byte."""
    bids, levels, tender = field
    expected = score(tender, bids, levels)
    assert score(tender, data.draw(st.permutations(bids)), data.draw(st.permutations(levels))) == expected
    assert all(bid.total == sum(line.points for line in bid.lines) for bid in expected.bids)
