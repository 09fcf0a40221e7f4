"""The draft framework agreement binds alike in Finnish, Swedish and English."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from evaluation.statements import statements
from tender.documents.agreement import AgreementContext, agreement_context
from tender.documents.catalogue import FRAMEWORK_AGREEMENT, PAYMENT_ANNEX
from tender.documents.pages import render_html
from tender.language import Language
from tender.model.framework import VolumeBand
from tender.model.tender import BuyerKind, Regime, RulePack, Tender
from tests.sample import fi, sample_tender
from tests.tender.documents.house import assert_context_matches, publication_of
from tests.tender.documents.plain import cells, misplaced, plain
from tests.tender.documents.test_agreement import full_tender, with_dynamic

FI, SV, EN = Language


def html_of(tender: Tender, language: Language) -> str:
    publication = publication_of(tender, draft=False, statements=statements(tender))
    return render_html(FRAMEWORK_AGREEMENT, agreement_context(publication), publication, language)


def text_of(tender: Tender, language: Language) -> str:
    return plain(html_of(tender, language))


def named(tender: Tender) -> Tender:
    """`tender` with general terms."""
    return replace(tender, framework=replace(tender.framework, general_terms=fi("JYSE 2025 Palvelut")))


@pytest.mark.parametrize("language", Language)
def test_the_context_and_the_clauses_match(language: Language) -> None:
    assert_context_matches(FRAMEWORK_AGREEMENT, AgreementContext, language)


@pytest.mark.parametrize("language", Language)
def test_no_cell_is_empty_and_no_block_misplaced(language: Language) -> None:
    for tender in (sample_tender(), full_tender()):
        html = html_of(tender, language)
        assert all(cells(html))
        assert misplaced(html) == []


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        (SV, ("Beräkning av kapitationsersättningen", "Beräkning av resultatersättningen", "Beräkning av bonus och")),
        (EN, ("Calculating the capitation payment", "Calculating the outcome payment", "Calculating the bonus and")),
    ],
)
def test_formulas_are_the_statements_of_the_payment_annex(language: Language, headings: tuple[str, ...]) -> None:
    """The same statement gives the same words in both documents (X-01, CON-05)."""
    publication = publication_of(sample_tender(), draft=False, statements=statements(sample_tender()))
    annex = plain(render_html(PAYMENT_ANNEX, PAYMENT_ANNEX.context(publication), publication, language))
    agreement = text_of(sample_tender(), language)
    for heading in headings:
        start, other = agreement.index(heading), annex.index(heading)
        assert agreement[start : start + 600] == annex[other : other + 600]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            SV,
            (
                "Serviceproducentens kundtak är 700 kunder",
                "prognos 1 400 kunder, kundtak 700",
                "3 100 000 € (moms 0 %)",
                "Produktionen av tjänsten börjar 1.3.2019 och slutar 31.12.2020",
                "30 dagar från det att en korrekt faktura",
                "högst 700 arbetstimmar faktureras",
                "66 poster, vid behov utökad till 120 poster",
                "Bonusen är högst 10 % och sanktionen högst 8 % av faktureringsperiodens resultatersättning",
                "Avvikelse från målet utan verkan, procentenheter högst 1",
                "Avtalet innehåller ingen option.",
            ),
        ),
        (
            EN,
            (
                "The client cap of the Provider is 700 clients",
                "forecast 1,400 clients, client cap 700",
                "€3,100,000 (VAT 0%)",
                "Production of the service begins on 1 March 2019 and ends on 31 December 2020",
                "30 days from the receipt of a proper invoice",
                "At most 700 work hours may be invoiced",
                "66 items, extended to 120 items where necessary",
                "The bonus is at most 10% and the sanction at most 8% of the outcome payment of the billing period",
                "Deviation from the target without effect, percentage points at most 1",
                "The Agreement contains no option.",
            ),
        ),
    ],
)
def test_the_pilots_numbers_are_printed(language: Language, words: tuple[str, ...]) -> None:
    text = text_of(sample_tender(), language)
    for phrase in words:
        assert phrase in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            SV,
            (
                "Reservplatser",
                "Förnyad konkurrensutsättning",
                "öppnas för nya serviceproducenter med 12 månaders mellanrum",
                "förlänga avtalet med högst 12 månader (option)",
                "slutar senast 31.12.2021",
                "på finska och på svenska",
                "högst 40 kilometer",
                "Beställarens egen produktion",
            ),
        ),
        (
            EN,
            (
                "Reserve places",
                "Mini-competition",
                "opened to new providers every 12 months",
                "extend the Agreement by at most 12 months (option)",
                "ends on 31 December 2021 at the latest",
                "in Finnish and in Swedish",
                "at most 40 kilometres",
                "The Buyer's own production is not a tenderer",
            ),
        ),
    ],
)
def test_declared_elements_are_printed_and_undeclared_are_not(language: Language, words: tuple[str, ...]) -> None:
    full, bare = text_of(full_tender(), language), text_of(sample_tender(), language)
    for phrase in words:
        assert phrase in full
        assert phrase not in bare


@pytest.mark.parametrize(
    ("language", "citations"),
    [(SV, ("77 och 78 § i upphandlingslagen", "98 § i upphandlingslagen")), (EN, ("sections 77 and 78", "section 98"))],
)
def test_law_is_cited_only_where_it_applies(language: Language, citations: tuple[str, str]) -> None:
    """Sections 32–98 in the full regime only (HL 107); Act 380/2023 under today's pack only."""
    tender = replace(sample_tender(), buyer=replace(sample_tender().buyer, kind=BuyerKind.CENTRAL))
    full = replace(tender, procedure=replace(tender.procedure, regime=Regime.EU), rule_pack=RulePack.FINLAND_2026)
    for citation in (*citations, "380/2023"):
        assert citation in text_of(full, language)
        assert citation not in text_of(tender, language)


@pytest.mark.parametrize(
    ("language", "names", "rule"),
    [
        (FI, ("suomeksi", "ruotsiksi"), "Jos kieliversiot poikkeavat toisistaan, noudatetaan {} laadittua versiota."),
        (SV, ("på finska", "på svenska"), "avviker från varandra gäller den version som har upprättats {}."),
        (EN, ("in Finnish", "in Swedish"), "If the language versions differ, the version drawn up {} prevails."),
    ],
)
def test_the_first_language_prevails(language: Language, names: tuple[str, str], rule: str) -> None:
    """Two wordings must not bind at once (X-02); one language needs no rule."""
    finnish, swedish = names
    both = text_of(replace(sample_tender(), languages=(FI, SV)), language)
    assert rule.format(finnish) in both
    assert rule.format(swedish) not in both
    assert rule.format(swedish) in text_of(replace(sample_tender(), languages=(SV, FI)), language)
    alone = text_of(replace(sample_tender(), languages=(FI,)), language)
    assert rule.split(" {}", maxsplit=1)[0] not in alone


@pytest.mark.parametrize(
    ("language", "head", "items"),
    [
        (FI, "Yleisistä sopimusehdoista poiketen", ("hinnan tarkistaminen: kohta", "bonus ja sanktio: kohta")),
        (SV, "Med avvikelse från eller", ("justering av priset: punkt", "bonus och sanktion: punkt")),
        (EN, "Departing from or supplementing", ("price review: section", "bonus and sanction: section")),
    ],
)
def test_departures_from_the_general_terms_are_listed(language: Language, head: str, items: tuple[str, ...]) -> None:
    """General terms stand below the contract by reference; what departs from them is listed with its clause."""
    assert head not in text_of(sample_tender(), language)
    text = text_of(named(sample_tender()), language)
    for item in (head, *items):
        assert item in text
    bare = text_of(named(with_dynamic(replace(sample_tender(), bonus_sanction=None), volume_bands=())), language)
    for item in items:
        assert item not in bare


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (FI, (["50 %", "75 %", "+4 %"], ["75 %", "125 %", "ei muutosta"], ["125 %", "150 %", "−3 %"])),
        (SV, (["50 %", "75 %", "+4 %"], ["75 %", "125 %", "ingen ändring"], ["125 %", "150 %", "−3 %"])),
        (EN, (["50%", "75%", "+4%"], ["75%", "125%", "no change"], ["125%", "150%", "−3%"])),
    ],
)
def test_the_review_clause_says_how_far_and_which_way(language: Language, lines: tuple[list[str], ...]) -> None:
    bands = tuple(
        VolumeBand(Decimal(lower), Decimal(upper), Decimal(change))
        for lower, upper, change in ((50, 75, 4), (75, 125, 0), (125, 150, -3))
    )
    printed = cells(html_of(with_dynamic(sample_tender(), volume_bands=bands), language))
    for line in lines:
        assert line in [printed[place : place + 3] for place in range(len(printed))]


@pytest.mark.parametrize(
    ("language", "with_sanction", "without"),
    [
        (FI, "oikaisu, takaisinperintä tai sanktio ei rajoita", "mukainen oikaisu tai takaisinperintä ei rajoita"),
        (SV, "En rättelse, ett återkrav eller en sanktion", "En rättelse eller ett återkrav enligt"),
        (EN, "A correction, recovery or sanction under", "A correction or recovery under"),
    ],
)
def test_sentences_stay_whole_without_optional_parts(language: Language, with_sanction: str, without: str) -> None:
    assert with_sanction in text_of(sample_tender(), language)
    assert without in text_of(replace(sample_tender(), bonus_sanction=None), language)


@pytest.mark.parametrize(
    ("language", "wrong"),
    [(SV, r"(?<![\d.])\d+\.\d+(?![\d.])"), (EN, r"\d,\d{1,2}(?!\d)|\d,\d{4}|\d €|\d %|\d\.\d+\.\d{4}")],
)
def test_no_cell_is_in_the_notation_of_another_language(language: Language, wrong: str) -> None:
    printed = [
        cell for cell in cells(html_of(full_tender(), language)) if not re.fullmatch(r"\d{1,2}\.\d|.* kl\. .*", cell)
    ]
    assert [cell for cell in printed if re.search(wrong, cell)] == []


@pytest.mark.parametrize(
    ("language", "sources"),
    [
        (FI, ("KHO 2014:55", "KHO 2016:182", "hankintalaki 129 §", "hankintalaki 136 §:n 2 momentin 1 kohta")),
        (SV, ("HFD 2014:55", "HFD 2016:182", "129 § i upphandlingslagen", "136 § 2 mom. 1 punkten")),
        (EN, ("KHO 2014:55", "KHO 2016:182", "Procurement Act, section 129", "Procurement Act, section 136(2)(1)")),
    ],
)
def test_footnotes_give_the_sources(language: Language, sources: tuple[str, ...]) -> None:
    notes = re.findall(r'<span class="footnote" role="note">(.*?)</span>', html_of(sample_tender(), language))
    assert len(notes) == len(sources)
    for source in sources:
        assert any(source in plain(note) for note in notes)
