"""The impact assessment prints what it is given, in every language, and nothing else."""

from __future__ import annotations

import pytest

from tender.documents.assessment import ASSESSMENT, AssessmentContext
from tender.documents.catalogue import catalogue
from tender.errors import UsageError
from tender.language import Language
from tests.sample import sample_tender
from tests.tender.documents.house import assert_context_matches, publication_of


@pytest.mark.parametrize("language", Language)
def test_every_variable_is_declared_and_every_field_used(language: Language) -> None:
    assert_context_matches(ASSESSMENT, AssessmentContext, language)


def test_a_publication_alone_makes_no_assessment() -> None:
    with pytest.raises(UsageError, match=r"annex\.assessment-alone"):
        ASSESSMENT.context(publication_of(sample_tender()))


def test_no_tender_can_want_it_among_what_is_published() -> None:
    """It is internal: the catalogue of documents to publish does not have it."""
    assert ASSESSMENT.id not in {document.id for document in catalogue()}
