"""Statements: every symbol and step has words, every number its unit, and a gap is shown or refused."""

from __future__ import annotations

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
from tests.sample import sample_tender
from tests.tender.documents.house import publication_of

FI = Language.FI
MADE = statements(sample_tender())


def functions(*, draft: bool = True, made: tuple[Statement, ...] = MADE) -> Functions:
    publication = publication_of(sample_tender(), draft=draft, statements=made)
    return Functions(publication, FI, (), lambda _: CALL_FOR_TENDERS.title)


@pytest.mark.parametrize("statement", MADE, ids=lambda statement: str(statement.subject))
def test_every_statement_has_all_its_words(statement: Statement) -> None:
    assert len(symbol_rows(statement, FI)) == len(statement.symbols)
    assert len(example_rows(statement, FI)) == len(statement.example)
    printed = functions().statement(statement.subject)
    assert statement_words(statement.id, FI).title in printed
    for row in example_rows(statement, FI):
        assert row.result in printed


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
