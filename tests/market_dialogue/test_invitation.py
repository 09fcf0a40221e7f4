"""The invitation to the market dialogue: eight questions, the draft notice on every page, and nothing that binds."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from market_dialogue.drafts import dialogue_of
from market_dialogue.invitation import DOCUMENTS, INVITATION, InvitationContext, invitation_context
from tender.documents.catalogue import catalogue
from tender.documents.pages import render_html
from tender.documents.pdf import write_pdf
from tender.errors import UsageError
from tender.language import NO_TEXT, Language, Text
from tender.model.tender import Regime, Tender
from tender.reading import read_tender
from tender.words import words
from tests.sample import fi, sample_tender
from tests.tender.documents.house import assert_context_matches, publication_of
from tests.tender.documents.plain import cells, misplaced, plain

PILOT = Path(__file__).parents[2] / "examples" / "pohjois-savo"


def html_of(tender: Tender) -> str:
    publication = publication_of(tender)
    return render_html(INVITATION, invitation_context(publication), publication, Language.FI)


def text_of(tender: Tender) -> str:
    return plain(html_of(tender))


@pytest.fixture(scope="module")
def pilot() -> Tender:
    tender = read_tender(PILOT).tender
    assert tender is not None
    return tender


def test_the_context_and_the_clauses_match() -> None:
    assert_context_matches(INVITATION, InvitationContext)


def test_the_catalogue_knows_the_invitation() -> None:
    assert {document.id for document in DOCUMENTS} == {
        "market-consultation-notice",
        "dialogue-invitation",
        "dialogue-sample-data",
        "dialogue-summary",
        "dialogue-memo",
        "clarifications",
    }
    assert set(DOCUMENTS) <= set(catalogue())


def test_all_eight_questions_stand_in_the_sources_words(pilot: Tender) -> None:
    """A1: numbered, each with its context, model and purpose; Q1 and Q5 are never merged."""
    text = text_of(pilot)
    questions = dialogue_of(pilot).questions
    assert [question.number for question in questions] == list(range(1, 9))
    starts = [text.index(f"Kysymys {question.number} ") for question in questions]
    assert starts == sorted(starts)
    for question, start, end in zip(questions, starts, [*starts[1:], len(text)], strict=True):
        part = text[start:end]
        for said in (question.wording, question.context, question.model, question.purpose):
            assert " ".join((said.fi or "").split()) in part
        assert "Vastaus" in part


def test_question_four_invites_an_attachment(pilot: Tender) -> None:
    text = text_of(pilot)
    assert "Kysymyksen 4 vastaukseen voi lisätä vapaaehtoisen liitteen" in text
    assert text.count("vastaukseen voi liittää vapaaehtoisen liitteen") == 1


def test_the_pilots_numbers_are_printed(pilot: Tender) -> None:
    """A4, A7, A8, A12 as the slides show them."""
    html = html_of(pilot)
    text, printed = plain(html), cells(html)
    for group, capitation, outcome in (("Ryhmä 1", "0,9", "0,4"), ("Ryhmä 2", "1", "0,8"), ("Ryhmä 3", "1,2", "1,5")):
        place = next(place for place, cell in enumerate(printed) if cell.startswith(group))
        assert printed[place + 1 : place + 3] == [capitation, outcome]
    for said in (
        "esimerkiksi 1 400 asiakasta",
        "700 asiakasta",
        "1.3.2019",
        "kerran 4 kuukaudessa",
        "19.10.2018 klo 16.00",
    ):
        assert said in text


def test_price_ranges_are_not_in_the_dialogue(pilot: Tender) -> None:
    """The drafts say that a range will come, not which."""
    text = text_of(pilot)
    for end in ("34,00", "50,00", "0,60", "1,00"):
        assert end not in text


def test_it_says_that_it_is_no_call_for_tenders() -> None:
    text = text_of(sample_tender())
    assert "Se ei ole hankintailmoitus eikä tarjouspyyntö" in text
    assert "Osallistuja ei saa etua tarjouskilpailussa, eikä osallistuminen sulje ketään siitä pois" in text
    assert "Vastaus tulee julkiseksi, kun tilaaja on saanut sen (7 §)" in text


@pytest.mark.slow
def test_the_draft_notice_stands_on_every_page(pilot: Tender) -> None:
    """A2, exactly as the tender declares it."""
    data = write_pdf(html_of(pilot), created=pilot.timetable.published)
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    notice = " ".join((dialogue_of(pilot).draft_notice.fi or "").split())
    assert len(pages) > 5
    for page in pages:
        assert notice in " ".join(page.extract_text().replace("\u00ad", "").split())


def test_sections_65_and_66_are_cited_only_in_the_full_regime() -> None:
    tender = sample_tender()
    full = replace(tender, procedure=replace(tender.procedure, regime=Regime.EU))
    assert "65 §:ssä" in text_of(full)
    assert "66 §" in text_of(full)
    assert "65 §" not in text_of(tender)
    assert "66 §" not in text_of(tender)


def test_optional_parts_appear_only_when_declared(pilot: Tender) -> None:
    assert "Epäsuora informaatio: markkinointi" in text_of(pilot)
    assert "Esimerkkitaulukko 2" in text_of(pilot)
    bare = text_of(replace(sample_tender(), bonus_sanction=None))
    for heading in ("Kilpailutuskonsepti", "Kutsun liitteet", "Bonus- ja sanktiomalli"):
        assert heading not in bare
    assert "Bonus- ja sanktiomalli" in text_of(sample_tender())


def test_no_cell_is_empty_and_no_block_misplaced(pilot: Tender) -> None:
    assert all(cells(html_of(pilot)))
    assert misplaced(html_of(pilot)) == []


def test_without_a_dialogue_there_is_no_invitation() -> None:
    publication = publication_of(replace(sample_tender(), dialogue=None))
    with pytest.raises(UsageError, match="no-dialogue") as caught:
        invitation_context(publication)
    assert "sample" in str(words(Language.FI).error(caught.value))
    with pytest.raises(UsageError, match="no-dialogue"):
        render_html(INVITATION, invitation_context(publication_of(sample_tender())), publication, Language.FI)


def test_hostile_text_stays_text() -> None:
    evil = "<img src=x onerror=alert(1)> | **Oy** {% raw %}"
    tender = sample_tender()
    dialogue = dialogue_of(tender)
    question = replace(dialogue.questions[0], wording=Text(fi=evil))
    html = html_of(replace(tender, dialogue=replace(dialogue, questions=(question,), draft_notice=fi(evil))))
    assert "<img" not in html
    assert evil in plain(html)


def test_the_concept_may_be_missing() -> None:
    assert invitation_context(publication_of(sample_tender())).concept == NO_TEXT
