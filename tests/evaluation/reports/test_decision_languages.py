"""The award decision says the same in Finnish, Swedish and English."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from evaluation.reports import AWARD_DECISION, DecisionCase, decision_context, decision_publication
from tender.documents.pages import render_html
from tender.language import NBSP, Language
from tender.wording.figures import figures, foreign_days
from tests.evaluation.reports.cases import decided_case
from tests.evaluation.reports.test_decision import tied_case
from tests.tender.documents.plain import cells, misplaced, plain

OTHERS = (Language.SV, Language.EN)
CASES = (decided_case, tied_case)
_REFERENCE = re.compile(r'href="#(c-[^"]+)"')
_POINTS = {
    Language.FI: re.compile(r"\d+,\d{2,}"),
    Language.SV: re.compile(r"\d+,\d{2,}"),
    Language.EN: re.compile(r"\d+\.\d{2,}"),
}


def page(case: DecisionCase, language: Language) -> str:
    """The decision in one language."""
    return render_html(AWARD_DECISION, decision_context(case), decision_publication(case), language)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("case", CASES)
def test_every_clause_table_and_reference_is_there(case: Callable[[], DecisionCase], language: Language) -> None:
    """No cell is empty, and as many cells, clauses and references stand in the same order as in Finnish."""
    finnish, other = page(case(), Language.FI), page(case(), language)
    assert len(cells(other)) == len(cells(finnish))
    assert all(cells(other))
    assert misplaced(other) == []
    assert re.findall(r'id="(c-[^"]+)"', other) == re.findall(r'id="(c-[^"]+)"', finnish)
    assert sorted(_REFERENCE.findall(other)) == sorted(_REFERENCE.findall(finnish))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("case", CASES)
def test_points_prices_and_days_are_the_same(case: Callable[[], DecisionCase], language: Language) -> None:
    """Each written as its language writes it; cell by cell where the cell is a number."""
    finnish, other = page(case(), Language.FI), page(case(), language)
    ours = [cell for cell in cells(finnish) if _POINTS[Language.FI].fullmatch(cell)]
    theirs = [cell for cell in cells(other) if _POINTS[language].fullmatch(cell)]
    assert len(ours) > 20
    assert [cell.replace(",", ".") for cell in theirs] == [cell.replace(",", ".") for cell in ours]
    text = plain(other)
    assert foreign_days(text, language) == []
    assert set(figures(text, language).days) == set(figures(plain(finnish), Language.FI).days)


def test_prices_and_moments_are_written_in_the_reader_s_notation() -> None:
    """The comparison price with three decimals, and when the tenders were opened."""
    swedish, english = (plain(page(decided_case(), language)).replace(NBSP, " ") for language in OTHERS)
    assert "1 530 298,450" in swedish
    assert "Anbuden öppnades 11.12.2018 kl. 13.00." in swedish
    assert "1,530,298.450" in english
    assert "The tenders were opened on 11 December 2018 at 13:00." in english
    assert "Procurement Act s. 123" in english
    assert "UpphL 123 §" in swedish


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.SV, "Priset per arbetstimme"),
        (Language.EN, "Price of a work hour"),
    ],
)
def test_a_ground_of_rejection_is_a_sentence(language: Language, said: str) -> None:
    """The message begins with the name of a price, which is a noun in lower case elsewhere."""
    text = plain(page(decided_case(), language))
    assert f"{said} (outcome)" in text
    assert said[0].lower() + said[1:] not in text


def test_a_set_of_tenderers_is_called_a_combination() -> None:
    """As the statement of the selection rule calls it: ``grupp`` is the risk group in Swedish."""
    swedish, english = (plain(page(tied_case(), language)).casefold() for language in OTHERS)
    assert swedish.count("kombination") >= 5
    assert english.count("combination") >= 5
    assert re.search(r"\b(bids?|bidders?)\b", english) is None
