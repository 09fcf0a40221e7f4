"""Ids and values become sentences."""

from __future__ import annotations

import pytest

from tender.errors import BlockedError, Finding, Place, Severity
from tender.language import Language
from tender.words import Words, templates_folder, words

TABLE = Words(
    Language.FI,
    {"a.b": {"text": "Arvo on {found}, piti olla {expected}.", "advice": "Korjaa {field}."}},
    {"unit.hour": "työtunti"},
)


def test_a_finding_gets_its_values_and_field() -> None:
    """Blanks are filled; a value that is a term id becomes the term."""
    finding = Finding("a.b", Severity.BLOCK, "x.y", {"found": "unit.hour", "expected": "5"})
    assert str(TABLE.finding(finding)) == "Arvo on työtunti, piti olla 5. Korjaa x.y."


def test_an_error_names_its_place() -> None:
    """The place comes first, as an editor can jump to it."""
    error = BlockedError("a.b", place=Place("tender.toml", 3, 7), found=1, expected=2, field="z")
    assert TABLE.error(error).text == "tender.toml:3:7: Arvo on 1, piti olla 2."


def test_an_unknown_id_is_an_error() -> None:
    """A missing message must be loud in tests, never a blank line for a user."""
    with pytest.raises(KeyError):
        TABLE.finding(Finding("no.such", Severity.INFO))


@pytest.mark.parametrize("language", Language)
def test_every_language_loads(language: Language) -> None:
    """The tables of the checkout are whole."""
    assert templates_folder().is_dir()
    assert words(language).term("severity.block")


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1350", "1\u00a0350"), ("1.05", "1,05"), ("-2.5", "\u22122,5"), ("2018-12-11", "11.12.2018"), ("abc", "abc")],
)
def test_a_blank_may_ask_for_the_languages_notation(value: str, shown: str) -> None:
    """``{found:n}`` writes numbers and days as the language does; anything else stays as it is."""
    table = Words(Language.FI, {"a": {"text": "{found:n} / {found}"}}, {})
    assert table.finding(Finding("a", Severity.INFO, values={"found": value})).text == f"{shown} / {value}"
