"""The contents of the award notice are the decision's own (CAN-01–CAN-03)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.reports import AWARD_NOTICE, DOCUMENTS, AwardNoticeContext, award_notice_context, decision_publication
from tender.documents.pages import render_html
from tender.errors import FrozenError, UsageError
from tender.language import Language
from tender.model.tender import Regime
from tests.evaluation.reports.cases import decided_case, publication_of
from tests.sample import sample_tender
from tests.tender.documents.house import assert_context_matches
from tests.tender.documents.plain import misplaced, plain

LANGUAGES = pytest.mark.parametrize("language", Language)


@LANGUAGES
def test_the_context_and_the_clauses_match(language: Language) -> None:
    assert_context_matches(AWARD_NOTICE, AwardNoticeContext, language)
    assert AWARD_NOTICE in DOCUMENTS


@LANGUAGES
def test_the_page_is_sound(language: Language) -> None:
    case = decided_case()
    html = render_html(AWARD_NOTICE, award_notice_context(case), decision_publication(case), language)
    assert not misplaced(html)
    for leak in ("None", "{{", "{%"):
        assert leak not in plain(html)


def test_the_figures_are_those_of_the_decision() -> None:
    """Winners, numbers of tenders, the lowest and the highest compared tender; an excluded one counts in neither."""
    case = decided_case()
    context = award_notice_context(case)
    prices = sorted(bid.comparison_price for bid in case.sheet.bids)
    assert (context.lowest, context.highest) == (prices[0], prices[-1])
    assert (context.received, context.admitted) == (6, 5)
    assert {winner.name for winner in context.winners} == {
        case.name(bidder) for bidder in case.selection.chosen.bidders
    }
    text = plain(render_html(AWARD_NOTICE, context, decision_publication(case), Language.FI))
    assert "3 100 000 €" in text
    assert "Esimerkki Yli Oy" not in text


def test_the_clock_starts_at_the_decision() -> None:
    """D17: a framework decision of 12.8.2026 is notified by 11.9.2026, whenever the contract is signed."""
    case = replace(decided_case(), decided_on=date(2026, 8, 12))
    assert award_notice_context(case).send_by == date(2026, 9, 11)


@pytest.mark.parametrize(("regime", "subtype"), [(Regime.ANNEX_E, "33"), (Regime.EU, "29"), (Regime.NATIONAL, "E4")])
def test_the_subtype_follows_the_regime(regime: Regime, subtype: str) -> None:
    """CAN-02: 33 for annex E, 29 under the full EU regime, the national result notice below the threshold."""
    tender = replace(sample_tender(), procedure=replace(sample_tender().procedure, regime=regime))
    assert award_notice_context(decided_case(tender)).subtype == subtype


def test_another_method_is_refused() -> None:
    case = decided_case()
    with pytest.raises(FrozenError, match="other-method"):
        award_notice_context(replace(case, sheet=replace(case.sheet, award_hash="00" * 32)))


def test_a_bare_publication_is_not_enough() -> None:
    with pytest.raises(UsageError, match="needs-case"):
        AWARD_NOTICE.context(publication_of(sample_tender()))
