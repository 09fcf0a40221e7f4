"""Review questions: which are asked of a tender, and what an own wording adds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tender.checks import Case, ClauseText, check, review_questions, row_states
from tender.checks.review import Standing
from tender.errors import Severity
from tender.language import Language
from tender.words import words
from tests.sample import fi
from tests.tender.checks.bases import BASES, case_of
from tests.tender.checks.law_drill import base


def _asked(case: Case) -> list[str]:
    return [question.id for question in review_questions(case)]


def test_the_questions_of_todays_example() -> None:
    """Rows that only a person decides; nothing about lots, for it has none."""
    assert _asked(base("today")) == [
        "CFT-09", "CFT-16", "DAT-03", "DAT-05", "X-03", "X-06", "profiling-decision", "profiling-ai",
    ]  # fmt: skip


def test_lots_are_asked_about_when_a_text_describes_them_under_the_full_regime() -> None:
    """Under Annex E the row does not bind."""
    eu, today = base("eu"), base("today")
    for case, asked in ((eu, True), (today, False)):
        tender = replace(case.tender, texts={**(case.tender.texts or {}), "lots": fi("Kaksi osaa")})
        assert ("CFT-18" in _asked(replace(case, tender=tender))) is asked


def _with_own(case: Case, document: str, clause: str) -> Case:
    assert case.clauses is not None
    languages = case.clauses[document]
    own = {
        language: {**clauses, clause: replace(clauses[clause], body="Oma sanamuoto, 2016/679", own=True)}
        for language, clauses in languages.items()
    }
    return replace(case, clauses={**case.clauses, document: own})


def test_an_own_wording_is_read_by_a_person() -> None:
    """The machine sees that the clause stands; whether it still says the same is asked, with its row."""
    case = _with_own(base("today"), "framework-agreement", "personal-data")
    (question,) = [each for each in review_questions(case) if each.about]
    assert (question.id, question.severity) == ("CON-06@framework-agreement/personal-data", Severity.BLOCK)
    assert question.basis == "GDPR 28; 380/2023 116.4 §"
    for language in Language:
        says = words(language).term(f"rule.{question.row}")
        assert "personal-data" in words(language).term(question.term).format(about=question.about, says=says)


def test_an_own_wording_of_a_row_from_memory_never_blocks() -> None:
    """CON-01 was not read in a source."""
    case = _with_own(base("today"), "framework-agreement", "parties")
    (question,) = [each for each in review_questions(case) if each.about]
    assert (question.row, question.severity, question.basis) == ("CON-01", Severity.WARN, "")


def test_an_own_wording_of_the_award_asks_about_open_weights() -> None:
    """A range or an open weight would stand in such a text only."""
    assert "CFT-31" not in _asked(base("today"))
    assert "CFT-31" in _asked(_with_own(base("today"), "call-for-tenders", "criteria"))


def test_a_clause_that_no_rule_looks_for_asks_nothing() -> None:
    """Buyers write what they like there."""
    assert _asked(_with_own(base("today"), "call-for-tenders", "concept")) == _asked(base("today"))


def test_without_clauses_nothing_is_said_about_them() -> None:
    """A case made in a test has none."""
    assert [finding for finding in check(case_of(BASES["today"])) if finding.rule.startswith("clauses.")] == []
    assert "X-06" in _asked(case_of(BASES["today"]))


@pytest.mark.parametrize(
    ("name", "row", "standing"),
    [
        ("today", "CFT-15", Standing.HOLDS),
        ("today", "CFT-05", Standing.OTHER_REGIME),
        ("eu", "CFT-05", Standing.HOLDS),
        ("today", "CFT-18", Standing.OTHER_REGIME),
        ("eu", "CFT-18", Standing.NOT_ASKED),
        ("today", "CFT-09", Standing.ASKED),
        ("today", "CAN-01", Standing.WAITS),
        ("2018", "DIV-04", Standing.NOT_IN_FORCE),
        ("today", "X-05", Standing.FOUND),
    ],
)
def test_where_a_row_stands(name: str, row: str, standing: Standing) -> None:
    """Every row has exactly one standing."""
    case = base(name)
    states = {state.row.id: state.standing for state in row_states(case, check(case))}
    assert len(states) == 117
    assert states[row] is standing


def test_a_document_that_is_not_made_is_not_looked_at() -> None:
    """Its rows say so instead of holding."""
    case = base("today")
    without = replace(
        case, clauses={document: text for document, text in (case.clauses or {}).items() if document[0] == "c"}
    )
    states = {state.row.id: state.standing for state in row_states(without, check(without))}
    assert states["CON-11"] is Standing.NO_DOCUMENT
    assert states["PMC-06"] is Standing.NO_DOCUMENT
    assert states["CFT-30"] is Standing.HOLDS


def test_a_clause_text_knows_its_file() -> None:
    """Findings point at it."""
    case = base("today")
    text = (case.clauses or {})["call-for-tenders"][Language.FI]["vat"]
    assert isinstance(text, ClauseText)
    assert text.file.startswith("templates/clauses/call-for-tenders/")
