"""What the evaluation says about a tender's methods, how it compares, chooses and pays (``valinta.statements``)."""

from __future__ import annotations

from datetime import date

from evaluation.award.careful import or_else
from evaluation.award.statements import award_statements
from evaluation.contract.statements import payment_statements
from tender.checks import Case
from tender.checks.checks import odd_numbers
from tender.model.statements import Statement
from tender.model.tender import Tender


def statements(tender: Tender) -> tuple[Statement, ...]:
    """Statements about the award and the payments of `tender`, which may still be faulty.

    There are none while it holds numbers that nobody means, and none about payments that cannot be reckoned.
    """
    if any(odd_numbers(Case(tender, date.min))):
        return ()
    nothing: tuple[Statement, ...] = ()
    return (*award_statements(tender), *or_else(lambda: payment_statements(tender), nothing))
