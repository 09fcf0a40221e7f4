"""The documents beside the call, the annex and the agreement: what they print comes from the tender."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.statements import statements
from tender.documents.appeal import AppealContext
from tender.documents.bid_guide import GuideContext, cell_rows
from tender.documents.catalogue import (
    APPEAL_INSTRUCTIONS,
    BID_FORM_GUIDE,
    CALL_FOR_TENDERS,
    CLIENT_CHOICE,
    DIVISION_OF_LABOUR,
    HOURS_TRACKING_TEMPLATE,
    IMPACT_PLAN_TEMPLATE,
    INTERRUPTION_DECISION,
    OPEN_DATA,
    catalogue,
)
from tender.documents.clauses import clauses_of
from tender.documents.client_choice import ChoiceContext, choice_context
from tender.documents.contexts import NOT_ANNEXED, call_context
from tender.documents.division import DivisionContext, division_context
from tender.documents.document import Document, Stage
from tender.documents.interruption import InterruptionContext, interruption_context
from tender.documents.open_data import OpenDataContext, open_data_context
from tender.documents.pages import render_html
from tender.documents.plan_templates import HoursContext, PlanContext, judging
from tender.documents.rows import profile_rows
from tender.errors import BlockedError
from tender.language import Language, Text, number_text
from tender.model.framework import AllocationRule, CapCounts, Impact, Industry, OwnTeam, Service
from tender.model.groups import RiskGroup
from tender.model.prices import price_cells
from tender.model.tender import RulePack, Tender
from tender.reading import read_tender
from tender.words import words
from tests.sample import fi, sample_tender
from tests.tender.documents.house import assert_context_matches, publication_of
from tests.tender.documents.plain import cells, misplaced, plain

EXAMPLES = Path(__file__).parents[3] / "examples"
CONTEXTS: dict[Document, type] = {
    BID_FORM_GUIDE: GuideContext,
    OPEN_DATA: OpenDataContext,
    DIVISION_OF_LABOUR: DivisionContext,
    CLIENT_CHOICE: ChoiceContext,
    IMPACT_PLAN_TEMPLATE: PlanContext,
    HOURS_TRACKING_TEMPLATE: HoursContext,
    INTERRUPTION_DECISION: InterruptionContext,
    APPEAL_INSTRUCTIONS: AppealContext,
}
EVERY = pytest.mark.parametrize("document", CONTEXTS, ids=lambda document: str(document.id))
LANGUAGES = pytest.mark.parametrize("language", Language)
REASON = "Valtuusto ei osoittanut määrärahaa."


def with_texts(tender: Tender, **texts: str) -> Tender:
    return replace(tender, texts={name.replace("_", "-"): fi(words) for name, words in texts.items()})


def sample() -> Tender:
    """The sample with every text that a document of the catalogue prints."""
    texts = {"open_data": "Aineiston kuvaus.", "impact_plan": "Kerro mittarit.", "hours_tracking": "Kerro tosite."}
    return with_texts(sample_tender(), interruption=REASON, **texts)


def html_of(document: Document, tender: Tender, language: Language = Language.FI) -> str:
    publication = publication_of(tender, draft=False, statements=statements(tender))
    return render_html(document, document.context(publication), publication, language)


def text_of(document: Document, tender: Tender, language: Language = Language.FI) -> str:
    return plain(html_of(document, tender, language))


def example(name: str) -> Tender:
    tender = read_tender(EXAMPLES / name).tender
    assert tender is not None
    return tender


@EVERY
@LANGUAGES
def test_the_context_and_the_clauses_match(document: Document, language: Language) -> None:
    assert_context_matches(document, CONTEXTS[document], language)


@EVERY
def test_the_languages_have_the_same_clauses(document: Document) -> None:
    """Same ids, versions, levels, conditions and days; only words differ."""

    def shape(language: Language) -> list[tuple[object, ...]]:
        return [
            (clause.id, clause.version, clause.level, clause.when, clause.valid_from, clause.valid_to)
            for clause in clauses_of(document.clauses, language)
        ]

    assert shape(Language.FI) == shape(Language.SV) == shape(Language.EN)


@EVERY
@LANGUAGES
@pytest.mark.parametrize("name", ["sample", "pohjois-savo", "pohjois-karjala", "tyollisyysalue"])
def test_every_page_is_sound(document: Document, language: Language, name: str) -> None:
    """Well-formed, every table with its caption or label, and nothing of the code shows through."""
    tender = sample() if name == "sample" else example(name)
    texts = {**(tender.texts or {}), "interruption": Text(REASON, REASON, REASON)}
    html = html_of(document, replace(tender, texts=texts), language)
    text = plain(html)
    assert not misplaced(html)
    for leak in ("None", "Text(", "{{", "{%", "[Text"):
        assert leak not in text
    assert set(re.findall(r'href="#([\w-]+)"', html)) <= set(re.findall(r'id="([\w-]+)"', html))


@EVERY
def test_the_three_languages_print_the_same_numbers(document: Document) -> None:
    """X-01: figures of tables are the same in each language, apart from their notation."""

    def figures(language: Language) -> list[str]:
        found = [re.sub(r"[^\d]", "", cell) for cell in cells(html_of(document, sample(), language))]
        return sorted(figure for figure in found if figure)

    assert figures(Language.FI) == figures(Language.SV)
    assert len(figures(Language.FI)) == len(figures(Language.EN))


def test_only_documents_of_the_call_are_annexed_to_it() -> None:
    """Dialogue papers, answers to questions and decisions do not travel with the call; everything else does."""
    other = {document.id for document in catalogue() if document.stage in {Stage.DIALOGUE, Stage.DECISION}}
    assert set(NOT_ANNEXED) >= other
    own = {"call-for-tenders", "clarifications"}
    assert not {document.id for document in catalogue()} & set(NOT_ANNEXED) - other - own


def test_each_annex_is_named_once() -> None:
    ids = tuple(document.id for document in catalogue())
    tender = replace(sample_tender(), documents=(*ids, "open-data", "open-data"))
    annexes = call_context(publication_of(tender)).annexes
    assert annexes.count("open-data") == 1
    assert not set(annexes) & set(NOT_ANNEXED)
    assert len(annexes) == len(set(annexes)) >= 8


def test_the_reason_of_an_interruption_never_shows_in_the_call() -> None:
    """A text for another stage is no text of the call."""
    assert call_context(publication_of(with_texts(sample_tender(), interruption=REASON))).other_texts == ()


ANNEXED = {
    "open-data": ("Aineiston kuvaus.", "lähteet, käyttölupa ja rajoitukset"),
    "division-of-labour": ("916/2012 2:1", "kunkin vaiheen ainoa vastuutaho"),
    "client-choice": ("Toinen valinta.", "Menettelyn vaiheet"),
    "impact-plan-template": ("Kerro mittarit.", "asteikko, jolla suunnitelma arvioidaan"),
    "hours-tracking-template": ("Kerro tosite.", "tuntirivin tiedot"),
}
"""What the call prints itself without the annex, and how it refers to the annex when there is one."""


@pytest.mark.parametrize("annex", ANNEXED)
def test_what_an_annex_says_the_call_does_not_say_again(annex: str) -> None:
    """One statement, one place: with the annex the call refers to it, without it the call prints the thing itself."""
    own, reference = ANNEXED[annex]
    without = text_of(CALL_FOR_TENDERS, sample())
    assert own in without
    assert reference not in without
    with_annex = text_of(CALL_FOR_TENDERS, replace(sample(), documents=("call-for-tenders", annex)))
    assert own not in with_annex
    assert reference in with_annex


# The guide of the tender form


@pytest.mark.parametrize("name", ["pohjois-savo", "pohjois-karjala", "tyollisyysalue"])
def test_the_guide_explains_every_price_cell(name: str) -> None:
    """PRI-01, PRI-03: one row for each cell of the form, with its unit and range."""
    tender = example(name)
    known = price_cells(tender.prices)
    rows = cell_rows(publication_of(tender))
    assert [(row.range, row.decimals, row.unit) for row in rows] == [(c.range, c.decimals, c.unit) for c in known]
    printed = cells(html_of(BID_FORM_GUIDE, tender))
    for row in rows:
        ends = [number_text(end.quantize(Decimal(1).scaleb(-row.decimals)), Language.FI) for end in
                (row.range.lowest, row.range.highest)]  # fmt: skip
        assert "–".join(ends) in printed


def test_the_guide_says_what_the_form_does() -> None:
    """PRI-02, PRI-04: zero, blank, VAT and the comparison price by the engine's own statement."""
    text = text_of(BID_FORM_GUIDE, sample())
    assert "Tyhjä ei ole nolla" in text
    assert "Nollahintaa ei hyväksytä" in text
    assert "24 %" in text
    assert "menetelmä comparison-price@1" in text
    assert "1–700 asiakasta" in text
    assert "Nolla on sallittu" in text_of(BID_FORM_GUIDE, _zero_allowed(sample()))


def _zero_allowed(tender: Tender) -> Tender:
    return replace(tender, prices=replace(tender.prices, zero_allowed=True))


def test_without_ranking_the_guide_has_no_comparison_price() -> None:
    """KHO 2018:91: when every suitable provider is admitted, nothing is compared."""
    dynamic = replace(sample().framework.dynamic, admit_all_suitable=True)
    tender = replace(sample(), framework=replace(sample().framework, dynamic=dynamic))
    text = text_of(BID_FORM_GUIDE, tender)
    assert "Vertailussa käytettävät vuosivolyymit" not in text
    assert "Tarjouksen liitteet" not in text


# Open data


def test_open_data_prints_the_tenders_own_volumes() -> None:
    """DAT-06: the annex, the call and the form show the same figures."""
    tender = sample()
    printed = cells(html_of(OPEN_DATA, tender))
    for group in tender.groups:
        start = max(
            place for place, cell in enumerate(printed) if cell == group.name.fi and printed[place + 1].isdigit()
        )
        assert printed[start + 1 : start + 4] == [*map(str, group.clients.values()), str(group.client_total)]
        assert number_text(group.work_hours, Language.FI).replace("\u00a0", " ") in printed


def test_every_table_of_the_annex_has_a_note() -> None:
    context = open_data_context(publication_of(example("pohjois-karjala")))
    assert [note.id for note in context.notes] == ["groups", "volumes", "industries", "years", "profiles"]
    context = open_data_context(publication_of(example("pohjois-savo")))
    assert "industries" not in [note.id for note in context.notes]
    assert context.forecast.industries == ()


def test_profiles_by_hand() -> None:
    """360 of 1 400 clients are 25,714… %, 4 320 months for 360 clients are 12, 1 392 000 h for 4 320 months 322,2."""
    easy, *_, everybody = profile_rows(sample_tender().groups)
    assert (easy.share, easy.months_per_client, easy.hours_per_month) == (
        Decimal("25.7"), Decimal("12.0"), Decimal("322.2"),
    )  # fmt: skip
    assert everybody.clients == 1400
    assert everybody.share == 100


@given(st.lists(st.tuples(*[st.integers(0, 10**6)] * 3), min_size=1, max_size=5))
def test_profiles_never_divide_by_nothing(figures: list[tuple[int, int, int]]) -> None:
    """Groups without clients or months give zeros, not errors, and shares stay between 0 and 100."""
    groups = [RiskGroup(str(n), fi(str(n)), fi(""), {"a": c}, m, h) for n, (c, m, h) in enumerate(figures)]
    rows = profile_rows(groups)
    assert len(rows) == len(groups) + 1
    assert all(0 <= row.share <= 100 for row in rows)


# The division of labour


@LANGUAGES
def test_every_step_has_one_responsible_party_and_its_basis(language: Language) -> None:
    """DIV-01, DIV-02, DIV-03: all steps are listed, split without remainder, each with basis and data."""
    tender = example("tyollisyysalue")
    context = division_context(publication_of(tender))
    assert len(context.steps) == len(tender.division)
    assert sorted(step.number for step in (*context.authority, *context.provider)) == [s.number for s in context.steps]
    text = text_of(DIVISION_OF_LABOUR, tender, language)
    for step in context.steps:
        for said in (step.task.step, step.task.basis, step.task.practice, step.task.data):
            assert said.best(language) in text


def test_todays_law_and_that_of_2018_have_their_own_clauses() -> None:
    """DIV-04, DIV-05: 380/2023 19 and 144 § for today, none of it in 2018."""
    today, then = (text_of(DIVISION_OF_LABOUR, example(name)) for name in ("tyollisyysalue", "pohjois-savo"))
    for said in ("380/2023, 19 §", "380/2023, 144 §", "380/2023, 116 § 4 momentti"):
        assert said in today
        assert said not in then
    assert "maksuton" in then
    assert "Kielelliset oikeudet" in then.capitalize() or "kielelliset oikeudet" in then


def test_a_bilingual_authority_serves_in_both_languages() -> None:
    tender = sample()
    both = replace(tender, buyer=replace(tender.buyer, bilingual=True), service=Service((Language.FI, Language.SV)))
    assert "Viranomainen on kaksikielinen" in text_of(DIVISION_OF_LABOUR, both)
    assert "Palvelukielet: suomi, ruotsi" in text_of(DIVISION_OF_LABOUR, both)
    assert "kaksikielinen" not in text_of(DIVISION_OF_LABOUR, tender)


def test_own_production_is_kept_apart_from_arranging() -> None:
    """B1, B3: the arranger–producer separation is printed only where there is own production."""
    text = text_of(DIVISION_OF_LABOUR, example("pohjois-karjala"))
    assert "Järjestämisen ja tuottamisen erottaminen" in text
    assert "933 asiakasta, joka on 1/3 kaikista asiakkaista" in text
    assert "Järjestämisen ja tuottamisen erottaminen" not in text_of(DIVISION_OF_LABOUR, example("pohjois-savo"))


# How clients reach a provider


def test_choice_and_industry_are_described_differently() -> None:
    """A12 and B3: six flows and a choice, or industries and the own team."""
    choice, industry = (text_of(CLIENT_CHOICE, example(name)) for name in ("pohjois-savo", "pohjois-karjala"))
    assert "Konseptin kuusi virtaa" in choice
    assert "Konseptin kuusi virtaa" not in industry
    assert "Tavoiteltu jako" in industry
    assert "Tavoiteltu jako" not in choice
    assert "Toimialaa ei voi määrittää" in industry
    assert "Asiakas ei valitse" in choice
    assert "2 800" in industry


@LANGUAGES
def test_the_cap_is_counted_from_the_tender(language: Language) -> None:
    """A12: 3 × 700 = 2 100 places for 1 400 clients, whom two providers at their caps would hold."""
    context = choice_context(publication_of(sample()))
    assert (context.cap_together, context.fewest_providers) == (2100, 2)
    printed = cells(html_of(CLIENT_CHOICE, sample(), language))
    assert number_text(2100, language).replace("\u00a0", " ") in printed


@given(total=st.integers(1, 10**6), cap=st.integers(1, 10**5))
def test_the_fewest_providers_are_just_enough(total: int, cap: int) -> None:
    framework = replace(sample_tender().framework, client_total=total, client_cap=cap)
    fewest = choice_context(publication_of(replace(sample_tender(), framework=framework))).fewest_providers
    assert fewest * cap >= total > (fewest - 1) * cap


def test_what_the_cap_counts_is_said() -> None:
    dynamic = replace(sample().framework.dynamic, cap_counts=CapCounts.ENTRANTS)
    entrants = replace(sample(), framework=replace(sample().framework, dynamic=dynamic))
    assert "yhtä aikaa voimassa olevia" in text_of(CLIENT_CHOICE, sample())
    assert "kalenterivuoden aikana alkavia" in text_of(CLIENT_CHOICE, entrants)


def test_industries_of_a_tender_by_choice_are_not_printed() -> None:
    """A left-over list of industries means nothing where clients choose."""
    choice = replace(sample().choice, industries=(Industry("it", fi("Tietotekniikka"), 700),))
    assert "Tietotekniikka" not in text_of(CLIENT_CHOICE, replace(sample(), choice=choice))
    by_industry = replace(choice, rule=AllocationRule.INDUSTRY)
    assert "Tietotekniikka" in text_of(CLIENT_CHOICE, replace(sample(), choice=by_industry))


# The templates that a bidder fills in


@pytest.mark.parametrize(
    ("document", "criterion", "demand"),
    [
        (IMPACT_PLAN_TEMPLATE, "impact-plan", "Kerro mittarit."),
        (HOURS_TRACKING_TEMPLATE, "hours-tracking", "Kerro tosite."),
    ],
)
def test_a_template_prints_the_criterion_that_judges_it(document: Document, criterion: str, demand: str) -> None:
    """A8, A13: the published scale with its points, the buyer's demands, and that it becomes an annex."""
    text = text_of(document, sample())
    (row,) = judging(sample(), criterion)
    assert f"enintään {number_text(row.criterion.weight, Language.FI)} pistettä" in text
    assert all(str(each.level.description.fi) in text for each in row.levels)
    assert demand in text
    assert "puitesopimuksen liite" in text


def test_the_plan_is_asked_group_by_group_and_names_what_is_measured() -> None:
    tender = replace(sample(), impact=Impact(fi("Vertailu."), ()))
    text = text_of(IMPACT_PLAN_TEMPLATE, tender)
    assert all(str(group.name.fi) in text for group in tender.groups)
    assert "Tutkintoon johtava koulutus (bonus ja sanktio)" in text
    bare = text_of(IMPACT_PLAN_TEMPLATE, replace(sample(), bonus_sanction=None))
    assert "Tilaaja mittaa joka tapauksessa" not in bare


@LANGUAGES
def test_every_field_of_an_hour_row_is_explained(language: Language) -> None:
    """A8: what the provider gives provisionally, and what the verification adds."""
    html = html_of(HOURS_TRACKING_TEMPLATE, sample(), language)
    known = words(language)
    for field in ("client", "hours", "register-hours", "difference"):
        assert known.term(f"hour-field.{field}") in cells(html)
        assert known.term(f"hour-field-meaning.{field}") in plain(html)


def test_the_random_check_is_printed_only_when_there_is_one() -> None:
    assert "66 erää" in text_of(HOURS_TRACKING_TEMPLATE, sample())
    assert "Satunnaistarkistus" not in text_of(HOURS_TRACKING_TEMPLATE, replace(sample(), verification=None))


# Interruption


def test_an_interruption_prints_its_reason_and_instructions() -> None:
    """INT-01, INT-02: the reason, the form of an award decision, the instructions as an annex."""
    text = text_of(INTERRUPTION_DECISION, sample())
    assert REASON in text
    assert "Kokeilu toteutetaan, jos laki ja rahoitus toteutuvat." in text
    assert "hankintalaki 125 § 1 momentti" in text
    assert "Oikaisuohje ja valitusosoitus" in text
    assert "Tarjouksia ei ole avattu" in text


def test_opened_tenders_make_their_bidders_parties() -> None:
    publication = publication_of(sample())
    context = interruption_context(publication, ("Polku Oy", "Silta Oy"))
    text = plain(render_html(INTERRUPTION_DECISION, context, publication, Language.FI))
    assert "Polku Oy" in text
    assert "Tarjouksia ei ole avattu" not in text


@pytest.mark.parametrize("blank", [None, "", "  \n"])
def test_an_interruption_without_a_reason_is_refused(blank: str | None) -> None:
    """HL 125.1: the reason must be real, so a blank file is no reason; the message names the file."""
    texts = {} if blank is None else {"interruption": blank}
    publication = publication_of(with_texts(sample_tender(), **texts))
    with pytest.raises(BlockedError, match=r"interruption\.no-reason") as refused:
        INTERRUPTION_DECISION.context(publication)
    for language in Language:
        assert "texts/interruption.fi.md" in words(language).error(refused.value).text


def test_a_reason_is_wanted_in_every_language_of_the_tender() -> None:
    tender = replace(with_texts(sample_tender(), interruption=REASON), languages=(Language.FI, Language.SV))
    with pytest.raises(BlockedError, match=r"interruption\.sv\.md"):
        INTERRUPTION_DECISION.context(publication_of(tender))


# Correction and appeal


def test_the_instructions_name_every_period_and_what_cannot_be_appealed() -> None:
    """APP-01–APP-07 for today's law."""
    tender = replace(sample(), rule_pack=RulePack.FINLAND_2026)
    tender = replace(tender, timetable=replace(tender.timetable, published=date(2027, 2, 8)))
    text = text_of(APPEAL_INSTRUCTIONS, tender)
    for said in (
        "14 päivää", "30 päivää", "6 kuukautta", "klo 8.00–16.15", "KHO 2024:118", "808/2019, 15 §",
        "hankintalaki 148 §", "kirjaamo@example.invalid", "90 päivän kuluessa", "hankintalaki 134 §",
        "yksinomaan hankintamenettelyn valmistelua", "käsittelyluvan", "kunnallisvalituksella", "seitsemäntenä päivänä",
        "hankintayksikkö täyttää",
    ):  # fmt: skip
        assert said in text


def test_the_instructions_of_2018_cite_no_later_law() -> None:
    text = text_of(APPEAL_INSTRUCTIONS, sample())
    assert "808/2019" not in text
    assert "2024:118" not in text
    assert "ennen viraston aukioloajan päättymistä" in text


def test_own_team_share_prints_as_a_fraction() -> None:
    team = OwnTeam(fi("Oma tiimi"), Fraction(1, 3), 933)
    assert "1/3" in text_of(DIVISION_OF_LABOUR, replace(sample(), own_team=team))


CHANGES: tuple[Callable[[Tender], Tender], ...] = (
    lambda t: replace(t, service=None, impact=None, own_team=None, bonus_sanction=None, verification=None),
    lambda t: replace(t, texts={"interruption": fi(REASON)}),
    lambda t: replace(t, division=()),
)


@EVERY
@pytest.mark.parametrize("change", CHANGES)
def test_documents_stand_without_their_optional_parts(document: Document, change: Callable[[Tender], Tender]) -> None:
    html = html_of(document, change(sample()))
    assert "<h1" in html
    assert not misplaced(html)
