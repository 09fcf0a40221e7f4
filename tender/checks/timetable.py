"""Do the days come in their order, with enough time between them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from tender.checks.case import Case, flaw, known
from tender.deadlines import Sending, standstill
from tender.deadlines.calendar import is_working_day, working_day_from
from tender.deadlines.procedure import SHORTEST, Step, answers_by
from tender.errors import Finding
from tender.model.tender import ProcedureKind, Regime

LIGHT_PERIOD = 30
"""Days below which we ask whether the tender period is reasonable when the law sets none (Annex E)."""

PERIODS = {
    ProcedureKind.OPEN: SHORTEST[Step.OPEN],
    ProcedureKind.RESTRICTED: SHORTEST[Step.RESTRICTED],
    ProcedureKind.NEGOTIATED: SHORTEST[Step.NEGOTIATED],
}
"""Shortest tender periods of the full regime by procedure (HL 56)."""

_LATER_STRICTLY, _LATER_OR_SAME = 1, 0


def _order(case: Case) -> Iterator[tuple[str, str, date, date, int]]:
    """Rule, field of the later day, earlier day, later day, and whether they may coincide."""
    times, dialogue = case.tender.timetable, case.tender.dialogue
    questions, deadline, opening = times.questions_until.date(), times.tenders_until.date(), times.opening.date()
    if dialogue is not None:
        closes = dialogue.closes.date()
        yield "dialogue.period", "dialogue.closes", dialogue.opens, closes, _LATER_OR_SAME
        yield "dialogue.after-publication", "timetable.published", closes, times.published, _LATER_STRICTLY
    yield "timetable.questions", "timetable.questions_until", times.published, questions, _LATER_STRICTLY
    yield "timetable.answers", "timetable.answers_by", questions, times.answers_by, _LATER_OR_SAME
    yield "timetable.tenders", "timetable.tenders_until", times.answers_by, deadline, _LATER_STRICTLY
    yield "timetable.opening", "timetable.opening", deadline, opening, _LATER_OR_SAME
    yield "timetable.decision", "timetable.decision", opening, times.decision, _LATER_OR_SAME
    yield "timetable.validity", "timetable.tenders_valid_until", times.decision, times.tenders_valid_until, 0
    start, end = times.production_start, times.production_end
    yield "timetable.production-start", "timetable.production_start", times.decision, start, _LATER_STRICTLY
    yield "timetable.production-end", "timetable.production_end", start, end, _LATER_STRICTLY


def order(case: Case) -> Iterator[Finding]:
    """Every step comes after the one that it rests on."""
    for rule, field, earlier, later, least in _order(case):
        if known(earlier) and known(later) and (later - earlier).days < least:
            yield flaw(rule, field, earlier=earlier, later=later)
    times = case.tender.timetable
    same_day = times.opening.date() == times.tenders_until.date()
    if same_day and times.opening.replace(tzinfo=None) < times.tenders_until.replace(tzinfo=None):
        yield flaw("timetable.opening", "timetable.opening", earlier=times.tenders_until, later=times.opening)


def in_order(case: Case) -> bool:
    """Whether all days are known and in their order, for rules that count days between them."""
    return all(known(earlier) and known(later) for _, _, earlier, later, _ in _order(case)) and not any(order(case))


def time_zones(case: Case) -> Iterator[Finding]:
    """Every moment has its time zone, so that nobody is an hour late."""
    times, dialogue = case.tender.timetable, case.tender.dialogue
    moments: dict[str, datetime] = {
        "timetable.questions_until": times.questions_until,
        "timetable.tenders_until": times.tenders_until,
        "timetable.opening": times.opening,
    }
    for field, moment in moments.items():
        if moment.tzinfo is None:
            yield flaw("timetable.deadline-zone", field, found=moment)
    if dialogue is not None and dialogue.closes.tzinfo is None:
        yield flaw("dialogue.deadline-zone", "dialogue.closes", found=dialogue.closes)


def deadline_on_working_day(case: Case) -> Iterator[Finding]:
    """The deadline of tenders is a working day."""
    deadline = case.tender.timetable.tenders_until.date()
    if in_order(case) and not is_working_day(deadline):
        values = {"found": deadline, "expected": working_day_from(deadline)}
        yield flaw("timetable.deadline-holiday", "timetable.tenders_until", **values)


def validity_margin(case: Case) -> Iterator[Finding]:
    """Tenders bind until the contract can safely be made."""
    times = case.tender.timetable
    safe = safe_contract_day(times.decision) if in_order(case) else date.min
    if times.tenders_valid_until < safe:
        field = "timetable.tenders_valid_until"
        yield flaw("timetable.validity-margin", field, found=times.tenders_valid_until, expected=safe)


def start_after_standstill(case: Case) -> Iterator[Finding]:
    """Production starts after the contract can safely be made."""
    times = case.tender.timetable
    safe = safe_contract_day(times.decision) if in_order(case) else date.min
    if times.production_start < safe:
        field = "timetable.production_start"
        yield flaw("timetable.start-before-contract", field, found=times.production_start, expected=safe)


def safe_contract_day(decision: date) -> date:
    """First working day after the last day of appeal, when the decision is sent by e-mail on its own day.

    >>> safe_contract_day(date(2026, 12, 10))
    datetime.date(2026, 12, 29)
    """
    return standstill([Sending(decision)]).safe_earliest


def option_months(case: Case) -> Iterator[Finding]:
    """An option is not of negative length."""
    months = case.tender.timetable.option_months
    if months < 0:
        yield flaw("timetable.option-months", "timetable.option_months", found=months)


def not_past(case: Case) -> Iterator[Finding]:
    """The planned day of publication is not behind us, unless it was published."""
    day = case.tender.timetable.published
    if case.published is None and known(day) and day < case.today:
        yield flaw("timetable.past", "timetable.published", found=day, today=case.today)


def tender_period(case: Case) -> Iterator[Finding]:
    """Bidders have the time that the law gives them, or a reasonable one where it gives none."""
    if not in_order(case):
        return
    times, field = case.tender.timetable, "timetable.tenders_until"
    days = (times.tenders_until.date() - times.published).days
    period = PERIODS.get(case.tender.procedure.kind)
    shortest, paper = (period.electronic, period.paper) if period else (0, 0)
    if period and case.tender.procedure.urgent:
        shortest = paper = period.urgent
    if case.tender.procedure.regime is not Regime.EU:
        if case.tender.procedure.regime is Regime.ANNEX_E and days < LIGHT_PERIOD:
            yield flaw("timetable.tender-period-light", field, found=days, expected=LIGHT_PERIOD)
    elif days < shortest:
        yield flaw("timetable.tender-period", field, found=days, expected=shortest)
    elif days <= paper:
        yield flaw("timetable.tender-period-tight", field, found=days, electronic=shortest, paper=paper)


def answers_in_time(case: Case) -> Iterator[Finding]:
    """Answers to questions are out six days before the deadline, four when the procedure is urgent."""
    times = case.tender.timetable
    deadline = times.tenders_until.date()
    latest = answers_by(deadline, urgent=case.tender.procedure.urgent) if in_order(case) else date.max
    if times.answers_by > latest:
        values = {"expected": latest, "days": (deadline - latest).days}
        yield flaw("timetable.answers-late", "timetable.answers_by", found=times.answers_by, **values)


TIMETABLE = (
    order,
    time_zones,
    deadline_on_working_day,
    validity_margin,
    start_after_standstill,
    option_months,
    not_past,
    tender_period,
    answers_in_time,
)
"""The rules of this file."""
