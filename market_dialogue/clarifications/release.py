"""When an answer may go out: in time, approved, telling nobody who asked, and never changing the call by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from market_dialogue.clarifications.anonymity import naming
from market_dialogue.clarifications.standing import Standing, Step
from tender.deadlines.procedure import ANSWERS_BASIS, answers_by
from tender.errors import Finding, Severity
from tender.model.tender import Regime, Tender
from tender.record.dialogue import Asked


def last_day(tender: Tender) -> date | None:
    """The last day for answers in the full regime; ``None`` where the law names none and the timetable's own stands."""
    if tender.procedure.regime is not Regime.EU:
        return None
    return answers_by(tender.timetable.tenders_until.date(), urgent=tender.procedure.urgent)


def timing_findings(tender: Tender, today: date) -> Iterator[Finding]:
    """Whether `today` is too late by law, or later than the call itself promised."""
    latest, promised = last_day(tender), tender.timetable.answers_by
    if latest is not None and today > latest:
        values = {"found": today.isoformat(), "expected": latest.isoformat()}
        yield Finding("questions.too-late", Severity.BLOCK, "timetable.tenders_until", values, ANSWERS_BASIS)
    elif today > promised:
        values = {"found": today.isoformat(), "expected": promised.isoformat()}
        yield Finding("questions.later-than-promised", Severity.WARN, "timetable.answers_by", values)


def release_findings(waiting: Iterable[Standing], asked: Iterable[Asked], version_event: int) -> Iterator[Finding]:
    """What keeps approved answers from going out.

    Args:
        waiting: The answers that would go out.
        asked: Every question on the record.
        version_event: Number of the event that published the version in force.
    """
    known = {one.id: one for one in asked}
    for one in waiting:
        field = f"clarifications[{one.said.id}]"
        for organisation in naming(one.said, (known[each] for each in one.said.questions if each in known)):
            values = {"id": one.said.id, "organisation": organisation}
            yield Finding("questions.asker-named", Severity.BLOCK, field, values, "HL 3")
        if one.said.changes and one.drafted.event.seq > version_event:
            yield Finding("questions.changes-first", Severity.BLOCK, field, {"id": one.said.id}, "HL 3")


def ready(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """The answers that are approved and not published."""
    return tuple(one for one in standings if one.step is Step.APPROVED)
