"""Completeness: documents, formulas and published methods, with what the case knows and does not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tender.checks import Case, PublishedMethods, check
from tender.errors import Severity
from tender.model.methods import award_hash, payment_hash
from tender.model.tender import Tender
from tests.sample import sample_tender
from tests.tender.checks.bases import BASES, case_of
from tests.tender.checks.change import changed
from tests.tender.checks.drill import only_new, speak

BEFORE_DEADLINE, AFTER_DEADLINE = date(2018, 12, 11), date(2018, 12, 12)


def _published(tender: Tender) -> PublishedMethods:
    return PublishedMethods(1, award_hash(tender), payment_hash(tender))


def test_what_is_not_known_is_not_judged() -> None:
    """Without a catalogue and the stated formulas nothing is said about either."""
    tender = changed(
        changed(sample_tender(), "documents", ["call-for-tenders", "framework-agreement", "x"]),
        "award.criteria[0].formula",
        "x@1",
    )
    assert not [finding for finding in check(Case(tender, date(2018, 10, 1))) if finding.blocks]


@pytest.mark.parametrize(
    ("found", "nearest"),
    [
        ("announced-interval@2", "announced-interval@1"),
        ("scale", "scale@1"),
        ("zzz", ", ".join(sorted(("announced-interval@1", "ratio-to-lowest@1", "scale@1")))),
    ],
)
def test_an_unknown_formula_is_told_the_nearest_or_all(found: str, nearest: str) -> None:
    """A typo gets one suggestion; what is like nothing gets the list."""
    tender = changed(sample_tender(), "award.criteria[0].formula", found)
    (finding,) = only_new(case_of(tender), check(case_of(sample_tender())))
    assert finding.values == {"id": "price", "found": found, "nearest": nearest}


def test_an_unchanged_method_is_not_mentioned() -> None:
    """After publication nothing is said as long as nothing changed."""
    case = case_of(sample_tender(), published=_published(sample_tender()), today=AFTER_DEADLINE)
    assert only_new(case, check(case_of(sample_tender()))) == []


@pytest.mark.parametrize(
    ("today", "rule", "severity"),
    [
        (BEFORE_DEADLINE, "published.method-changed", Severity.WARN),
        (AFTER_DEADLINE, "published.method-changed-late", Severity.BLOCK),
    ],
)
@pytest.mark.parametrize(
    ("path", "raw", "field"),
    [
        ("award.selection.near_tie", Decimal(4), "award"),
        ("prices.capitation.base.lowest", Decimal(33), "award"),
        ("billing.outcome_months", 3, "prices"),
    ],
)
def test_a_changed_method_is_a_correction_before_the_deadline_and_refused_after(
    today: date, rule: str, severity: Severity, path: str, raw: object, field: str
) -> None:
    """One finding even when one number belongs to both methods."""
    case = case_of(changed(sample_tender(), path, raw), published=_published(sample_tender()), today=today)
    (finding,) = only_new(case, check(case_of(sample_tender())))
    assert (finding.rule, finding.severity, finding.field) == (rule, severity, field)
    assert finding.values == {"version": "1", "next": "2"}
    speak(finding)


def test_words_may_change_after_publication() -> None:
    """Words are in no method."""
    tender = changed(sample_tender(), "award.criteria[0].name", "Hinta")
    case = case_of(tender, published=_published(sample_tender()), today=AFTER_DEADLINE)
    assert only_new(case, check(case_of(sample_tender()))) == []


def test_a_published_tender_may_lie_in_the_past() -> None:
    """The day of publication is behind us because it was published."""
    tender = changed(BASES["today"], "timetable.published", date(2026, 11, 1))
    assert "timetable.past" in {finding.rule for finding in check(case_of(tender))}
    published = case_of(tender, published=_published(tender))
    assert "timetable.past" not in {finding.rule for finding in check(published)}


def test_fixed_prices_need_no_price_criterion() -> None:
    """HL 93.3: with fixed prices tenders compete on quality only."""
    tender = sample_tender()
    for path in ("prices.capitation.base", "prices.outcome.base"):
        tender = changed(tender, path, {"lowest": "0.8", "highest": "0.8"})
    quality = replace(tender.award.criteria[1], weight=Decimal(100))
    quality = replace(quality, criteria=(replace(quality.criteria[0], weight=Decimal(75)), quality.criteria[1]))
    tender = replace(tender, award=replace(tender.award, criteria=(quality,)))
    found = {finding.rule for finding in check(case_of(tender))}
    assert not found & {"award.price-criterion", "prices.no-spread"}


def test_admitting_everyone_needs_no_criteria() -> None:
    """KHO 2018:91: the alternative is warned about, and nothing else is asked of an award that there is not."""
    tender = replace(sample_tender(), award=replace(sample_tender().award, criteria=()))
    tender = changed(tender, "framework.dynamic.admit_all_suitable", raw=True)
    (finding,) = only_new(case_of(tender), check(case_of(sample_tender())))
    assert (finding.rule, finding.severity, finding.basis) == (
        "dynamic.admit-all",
        Severity.WARN,
        "KHO 2018:91; C-9/17",
    )
