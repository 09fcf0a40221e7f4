"""The words of statements: what the code that computes says about itself, joined with its explanation in a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from tender.documents.clauses import split_front_matter
from tender.documents.environment import template_source
from tender.documents.numbers import ABOUT, expression_text, percent, result_text
from tender.errors import BlockedError
from tender.language import MINUS, NBSP, Language, number_text
from tender.model.statements import Statement, Step
from tender.money import decimal_of
from tender.words import words

EURO = "€"

FROM_THE_BID = "documents.symbol-from-bid"
"""Term for the value of a symbol that each bid brings."""


@dataclass(frozen=True, slots=True)
class StatementWords:
    """The words of one statement in one language.

    Attributes:
        title: Its name.
        symbols: Meaning by symbol name.
        steps: Words by step id.
        body: Explanation and formula, Markdown with Jinja2.
    """

    title: str
    symbols: Mapping[str, str]
    steps: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class SymbolRow:
    """One row of the symbol table.

    Attributes:
        name: Symbol without its subscript.
        subscript: Its subscript; may be empty.
        meaning: What it stands for.
        value: Its value with the unit, as text.
    """

    name: str
    subscript: str
    meaning: str
    value: str


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One row of a worked example.

    Attributes:
        words: What is computed.
        expression: The arithmetic, as text.
        result: The result with its unit, as text.
        about: Name of the group or indicator, on the first of its rows only; else empty.
    """

    words: str
    expression: str
    result: str
    about: str = ""


@cache
def statement_words(statement_id: str, language: Language) -> StatementWords:
    """The words of the statement with `statement_id` (with version).

    Raises:
        BlockedError: There is no template for it in `language`.
    """
    name = f"{statement_id.replace('@', '-')}.{language.value}.md"
    text = template_source(f"statements/{name}")
    if text is None:
        raise BlockedError("documents.statement-words-missing", statement=statement_id, language=language.value)
    front, body = split_front_matter(text)
    table = tomllib.loads(front)
    return StatementWords(table["title"], table.get("symbols", {}), table.get("steps", {}), body)


def symbol_rows(statement: Statement, language: Language) -> tuple[SymbolRow, ...]:
    """The symbol table of `statement`.

    Raises:
        KeyError: A symbol or a unit has no words.
    """
    known = statement_words(statement.id, language)
    return tuple(
        SymbolRow(
            *_with_subscript(symbol.name),
            known.symbols[symbol.name],
            words(language).term(FROM_THE_BID)
            if symbol.value is None
            else quantity_text(symbol.value, symbol.unit, language),
        )
        for symbol in statement.symbols
    )


def example_rows(
    statement: Statement, language: Language, names: Mapping[str, str] = MappingProxyType({})
) -> tuple[ExampleRow, ...]:
    """The worked example of `statement`.

    Args:
        statement: The statement.
        language: The language.
        names: What to print for the id of a group or an indicator; the id itself where it is silent.

    Raises:
        KeyError: A step or a unit has no words.
    """
    known = statement_words(statement.id, language)
    before = ("", *(step.about for step in statement.example))
    return tuple(
        ExampleRow(
            known.steps[step.id],
            expression_text(step.expression, language),
            step_result(step, language),
            "" if step.about == last else names.get(step.about, step.about),
        )
        for last, step in zip(before, statement.example, strict=False)
    )


def step_result(step: Step, language: Language) -> str:
    """The result of `step` with its unit."""
    return quantity_text(step.result, step.unit, language, step.decimals)


def quantity_text(value: Fraction, unit: str, language: Language, decimals: int | None = None) -> str:
    """A value with its unit.

    Args:
        value: The exact value.
        unit: Unit code; empty for a bare number.
        language: The language.
        decimals: Decimals to which the method rounds; ``None`` where it does not.

    Raises:
        KeyError: The unit has no words.
    """
    if unit == "percent" and decimals is None:
        return percent(value, language)
    number = _amount_text(value, language) if unit.startswith("eur") and decimals is None else None
    number = number or result_text(value, language, decimals)
    return _with_unit(number, words(language).term(f"documents.unit.{unit}"), language) if unit else number


def _with_unit(number: str, word: str, language: Language) -> str:
    """A number with the word of its unit; English puts the euro sign first: ``€0.32/work hour``."""
    if language is not Language.EN or not word.startswith(EURO):
        return f"{number}{NBSP}{word}"
    digits = number.lstrip(f"{MINUS}{ABOUT}{NBSP}")
    return f"{number.removesuffix(digits)}{EURO}{digits}{word.removeprefix(EURO)}"


def _amount_text(value: Fraction, language: Language) -> str | None:
    """Euros with whole cents where there are cents; ``None`` when the amount is no finite decimal."""
    finite = decimal_of(value)
    if finite is None:
        return None
    exponent = int(finite.as_tuple().exponent)
    return number_text(finite.quantize(Decimal("0.01")) if exponent == -1 else finite, language)


def _with_subscript(name: str) -> tuple[str, str]:
    """A symbol's letter and its subscript: ``p_min`` → ``p``, ``min``."""
    letter, _, subscript = name.partition("_")
    return letter, subscript
