"""What the lint says reads as a sentence in every language."""

from __future__ import annotations

import pytest

from tender.language import Language
from tender.wording.lint import lint
from tender.words import words
from tests.tender.wording.test_lint import FAULTS, wording


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("rule", FAULTS)
def test_every_finding_is_a_sentence(rule: str, language: Language) -> None:
    """No blank stays open, no id is left in the words but those of documents and clauses."""
    for finding in lint(wording(*FAULTS[rule])):
        message = words(language).finding(finding)
        assert "{" not in str(message)
        assert "in-language" not in str(message)
        assert message.advice
