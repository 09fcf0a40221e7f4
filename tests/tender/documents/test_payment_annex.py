"""The price and payment annex says the same in Finnish, Swedish and English: same clauses, values and reckoning."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from evaluation.statements import statements
from tender.documents.catalogue import PAYMENT_ANNEX
from tender.documents.pages import render_html
from tender.documents.payment_context import PaymentContext, payment_context
from tender.language import Language
from tender.model.framework import VolumeBand
from tender.model.prices import PriceForm, PricePart, PriceRange
from tender.model.tender import Tender
from tests.sample import sample_tender
from tests.tender.documents.house import assert_context_matches, publication_of
from tests.tender.documents.plain import cells, misplaced, plain

BANDS = (
    VolumeBand(Decimal(50), Decimal(75), Decimal(4)),
    VolumeBand(Decimal(75), Decimal(125), Decimal(0)),
    VolumeBand(Decimal(125), Decimal(150), Decimal(-3)),
)


def html_of(tender: Tender, language: Language) -> str:
    publication = publication_of(tender, draft=False, statements=statements(tender))
    return render_html(PAYMENT_ANNEX, payment_context(publication), publication, language)


def banded(tender: Tender) -> Tender:
    dynamic = replace(tender.framework.dynamic, volume_bands=BANDS)
    return replace(tender, framework=replace(tender.framework, dynamic=dynamic))


def by_group(tender: Tender) -> Tender:
    groups = {group.id: PriceRange(Decimal("0.34"), Decimal("0.50")) for group in tender.groups}
    part = PricePart(PriceForm.PER_GROUP, decimals=4, unit_decimals=4, groups=groups)
    return replace(tender, prices=replace(tender.prices, capitation=part, outcome=part))


@pytest.mark.parametrize("language", Language)
def test_the_context_and_the_clauses_match(language: Language) -> None:
    assert_context_matches(PAYMENT_ANNEX, PaymentContext, language)


@pytest.mark.parametrize("language", Language)
def test_the_page_is_sound(language: Language) -> None:
    for tender in (banded(sample_tender()), by_group(sample_tender())):
        html = html_of(tender, language)
        assert misplaced(html) == []
        assert all(cells(html))
        assert "{{" not in html
        assert "{%" not in html


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            Language.SV,
            [
                "700 arbetstimmar per kund under en faktureringsperiod",
                "faktureras med 4 månaders mellanrum",
                "faktureras varje månad",
                "Betalningstiden är 30 dagar",
                "högst +10 % och −8 % av periodens resultatersättning",
                "skattesatsen 24 %",
                "Urval 66 poster",
                "Utökat urval 120 poster",
                "minst en gång",
                "3 100 000 €",
                "16 800 kundmånader per år",
                "börjar 1.3.2019",
                "i procent, avrundat till två decimaler, en halv uppåt",
                "30,60 37,80 45,00",
            ],
        ),
        (
            Language.EN,
            [
                "700 work hours per client in one billing period",
                "invoiced every 4 months",
                "invoiced monthly",
                "The term of payment is 30 days",
                "at most +10% and −8% of the outcome payment of the period",
                "the rate is 24%",
                "Sample 66 items",
                "Extended sample 120 items",
                "at least once during the month",
                "€3,100,000",
                "16,800 client-months per year",
                "begins on 1 March 2019",
                "as a percentage rounded to two decimals, half up",
                "30.60 37.80 45.00",
            ],
        ),
    ],
)
def test_what_is_paid_is_printed_in_each_language(language: Language, words: list[str]) -> None:
    text = plain(html_of(sample_tender(), language))
    for phrase in words:
        assert phrase in text


@pytest.mark.parametrize(("language", "lines"), [
    (Language.FI, (["50", "75", "+4"], ["75", "125", "0"], ["125", "150", "−3"])),
    (Language.SV, (["50", "75", "+4"], ["75", "125", "0"], ["125", "150", "−3"])),
    (Language.EN, (["50", "75", "+4"], ["75", "125", "0"], ["125", "150", "−3"])),
])  # fmt: skip
def test_the_bands_carry_their_signs(language: Language, lines: tuple[list[str], ...]) -> None:
    """A reader must see whether the price rises or falls."""
    printed = cells(html_of(banded(sample_tender()), language))
    for line in lines:
        assert line in [printed[place : place + 3] for place in range(len(printed))]


@pytest.mark.parametrize(
    ("language", "target", "note"),
    [
        (Language.FI, "6 %", "prosenttimittarissa prosenttiyksikköinä"),
        (Language.SV, "6 %", "för en indikator i procent i procentenheter"),
        (Language.EN, "6%", "for an indicator in per cent, in percentage points"),
    ],
)
def test_a_distance_from_a_percentage_is_in_percentage_points(language: Language, target: str, note: str) -> None:
    html = html_of(sample_tender(), language)
    assert target in cells(html)
    assert note in plain(html)


@pytest.mark.parametrize(
    ("language", "wrong"),
    [(Language.SV, r"(?<![\d.])\d+\.\d+(?![\d.])"), (Language.EN, r"\d,\d{1,2}(?!\d)|\d,\d{4}|\d €|\d %")],
)
def test_no_cell_is_in_the_notation_of_another_language(language: Language, wrong: str) -> None:
    printed = [
        cell
        for cell in cells(html_of(banded(sample_tender()), language))
        if not re.fullmatch(r"\d\.\d|.* kl\. \d\d\.\d\d", cell)
    ]
    assert [cell for cell in printed if re.search(wrong, cell)] == []


@pytest.mark.parametrize(
    ("language", "words"), [(Language.SV, "penningenhetsurval"), (Language.EN, "monetary unit sampling")]
)
def test_only_the_declared_way_of_sampling_is_described(language: Language, words: str) -> None:
    tender = sample_tender()
    assert tender.verification is not None
    other = replace(tender, verification=replace(tender.verification, method="simple"))
    assert words in plain(html_of(tender, language))
    assert words not in plain(html_of(other, language))
