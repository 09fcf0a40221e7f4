"""Days: properties beside the drill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.checks.timetable import in_order, order, safe_contract_day, tender_period
from tender.model.tender import ProcedureKind, Regime, Tender
from tests.sample import HELSINKI, sample_tender
from tests.tender.checks.bases import BASES, case_of

STEPS = (
    "published",
    "questions_until",
    "answers_by",
    "tenders_until",
    "opening",
    "decision",
    "production_start",
    "production_end",
)


def _moved(tender: Tender, name: str, days: int) -> Tender:
    moved = getattr(tender.timetable, name) + timedelta(days=days)
    return replace(tender, timetable=replace(tender.timetable, **{name: moved}), dialogue=None)


@settings(max_examples=80)
@given(name=st.sampled_from(STEPS), days=st.integers(-900, 900))
def test_one_day_moved_gives_one_finding_of_order_at_most(name: str, days: int) -> None:
    """However far one day moves, one finding says so (two only when it passes the end of tenders' validity too)."""
    found = list(order(case_of(_moved(sample_tender(), name, days))))
    rules = {finding.rule for finding in found} - {"timetable.validity"}
    assert len(rules) <= 1
    assert len(found) == len({finding.rule for finding in found})


@given(days=st.integers(0, 400))
def test_a_timetable_shifted_as_a_whole_stays_in_order(days: int) -> None:
    """Order depends on differences only."""
    tender = replace(sample_tender(), dialogue=None)
    shift = {name: getattr(tender.timetable, name) + timedelta(days=days) for name in STEPS}
    valid = tender.timetable.tenders_valid_until + timedelta(days=days)
    shifted = replace(tender, timetable=replace(tender.timetable, **shift, tenders_valid_until=valid))
    assert in_order(case_of(shifted))


def test_an_opening_in_the_same_minute_is_in_order() -> None:
    """The opening may follow at once."""
    times = sample_tender().timetable
    tender = replace(sample_tender(), timetable=replace(times, opening=times.tenders_until))
    assert list(order(case_of(tender))) == []


def test_a_mixed_pair_of_moments_is_compared_by_the_clock() -> None:
    """A missing zone is told by its own rule, and never raises."""
    naive = datetime(2018, 12, 11, 11, 0)  # noqa: DTZ001 - the missing zone is the point
    tender = replace(sample_tender(), timetable=replace(sample_tender().timetable, opening=naive))
    assert [finding.rule for finding in order(case_of(tender))] == ["timetable.opening"]


def test_unknown_days_are_neither_in_order_nor_faulted() -> None:
    """A placeholder says nothing."""
    times = replace(sample_tender().timetable, decision=date(1900, 1, 1))
    case = case_of(replace(sample_tender(), timetable=times))
    assert list(order(case)) == []
    assert not in_order(case)


@pytest.mark.parametrize(
    ("kind", "urgent", "days", "rule"),
    [
        (ProcedureKind.OPEN, False, 29, "timetable.tender-period"),
        (ProcedureKind.OPEN, False, 30, "timetable.tender-period-tight"),
        (ProcedureKind.OPEN, False, 35, "timetable.tender-period-tight"),
        (ProcedureKind.OPEN, False, 36, ""),
        (ProcedureKind.RESTRICTED, False, 24, "timetable.tender-period"),
        (ProcedureKind.RESTRICTED, False, 30, "timetable.tender-period-tight"),
        (ProcedureKind.NEGOTIATED, False, 31, ""),
        (ProcedureKind.OPEN, True, 14, "timetable.tender-period"),
        (ProcedureKind.OPEN, True, 16, ""),
        (ProcedureKind.NEGOTIATED, True, 9, "timetable.tender-period"),
        (ProcedureKind.NEGOTIATED, True, 11, ""),
    ],
)
def test_the_shortest_tender_periods_of_the_full_regime(
    kind: ProcedureKind, days: int, rule: str, *, urgent: bool
) -> None:
    """HL 56–57: 35 (30) days, 30 (25) after an invitation, 15 and 10 when urgent; the last day is not a full one."""
    tender = BASES["today"]
    until = datetime(2026, 12, 1, 12, 0, tzinfo=HELSINKI) + timedelta(days=days)
    times = replace(
        tender.timetable,
        questions_until=datetime(2026, 12, 4, 12, 0, tzinfo=HELSINKI),
        answers_by=date(2026, 12, 7),
        tenders_until=until,
    )
    procedure = replace(tender.procedure, kind=kind, regime=Regime.EU, urgent=urgent)
    found = tender_period(case_of(replace(tender, timetable=times, procedure=procedure)))
    assert [finding.rule for finding in found] == ([rule] if rule else [])


def test_a_national_procurement_has_no_period_here() -> None:
    """Chapter 11 sets none; nothing is invented."""
    procedure = replace(sample_tender().procedure, kind=ProcedureKind.OPEN, regime=Regime.NATIONAL)
    assert list(tender_period(case_of(replace(sample_tender(), procedure=procedure)))) == []


@given(decision=st.dates(date(1995, 1, 1), date(2099, 12, 31)))
def test_the_contract_is_never_safe_within_the_appeal_period(decision: date) -> None:
    """At least fifteen days, and at most the long Christmas more."""
    assert 15 <= (safe_contract_day(decision) - decision).days <= 15 + 8
