"""What ``valinta check`` says of the law itself: regime and reason, addresses, every rule with its standing."""

from __future__ import annotations

from typing import Any

from tender.checks import review_questions, row_states
from tender.checks.case import Case, known
from tender.checks.regime import RegimeReason, is_cpv, regime_reason
from tender.checks.register import GAPS, READ_ON
from tender.checks.review import ReviewQuestion, RowState, Standing, weight
from tender.checks.statutes import links
from tender.console import Console
from tender.language import date_text, euro_text
from tender.publishing.examination import Examination

_MARKS = {Standing.FOUND: "yellow", Standing.ASKED: "cyan"}


def say_law(console: Console, examination: Examination) -> None:
    """Say which regime follows and why, and where the acts that findings rest on can be read."""
    reason = _reason(examination.case)
    if reason is not None:
        console.say(f"check.regime-{_kind(reason)}", **_spoken(console, reason))
    for link in dict.fromkeys(link for finding in examination.findings for link in links(finding.basis)):
        console.line(f"  {link}")


def law_json(console: Console, examination: Examination) -> dict[str, Any]:
    """The regime with its reason, for machines."""
    reason = _reason(examination.case)
    if reason is None:
        return {"regime": None}
    return {
        "regime": {
            "regime": reason.regime.value if reason.regime else None,
            "cpv": reason.code,
            "annex_e_point": reason.point,
            "value": str(reason.value),
            "threshold": str(reason.threshold) if reason.threshold is not None else None,
            "basis": reason.basis,
            "basis_url": list(links(reason.basis)),
            "message": console.words(f"check.regime-{_kind(reason)}", **_spoken(console, reason)),
        }
    }


def _reason(case: Case | None) -> RegimeReason | None:
    if case is None:
        return None
    tender = case.tender
    bought, day = tender.object, tender.timetable.published
    if not is_cpv(bought.cpv) or bought.estimated_value <= 0 or not known(day):
        return None
    return regime_reason(bought.cpv, bought.estimated_value, tender.buyer.kind, day)


def _kind(reason: RegimeReason) -> str:
    """Which sentence says it."""
    if reason.regime is not None:
        return reason.regime.value
    return "below" if reason.threshold is not None and reason.value < reason.threshold else "unknown"


def _spoken(console: Console, reason: RegimeReason) -> dict[str, object]:
    threshold = euro_text(reason.threshold, console.language) if reason.threshold is not None else "-"
    value = euro_text(reason.value, console.language)
    return {"cpv": reason.code, "point": reason.point, "value": value, "threshold": threshold, "basis": reason.basis}


def say_rules(console: Console, examination: Examination) -> None:
    """List every row of the register with its way and standing, the questions, what waits, and the known gaps."""
    if examination.case is None:
        return
    states = row_states(examination.case, examination.findings)
    for state in states:
        row = state.row
        standing = console.words(f"standing.{state.standing.value}", count=state.findings)
        waits = f": {console.words(f'awaited.{row.waits_for.value}')}" if row.waits_for else ""
        basis = f" [{row.basis}]" if row.basis else ""
        line = f"{row.id:8}{standing}{waits}. {console.words(f'rule.{row.id}')}{basis}"
        console.line(line, colour=_MARKS.get(state.standing))
    console.line()
    for question in review_questions(examination.case):
        console.line(f"? {question.id}  {question_words(console, question)}")
    console.line()
    console.say("rules.read-on", day=date_text(READ_ON, console.language))
    for gap in GAPS:
        console.line(f"- {console.words(f'gap.{gap}')}")


def question_words(console: Console, question: ReviewQuestion) -> str:
    """A review question in the language of `console`; one about something says what its rule demands of it."""
    says = console.words(f"rule.{question.row}") if question.about else ""
    return console.words(question.term, about=question.about, says=says)


def rules_json(console: Console, examination: Examination) -> dict[str, Any]:
    """The same for machines."""
    if examination.case is None:
        return {"rules": [], "questions": [], "gaps": []}
    states = row_states(examination.case, examination.findings)
    return {
        "rules": [_row_json(console, state) for state in states],
        "questions": [
            {
                "id": question.id,
                "row": question.row,
                "severity": question.severity.value,
                "document": question.document,
                "basis": question.basis,
                "question": question_words(console, question),
            }
            for question in review_questions(examination.case)
        ],
        "gaps": [console.words(f"gap.{gap}") for gap in GAPS],
    }


def _row_json(console: Console, state: RowState) -> dict[str, Any]:
    row = state.row
    return {
        "id": row.id,
        "document": row.document,
        "says": console.words(f"rule.{row.id}"),
        "way": row.way.value,
        "rules": list(row.rules),
        "waits_for": row.waits_for.value if row.waits_for else None,
        "standing": state.standing.value,
        "findings": state.findings,
        "severity": weight(row).value,
        "basis": row.basis,
        "basis_url": list(links(row.basis)),
        "source": row.source.value,
        "irregularity": row.irregularity,
        "full_regime": row.full_regime,
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        "read_on": row.read_on.isoformat(),
    }
