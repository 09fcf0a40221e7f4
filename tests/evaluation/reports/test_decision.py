"""The award decision prints the whole comparison, the words, the working and the proof of the selection."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from fractions import Fraction

import pytest

from evaluation.award.reasons import MESSAGES
from evaluation.reports import (
    AWARD_DECISION,
    DOCUMENTS,
    DecisionCase,
    DecisionContext,
    decision_context,
    decision_publication,
)
from evaluation.reports.rows import set_rows
from evaluation.reports.spoken import finding_words
from tender.documents.pages import render_html
from tender.errors import BlockedError, Finding, Severity, UsageError
from tender.language import Language
from tender.model.awards import Obstacle
from tender.model.criteria import Rounding, RoundingPoint, TieKey
from tender.model.tender import Regime, RulePack
from tests.evaluation.reports.cases import RECORD_HEAD, decided_case, levels, publication_of
from tests.sample import sample_tender
from tests.tender.documents.house import assert_context_matches
from tests.tender.documents.plain import cells, misplaced, plain

SETTLED = ("alku", "kaari", "polku")


def html_of(case: DecisionCase) -> str:
    return render_html(AWARD_DECISION, decision_context(case), decision_publication(case), Language.FI)


def text_of(case: DecisionCase) -> str:
    return plain(html_of(case))


def row_after(printed: list[str], first: str, width: int) -> list[str]:
    """The cells of the last table row whose first cell is `first`."""
    place = max(place for place, cell in enumerate(printed) if cell == first)
    return printed[place : place + width]


def test_the_context_and_the_clauses_match() -> None:
    assert_context_matches(AWARD_DECISION, DecisionContext)
    assert AWARD_DECISION in DOCUMENTS


def test_a_bare_publication_is_not_enough() -> None:
    with pytest.raises(UsageError, match="needs-case"):
        AWARD_DECISION.context(publication_of(sample_tender()))


def test_the_comparison_table_has_every_bid_and_criterion() -> None:
    """KHO 2013:108: weights, comparison price, points of every tenderer by criterion.

    One price has tenths of a cent (1 546 074.975), so all of them are printed with three decimals.
    """
    case = decided_case()
    printed = cells(html_of(case))
    head = ["Sija", "Tarjoaja", "Vertailuhinta, €/vuosi", "1", "2.1", "2.2", "Yht."]
    assert row_after(printed, "Sija", 7) == head
    place = printed.index("Esimerkki Alku Oy (valittu)")
    assert printed[place - 1 : place + 6] == [
        "1",
        "Esimerkki Alku Oy (valittu)",
        "1 530 298,450",
        "18,45",
        "35,00",
        "25,00",
        "78,45",
    ]
    for bid in case.sheet.bids:
        assert any(cell.startswith(bid.name) for cell in printed)


def test_chosen_and_not_chosen_are_named() -> None:
    case = decided_case()
    assert case.selection.chosen.bidders == SETTLED
    text = text_of(case)
    assert "puitejärjestelyyn ei valita: Esimerkki Suunta Oy ja Esimerkki Silta Oy." in text
    printed = cells(html_of(case))
    assert row_after(printed, "Esimerkki Yli Oy", 3)[2] == "ei otettu vertailuun"
    assert printed.count("valittu puitejärjestelyyn") == 3
    assert printed.count("vertailtu, ei valittu") == 2


def test_the_ground_of_a_rejection_is_said_in_words() -> None:
    """DEC-03, and numbers in the document's own notation."""
    text = text_of(decided_case())
    part = text[text.index("Tarjoukset, joita ei ole otettu vertailuun Tarjouspyyntöä") :]
    assert "1,0500" in part
    assert "0,60" in part
    assert "award.price-outside" not in text


def test_every_quality_score_has_its_words() -> None:
    text = text_of(decided_case())
    for bidder in ("alku", "kaari", "polku", "silta", "suunta"):
        for criterion in ("impact-plan", "hours-tracking"):
            assert f"Perustelu: {bidder}, {criterion}." in text
    assert "3: hyvä" in text


def test_the_working_of_every_price_is_printed() -> None:
    case = decided_case()
    printed = cells(html_of(case))
    for bid in case.sheet.bids:
        rows = [printed[place : place + 4] for place, cell in enumerate(printed) if cell == bid.name]
        assert any("1 836 715" in row[2] and "40 ·" in row[2] for row in rows)


def test_hashes_and_record_are_printed() -> None:
    text = text_of(decided_case()).replace(" ", "")
    assert publication_of(sample_tender()).award_hash in text
    assert RECORD_HEAD in text


def test_better_sets_that_could_not_serve_are_explained() -> None:
    """The worked case of docs/formulas.md in words: 150 + 500 + 700 places are too few for 1,400 clients."""
    text = text_of(decided_case())
    start = text.index("Paremmat yhdistelmät, jotka eivät olleet mahdollisia")
    part = text[start : start + 700]
    assert "208,11" in part
    assert "1 350" in part
    assert "1 400" in part
    assert "award.obstacle" not in text


def test_the_places_cover_every_client() -> None:
    case = decided_case()
    context = decision_context(case)
    assert all(row.total == row.need for row in context.coverage)
    assert sum(row.planned for row in context.capacities) == 1400
    assert all(row.planned <= row.usable <= 700 for row in context.capacities)


def tied_case() -> DecisionCase:
    """The case with the first near tie as a tie that quality points decided."""
    case = decided_case()
    other = replace(case.selection.near_ties[0], points=case.selection.chosen.points)
    selection = replace(
        case.selection, ties=(case.selection.chosen, other), near_ties=(), tie_key=TieKey.QUALITY_POINTS.value
    )
    return replace(case, selection=selection)


def test_a_tie_names_the_key_that_decided() -> None:
    text = text_of(tied_case())
    assert "Tasatilanne ratkaistiin tarjouspyynnössä ilmoitetulla säännöllä: laatupisteiden suurempi summa" in text
    assert "Lähellä olevat yhdistelmät" not in text
    assert "Tasatilannetta ei ollut." not in text


def test_drawn_lots_are_printed_with_their_commitment() -> None:
    case = tied_case()
    lots = ("silta", "alku", "kaari", "polku", "suunta")
    case = replace(case, selection=replace(case.selection, tie_key=TieKey.LOTS.value, lots=lots))
    text = text_of(case)
    assert "1) Esimerkki Silta Oy, 2) Esimerkki Alku Oy" in text
    assert "a7" * 32 in text.replace(" ", "")


def test_without_a_tie_none_is_told() -> None:
    text = text_of(decided_case())
    assert "Tasatilannetta ei ollut." in text
    assert "Tasatilanne ja sen ratkaiseminen" not in text
    assert "Lähellä olevat yhdistelmät" in text


@pytest.mark.parametrize("case", [decided_case, tied_case])
def test_no_cell_is_empty_and_no_block_misplaced(case: Callable[[], DecisionCase]) -> None:
    html = html_of(case())
    assert all(cells(html))
    assert misplaced(html) == []


def test_hostile_names_stay_text() -> None:
    evil = "<b onclick=x>Oy</b> | **x** {{ 7*7 }} =SUM(A1)"
    html = html_of(decided_case(names={"polku": evil, "yli": evil}))
    assert "<b onclick" not in html
    assert plain(html).count(evil) >= 4


def test_hostile_reasons_stay_text() -> None:
    evil = "# Otsikko | <script>alert(1)</script>"
    html = html_of(decided_case(scores=levels({("polku", "impact-plan"): evil})))
    assert "<script" not in html
    assert evil in plain(html)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_files_never_shows(seed: int) -> None:
    case = decided_case()
    bids, admissions = list(case.bids), list(case.admissions)
    random.Random(seed).shuffle(bids)
    random.Random(seed + 100).shuffle(admissions)
    assert html_of(replace(case, bids=tuple(bids), admissions=tuple(admissions))) == html_of(case)


@pytest.mark.parametrize(
    ("regime", "present", "absent"),
    [
        (Regime.ANNEX_E, "107, 109, 113–115", "3, 42, 74"),
        (Regime.EU, "3, 42, 74, 80, 83, 93", "113–115"),
        (Regime.NATIONAL, "3, 123, 126–128", "odotusaika"),
    ],
)
def test_only_provisions_of_the_regime_are_named(regime: Regime, present: str, absent: str) -> None:
    tender = sample_tender()
    text = text_of(decided_case(replace(tender, procedure=replace(tender.procedure, regime=regime))))
    assert present in text
    assert absent not in text


def test_the_rolling_standstill_is_todays_law() -> None:
    """Section 129.1 was amended by 499/2021; dates themselves are computed at notification."""
    rolled = "ensimmäisenä sen jälkeisenä arkipäivänä"
    assert rolled not in text_of(decided_case())
    assert rolled in text_of(decided_case(replace(sample_tender(), rule_pack=RulePack.FINLAND_2026)))


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (RoundingPoint.CRITERION, "pyöristetty vertailuperusteittain 2 desimaaliin"),
        (RoundingPoint.TOTAL, "Yhteispisteet on pyöristetty 2 desimaaliin"),
        (RoundingPoint.NONE, "Pisteitä ei ole pyöristetty"),
    ],
)
def test_rounding_is_told_as_the_method_says(at: RoundingPoint, said: str) -> None:
    tender = sample_tender()
    award = replace(tender.award, rounding=Rounding(at, 2))
    assert said in text_of(decided_case(replace(tender, award=award)))


def test_present_and_remarks_are_optional() -> None:
    case = decided_case()
    assert "läsnä A. Avaaja ja T. Todistaja" in text_of(case)
    assert "läsnä" not in text_of(replace(case, present=()))
    remark = Finding("decision.record-missing", Severity.INFO, "bids.alku")
    noted = tuple(replace(each, findings=(remark,)) if each.bidder == "alku" else each for each in case.admissions)
    assert "Huomautukset vertailluista tarjouksista" in text_of(replace(case, admissions=noted))
    assert "Huomautukset vertailluista tarjouksista" not in text_of(case)


def test_an_unreadable_form_is_listed_by_its_id() -> None:
    case = decided_case()
    unread = tuple(bid for bid in case.bids if bid.bidder != "yli")
    assert row_after(cells(html_of(replace(case, bids=unread))), "yli", 2) == ["yli", "ei luettavissa"]


def test_the_opening_is_told_in_the_time_of_the_deadline() -> None:
    """The record keeps moments in UTC; readers know the deadline in Finnish time."""
    case = decided_case()
    recorded = replace(case, opened_at=case.opened_at.astimezone(UTC))
    assert "Tarjoukset avattiin 11.12.2018 klo 13.00." in text_of(recorded)


def test_the_decision_carries_its_own_day() -> None:
    case = decided_case()
    assert decision_publication(case).today == case.decided_on
    assert "21.12.2018" in text_of(case)


def test_everything_else_of_the_solver_is_said() -> None:
    case = decided_case()
    assert "sen tulos oli sama" in text_of(case)
    doubtful = replace(case, selection=replace(case.selection, solver_agrees=False))
    assert "vähemmän kuin ratkaisin pystyy erottamaan" in text_of(doubtful)


@pytest.mark.parametrize("rule", MESSAGES)
def test_every_obstacle_has_words(rule: str) -> None:
    values = {
        "capacity": "1350",
        "need": "1400",
        "area": "siilinjarvi",
        "group": "easy",
        "cells": "siilinjarvi/easy, lapinlahti/hard",
        "cost": "2000000.01",
        "ceiling": "2000000",
        "bidder": "alku",
        "quality": "20",
        "minimum": "30",
        "least": "2",
        "found": "1",
        "other": "toimi",
    }
    case = decided_case()
    hindered = replace(case.selection.chosen, obstacles=(Obstacle(rule, values),))
    said = set_rows(case, (hindered,))[0].obstacles[0].fi
    assert said
    assert "siilinjarvi" not in said
    assert "easy" not in said


def test_numbers_of_findings_follow_the_language() -> None:
    finding = Finding("decision.incomplete", Severity.BLOCK, values={"count": "1234.5"})
    words = finding_words(finding)
    assert "1\u00a0234,5" in (words.fi or "")
    assert "1,234.5" in (words.en or "")


def test_a_step_without_words_is_refused() -> None:
    case = decided_case()
    first, *others = case.sheet.bids
    price, *rest = first.lines
    odd = replace(price, working=(replace(price.working[0], id="nameless"),))
    sheet = replace(case.sheet, bids=(replace(first, lines=(odd, *rest)), *others))
    with pytest.raises(BlockedError, match="step-without-words"):
        decision_context(replace(case, sheet=sheet))


def test_money_is_exact() -> None:
    """No number of the decision was rounded on its way from the sheet."""
    case = decided_case()
    prices = {row.name: row.price for row in decision_context(case).comparison}
    assert prices["Esimerkki Silta Oy"] == Fraction("1546074.975")
    assert "1 546 074,975" in text_of(case)


def test_a_decision_does_not_call_itself_published() -> None:
    """Its status and its footer name the day of the decision, not a publication of the call."""
    text = text_of(decided_case())
    assert "Päätösasiakirja" in text
    assert "Päätöspäivä" in text
    assert "Julkaistu Versio" not in text
