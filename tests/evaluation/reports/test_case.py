"""A decision is refused while anything that the law asks for is missing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from evaluation.reports import DecisionCase, check_case, decision_context
from tender.errors import BlockedError, FrozenError
from tender.language import Language
from tender.model.criteria import Rounding, RoundingPoint
from tender.words import words
from tests.evaluation.reports.cases import decided_case, levels
from tests.sample import sample_tender


def refused(case: DecisionCase) -> dict[str, str]:
    """Rule and field of every finding that stops `case`."""
    with pytest.raises(BlockedError, match="incomplete") as caught:
        decision_context(case)
    assert all(finding.blocks for finding in caught.value.findings)
    for finding in caught.value.findings:
        assert words(Language.FI).finding(finding).text
    assert str(len(caught.value.findings)) in words(Language.FI).error(caught.value).text
    return {finding.rule: finding.field for finding in caught.value.findings}


def test_a_whole_case_is_accepted() -> None:
    check_case(decided_case())


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_score_without_a_reason_is_refused(reason: str) -> None:
    """DEC-04: points and words per criterion (KHO 2013:108)."""
    case = decided_case(scores=levels({("silta", "hours-tracking"): reason}))
    assert refused(case) == {"decision.reason-missing": "levels.silta.hours-tracking"}


def test_every_missing_reason_is_named_at_once() -> None:
    case = decided_case(scores=levels({("silta", "hours-tracking"): "", ("alku", "impact-plan"): ""}))
    with pytest.raises(BlockedError) as caught:
        check_case(case)
    assert len(caught.value.findings) == 2


def test_a_rejection_without_a_ground_is_refused() -> None:
    """DEC-03."""
    case = decided_case()
    bare = tuple(replace(each, findings=()) if each.bidder == "yli" else each for each in case.admissions)
    assert refused(replace(case, admissions=bare)) == {"decision.ground-missing": "bids.yli"}


def test_points_on_every_criterion_are_needed() -> None:
    case = decided_case()
    first, *others = case.sheet.bids
    sheet = replace(case.sheet, bids=(replace(first, lines=first.lines[1:]), *others))
    assert refused(replace(case, sheet=sheet)) == {"decision.points-missing": f"levels.{first.bidder}.price"}


def test_exactly_the_admitted_bids_are_scored() -> None:
    case = decided_case()
    *kept, last = case.sheet.bids
    found = refused(replace(case, sheet=replace(case.sheet, bids=tuple(kept))))
    assert found["decision.not-scored"] == f"bids.{last.bidder}"


def test_the_chosen_must_be_scored() -> None:
    case = decided_case()
    chosen = replace(case.selection.chosen, bidders=("alku", "kaari", "yli"))
    found = refused(replace(case, selection=replace(case.selection, chosen=chosen)))
    assert found == {"decision.chosen-not-scored": "bids.yli"}


def test_a_tie_needs_the_key_that_decided() -> None:
    case = decided_case()
    ties = (case.selection.chosen, *case.selection.near_ties[:1])
    assert "decision.tie-unexplained" in refused(replace(case, selection=replace(case.selection, ties=ties)))


@pytest.mark.parametrize(
    ("at", "field"), [(RoundingPoint.CRITERION, "levels.alku.price"), (RoundingPoint.TOTAL, "bids.alku")]
)
def test_points_that_are_not_rounded_as_announced_are_refused(at: RoundingPoint, field: str) -> None:
    """What is printed must be what decided: no printing may round on its own."""
    tender = sample_tender()
    case = decided_case(replace(tender, award=replace(tender.award, rounding=Rounding(at, 2))))
    bids = []
    for bid in case.sheet.bids:
        price, *rest = bid.lines
        odd = bid.bidder == "alku"
        off = Fraction(1, 700) if odd else Fraction(0)
        bids.append(replace(bid, lines=(replace(price, points=price.points + off), *rest), total=bid.total + off))
    assert refused(replace(case, sheet=replace(case.sheet, bids=tuple(bids)))) == {"decision.not-rounded": field}


def test_a_decision_hangs_on_the_record() -> None:
    assert "decision.record-missing" in refused(replace(decided_case(), record_head=""))


def test_another_method_is_refused() -> None:
    """CMP-01: only the published method (KHO 2010:19, 2010:69)."""
    case = decided_case()
    with pytest.raises(FrozenError, match="other-method") as caught:
        decision_context(replace(case, sheet=replace(case.sheet, award_hash="00" * 32)))
    assert "000000000000" in words(Language.FI).error(caught.value).text


def test_an_unreadable_form_goes_by_its_id() -> None:
    case = decided_case()
    assert case.name("alku") == "Esimerkki Alku Oy"
    assert case.name("nimeton") == "nimeton"
