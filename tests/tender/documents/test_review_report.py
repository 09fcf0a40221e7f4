"""The review report prints what it is given, in every language, and nothing else."""

from __future__ import annotations

import re

import pytest

from tender.checks import ROWS
from tender.documents.review_report import REVIEW_REPORT, ReviewReportContext
from tender.errors import UsageError
from tender.language import Language
from tender.words import words
from tests.sample import sample_tender
from tests.tender.documents.house import assert_context_matches, publication_of


@pytest.mark.parametrize("language", Language)
def test_every_variable_is_declared_and_every_field_used(language: Language) -> None:
    assert_context_matches(REVIEW_REPORT, ReviewReportContext, language)


def test_a_publication_alone_makes_no_report() -> None:
    with pytest.raises(UsageError, match=r"review\.report-alone"):
        REVIEW_REPORT.context(publication_of(sample_tender()))


@pytest.mark.parametrize("language", [Language.SV, Language.EN], ids=str)
def test_every_basis_of_the_catalogue_is_cited_in_the_readers_language(language: Language) -> None:
    """No Finnish abbreviation of an act stays in a Swedish or English report."""
    cited = [words(language).basis(row.basis) for row in ROWS]
    assert not [basis for basis in cited if re.search(r"\b(HL|JulkL|HallL|Kielilaki)\b", basis)]
    assert not [basis for basis in cited if language is Language.SV and "KHO" in basis]
    assert len({basis for basis in cited if basis}) == len({row.basis for row in ROWS if row.basis})
