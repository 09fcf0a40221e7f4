"""The plug-in of statements: award and payments together, on any tender that can be read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from evaluation.statements import statements
from tender.plugins import Group, plugins
from tests.sample import sample_tender


def test_award_and_payments_are_stated() -> None:
    """What the call for tenders and the payment annex ask for; no subject twice."""
    subjects = [statement.subject for statement in statements(sample_tender())]
    assert len(subjects) == len(set(subjects))
    assert {"award.selection", "award.criteria.price", "prices.capitation", "prices.outcome"} <= set(subjects)


def test_numbers_that_nobody_means_are_not_reckoned_with() -> None:
    """A price of 10^400 has no statements; the checks name it."""
    tender = sample_tender()
    capitation = replace(tender.prices.capitation, weights={"easy": Decimal("1E+400")})
    assert statements(replace(tender, prices=replace(tender.prices, capitation=capitation))) == ()


def test_payments_that_cannot_be_reckoned_leave_the_award_stated() -> None:
    """A missing weight is a finding elsewhere, not a traceback here."""
    tender = sample_tender()
    capitation = replace(tender.prices.capitation, weights={})
    found = statements(replace(tender, prices=replace(tender.prices, capitation=capitation)))
    assert "award.criteria.price" in {statement.subject for statement in found}


def test_it_is_plugged_in() -> None:
    """The tender house finds it by its entry point."""
    assert statements in [made for _, made in plugins(Group.STATEMENTS)]
