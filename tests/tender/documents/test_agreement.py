"""The draft framework agreement prints what the tender declares, no more and no less."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.statements import statements
from tender.documents.agreement import GENERAL_TERMS, AgreementContext, agreement_context, option_end, weight_rows
from tender.documents.catalogue import FRAMEWORK_AGREEMENT, PAYMENT_ANNEX
from tender.documents.pages import render_html
from tender.errors import BlockedError
from tender.language import Language, Text
from tender.model.framework import (
    AllocationRule,
    Impact,
    Industry,
    Measure,
    OwnTeam,
    Round,
    Service,
)
from tender.model.methods import payment_hash
from tender.model.prices import PriceForm, PriceRange
from tender.model.publication import Publication
from tender.model.tender import BuyerKind, Regime, RulePack, Tender
from tests.sample import fi, sample_tender
from tests.tender.documents.house import assert_context_matches, publication_of
from tests.tender.documents.plain import cells, misplaced, plain


def published(tender: Tender) -> Publication:
    """`tender` as published, with everything that the evaluation says about its methods."""
    return publication_of(tender, draft=False, statements=statements(tender))


def html_of(tender: Tender) -> str:
    publication = published(tender)
    return render_html(FRAMEWORK_AGREEMENT, agreement_context(publication), publication, Language.FI)


def text_of(tender: Tender) -> str:
    return plain(html_of(tender))


def with_dynamic(tender: Tender, **changes: object) -> Tender:
    dynamic = replace(tender.framework.dynamic, **changes)  # type: ignore[arg-type]
    return replace(tender, framework=replace(tender.framework, dynamic=dynamic))


def test_the_context_and_the_clauses_match() -> None:
    assert_context_matches(FRAMEWORK_AGREEMENT, AgreementContext)


def test_the_pilots_numbers_are_printed() -> None:
    """A4, A7, A8, A12: three providers, a cap of 700, weights, billing periods, start of production, the hash."""
    html, tender = html_of(sample_tender()), sample_tender()
    text, printed = plain(html), cells(html)
    assert "Palveluntuottajan asiakaskatto on 700 asiakasta" in text
    assert "1 400 asiakasta" in text
    assert "Palvelun tuottaminen alkaa 1.3.2019" in text
    for weights in (("0,9", "0,4"), ("1", "0,8"), ("1,2", "1,5")):
        start = next(place for place in range(len(printed)) if tuple(printed[place : place + 2]) == weights)
        assert printed[start - 1] in {group.name.fi for group in tender.groups}
    assert "4 kuukautta" in text
    assert payment_hash(tender) in text.replace(" ", "")


def test_formulas_are_the_statements_of_the_payment_annex() -> None:
    """The same statement gives the same words in both documents (X-01, CON-05)."""
    publication = published(sample_tender())
    annex = plain(render_html(PAYMENT_ANNEX, PAYMENT_ANNEX.context(publication), publication, Language.FI))
    agreement = text_of(sample_tender())
    for subject, heading in (
        ("prices.capitation", "Kapitaatiokorvauksen laskenta"),
        ("prices.outcome", "Tulospalkkion laskenta"),
    ):
        statement = publication.statement(subject)
        assert statement is not None
        start, other = agreement.index(heading), annex.index(heading)
        length = 600
        assert agreement[start : start + length] == annex[other : other + length]


def test_without_statements_nothing_is_published() -> None:
    publication = replace(published(sample_tender()), statements=())
    with pytest.raises(BlockedError, match="statement-missing"):
        render_html(FRAMEWORK_AGREEMENT, agreement_context(publication), publication, Language.FI)


def test_no_cell_is_empty_and_no_block_misplaced() -> None:
    for tender in (sample_tender(), full_tender()):
        html = html_of(tender)
        assert all(cells(html))
        assert misplaced(html) == []


def full_tender() -> Tender:
    """A tender that declares every optional part."""
    tender = with_dynamic(sample_tender(), reserve_ranking=True, mini_competition=True, reopening_months=12)
    return replace(
        tender,
        framework=replace(
            tender.framework, general_terms=fi("JYSE 2025 Palvelut"), duration_reason=fi("Mallin kokeilu vie aikaa.")
        ),
        timetable=replace(tender.timetable, option_months=12),
        service=Service((Language.FI, Language.SV), 40, fi("Asiakkaan suostumuksella.")),
        impact=Impact(fi("Vertaillaan."), (Measure("hours", fi("Tunnit"), fi("Todennetut tunnit")),), (fi("Vaihdot"),)),
        own_team=OwnTeam(fi("Oma tiimi"), Fraction(1, 3), 933),
        round=Round(1, "1.0", fi("Opitaan.")),
    )


OPTIONAL = {
    "conditions": "Sopimuksen toteutumisen edellytykset",
    "bonus_sanction": "Bonus ja sanktio",
    "verification": "Satunnaistarkistus",
}


@pytest.mark.parametrize(("field", "heading"), OPTIONAL.items())
def test_optional_parts_appear_only_when_declared(field: str, heading: str) -> None:
    nothing = () if field == "conditions" else None
    bare = replace(sample_tender(), **{field: nothing})  # type: ignore[arg-type]
    assert heading in text_of(sample_tender())
    assert heading not in text_of(bare)


@pytest.mark.parametrize(
    "words",
    [
        "Varasijat",
        "Kevennetty kilpailutus",
        "avataan uusille palveluntuottajille 12 kuukauden välein",
        "JYSE 2025 Palvelut",
        "Mallin kokeilu vie aikaa.",
        "viimeistään 31.12.2021",
        "suomeksi ja ruotsiksi",
        "enintään 40 kilometriä",
        "Oma tiimi",
        "Opitaan.",
    ],
)
def test_declared_elements_are_printed_and_undeclared_are_not(words: str) -> None:
    assert words in text_of(full_tender())
    assert words not in text_of(sample_tender())


def test_no_dynamic_elements_no_clause() -> None:
    bare = with_dynamic(sample_tender(), volume_bands=())
    text = text_of(bare)
    assert "Puitejärjestelyn dynaamiset elementit" not in text
    assert "Hinnan tarkistaminen" not in text


def test_todays_law_is_cited_only_under_todays_pack() -> None:
    """Act 380/2023 came after the 2018 examples."""
    today = replace(sample_tender(), rule_pack=RulePack.FINLAND_2026)
    assert "380/2023" not in text_of(sample_tender())
    assert (
        "yksilöidyn kirjallisen suostumuksen (laki työvoimapalveluiden järjestämisestä (380/2023) 116 §:n"
        in text_of(today)
    )
    assert "Terveydentilaa koskevat tiedot" not in text_of(sample_tender())


def test_sections_32_to_98_are_cited_only_in_the_full_regime() -> None:
    """Annex E purchases stand outside part II of the act (HL 107)."""
    tender = sample_tender()
    full = replace(
        tender,
        procedure=replace(tender.procedure, regime=Regime.EU),
        buyer=replace(tender.buyer, kind=BuyerKind.CENTRAL),
    )
    for citation in ("hankintalain 77 ja 78 §:ssä", "hankintalain 98 §:ssä"):
        assert citation in text_of(full)
        assert citation not in text_of(replace(tender, buyer=replace(tender.buyer, kind=BuyerKind.CENTRAL)))


def test_industries_replace_choice() -> None:
    tender = sample_tender()
    choice = replace(
        tender.choice, rule=AllocationRule.INDUSTRY, industries=(Industry("metal", fi("Metalliteollisuus"), 950),)
    )
    text = text_of(replace(tender, choice=choice))
    assert "Metalliteollisuus 950" in text
    assert "oikeus valita palveluntuottajansa puitejärjestelyyn valituista" not in text


def by_group(tender: Tender, *parts: str) -> Tender:
    """`tender` with the named prices tendered by group."""
    ranges = {group.id: PriceRange(Decimal("0.34"), Decimal("0.50")) for group in tender.groups}
    changed = {
        part: replace(getattr(tender.prices, part), form=PriceForm.PER_GROUP, base=None, weights=None, groups=ranges)
        for part in parts
    }
    return replace(tender, prices=replace(tender.prices, **changed))


def test_prices_by_group_have_no_weights() -> None:
    tender = by_group(sample_tender(), "capitation", "outcome")
    assert weight_rows(tender) == ()
    text = text_of(tender)
    assert "Riskiryhmien painot" not in text
    assert "Kapitaatiokorvauksen hinta, Helposti työllistyvät, €/asiakaskuukausi" in text


def test_the_weights_of_one_price_are_printed_when_the_other_is_by_group() -> None:
    html = html_of(by_group(sample_tender(), "outcome"))
    printed = cells(html)
    place = printed.index("1,2")
    assert printed[place - 1 : place + 2] == ["Vaikeasti työllistyvät", "1,2", "hinta ryhmittäin"]


def test_the_order_of_precedence_is_the_tenders_own() -> None:
    tender = sample_tender()
    own = replace(tender, framework=replace(tender.framework, agreement_order=(fi("Ensin"), fi("Sitten"))))
    assert "Ensin Sitten" in text_of(own)
    assert "Palveluntuottajan tarjous liitteineen" in text_of(tender)
    assert "Palveluntuottajan tarjous liitteineen" not in text_of(own)


def test_general_terms_are_an_annex_when_named() -> None:
    named = replace(
        sample_tender(), framework=replace(sample_tender().framework, general_terms=fi("JYSE 2025 Palvelut"))
    )
    assert agreement_context(published(named)).annexes[-1] == GENERAL_TERMS
    assert GENERAL_TERMS not in agreement_context(published(sample_tender())).annexes


def test_hostile_text_stays_text() -> None:
    """Markup, table bars and template code in a name are printed letter by letter."""
    evil = "<script>alert(1)</script> | **Oy** {{ 7 * 7 }}"
    tender = replace(sample_tender(), buyer=replace(sample_tender().buyer, name=Text(fi=evil)))
    html = html_of(tender)
    assert "<script" not in html
    assert evil in plain(html)


@pytest.mark.parametrize(
    ("end", "months", "expected"),
    [
        (date(2020, 12, 31), 12, date(2021, 12, 31)),
        (date(2027, 6, 30), 6, date(2027, 12, 31)),
        (date(2027, 8, 30), 6, date(2028, 2, 29)),
        (date(2027, 3, 15), 24, date(2029, 3, 15)),
    ],
)
def test_the_end_of_the_option(end: date, months: int, expected: date) -> None:
    timetable = replace(sample_tender().timetable, production_end=end, option_months=months)
    assert option_end(timetable) == expected


@given(st.dates(date(2019, 1, 1), date(2040, 12, 31)), st.integers(1, 60))
def test_an_option_ends_that_many_months_later(end: date, months: int) -> None:
    found = option_end(replace(sample_tender().timetable, production_end=end, option_months=months))
    assert found is not None
    assert (found.year - end.year) * 12 + found.month - end.month == months
    last = calendar.monthrange(found.year, found.month)[1]
    assert found.day in {end.day, last}


def test_no_option_no_end() -> None:
    assert option_end(sample_tender().timetable) is None
    assert "Sopimukseen ei sisälly optiota." in text_of(sample_tender())
