"""The papers around the invitation: the notice, the sample data and the summary, in each language."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from market_dialogue.account import (
    DIALOGUE_SUMMARY,
    Contact,
    DialogueAccount,
    Outcome,
    SummaryContext,
    account_of,
    summary_context,
)
from market_dialogue.acts import write_summary
from market_dialogue.drafts import dialogue_of
from market_dialogue.notice import CONSULTATION_NOTICE, NoticeContext
from market_dialogue.sample_data import SAMPLE_DATA, SampleContext, sample_context
from tender.documents.document import Document
from tender.documents.pages import render_html
from tender.errors import BlockedError, UsageError
from tender.language import Language, number_text
from tender.model.answers import Answer, Attachment, Reply
from tender.model.publication import Publication
from tender.model.tender import Regime, Tender
from tender.reading import read_tender
from tests.sample import DIALOGUE, HELSINKI, fi, sample_tender
from tests.tender.documents.house import assert_context_matches, publication_of
from tests.tender.documents.plain import cells, misplaced, plain

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("pohjois-savo", "pohjois-karjala", "tyollisyysalue")
CONTEXTS: dict[Document, type] = {
    CONSULTATION_NOTICE: NoticeContext,
    SAMPLE_DATA: SampleContext,
    DIALOGUE_SUMMARY: SummaryContext,
}
LANGUAGES = pytest.mark.parametrize("language", Language)
CLOSES = DIALOGUE.closes


def example(name: str) -> Tender:
    tender = read_tender(EXAMPLES / name).tender
    assert tender is not None
    return tender


def html_of(document: Document, tender: Tender, language: Language = Language.FI) -> str:
    publication = publication_of(tender)
    return render_html(document, context_of(document, publication), publication, language)


def context_of(document: Document, publication: Publication) -> object:
    if document is not DIALOGUE_SUMMARY:
        return document.context(publication)
    return summary_context(publication, account_of(dialogue_of(publication.tender), ANSWERS))


def an_answer(name: str, received: datetime = CLOSES, files: int = 0, **replies: str) -> Answer:
    said = {question: Reply(text) for question, text in replies.items()}
    return Answer(name, name, received, said, tuple(Attachment(f"{n}.pdf") for n in range(files)), synthetic=True)


ANSWERS = (
    an_answer("Polku Oy", CLOSES - timedelta(days=1), files=2, q8="Hyvä."),
    an_answer("Silta Oy", CLOSES + timedelta(minutes=1), q8="Ei."),
)


def summary_text(tender: Tender, account: DialogueAccount, language: Language = Language.FI) -> str:
    publication = publication_of(tender)
    return plain(render_html(DIALOGUE_SUMMARY, summary_context(publication, account), publication, language))


@pytest.mark.parametrize("document", CONTEXTS, ids=lambda document: str(document.id))
@LANGUAGES
def test_the_context_and_the_clauses_match(document: Document, language: Language) -> None:
    assert_context_matches(document, CONTEXTS[document], language)


@pytest.mark.parametrize("document", CONTEXTS, ids=lambda document: str(document.id))
@LANGUAGES
@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_sound(document: Document, language: Language, name: str) -> None:
    html = html_of(document, example(name), language)
    text = plain(html)
    assert not misplaced(html)
    for leak in ("None", "Text(", "{{", "{%"):
        assert leak not in text
    assert set(re.findall(r'href="#([\w-]+)"', html)) <= set(re.findall(r'id="([\w-]+)"', html))


@pytest.mark.parametrize("document", [CONSULTATION_NOTICE, SAMPLE_DATA], ids=lambda document: str(document.id))
def test_every_page_says_that_drafts_do_not_bind(document: Document) -> None:
    """A2: the notice stands in the foot of each page of a draft."""
    tender = example("pohjois-savo")
    notice = " ".join(str(dialogue_of(tender).draft_notice.fi).split())
    assert f'<p class="version">{notice}</p>' in " ".join(html_of(document, tender).split())


@pytest.mark.parametrize("document", [CONSULTATION_NOTICE, SAMPLE_DATA], ids=lambda document: str(document.id))
def test_without_a_dialogue_there_are_no_papers(document: Document) -> None:
    with pytest.raises(UsageError, match="no-dialogue"):
        document.context(publication_of(replace(sample_tender(), dialogue=None)))


# The notice


def test_the_notice_says_what_pmc_rules_ask() -> None:
    """PMC-01–PMC-07: no call, open to all, same time with clock time, purposes, publicity, no advantage, privacy."""
    tender = example("tyollisyysalue")
    text = plain(html_of(CONSULTATION_NOTICE, tender))
    for said in (
        "Tämä ei ole tarjouspyyntö", "julkaistaan Hilmassa", "18.12.2026 klo 16.00", "saman vastausajan",
        "julkiseksi, kun tilaaja on saanut sen", "merkitkää ne erikseen", "ei anna etua", "toistetaan tarjouspyynnössä",
        "Rekisterinpitäjä", "eForms E1",
    ):  # fmt: skip
        assert said in text
    for question in dialogue_of(tender).questions:
        assert str(question.purpose.fi) in text


def test_sections_of_the_eu_part_are_cited_only_when_they_bind() -> None:
    """HL 65 is in part II: an annex E purchase rests on the principles of section 3."""
    tender = sample_tender()
    full = replace(tender, procedure=replace(tender.procedure, regime=Regime.EU))
    assert "65 §:ssä" in plain(html_of(CONSULTATION_NOTICE, full))
    assert "65 §:ssä" not in plain(html_of(CONSULTATION_NOTICE, tender))


# The sample data


def test_sample_data_are_the_tenders_own_and_marked_as_an_example() -> None:
    tender = example("pohjois-savo")
    html = html_of(SAMPLE_DATA, tender)
    assert "Esimerkki, ei tarjouksen perusta" in plain(html)
    printed = cells(html)
    for group in tender.groups:
        assert number_text(group.work_hours, Language.FI).replace("\u00a0", " ") in printed
    assert "€" not in plain(html), "the drafts of the dialogue have no prices"


def test_the_questions_that_ask_for_data_are_named() -> None:
    """A1: Q1 and Q5 both ask for data, and neither swallows the other."""
    assert sample_context(publication_of(example("tyollisyysalue"))).data_questions == (1, 5)
    assert "Kysymyksissä 1 ja 5" in plain(html_of(SAMPLE_DATA, example("tyollisyysalue")))


def test_industries_travel_only_where_clients_are_assigned_by_industry() -> None:
    assert "toimialoittain" in plain(html_of(SAMPLE_DATA, example("pohjois-karjala")))
    assert "toimialoittain" not in plain(html_of(SAMPLE_DATA, example("pohjois-savo")))


# The summary


def test_the_account_lists_every_contact_in_order() -> None:
    """DIA-01: when, who, which questions, how many files, and whether it came late."""
    account = account_of(DIALOGUE, reversed(ANSWERS))
    assert account.contacts == (
        Contact(CLOSES - timedelta(days=1), "Polku Oy", (8,), 2, late=False),
        Contact(CLOSES + timedelta(minutes=1), "Silta Oy", (8,), 0, late=True),
    )
    assert account.invented == 2
    text = summary_text(sample_tender(), account)
    assert "Niistä myöhässä 1" in text
    assert "(myöhässä)" in text
    assert "2/2" in text


def test_times_are_told_in_the_dialogues_own_zone() -> None:
    zone = datetime(2018, 10, 1, tzinfo=HELSINKI)
    (contact,) = account_of(DIALOGUE, (an_answer("A", zone.astimezone(tz=None), q8="x"),)).contacts
    assert contact.at.tzinfo is CLOSES.tzinfo


@LANGUAGES
def test_a_summary_without_follow_up_says_so(language: Language) -> None:
    """Nothing is made up: what nobody wrote is said to be open."""
    account = account_of(DIALOGUE, ANSWERS)
    html = render_html(
        DIALOGUE_SUMMARY,
        summary_context(publication_of(sample_tender()), account),
        publication_of(sample_tender()),
        language,
    )
    assert html.count('class="inset"') == 2
    followed = replace(
        account, outcomes=(Outcome(8, fi("Nosta katto"), changed=True, result=fi("Katto 700"), reason=fi("Kysyntä")),)
    )
    tender = replace(sample_tender(), texts={"dialogue-summary": fi("Katto jakoi mielipiteet.")})
    html = render_html(
        DIALOGUE_SUMMARY, summary_context(publication_of(tender), followed), publication_of(tender), language
    )
    assert 'class="inset"' not in html
    assert "Katto jakoi mielipiteet." in plain(html)


def test_what_changed_and_what_did_not_stand_apart_with_reasons() -> None:
    """DIA-04: every outcome names its question and its reason."""
    outcomes = (
        Outcome(8, fi("Nosta katto"), changed=True, result=fi("Katto nostettiin"), reason=fi("Kysyntä")),
        Outcome(8, fi("Poista katto"), changed=False, result=fi("Katto säilyy"), reason=fi("Varautuminen")),
    )
    context = summary_context(
        publication_of(sample_tender()), replace(account_of(DIALOGUE, ANSWERS), outcomes=outcomes)
    )
    assert (context.changed, context.rejected) == ((outcomes[0],), (outcomes[1],))
    html = render_html(DIALOGUE_SUMMARY, context, publication_of(sample_tender()), Language.FI)
    assert cells(html).index("Katto nostettiin") < cells(html).index("Katto säilyy")


def test_a_summary_is_not_made_from_a_bare_publication() -> None:
    with pytest.raises(UsageError, match="needs-answers"):
        DIALOGUE_SUMMARY.context(publication_of(sample_tender()))


def test_replies_never_reach_the_summary() -> None:
    """DIA-03: what a provider wrote is summed up by a person, never copied, for it may hold trade secrets."""
    assert "Salainen hinta" not in summary_text(
        sample_tender(), account_of(DIALOGUE, (an_answer("A", q8="Salainen hinta"),))
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLES / "pohjois-savo", tmp_path / "tender"))


@pytest.mark.slow
@pytest.mark.pressed
def test_the_act_writes_a_draft_in_every_language(folder: Path) -> None:
    (folder / "texts" / "dialogue-summary.fi.md").write_text("Katto jakoi mielipiteet.\n", encoding="utf-8")
    told: list[str] = []
    written = write_summary(folder, date(2018, 10, 25), told.append)
    languages = example("pohjois-savo").languages
    names = {f"dialogue-summary.{language.value}.{each}" for language in languages for each in ("pdf", "html", "docx")}
    assert {path.name for path in (folder / "private" / "dialogue").iterdir()} == names == set(told)
    assert {path.name for path in written} <= names
    pressed = [path for path in written if path.suffix == ".pdf"]
    assert len(pressed) == len(languages)
    assert all(path.read_bytes()[:4] == b"%PDF" for path in pressed)
    assert not (folder / "record.db").exists()


def test_the_act_refuses_a_text_that_cannot_be_used(folder: Path) -> None:
    (folder / "texts" / "dialogue-summary.fi.md").write_bytes(b"\xff\xfe")
    with pytest.raises(BlockedError):
        write_summary(folder, date(2018, 10, 25), print)


def test_the_act_needs_answers(folder: Path) -> None:
    shutil.rmtree(folder / "synthetic")
    with pytest.raises(UsageError, match="no-answers"):
        write_summary(folder, date(2018, 10, 25), print)
