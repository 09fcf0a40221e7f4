"""The call for tenders and the payment annex print what the tender declares, no more and no less."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from evaluation.statements import statements
from tender.documents.catalogue import CALL_FOR_TENDERS, PAYMENT_ANNEX, catalogue, find_document
from tender.documents.contexts import CallContext, call_context
from tender.documents.document import Document
from tender.documents.pages import render_html
from tender.documents.payment_context import PaymentContext, payment_context
from tender.errors import BlockedError, UsageError
from tender.language import Language, Text, number_text
from tender.model.criteria import FallsAway, Rounding, RoundingPoint, SelectionMethod
from tender.model.framework import (
    AllocationRule,
    Budget,
    CapCounts,
    Impact,
    Industry,
    Measure,
    MoneySource,
    OwnTeam,
    Round,
    Service,
)
from tender.model.prices import PriceForm, PricePart, PriceRange
from tender.model.tender import Regime, Tender
from tests.sample import fi, sample_tender
from tests.tender.documents.house import assert_context_matches, publication_of
from tests.tender.documents.plain import cells, misplaced, plain

Change = Callable[[Tender], Tender]
DOCUMENTS = (CALL_FOR_TENDERS, PAYMENT_ANNEX)
PER_GROUP = PricePart(
    PriceForm.PER_GROUP,
    decimals=2,
    unit_decimals=2,
    groups={group: PriceRange(Decimal("30.10"), Decimal("44.90")) for group in ("easy", "average", "hard")},
)


def html_of(tender: Tender, document: Document = CALL_FOR_TENDERS, *, draft: bool = False, **overrides: str) -> str:
    publication = publication_of(tender, draft=draft, statements=statements(tender))
    return render_html(document, document.context(publication), publication, Language.FI, overrides)


def text_of(tender: Tender, document: Document = CALL_FOR_TENDERS) -> str:
    return plain(html_of(tender, document))


def with_dynamic(tender: Tender, **changes: object) -> Tender:
    dynamic = replace(tender.framework.dynamic, **changes)  # type: ignore[arg-type]
    return replace(tender, framework=replace(tender.framework, dynamic=dynamic))


def with_award(tender: Tender, **changes: object) -> Tender:
    return replace(tender, award=replace(tender.award, **changes))  # type: ignore[arg-type]


def on_day(tender: Tender, day: date) -> Tender:
    return replace(tender, timetable=replace(tender.timetable, published=day))


def by_industry(tender: Tender) -> Tender:
    industries = (Industry("it", fi("Tietotekniikka"), 700), Industry("care", fi("Hoiva"), 701))
    return replace(tender, choice=replace(tender.choice, rule=AllocationRule.INDUSTRY, industries=industries))


def test_contexts_and_clauses_match() -> None:
    assert_context_matches(CALL_FOR_TENDERS, CallContext)
    assert_context_matches(PAYMENT_ANNEX, PaymentContext)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.id))
def test_the_page_is_sound(document: Document) -> None:
    """Well-formed, in Finnish notation, and nothing of the code shows through."""
    html = html_of(sample_tender(), document)
    text = plain(html)
    assert not misplaced(html)
    assert "None" not in text
    assert "Text(" not in text
    assert "{{" not in text
    assert "{%" not in text
    assert not re.search(r"(?<![\d.])\d+\.\d+(?![\d.])(?! §)", _without_times(text)), "a decimal point"
    assert set(re.findall(r'href="#([\w-]+)"', html)) <= set(re.findall(r'id="([\w-]+)"', html))
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), "a skipped level"
    tables = html.count("<table")
    assert html.count("</table>") == tables
    assert html.count('<th scope="') > tables


def _without_times(text: str) -> str:
    """`text` without what may hold a point between digits: clock times, dates, RFC and version marks."""
    return re.sub(
        r"klo \d+\.\d\d|\d+\.\d+\.(\d{4})?|(kohta|kohdassa|kohdan) \d+\.\d+|\b\d+\.\d+ [A-ZÄÖ]|konsepti\w* \d\.\d",
        "",
        text,
    )


def test_everything_that_decides_the_award_is_printed() -> None:
    """CFT-13, CFT-14: every criterion, weight, scale, formula, rounding and tie rule (KHO 2010:69)."""
    tender = sample_tender()
    html = html_of(tender)
    text, printed = plain(html), cells(html)
    for leaf in tender.award.leaves():
        assert f"{leaf.name.fi}" in text
        assert f"enintään {number_text(leaf.weight, Language.FI)} pistettä" in text
        for level in leaf.scale:
            row = printed.index(f"{level.description.fi}")
            assert printed[row - 1] == str(level.value)
            assert printed[row + 1] == str(level.share)
    best = printed.index("35,00")
    assert printed[best - 3 : best + 1] == ["4", "erinomainen", "100", "35,00"]
    for statement in statements(tender):
        if statement.subject.startswith("award") and statement.subject != "award.criteria.hours-tracking":
            assert f"menetelmä {statement.id}" in text
    publication = publication_of(tender)
    assert publication.award_hash in text.replace(" ", "")
    assert publication.payment_hash in text.replace(" ", "")
    assert "a7" * 32 in text.replace(" ", "")
    assert "2 000 000 €" in text


def test_the_pilots_numbers_are_printed() -> None:
    """A4–A12 and PRI-01–PRI-03: cap, volumes, weights, ranges, zero and blank, VAT, conditions, start of production."""
    tender = sample_tender()
    html = html_of(tender)
    text, printed = plain(html), cells(html)
    assert "asiakaskatto on 700 asiakasta" in text
    assert printed[printed.index("Helposti työllistyvät", printed.index("Siilinjärvi")) :][:4] == [
        "Helposti työllistyvät", "252", "108", "360",
    ]  # fmt: skip
    for row in (["0,9", "30,60", "45,00"], ["1,2", "40,80", "60,00"], ["0,4", "0,2400", "0,4000"]):
        assert row in [printed[place : place + 3] for place in range(len(printed))]
    assert "34,00 € – 50,00 €" in text
    assert "Tyhjä ei ole nolla" in text
    assert "Nollahintaa ei hyväksytä" in text
    assert "1.3.2019" in text
    assert "24 %" in text
    assert "1 392 000" in text
    assert "jos laki ja rahoitus toteutuvat" in text
    assert "11.12.2018 klo 12.00" in text
    assert "Kapitaatiokorvaus" in text


OPTIONAL: dict[str, tuple[Change, str]] = {
    "own-team": (
        lambda t: replace(t, own_team=OwnTeam(fi("Oma tiimi"), Fraction(1, 3), 933)),
        "Oma tuotanto ei ole tarjoaja",
    ),
    "budget": (
        lambda t: replace(t, budget=(Budget(2019, MoneySource.PURCHASE, Decimal(1000000), fi("Momentti 51")),)),
        "Rahoituslähteitä ei lasketa yhteen",
    ),
    "impact": (
        lambda t: replace(t, impact=Impact(fi("Satunnaistettu vertailu."), (Measure("m", fi("Tunnit"), fi("h/as")),))),
        "Satunnaistettu vertailu.",
    ),
    "round": (lambda t: replace(t, round=Round(2, "2.0", fi("Kaatoiko katto?"))), "2. hankintakierros"),
    "service": (lambda t: replace(t, service=Service((Language.FI, Language.SV), 40)), "suomi, ruotsi"),
    "industry": (by_industry, "Tietotekniikka"),
    "texts": (lambda t: replace(t, texts={"muu": fi("# Muu\n\nErikoinen kuvaus.")}), "Erikoinen kuvaus."),
    "plan": (lambda t: replace(t, texts={"impact-plan": fi("Kerro mittarit.")}), "Kerro mittarit."),
    "notice": (lambda t: replace(t, procedure=replace(t.procedure, notice="2018-123456")), "2018-123456"),
    "option": (lambda t: replace(t, timetable=replace(t.timetable, option_months=12)), "optio enintään 12 kuukautta"),
    "entrants": (lambda t: with_dynamic(t, cap_counts=CapCounts.ENTRANTS), "kalenterivuoden aikana alkavia"),
    "reserve": (lambda t: with_dynamic(t, reserve_ranking=True), "jäävät varasijalle"),
    "mini": (lambda t: with_dynamic(t, mini_competition=True), "tilaaja voi kilpailuttaa palveluntuottajien kesken"),
    "reopening": (lambda t: with_dynamic(t, reopening_months=6), "6 kuukauden välein"),
    "all": (lambda t: with_dynamic(t, admit_all_suitable=True), "Tarjouksia ei pisteytetä"),
    "zero": (lambda t: replace(t, prices=replace(t.prices, zero_allowed=True)), "Nolla on sallittu"),
    "rescore": (lambda t: with_award(t, falls_away=FallsAway.RESCORE), "lasketaan uudelleen samoilla kaavoilla"),
    "ranked": (
        lambda t: with_award(t, selection=replace(t.award.selection, method=SelectionMethod.BEST_RANKED)),
        "valitaan se, jossa on paras tarjous",
    ),
    "cheapest": (
        lambda t: with_award(t, selection=replace(t.award.selection, method=SelectionMethod.LOWEST_PRICE)),
        "summa on pienin",
    ),
    "chain": (
        lambda t: with_award(t, selection=replace(t.award.selection, then=(SelectionMethod.LOWEST_PRICE,))),
        "pienin vertailuhintojen summa",
    ),
    "choice": (
        lambda t: with_award(t, selection=replace(t.award.selection, choice_least=2)),
        "vähintään ilmoitettu määrä valittuja palveluntuottajia",
    ),
    "loss": (
        lambda t: with_award(t, selection=replace(t.award.selection, withstand_loss=True)),
        "Jos kuka tahansa yksi palveluntuottaja jää pois",
    ),
    "separate": (
        lambda t: with_award(t, selection=replace(t.award.selection, separate_companies=True)),
        "joiden takana on sama yritys",
    ),
    "viable": (
        lambda t: with_award(t, selection=replace(t.award.selection, viable_clients=100)),
        "vähintään ilmoitettu määrä asiakkaita",
    ),
    "floor": (
        lambda t: with_award(t, selection=replace(t.award.selection, minimum_quality=Decimal(31))),
        "laatupisteiden vähimmäismäärä 31",
    ),
    "national": (
        lambda t: replace(t, procedure=replace(t.procedure, regime=Regime.NATIONAL)),
        "kansallisia hankintoja koskevia säännöksiä",
    ),
    "sanctions": (lambda t: on_day(t, date(2027, 2, 1)), "Euroopan unionin pakotteiden"),
    "today's law": (lambda t: on_day(t, date(2027, 2, 1)), "380/2023, 144 §"),
    "two languages": (
        lambda t: replace(t, languages=(Language.FI, Language.SV)),
        "noudatetaan alkukielistä versiota (suomi)",
    ),
}


@pytest.mark.parametrize("name", OPTIONAL)
def test_optional_parts_appear_only_when_declared(name: str) -> None:
    change, words = OPTIONAL[name]
    assert words not in text_of(sample_tender())
    assert words in text_of(change(sample_tender()))


def test_the_announced_day_decides_which_wordings_are_in_force() -> None:
    """Printing a correction years later does not change the law that the procurement was announced under."""
    publication = replace(publication_of(sample_tender()), today=date(2027, 2, 1))
    text = plain(render_html(CALL_FOR_TENDERS, call_context(publication), publication, Language.FI))
    assert "380/2023" not in text


def test_levels_below_the_minimum_are_marked() -> None:
    """KHO 2013:160: a minimum level is announced with its effect; the minimum itself is enough."""
    tender = sample_tender()
    quality = tender.award.criteria[1]
    first = replace(quality.criteria[0], minimum=2)
    tender = with_award(
        tender, criteria=(tender.award.criteria[0], replace(quality, criteria=(first, *quality.criteria[1:])))
    )
    printed = cells(html_of(tender))
    assert [
        cell for cell in printed if "Tarjous hylätään." in cell and cell.startswith(("ei kuv", "niukka", "tyyd"))
    ] == [
        "ei kuvattu Tarjous hylätään.",
        "niukka Tarjous hylätään.",
    ]
    assert "Vähimmäistaso on 2." in plain(html_of(tender))


def test_when_all_are_admitted_nothing_is_scored() -> None:
    """KHO 2018:91: no ranking, so no criteria, scales or tie rule."""
    text = text_of(with_dynamic(sample_tender(), admit_all_suitable=True))
    assert "Vertailuperusteet ja enimmäispisteet" not in text
    assert "Laadun arviointi" not in text
    assert "Tasatilanne" not in text


@pytest.mark.parametrize(
    ("rounding", "words"),
    [
        (Rounding(RoundingPoint.CRITERION, 2), "2 desimaaliin"),
        (Rounding(RoundingPoint.TOTAL, 1), "1 desimaal"),
        (Rounding(RoundingPoint.NONE), "ei pyöristetä"),
    ],
)
def test_rounding_is_printed(rounding: Rounding, words: str) -> None:
    assert words in text_of(with_award(sample_tender(), rounding=rounding))


def test_prices_per_group() -> None:
    tender = sample_tender()
    tender = replace(tender, prices=replace(tender.prices, capitation=PER_GROUP))
    for document in DOCUMENTS:
        text = text_of(tender, document)
        assert "jokaiselle riskiryhmälle erikseen" in text
        assert "30,10" in text


def test_the_payment_annex_prints_the_whole_payment_method() -> None:
    html = html_of(sample_tender(), PAYMENT_ANNEX)
    text, printed = plain(html), cells(html)
    for words in (
        "700 työtuntia asiakasta kohden", "4 kuukautta", "30 päivää", "24 %", "Tutkintoon johtava koulutus", "6 %",
        "enintään +10 % ja −8 %", "90 %", "Seuraavan lauantain lottorivi", "vähintään kerran",
        "3 100 000 €", "Haastattelu (916/2012 2:4)", "ei pyöristetä", "16 800 asiakaskuukautta vuodessa",
    ):  # fmt: skip
        assert words in text
    for row in (["Otos", "66 erää"], ["Laajennettu otos", "120 erää"]):
        assert row in [printed[place : place + 2] for place in range(len(printed))]
    assert ["75", "125", "0"] in [printed[place : place + 3] for place in range(len(printed))]
    assert ["0,9", "30,60", "37,80", "45,00"] in [printed[place : place + 4] for place in range(len(printed))]
    assert publication_of(sample_tender()).payment_hash in text.replace(" ", "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: replace(t, bonus_sanction=None), "Bonus ja sanktio"),
        (lambda t: replace(t, verification=None), "satunnaistarkistus"),
        (lambda t: with_dynamic(t, volume_bands=()), "Hinnan tarkistaminen asiakasmäärän"),
    ],
)
def test_undeclared_payment_parts_are_left_out(change: Change, words: str) -> None:
    assert words in text_of(sample_tender(), PAYMENT_ANNEX)
    assert words not in text_of(change(sample_tender()), PAYMENT_ANNEX)


HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} {% raw %} **x** | y ![i](http://e.example/i.png)"


def test_hostile_text_never_becomes_markup_or_code() -> None:
    tender = sample_tender()
    hostile = replace(
        tender,
        title=fi(HOSTILE),
        buyer=replace(tender.buyer, name=fi(HOSTILE), contact=HOSTILE, email=HOSTILE),
        object=replace(tender.object, description=fi(HOSTILE)),
        areas=tuple(replace(area, name=fi(HOSTILE)) for area in tender.areas),
        texts={"concept": fi(f"# {HOSTILE}\n\n{HOSTILE}"), "x": fi(HOSTILE)},
        suitability=tuple(replace(each, requirement=fi(HOSTILE)) for each in tender.suitability),
    )
    html = html_of(hostile)
    assert "<script" not in html
    assert "<img" not in html
    assert "e.example" not in "".join(re.findall(r'(?:src|href)="[^"]*"', html))
    assert plain(html).count("{{ 7 * 7 }} {% raw %} **x** | y") > 5
    assert html.count("<h1") == 1


def test_drafts_and_publications_say_what_they_are() -> None:
    draft, final = html_of(sample_tender(), draft=True), html_of(sample_tender())
    assert 'class="draft draft-fi synthetic"' in draft
    assert "Luonnos – ei sido tilaajaa" in draft
    assert all('<span class="clause-id" aria-hidden="true">cap</span>' in each for each in (draft, final))
    assert "Luonnos" not in plain(final)
    assert "Synteettinen esimerkki" in plain(final)
    assert "Synteettinen" not in plain(html_of(replace(sample_tender(), synthetic=False)))


def test_a_documents_own_notice_stands_in_the_foot() -> None:
    """A2: every page of a dialogue draft says that drafts do not bind the buyer."""
    notice = replace(CALL_FOR_TENDERS, notice=lambda _: fi("Luonnos 28.9.2018. Ei sido tilaajaa."))
    html = html_of(sample_tender(), notice)
    assert '<p class="version">Luonnos 28.9.2018. Ei sido tilaajaa.</p>' in html


def test_a_footnote_passes_markdown_and_escapes_what_it_says() -> None:
    """It stands in the line, in a table too, and a tender's words in it stay words."""
    cell = '| | x |\n|---|---|\n| 1 | 2{{ footnote("d") }} |\n'
    own = f'Katto{{{{ footnote("a_b_ **c** <i> " ~ framework.client_cap) }}}} on.\n\n{cell}'
    note = '<span class="footnote" role="note">{}</span>'
    html = html_of(sample_tender(), cap=own)
    assert f"<p>Katto{note.format('a_b_ **c** &lt;i&gt; 700')} on.</p>" in html
    assert f"2{note.format('d')}</td>" in html


def test_overrides_show_in_the_list_of_clauses() -> None:
    html = html_of(sample_tender(), cap="Oma katto: {{ framework.client_cap }} <b>asiakasta</b>.")
    assert "Oma katto: 700 &lt;b&gt;asiakasta&lt;/b&gt;." in html
    assert "tilaajan oma muotoilu" in html
    assert "tilaajan oma muotoilu" not in html_of(sample_tender())


@pytest.mark.parametrize(
    "body",
    [
        "{{ nothing }}",
        "{{ framework.nothing }}",
        "{% for %}",
        "{{ award.rounding.at }}",
        "{{ ().__class__.__bases__ }}",
        "{{ ref('nothing') }}",
    ],
)
def test_a_broken_override_is_told_with_its_clause(body: str) -> None:
    """Undefined names, broken syntax, a code that is no word, a way out of the sandbox, a reference to nowhere."""
    with pytest.raises(BlockedError, match="clause=cap"):
        html_of(sample_tender(), cap=body)


def test_unknown_names() -> None:
    with pytest.raises(UsageError, match="unknown-clause"):
        html_of(sample_tender(), nothing="x")
    with pytest.raises(UsageError, match="unknown-document"):
        find_document("nothing")
    assert find_document("payment-annex") is PAYMENT_ANNEX
    assert {"call-for-tenders", "payment-annex", "framework-agreement"} <= {document.id for document in catalogue()}


def test_a_publication_without_statements_is_refused() -> None:
    publication = publication_of(sample_tender(), draft=False)
    for document, context in ((CALL_FOR_TENDERS, call_context), (PAYMENT_ANNEX, payment_context)):
        with pytest.raises(BlockedError, match="statement-missing"):
            render_html(document, context(publication), publication, Language.FI)


def test_a_second_version_says_that_it_replaces() -> None:
    tender = sample_tender()
    publication = publication_of(tender, statements=statements(tender), version=2)
    text = plain(render_html(CALL_FOR_TENDERS, call_context(publication), publication, Language.FI))
    assert "tarjouspyynnön versio 2. Se korvaa aikaisemmat versiot" in text


def test_titles_in_three_languages() -> None:
    assert CALL_FOR_TENDERS.title == Text("Tarjouspyyntö", "Anbudsförfrågan", "Call for tenders")


def test_the_status_box_says_what_the_cover_does_not() -> None:
    """Version, deadline and both whole hashes stand on every cover once; so does a diary number."""
    tender = replace(sample_tender(), diary_number="VN/1/2018")
    for document in (CALL_FOR_TENDERS, PAYMENT_ANNEX, find_document("framework-agreement")):
        publication = publication_of(tender, draft=False, statements=statements(tender))
        html = render_html(document, document.context(publication), publication, Language.FI)
        cover = " ".join(cells(html.split('<nav class="toc')[0]))
        for words in ("VN/1/2018", "1 · 5.11.2018", "11.12.2018 klo 12.00", publication.award_hash):
            assert cover.count(words) == 1, (document.id, words)


def test_the_page_links_to_its_other_languages() -> None:
    html = html_of(replace(sample_tender(), languages=(Language.FI, Language.SV, Language.EN)))
    assert re.findall(r'<a href="(.*?)" hreflang="(\w\w)" lang="(\w\w)">(.*?)</a>', html) == [
        ("call-for-tenders.sv.html", "sv", "sv", "På svenska"),
        ("call-for-tenders.en.html", "en", "en", "In English"),
    ]
    assert 'class="languages"' not in html_of(replace(sample_tender(), languages=(Language.FI,)))


def test_the_page_is_whole_by_itself() -> None:
    """Nothing is fetched, nothing runs, every column's width has its rule of style."""
    html = html_of(sample_tender())
    assert not re.search(r"<script|<link|@import|url\(|\bsrc=|style=\"", html)
    widths = set(re.findall(r'<col class="(w[\d-]+)">', html))
    assert widths
    assert all(f".{width} {{ width: {width[1:].replace('-', '.')}%; }}" in html for width in widths)
    [title, *_] = re.findall("<title>(.*)</title>", html_of(replace(sample_tender(), title=fi("Pitkä otsikko " * 20))))
    assert title == "Tarjouspyyntö: Pitkä otsikko Pitkä otsikko Pitkä otsikko Pitkä…"
