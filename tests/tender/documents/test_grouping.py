"""The open data chapter prints the points table whole and the model card's figures, in three languages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tender.annexes.grouping.card import card_of
from tender.documents.catalogue import OPEN_DATA
from tender.documents.grouping import card_page, grouping_page, share_text
from tender.documents.pages import rendered_sections
from tender.language import Language, Text
from tender.model.grouping import Grouping
from tender.model.model_card import ModelCard, Share
from tender.model.open_data import Breakdown
from tender.model.publication import Publication
from tender.model.tender import Tender
from tender.reading import read_tender
from tests.tender.annexes.grouping.clients import LOGISTIC, POINTS
from tests.tender.annexes.grouping.test_figures import drawn
from tests.tender.documents.annex_sample import sample_annex
from tests.tender.documents.house import publication_of
from tests.tender.documents.plain import plain

ROOT = Path(__file__).parents[3]
LABELS = {(Breakdown.SEX, "female"): Text("Naiset", "Kvinnor", "Women")}


@pytest.fixture(scope="module")
def tender() -> Tender:
    found = read_tender(ROOT / "examples" / "pohjois-savo").tender
    assert found is not None
    return found


@pytest.fixture(scope="module")
def card(tender: Tender) -> ModelCard:
    return card_of(POINTS, drawn(POINTS, 1200, 8, 1.0, 0.0), 5, LABELS, corrected=7)


def with_grouping(tender: Tender, grouping: Grouping | None) -> Tender:
    assert tender.open_data is not None
    return replace(tender, open_data=replace(tender.open_data, grouping=grouping))


def published(tender: Tender, card: ModelCard | None) -> Publication:
    annex = replace(sample_annex(tender), model_card=card)
    return replace(publication_of(tender, draft=False), annex=annex)


def clauses_of(publication: Publication, language: Language) -> dict[str, str]:
    context = OPEN_DATA.context(publication)
    return {one.clause.id: str(one.html) for one in rendered_sections(OPEN_DATA, context, publication, language)}


@pytest.mark.parametrize("language", Language)
def test_the_whole_points_table_is_printed(tender: Tender, language: Language) -> None:
    """Every factor, category, points and step of the example's own table."""
    assert tender.open_data is not None
    grouping = tender.open_data.grouping
    assert grouping is not None
    words = plain(clauses_of(published(tender, None), language)["grouping"])
    for factor in grouping.factors:
        assert factor.name.best(language) in words
        for category in factor.categories:
            assert f"{category.name.best(language)} {category.points}" in words
    page = grouping_page(tender)
    assert page is not None
    assert len(page.rows) == sum(len(factor.categories) for factor in grouping.factors)
    assert [(row.points, row.likelihood) for row in page.scale] == [
        (str(step.points), step.likelihood) for step in grouping.scale
    ]


def test_every_step_says_its_group(tender: Tender) -> None:
    page = grouping_page(tender)
    assert page is not None
    names = [group.name for group in tender.groups]
    assert [names.index(row.group) for row in page.scale] == [2] * 5 + [1] * 5 + [0] * 4


@pytest.mark.parametrize("language", Language)
def test_the_card_is_printed_with_its_worked_example(tender: Tender, card: ModelCard, language: Language) -> None:
    """3 + 1 points make 4, which stand for 44.9 %, at least 15 %: the average group."""
    words = plain(clauses_of(published(tender, card), language)["model-card"])
    example = card_page(card, tender)
    assert example is not None
    assert [row.points for row in example.example] == [Decimal(3), Decimal(1)]
    assert (example.total, example.limit) == (Decimal(4), Decimal(15))
    assert tender.group("average").name.best(language) in words
    assert str(card.brier).replace(".", "." if language is Language.EN else ",") in words
    assert LABELS[Breakdown.SEX, "female"].best(language) in words
    for group in card.groups:
        assert share_text(group.clients) in words


def test_without_an_annex_there_is_the_table_and_no_card(tender: Tender) -> None:
    found = clauses_of(publication_of(tender), Language.FI)
    assert "grouping" in found
    assert "model-card" not in found


def test_without_a_grouping_there_is_neither(tender: Tender) -> None:
    found = clauses_of(publication_of(with_grouping(tender, None)), Language.FI)
    assert not {"grouping", "model-card"} & set(found)


@pytest.mark.parametrize("language", Language)
def test_a_logistic_model_prints_its_coefficients_and_the_formula(tender: Tender, language: Language) -> None:
    words = plain(clauses_of(publication_of(with_grouping(tender, LOGISTIC)), language)["grouping"])
    assert "100 / (1 + e^−s)" in words
    assert re.search(r"−1[.,]25", words)
    assert re.search(r"−0[.,]25", words)


def test_a_card_of_few_prints_no_mean(tender: Tender) -> None:
    few = card_of(POINTS, drawn(POINTS, 20, 8, 1.0, 0.0), 5, LABELS)
    words = plain(clauses_of(published(tender, few), Language.EN)["model-card"])
    assert "Brier" not in words
    assert "slope" not in words


def test_a_share_is_printed_as_what_it_may_have_been() -> None:
    """The range holds every share that rounds to it."""
    assert share_text(Share(62, 1)) == "62"
    assert share_text(Share(58, 2)) == "57–59"
    assert share_text(Share(60, 5)) == "57–63"
    assert share_text(Share(100, 20)) == "90–100"
    assert share_text(Share(0, 10)) == "0–5"
    assert share_text(Share(None, 0)) == "–"


def test_nothing_of_the_card_is_a_count_of_persons(card: ModelCard) -> None:
    """But for the clients followed, rounded: shares are whole per cent of steps that fit, or hidden."""
    from tender.annexes.formats.plain import plain as described

    shares = re.findall(r'\{"percent": (\d+|null), "step": (\d+)\}', json.dumps(described(card)))
    assert len(shares) > 20
    assert {step for _, step in shares} <= {"0", "1", "2", "5", "10", "20"}
    assert all(percent == "null" or int(percent) % int(step) == 0 for percent, step in shares)
