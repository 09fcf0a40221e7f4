"""Documented cases about formulas: what went wrong, and what the product does about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from evaluation.award.formulas import FORMULAS, Given, RefusedError
from evaluation.award.laboratory.gaming import Promise, overpromise
from evaluation.award.laboratory.trial import trial
from evaluation.award.laboratory.weight import observed_spreads, shares
from evaluation.award.scoring import check_levels, score
from evaluation.checks import CHECKS
from evaluation.statements import statements
from tender.checks import Case
from tender.errors import BlockedError, Finding, FrozenError, Severity
from tender.model.awards import ScoredBid, ScoreLine
from tender.model.bids import QualityScore
from tender.model.criteria import Criterion, CriterionKind, FallsAway, Level
from tender.model.methods import award_hash
from tender.model.tender import Tender
from tests.evaluation.award.build import make_bid, price_criterion, priced_tender, with_criteria
from tests.sample import fi, quality, sample_tender

TENDER = sample_tender()


def findings(tender: Tender) -> list[Finding]:
    """What the award room says before publication."""
    return [finding for rule in CHECKS for finding in rule(Case(tender, date(2018, 11, 1)))]


def test_kho_2010_69_the_formula_is_published_and_frozen() -> None:
    """Sub-weights and the formula were unpublished: every leaf has a printed statement, and its change is noticed."""
    subjects = {statement.subject for statement in statements(TENDER)}
    assert {f"award.criteria.{leaf.id}" for leaf in TENDER.award.leaves()} <= subjects
    changes: tuple[dict[str, Any], ...] = ({"formula": "rank@1"}, {"weight": Decimal(41)})
    for change in changes:
        price = TENDER.award.criteria[0]
        other = with_criteria(TENDER, replace(price, **change), *TENDER.award.criteria[1:])
        assert award_hash(other) != award_hash(TENDER)
        with pytest.raises(FrozenError):
            score(other, [make_bid(TENDER, "A")], ())


def promise(name: str, weight: str, formula: str) -> Criterion:
    """A promise criterion on a scale from 50 to 100."""
    scale = (Level(50, Decimal(0), fi("vähintään")), Level(100, Decimal(100), fi("enintään")))
    return Criterion(
        name, fi(name), CriterionKind.QUALITY, Decimal(weight), fi("Lupaus."), fi("Luku."), formula, scale=scale
    )


def test_kho_2014_55_over_promising_can_pay() -> None:
    """70/15/15, ratio to best: 5.0 and 98 % against 4.4 and 65 % is a premium of 10.85 %; sanctions reach 9 %."""
    promises = [
        Promise(trial("promise-ratio@1", Fraction(15), {}), Fraction(honest), Fraction(promised))
        for honest, promised in (("4.4", "5"), ("65", "98"))
    ]
    price = trial("ratio-to-lowest@1", Fraction(70), {})
    found = overpromise(price, Fraction(100), promises, Fraction(9, 100))
    assert round(30 - found.gain, 2) == Fraction("23.15")
    assert round(100 * found.premium, 2) == Fraction("10.85")
    assert found.pays
    assert found.smallest_sanction == Fraction("9.79")
    assert found.of_honest_price == Fraction("10.85")
    assert not overpromise(price, Fraction(100), promises, found.smallest_sanction / 100).pays


@pytest.mark.parametrize(("formula", "weight"), [("promise-ratio@1", "30"), ("promise-interval@1", "60")])
def test_kho_2014_55_a_tender_with_promises_is_lawful_and_warned(formula: str, weight: str) -> None:
    """Promises may be scored; when an empty one pays, the check says by how much and what sanction would end it."""
    rest = quality("plan", "Laatu", str(60 - int(weight))) if weight != "60" else None
    leaves = [price_criterion("ratio-to-lowest@1"), promise("promise", weight, formula), *([rest] if rest else [])]
    found = [one for one in findings(with_criteria(TENDER, *leaves)) if one.rule == "award.overpromise-pays"]
    assert [one.severity for one in found] == [Severity.WARN]
    assert found[0].basis == "KHO 2014:55"
    assert Fraction(found[0].values["smallest"]) > Fraction(found[0].values["sanction"])


def test_kho_2014_55_promises_are_scored_as_announced() -> None:
    """The promised number goes through scoring, relative to the best one; outside the scale it is refused."""
    tender = with_criteria(TENDER, promise("promise", "100", "promise-ratio@1"))
    bids = [make_bid(tender, name) for name in "AB"]
    levels = [QualityScore("A", "promise", 60, "s. 2"), QualityScore("B", "promise", 80, "s. 3")]
    assert {bid.bidder: bid.total for bid in score(tender, bids, levels).bids} == {"A": 75, "B": 100}
    with pytest.raises(BlockedError) as refusal:
        score(tender, bids, [QualityScore("A", "promise", 101, "s. 2"), levels[1]])
    (finding,) = refusal.value.findings
    assert (finding.rule, finding.values["scale"]) == ("award.level-not-on-scale", "50–100")


def test_mao_67_15_a_level_off_the_scale_is_never_scored() -> None:
    """3 points were given where only 0 or 6 were allowed."""
    zero_or_six = (Level(0, Decimal(0), fi("ei")), Level(6, Decimal(100), fi("kyllä")))
    tender = with_criteria(TENDER, replace(quality("plan", "Laatu", "100"), scale=zero_or_six))
    (finding,) = check_levels(tender, [make_bid(tender, "A")], [QualityScore("A", "plan", 3, "syy")])
    assert finding.rule == "award.level-not-on-scale"
    assert finding.values["scale"] == "0, 6"


def test_bevan_brittan_2019_a_zero_price_is_defined_or_refused_beforehand() -> None:
    """Division by a zero price was undefined: the check blocks it, scoring refuses it, three formulas define it."""
    criteria = (price_criterion("ratio-to-lowest@1"), quality("plan", "Laatu", "60"))
    tender = with_criteria(priced_tender(zero_allowed=True), *criteria)
    assert "award.zero-price-undefined" in {one.rule for one in findings(tender) if one.blocks}
    bids = [make_bid(tender, "A", prices={"capitation.all": Decimal(0), "outcome.all": Decimal(0)}),
            make_bid(tender, "B", prices={"capitation.all": Decimal(9), "outcome.all": Decimal(0)})]  # fmt: skip
    with pytest.raises(BlockedError) as refusal:
        score(tender, bids, [QualityScore(name, "plan", 2, "syy") for name in "AB"])
    assert {one.rule for one in refusal.value.findings} == {"award.points-undefined"}
    field = (Fraction(0), Fraction(100))
    for formula, parameters in (
        ("announced-interval@1", {"floor": Fraction(0), "ceiling": Fraction(160)}),
        ("ratio-to-lowest-floored@1", {"floor": Fraction(50)}),
        ("highest-to-lowest@1", {}),
    ):
        assert FORMULAS[formula].points(Given(Fraction(40), Fraction(0), field, parameters)) == 40


def test_gt_suam_formula_7_the_others_are_not_silently_zero() -> None:
    """One zero price gave the zero bidder everything and all others silently nothing: here everybody is refused."""
    for price in (Fraction(0), Fraction(100), Fraction(200)):
        with pytest.raises(RefusedError):
            FORMULAS["ratio-to-lowest@1"].points(
                Given(Fraction(40), price, (Fraction(0), Fraction(100), Fraction(200)), {})
            )


def test_bonfire_a_fail_disqualifies() -> None:
    """“Fail” did not disqualify: here a failed requirement stops the scoring of that bid by name."""
    levels = (Level(0, Decimal(0), fi("ei")), Level(1, Decimal(100), fi("kyllä")))
    must = replace(quality("must", "Vaatimus", "10"), formula="pass-fail@1", scale=levels)
    tender = with_criteria(TENDER, must, quality("plan", "Laatu", "90"))
    bids = [make_bid(tender, name) for name in "AB"]
    scores = [QualityScore("A", "must", 0, "puuttuu"), QualityScore("B", "must", 1, "on"),
              *(QualityScore(name, "plan", 2, "syy") for name in "AB")]  # fmt: skip
    with pytest.raises(BlockedError) as refusal:
        score(tender, bids, scores)
    (finding,) = refusal.value.findings
    assert finding.values["reason"] == "formula-refusal.failed"
    assert finding.field == "levels.A.must"


def test_kofa_2021_1000_unscaled_quality_is_lawful_and_its_weight_is_shown() -> None:
    """Price 10/10 (80 %), best quality 8.17/10 (20 %): no normalisation is forced; the report shows what it does."""

    def bid(name: str, price: str, good: str) -> ScoredBid:
        lines = [
            ScoreLine(criterion, "", Fraction(0), Fraction(points), Fraction(points), ())
            for criterion, points in (("price", price), ("quality", good))
        ]
        return ScoredBid(name, name, Fraction(0), tuple(lines), Fraction(good), Fraction(0), 1)

    best_quality = Fraction("8.17") / 10 * 20
    spreads = observed_spreads([bid("A", "80", "0"), bid("B", "40", str(best_quality))])
    assert spreads == {"price": 40, "quality": Fraction("16.34")}
    assert shares(spreads)["quality"] == 100 * Fraction("16.34") / Fraction("56.34")


def test_ricoh_xerox_what_happens_when_a_bid_falls_away_is_said_beforehand() -> None:
    """HR 9.5.2014: the winner fell away after relative scoring; the tender must say which points then stand."""
    relative = with_criteria(TENDER, price_criterion("ratio-to-lowest@1"), quality("plan", "Laatu", "60"))
    said = {}
    for rule in FallsAway:
        tender = replace(relative, award=replace(relative.award, falls_away=rule))
        said[rule] = {one.rule for one in findings(tender)} & {"award.relative-formula", "award.relative-rescored"}
        assert award_hash(tender) == award_hash(replace(tender))
    assert said == {FallsAway.KEEP: {"award.relative-formula"}, FallsAway.RESCORE: {"award.relative-rescored"}}
    keep, rescore = (replace(relative, award=replace(relative.award, falls_away=rule)) for rule in FallsAway)
    assert award_hash(keep) != award_hash(rescore)


def test_portugal_2008_and_stilger_2017_a_relative_formula_is_warned_and_absolute_is_the_default() -> None:
    """Relative price formulas were banned; the choice of formula decides winners."""
    assert findings(TENDER) == []
    relative = with_criteria(TENDER, price_criterion("highest-to-lowest@1"), quality("plan", "Laatu", "60"))
    assert "award.relative-formula" in {one.rule for one in findings(relative)}


def test_kho_2013_160_minimum_points_keep_a_bid_out() -> None:
    """Staged scoring with minimum points: a bid below the announced share is not compared, and why."""
    plan = replace(
        quality("plan", "Laatu", "100"), formula="scale-with-minimum@1", parameters={"least_share": Decimal(50)}
    )
    tender = with_criteria(TENDER, plan)
    bids = [make_bid(tender, name) for name in "AB"]
    with pytest.raises(BlockedError) as refusal:
        score(tender, bids, [QualityScore("A", "plan", 1, "niukka"), QualityScore("B", "plan", 2, "riittää")])
    (finding,) = refusal.value.findings
    assert (finding.field, finding.values["reason"]) == ("levels.A.plan", "formula-refusal.below-minimum")


def test_kho_2015_17_and_2016_97_an_unclear_zero_price_is_settled_before_publication() -> None:
    """A zero that the tender allows must mean something under its formula; the finding names both judgments."""
    tender = with_criteria(
        replace(TENDER, prices=replace(TENDER.prices, zero_allowed=True)),
        price_criterion("ratio-squared@1"),
        quality("plan", "Laatu", "60"),
    )
    (finding,) = [one for one in findings(tender) if one.rule == "award.zero-price-undefined"]
    assert finding.blocks
    assert finding.basis == "KHO 2015:17, KHO 2016:97"


def test_mao_372_20_a_blank_price_is_not_zero() -> None:
    """A typed zero became a dash in the buyer's form: here a blank stops scoring and a zero is scored as zero."""
    tender = with_criteria(priced_tender(zero_allowed=True), price_criterion("announced-interval@1", "100"))
    zero = {"capitation.all": Decimal(0), "outcome.all": Decimal(0)}
    (scored,) = score(tender, [make_bid(tender, "A", prices=zero)], ()).bids
    assert (scored.comparison_price, scored.total) == (Fraction(0), Fraction(100))
    with pytest.raises(BlockedError) as refusal:
        score(tender, [make_bid(tender, "A", prices={**zero, "capitation.all": None})], ())
    assert refusal.value.message.startswith("award.")


@pytest.mark.parametrize("part", ["weights", "scale", "formula parameters", "rounding", "falls away"])
def test_lianakis_ati_eac_and_dimarso_nothing_of_the_method_moves_after_publication(part: str) -> None:
    """C-532/06, C-331/04, C-6/15: every part of the method is in the hash that a bid carries."""
    price, branch = TENDER.award.criteria
    leaf = branch.criteria[0]
    changed = {
        "weights": replace(TENDER.award, criteria=(replace(price, weight=Decimal(39)), branch)),
        "scale": replace(
            TENDER.award, criteria=(price, replace(branch, criteria=(replace(leaf, minimum=2), *branch.criteria[1:])))
        ),
        "formula parameters": replace(
            TENDER.award, criteria=(replace(price, parameters={"floor": Decimal(1)}), branch)
        ),
        "rounding": replace(TENDER.award, rounding=replace(TENDER.award.rounding, decimals=3)),
        "falls away": replace(TENDER.award, falls_away=FallsAway.RESCORE),
    }[part]
    other = replace(TENDER, award=changed)
    assert award_hash(other) != award_hash(TENDER)
    with pytest.raises(FrozenError):
        score(other, [make_bid(TENDER, "A")], ())


def test_the_choice_of_the_formula_decides_the_winner() -> None:
    """Stilger et al. 2017: the same three bids, two announced formulas, two winners."""
    bids = {"A": ("100", 1), "B": ("140", 3)}
    winners = {}
    for formula in ("ratio-to-lowest@1", "highest-to-lowest@1"):
        criteria = (price_criterion(formula), quality("plan", "Laatu", "60"))
        tender = with_criteria(priced_tender(), *criteria)
        made = [
            make_bid(tender, name, prices={"capitation.all": Decimal(price), "outcome.all": Decimal(0)})
            for name, (price, _) in bids.items()
        ]
        levels = [QualityScore(name, "plan", level, "syy") for name, (_, level) in bids.items()]
        winners[formula] = score(tender, made, levels).bids[0].bidder
    assert winners == {"ratio-to-lowest@1": "B", "highest-to-lowest@1": "A"}
