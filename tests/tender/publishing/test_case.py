"""The case of a folder: clauses as they would be used, own wordings included, and where the record stands."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tender.checks import review_questions
from tender.errors import BlockedError, Finding
from tender.language import Language
from tender.publishing.examination import Examination, examine

EXAMPLE = Path(__file__).parents[3] / "examples" / "tyollisyysalue"
TODAY = date(2026, 11, 24)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of today's example."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "kunta"))


def _own(folder: Path, document: str, clause: str, text: str, language: str = "fi") -> None:
    path = folder / "clauses" / document / f"{clause}.{language}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _everywhere(folder: Path, document: str, clause: str, text: str) -> Examination:
    """The examination after the same own wording in every language of the tender."""
    languages = examine(folder, TODAY).reading.tender
    assert languages is not None
    for language in languages.languages:
        _own(folder, document, clause, text, language.value)
    return examine(folder, TODAY)


def _clauses(examination: Examination) -> list[Finding]:
    return [finding for finding in examination.findings if finding.blocks and finding.rule.startswith("clauses.")]


def test_an_emptied_clause_is_told_at_its_own_file(folder: Path) -> None:
    """The draft contract without a word on personal data blocks, with file and line."""
    (finding,) = _clauses(_everywhere(folder, "framework-agreement", "personal-data", "\n"))
    assert finding.rule == "clauses.personal-data"
    assert str(finding.place) == "clauses/framework-agreement/personal-data.fi.md:1"


def test_a_clause_of_template_marks_only_is_empty(folder: Path) -> None:
    """A condition without words says nothing."""
    found = _clauses(_everywhere(folder, "framework-agreement", "duration", "{% if x %}{% endif %}{# later #}\n"))
    assert [finding.rule for finding in found] == ["clauses.duration"]


@pytest.mark.slow
def test_an_own_wording_that_says_enough_is_asked_about(folder: Path) -> None:
    """It does not block, and a person reads it."""
    words = "Henkilötietoja käsitellään asetuksen (EU) 2016/679 28 artiklan mukaisesti.\n"
    examination = _everywhere(folder, "framework-agreement", "personal-data", words)
    assert _clauses(examination) == []
    assert examination.case is not None
    asked = [question.id for question in review_questions(examination.case) if question.about]
    assert asked == ["CON-06@framework-agreement/personal-data"]


def test_a_whole_own_file_keeps_its_own_basis(folder: Path) -> None:
    """Its front matter is read: a citation in it that leads nowhere is told."""
    text = (
        '+++\nid = "cap"\nversion = 1\ntitle = "Katto"\nbasis = "HL 999 §"\nvalid_from = 2017-01-01\nlevel = 2\n+++\n'
    )
    examination = _everywhere(folder, "call-for-tenders", "cap", f"{text}Katto on sovittu.\n")
    (finding,) = [each for each in examination.findings if each.rule == "citations.unknown-section"]
    assert finding.values["found"] == "1397/2016 999 §"
    assert str(finding.place).startswith("clauses/call-for-tenders/cap.")


def test_an_own_file_that_cannot_be_read_stops_with_its_document(folder: Path) -> None:
    """Front matter that is no TOML."""
    _own(folder, "call-for-tenders", "cap", "+++\nthis is no toml\n+++\nKatto\n")
    with pytest.raises(BlockedError, match=r"documents\.clause-broken"):
        examine(folder, TODAY)


def test_documents_of_the_decision_are_looked_at_before_it(folder: Path) -> None:
    """Their clauses are approved with the others, though they are made later."""
    case = examine(folder, TODAY).case
    assert case is not None
    assert case.clauses is not None
    assert "16.15" in case.clauses["appeal-instructions"][Language.FI]["counting"].body
    assert case.published is None


def test_what_was_published_is_in_the_case(lean_published: Path) -> None:
    """Version and hashes of the version in force, and that nothing is opened yet."""
    case = examine(lean_published, date(2018, 11, 6)).case
    assert case is not None
    assert case.published is not None
    assert (case.published.version, case.published.closed) == (1, False)
