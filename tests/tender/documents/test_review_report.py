"""The review report prints what it is given, in every language, and nothing else."""

from __future__ import annotations

import pytest

from tender.documents.review_report import REVIEW_REPORT, ReviewReportContext
from tender.errors import UsageError
from tender.language import Language
from tests.sample import sample_tender
from tests.tender.documents.house import assert_context_matches, publication_of


@pytest.mark.parametrize("language", Language)
def test_every_variable_is_declared_and_every_field_used(language: Language) -> None:
    assert_context_matches(REVIEW_REPORT, ReviewReportContext, language)


def test_a_publication_alone_makes_no_report() -> None:
    with pytest.raises(UsageError, match=r"review\.report-alone"):
        REVIEW_REPORT.context(publication_of(sample_tender()))
