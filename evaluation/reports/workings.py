"""The working of every bid's price points, in the words and the notation of the published formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evaluation.reports.case import DecisionCase
from evaluation.reports.rows import leaf_rows, line_of
from tender.documents.numbers import expression_text
from tender.documents.statements import statement_words
from tender.errors import BlockedError
from tender.language import Language, Text
from tender.model.awards import ScoredBid, ScoreLine
from tender.model.criteria import CriterionKind
from tender.model.statements import Step


@dataclass(frozen=True, slots=True)
class WorkingRow:
    """One intermediate number of one bid's price points.

    Attributes:
        name: Name of the bidder.
        words: What is computed, in the words of the formula's statement.
        expression: The arithmetic, in the notation of each language.
        step: The step with its result.
    """

    name: str
    words: Text
    expression: Text
    step: Step


def working_rows(case: DecisionCase) -> tuple[WorkingRow, ...]:
    """Every intermediate number of every bid's price points, best bid first.

    Raises:
        BlockedError: The statement of the formula has no words in a language of the tender, or none for a step.
    """
    languages = case.publication.tender.languages
    rows = leaf_rows(case, CriterionKind.PRICE)
    return tuple(
        _row(bid, line_of(bid, row.criterion), step, languages)
        for bid in case.sheet.bids
        for row in rows
        for step in line_of(bid, row.criterion).working
    )


def _row(bid: ScoredBid, line: ScoreLine, step: Step, languages: tuple[Language, ...]) -> WorkingRow:
    return WorkingRow(
        bid.name,
        _said(lambda language: _step_words(line.formula, step.id, language), languages),
        _said(lambda language: expression_text(step.expression, language), languages),
        step,
    )


def _said(say: Callable[[Language], str], languages: tuple[Language, ...]) -> Text:
    return Text(**{language.value: say(language) for language in languages})


def _step_words(formula: str, step_id: str, language: Language) -> str:
    known = statement_words(formula, language).steps
    if step_id not in known:
        raise BlockedError("decision.step-without-words", formula=formula, step=step_id, language=language.value)
    return known[step_id]
