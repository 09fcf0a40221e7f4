"""Every id that the code uses has its words in all three languages, with the same blanks to fill."""

from __future__ import annotations

import ast
import re
import string
from itertools import pairwise

import pytest

from tender.language import Language
from tender.words import words
from tests.house.sources import ROOT, sources

ERRORS = {"ValintaError", "UsageError", "InputError", "BlockedError", "FrozenError", "RecordError", "SolverError"}
SPEAKERS = {"say", "words", "term"}
MISREAD = re.compile("[\u00c2\u00c3][\u0080-\u00bf]")
"""Two letters that are one of UTF-8's read as Latin-1."""


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _literal_calls(names: set[str]) -> set[str]:
    """First literal argument of every call of one of `names`, as a function or a method."""
    found = set()
    for source in sources():
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if called in names and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return found


def test_every_finding_and_error_has_words() -> None:
    """Findings and errors that the code can make are in the message tables."""
    used = _literal_calls({"Finding", *ERRORS})
    assert used, "the scan found nothing: it has rotted"
    assert used - set(words(Language.FI).messages) == set()


def test_every_term_that_is_said_exists() -> None:
    """Terms that commands say, with a dot in their id, are in the term tables."""
    used = {term for term in _literal_calls(SPEAKERS) if "." in term and " " not in term}
    assert used, "the scan found nothing: it has rotted"
    assert used - set(words(Language.FI).terms) == set()


@pytest.mark.parametrize(("one", "other"), list(pairwise([*Language, Language.FI])))
def test_the_languages_have_the_same_ids_and_blanks(one: Language, other: Language) -> None:
    """No id is missing in a language, and no blank is misspelt."""
    assert set(words(one).messages) == set(words(other).messages)
    assert set(words(one).terms) == set(words(other).terms)
    for message_id, message in words(one).messages.items():
        ours, theirs = " ".join(message.values()), " ".join(words(other).messages[message_id].values())
        assert _blanks(ours) == _blanks(theirs), message_id
    for term_id, term in words(one).terms.items():
        assert _blanks(term) == _blanks(words(other).terms[term_id]), term_id


@pytest.mark.parametrize("language", Language)
def test_no_words_are_empty(language: Language) -> None:
    """An empty message would be worse than none."""
    assert all(message["text"].strip() for message in words(language).messages.values())
    assert all(term.strip() for term in words(language).terms.values())


def test_no_letter_was_read_in_a_wrong_encoding() -> None:
    """An ``ä`` that an edit read as two letters of Latin-1 would stand in a published sentence."""
    assert MISREAD.search("tj\u00c3\u00a4nst")
    places = [path for folder in ("templates", "examples") for path in (ROOT / folder).rglob("*")]
    texts = [path for path in places if path.suffix in {".md", ".toml", ".html", ".svg", ".css", ".csv", ".json"}]
    assert [path.name for path in texts if MISREAD.search(path.read_text(encoding="utf-8"))] == []
