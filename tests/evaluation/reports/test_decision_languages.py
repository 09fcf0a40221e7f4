"""The award decision says the same in Finnish, Swedish and English."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from evaluation.award.capacity import COVERAGE_AREA, COVERAGE_CELLS
from evaluation.reports import AWARD_DECISION, DecisionCase, decision_context, decision_publication
from evaluation.reports.spoken import cited, finding_words, ground, names_of, obstacle_words
from tender.documents.pages import render_html
from tender.errors import Finding, Severity
from tender.language import NBSP, Language, Text
from tender.model.awards import Obstacle
from tender.wording.figures import figures, foreign_days
from tests.evaluation.reports.cases import decided_case
from tests.evaluation.reports.test_decision import tied_case
from tests.sample import sample_tender
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
        (Language.SV, "Priset per arbetstimme (grundpris)"),
        (Language.EN, "Price of a work hour (base price)"),
    ],
)
def test_a_ground_of_rejection_is_a_sentence(language: Language, said: str) -> None:
    """The message begins with the name of a price, which is a noun in lower case elsewhere."""
    text = plain(page(decided_case(), language))
    assert said in text
    assert said[0].lower() + said[1:] not in text


def test_a_set_of_tenderers_is_called_a_combination() -> None:
    """As the statement of the selection rule calls it: ``grupp`` is the risk group in Swedish."""
    swedish, english = (plain(page(tied_case(), language)).casefold() for language in OTHERS)
    assert swedish.count("kombination") >= 5
    assert english.count("combination") >= 5
    assert re.search(r"\b(bids?|bidders?)\b", english) is None


def in_swedish_too() -> DecisionCase:
    """A decided case whose areas, groups and requirements have Swedish names."""
    tender = sample_tender()

    def both(name: Text) -> Text:
        return Text(name.fi, f"{name.fi} på svenska")

    return decided_case(
        replace(
            tender,
            areas=tuple(replace(area, name=both(area.name)) for area in tender.areas),
            groups=tuple(replace(group, name=both(group.name)) for group in tender.groups),
            suitability=tuple(replace(each, name=both(each.name)) for each in tender.suitability),
        )
    )


def test_a_ground_names_the_requirement_and_the_law_in_its_own_language() -> None:
    """The finding itself carries the name that prevails, and the basis as the rules write it."""
    case = in_swedish_too()
    requirement = case.publication.tender.suitability[0].name
    values = {"bidder": "Esimerkki Oy", "requirement": requirement.fi or ""}
    said = ground(Finding("award.suitability-no", Severity.BLOCK, "x", values, "HL 114"), names_of(case))
    assert said.text.fi is not None
    assert said.text.sv is not None
    assert f"{requirement.fi}" in said.text.fi
    assert f"{requirement.sv}" in said.text.sv
    assert "på svenska" not in said.text.fi
    assert said.basis == Text("HL 114 §", "UpphL 114 §", "Procurement Act s. 114")


def test_bases_are_cited_as_each_language_does() -> None:
    """Judgments of the Supreme Administrative Court keep their Finnish letters in English."""
    assert cited("KHO 2015:17, KHO 2016:97") == Text(
        "KHO 2015:17, KHO 2016:97", "HFD 2015:17, HFD 2016:97", "KHO 2015:17, KHO 2016:97"
    )
    assert cited("HL 74 §").fi == "HL 74 §"


def test_an_obstacle_names_its_area_and_group_in_its_own_language() -> None:
    """Also where several are listed."""
    case = in_swedish_too()
    area, group = case.publication.tender.areas[0], case.publication.tender.groups[0]
    for rule, values in {
        COVERAGE_AREA: {"area": area.id, "capacity": "1350", "need": "1400"},
        COVERAGE_CELLS: {"cells": f"{area.id}/{group.id}", "capacity": "1350", "need": "1400"},
    }.items():
        said = obstacle_words(Obstacle(rule, values), case.selection.chosen, case)
        assert f"{area.name.sv}" in (said.sv or "")
        assert "på svenska" not in (said.fi or "")
        assert f"{area.name.fi}" in (said.fi or "")


def test_a_bidder_is_called_what_it_calls_itself() -> None:
    """Even when its name is that of an area."""
    case = in_swedish_too()
    area = case.publication.tender.areas[0].name
    finding = Finding("award.capacity-blank", Severity.BLOCK, "x", {"bidder": area.fi or ""})
    assert "på svenska" not in (finding_words(finding, names_of(case)).sv or "")


def test_a_whole_decision_has_no_finnish_name_of_a_requirement() -> None:
    """The rejected tender of the page: its requirement stands in Swedish, and the law as Swedish cites it."""
    case = in_swedish_too()
    requirement = case.publication.tender.suitability[0]
    values = {"bidder": "Esimerkki Yli Oy", "requirement": requirement.name.fi or ""}
    finding = Finding("award.suitability-no", Severity.BLOCK, f"suitability.{requirement.id}", values, "HL 114")
    admissions = tuple(replace(each, findings=(finding,)) if not each.admitted else each for each in case.admissions)
    text = plain(page(replace(case, admissions=admissions), Language.SV))
    assert f"{requirement.name.sv} (UpphL 114 §)" in text.replace(NBSP, " ").replace(". (", " (")
