"""The market dialogue: eight questions, none merged (A1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tender.checks.publicity import question_numbers, question_twice
from tender.model.questions import Question
from tender.model.tender import Tender
from tests.sample import DIALOGUE, fi, sample_tender
from tests.tender.checks.bases import case_of

SHARED = "Onko mallin datasisältö riittävä palvelun hinnan laskemiseen?"


def _question(number: int, model: str, wording: str) -> Question:
    return replace(DIALOGUE.questions[0], id=f"q{number}", number=number, model=fi(model), wording=fi(wording))


def _asked(*questions: Question) -> Tender:
    return replace(sample_tender(), dialogue=replace(DIALOGUE, questions=questions))


def test_the_same_words_about_two_payment_models_are_two_questions() -> None:
    """Q1 and Q5 share their wording but concern different payment models, and are never merged."""
    tender = _asked(_question(1, "Kapitaatio", SHARED), _question(2, "Vaikuttavuus", SHARED))
    assert list(question_twice(case_of(tender))) == []


def test_the_same_words_about_the_same_payment_model_are_a_copy() -> None:
    """Case and spaces make no difference."""
    tender = _asked(_question(1, "Kapitaatio", SHARED), _question(2, " kapitaatio", SHARED.upper()))
    (finding,) = question_twice(case_of(tender))
    assert finding.values == {"found": "2", "other": "1"}


@pytest.mark.parametrize(
    ("numbers", "faults"), [((1, 2, 3), 0), ((8,), 0), ((5, 6), 0), ((1, 1), 1), ((1, 3, 4), 1), ((2, 1), 1), ((), 0)]
)
def test_numbers_follow_one_another(numbers: tuple[int, ...], faults: int) -> None:
    """From any first number, each once; the first break is told, not what follows from it."""
    tender = _asked(*(_question(number, f"malli {index}", "?") for index, number in enumerate(numbers)))
    assert len(list(question_numbers(case_of(tender)))) == faults
