"""Statements: every symbol and step has words, every number its unit, and a gap is shown or refused."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest

from evaluation.statements import statements
from tender.documents.catalogue import CALL_FOR_TENDERS
from tender.documents.functions import Functions
from tender.documents.statements import (
    example_rows,
    quantity_text,
    statement_words,
    step_result,
    symbol_rows,
)
from tender.errors import BlockedError
from tender.language import Language
from tender.model.statements import Statement, Step
from tender.words import templates_folder
from tests.sample import sample_tender
from tests.tender.documents.house import publication_of
from tests.tender.documents.plain import plain

FI = Language.FI
MADE = statements(sample_tender())
FACT = re.compile(r"""(?:facts|symbols)(?:\.\w+|\["\w+"\])""")
CALL = re.compile(r"\b(?:formula|frac|sub|var|table|inset)\(")


def functions(*, draft: bool = True, made: tuple[Statement, ...] = MADE, language: Language = Language.FI) -> Functions:
    publication = publication_of(sample_tender(), draft=draft, statements=made)
    return Functions(publication, language, (), lambda _: CALL_FOR_TENDERS.title)


def written() -> list[str]:
    """Ids of all statements that have words in Finnish."""
    files = (templates_folder() / "statements").iterdir()
    return sorted(re.sub(r"-(\d+)\.fi\.md$", r"@\1", file.name) for file in files if file.name.endswith(".fi.md"))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("statement", MADE, ids=lambda statement: str(statement.subject))
def test_every_statement_has_all_its_words(statement: Statement, language: Language) -> None:
    assert len(symbol_rows(statement, language)) == len(statement.symbols)
    assert len(example_rows(statement, language)) == len(statement.example)
    printed = functions(language=language).statement(statement.subject)
    assert statement_words(statement.id, language).title in printed
    for row in example_rows(statement, language):
        assert row.result in printed


@pytest.mark.parametrize("language", [Language.SV, Language.EN])
@pytest.mark.parametrize("statement_id", written())
def test_the_words_of_a_statement_take_the_same_values_in_every_language(statement_id: str, language: Language) -> None:
    """The same symbols and steps, the same facts, and as many formulas, fractions and tables."""
    finnish, other = statement_words(statement_id, FI), statement_words(statement_id, language)
    assert other.symbols.keys() == finnish.symbols.keys()
    assert other.steps.keys() == finnish.steps.keys()
    assert set(FACT.findall(other.body)) == set(FACT.findall(finnish.body))
    assert Counter(CALL.findall(other.body)) == Counter(CALL.findall(finnish.body))
    for key, words in (*finnish.symbols.items(), *finnish.steps.items()):
        assert words == "Bonus" or {**other.symbols, **other.steps}[key] != words, f"{key} is still in Finnish"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            Language.SV,
            [
                "verkan = ± min(1;",
                "avrundas till hela cent, en halv cent bort från noll",
                "Enhetspriset är det grundpris p som anges i anbudet multiplicerat med gruppens vikt",
                "avrundas till 2 decimaler",
                "Av en kunds timmar beaktas högst 700",
                "total_capacity[i]",
            ],
        ),
        (
            Language.EN,
            [
                "effect = ± min(1;",
                "rounded to the nearest cent, half a cent away from zero",
                "The unit price is the tendered base price p multiplied by the weight of the group",
                "rounded to 2 decimals",
                "At most 700 hours of a client are counted",
                "total_capacity[i]",
            ],
        ),
    ],
)
def test_how_money_is_reckoned_is_said_in_each_language(language: Language, words: list[str]) -> None:
    made = functions(language=language)
    printed = plain("".join(made.statement(statement.subject) for statement in MADE))
    for phrase in words:
        assert phrase in printed


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        (Fraction(5862561, 5), "eur-year", None, "1\u00a0172\u00a0512,20\u00a0€/vuosi"),
        (Fraction(1836715), "eur-year", None, "1\u00a0836\u00a0715\u00a0€/vuosi"),
        (Fraction(4110, 125), "eur", 2, "32,88\u00a0€"),
        (Fraction(1, 3), "points", None, "1/3 ≈\u00a00,3333\u00a0p."),
        (Fraction(2667, 100), "points", 2, "26,67\u00a0p."),
        (Fraction(35), "points", 2, "35,00\u00a0p."),
        (Fraction(50), "percent", None, "50\u00a0%"),
        (Fraction(223, 2), "client-month", None, "111,5\u00a0asiakaskuukautta"),
        (Fraction(7, 10), "", None, "0,7"),
    ],
)
def test_quantities(value: Fraction, unit: str, decimals: int | None, words: str) -> None:
    assert quantity_text(value, unit, FI, decimals) == words


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "swedish", "english"),
    [
        (Fraction(5862561, 5), "eur-year", None, "1\u00a0172\u00a0512,20\u00a0€/år", "€1,172,512.20/year"),
        (Fraction(4110, 125), "eur", 2, "32,88\u00a0€", "€32.88"),
        (Fraction(-4110, 125), "eur", 2, "−32,88\u00a0€", "−€32.88"),
        (Fraction(100000000, 999999999), "eur", None, "≈\u00a00,1000\u00a0€", "≈\u00a0€0.1000"),
        (Fraction(223, 2), "client-month", None, "111,5\u00a0kundmånader", "111.5\u00a0client-months"),
        (Fraction(50), "percent", None, "50\u00a0%", "50%"),
        (Fraction(2667, 100), "points", 2, "26,67\u00a0p.", "26.67\u00a0pts"),
    ],
)
def test_quantities_in_swedish_and_english(
    value: Fraction, unit: str, decimals: int | None, swedish: str, english: str
) -> None:
    assert quantity_text(value, unit, Language.SV, decimals) == swedish
    assert quantity_text(value, unit, Language.EN, decimals) == english


def test_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(KeyError):
        step_result(Step("x", "1", Fraction(1), "furlong"), FI)


def test_subscripts() -> None:
    made = next(statement for statement in MADE if any("_" in symbol.name for symbol in statement.symbols))
    row = next(row for row in symbol_rows(made, FI) if row.subscript)
    assert f"<i>{row.name}</i><sub>{row.subscript}</sub>" in functions().statement(made.subject)


def test_a_missing_statement_is_shown_in_a_draft_and_refused_in_a_publication() -> None:
    assert "Laskentakaava puuttuu" in functions(made=()).statement("award.comparison-price")
    with pytest.raises(BlockedError, match="statement-missing"):
        functions(draft=False, made=()).statement("award.comparison-price")


def test_missing_words_are_shown_in_a_draft_and_refused_in_a_publication() -> None:
    strange = (replace(MADE[0], id="nobody-knows@1"),)
    assert "Laskentakaava puuttuu" in functions(made=strange).statement(MADE[0].subject)
    with pytest.raises(BlockedError, match="statement-words-missing"):
        functions(draft=False, made=strange).statement(MADE[0].subject)


def test_has_statement() -> None:
    assert functions().has_statement("award.comparison-price")
    assert not functions().has_statement("award.nothing")
