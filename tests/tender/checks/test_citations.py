"""Citations: how they are read from running text and from a basis, and what is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.checks.case import ClauseText
from tender.checks.citations import citations, citations_resolve
from tender.checks.statutes import ACTS, links
from tender.language import Language
from tests.tender.checks.bases import BASES, case_of
from tests.tender.checks.change import changed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hankintalaki 133 § ja valittaa 14 päivän kuluessa", ["1397/2016 133 §"]),
        ("hankintalain (1397/2016) 80 §:n pakollinen peruste", ["1397/2016", "1397/2016 80 §"]),
        ("(laki 621/1999, 6 ja 7 §)", ["621/1999 6 §", "621/1999 7 §"]),
        ("upphandlingslagen 126 och 127 §", ["1397/2016 126 §", "1397/2016 127 §"]),
        ("Procurement Act, sections 126 and 127", ["1397/2016 126 §", "1397/2016 127 §"]),
        ("(EU) 2016/679 28 artikla ja (EU) N:o 833/2014", []),
        ("diaarinumero ABC/12/2026", []),
        ("lain 380/2023 116 §:n 4 momentti", ["380/2023 116 §"]),
        ("ks. HFD 2014:55 och C-9/17", ["KHO 2014:55", "C-9/17"]),
        ("{% if regime == 'eu' %}hankintalaki 87 §{% endif %}", ["1397/2016 87 §"]),
        ("perustuslaki 124 §", ["perustuslaki 124 §"]),
        ("hankintalaki on pitkä, 14 päivää", ["1397/2016"]),
    ],
)
def test_citations_of_running_text(text: str, found: list[str]) -> None:
    """A number needs a section sign; numbers of days, euros and regulations are none."""
    assert [str(each) for each in citations(text)] == found


@pytest.mark.parametrize(
    ("basis", "found"),
    [
        ("HL 93.4, 115.1", ["1397/2016 93 §", "1397/2016 115 §"]),
        ("HL 68 p. 3–4, 113.1", ["1397/2016 68 §", "1397/2016 113 §"]),
        ("HL 75.2–3", ["1397/2016 75 §"]),
        ("HL 80–82 § ja 114 § 2 mom.", ["1397/2016 80 §", "1397/2016 81 §", "1397/2016 82 §", "1397/2016 114 §"]),
        ("JulkL 7.1, 24.1 p. 20", ["621/1999 7 §", "621/1999 24 §"]),
        ("KHO 2015:17, 2016:97", ["KHO 2015:17", "KHO 2016:97"]),
        ("916/2012 2 luku 4 §", ["916/2012 4 §"]),
        ("1233/2006", ["1233/2006"]),
        ("Puitesopimus", []),
    ],
)
def test_citations_of_a_basis(basis: str, found: list[str]) -> None:
    """A basis needs no section sign."""
    assert [str(each) for each in citations(basis, basis=True)] == found


@given(text=st.text(max_size=300), basis=st.booleans())
def test_any_text_is_read_without_an_error(text: str, *, basis: bool) -> None:
    """Odd texts cite nothing that is not there."""
    for citation in citations(text, basis=basis):
        assert citation.source


@given(act=st.sampled_from([act for act in ACTS if act.last_section]), beyond=st.integers(1, 500))
def test_every_section_up_to_the_last_exists_and_none_beyond(act: object, beyond: int) -> None:
    """The boundary is the last section of the act as enacted."""
    assert isinstance(act, type(ACTS[0]))
    assert act.last_section is not None
    tender = BASES["today"]
    for section, faults in ((act.last_section, 0), (min(999, act.last_section + beyond), 1)):
        case = case_of(changed(tender, "division[0].basis", f"{act.number} {section} §"))
        found = [each for each in citations_resolve(case) if each.rule == "citations.unknown-section"]
        assert len(found) == faults


def test_a_wrong_citation_is_told_once_where_it_stands_first() -> None:
    """Three tasks with the same slip give one finding."""
    tender = BASES["today"]
    for index in (2, 3, 4):
        tender = changed(tender, f"division[{index}].basis", "380/2023 150 §")
    (found,) = [each for each in citations_resolve(case_of(tender)) if each.rule == "citations.unknown-section"]
    assert found.field == "division[2].basis"
    assert found.values["last"] == "149"


def test_an_act_of_later_years_is_not_in_force_save_under_a_condition() -> None:
    """What a template prints under a condition is not judged by the day."""
    early = replace(BASES["2018"].timetable, published=date(2018, 10, 1))
    tender = replace(BASES["2018"], timetable=early)
    for body, faults in (("laki 380/2023, 27 §", 1), ("{% if now %}laki 380/2023, 27 §{% endif %}", 0)):
        clauses = {"x": {Language.FI: {"y": ClauseText(body, file="templates/clauses/x/y.fi.md")}}}
        found = list(citations_resolve(case_of(tender, clauses=clauses)))
        assert len([each for each in found if each.rule == "citations.not-in-force"]) == faults
        assert {str(each.place) for each in found if each.place} == {"templates/clauses/x/y.fi.md:1"} or not faults


def test_links_lead_to_finlex() -> None:
    """Each act once, in the order of the basis; judgments and regulations have no address here."""
    assert links("HL 3; KHO 2014:55; JulkL 7.1; HL 9; (EU) 833/2014") == (
        "https://data.finlex.fi/eli/sd/2016/1397",
        "https://data.finlex.fi/eli/sd/1999/621",
    )
    assert links("") == ()
