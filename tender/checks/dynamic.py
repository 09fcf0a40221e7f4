"""What the regime allows of the framework's dynamic elements (A4), and the way around a ranking (KHO 2018:91)."""

from __future__ import annotations

from collections.abc import Iterator

from tender.checks.case import Case, flaw
from tender.checks.law import has_text
from tender.errors import Finding
from tender.model.framework import CapCounts
from tender.model.tender import Regime

MINI_COMPETITION_TEXT = "mini-competition"
"""Id of the text that describes mini-competitions."""

_PATH = "framework.dynamic"


def admit_all(case: Case) -> Iterator[Finding]:
    """Admitting every suitable provider is no procurement, and goes with no ranking."""
    field = f"{_PATH}.admit_all_suitable"
    if not case.tender.framework.dynamic.admit_all_suitable:
        return
    if case.tender.award.criteria:
        yield flaw("dynamic.admit-all-ranking", field, providers=case.tender.framework.providers)
    else:
        yield flaw("dynamic.admit-all", field)


def mini_competition(case: Case) -> Iterator[Finding]:
    """A mini-competition is described before the framework is made."""
    if case.tender.framework.dynamic.mini_competition and not has_text(case.tender, MINI_COMPETITION_TEXT):
        yield flaw("dynamic.mini-competition", f"{_PATH}.mini_competition", text=MINI_COMPETITION_TEXT)


def reopening(case: Case) -> Iterator[Finding]:
    """A framework of the full regime is closed; under Annex E an announced reopening must be described."""
    months, field = case.tender.framework.dynamic.reopening_months, f"{_PATH}.reopening_months"
    if months is None:
        return
    if months < 1:
        yield flaw("dynamic.reopening-period", field, found=months)
    elif case.tender.procedure.regime is Regime.ANNEX_E:
        yield flaw("dynamic.reopening-light", field, found=months)
    else:
        yield flaw("dynamic.reopening-closed", field, found=months)


def reserve(case: Case) -> Iterator[Finding]:
    """We remind that a reserve ranking lives as long as the tenders bind."""
    if case.tender.framework.dynamic.reserve_ranking:
        until = case.tender.timetable.tenders_valid_until
        yield flaw("dynamic.reserve-ranking", f"{_PATH}.reserve_ranking", until=until)


def cap_of_entrants(case: Case) -> Iterator[Finding]:
    """A cap on entrants cannot be held against a forecast of clients at a time."""
    if case.tender.framework.dynamic.cap_counts is CapCounts.ENTRANTS:
        values = {"cap": case.tender.framework.client_cap, "total": case.tender.framework.client_total}
        yield flaw("dynamic.cap-entrants", f"{_PATH}.cap_counts", **values)


DYNAMIC = (admit_all, mini_competition, reopening, reserve, cap_of_entrants)
"""The rules of this file."""
