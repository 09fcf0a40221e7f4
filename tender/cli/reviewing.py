"""``valinta review status | approve | waive | answer | report | why``."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from tender.checks.waivers import waivable
from tender.cli.rules import question_words
from tender.console import (
    Command,
    Console,
    common_options,
    console_of,
    day_of,
    folder_argument,
    moment_of,
    now_option,
    option,
    today_option,
)
from tender.errors import UsageError
from tender.language import date_text
from tender.publishing.provenance import ClauseTrace
from tender.publishing.provenance import why as why_here
from tender.publishing.release import Chance, drafted
from tender.publishing.report import write_report
from tender.publishing.review import LAWYER, Review, review_of
from tender.publishing.reviewing import answer as give_answer
from tender.publishing.reviewing import approve as give_approval
from tender.publishing.reviewing import waive as take_responsibility
from tender.record.reviews import ReviewAnswer

_ROLES = click.Choice([LAWYER, "officer", "expert"])
_BY = option("--by", required=True, metavar="NAME", help="option.review-by")
_REASON = option("--reason", required=True, metavar="TEXT", help="option.reason")


@click.command(cls=Command)
@folder_argument
@today_option
@common_options
@click.pass_context
def status(context: click.Context, /, folder: str, today: datetime | None, **_: object) -> None:
    """Say where the review stands: findings, questions, approvals."""
    console = console_of(context)
    found = review_of(Path(folder), day_of(today))
    _show_findings(console, found)
    _show_questions(console, found)
    _show_approvals(console, found)
    console.result(review_json(console, found))
    context.exit(1 if found.open_blocks else 0)


def _show_findings(console: Console, found: Review) -> None:
    console.say("review.findings", count=len(found.findings), open=len(found.open_blocks))
    for each in found.findings:
        console.findings([each.finding])
        if each.waiver is not None:
            console.say("review.waived-by", by=each.waiver.said.by, reason=each.waiver.said.reason)


def _show_questions(console: Console, found: Review) -> None:
    console.say("review.questions", count=len(found.questions))
    for asked in found.questions:
        console.line(f"  {asked.question.id}  {question_words(console, asked.question)}")
        if asked.answer is not None:
            said = asked.answer.said
            answered = console.words(f"review-answer.{said.answer}")
            console.say("review.answered", answer=answered, by=said.by, reason=said.reason)


def _show_approvals(console: Console, found: Review) -> None:
    subject = found.subject
    console.say("review.subject", pack=subject.pack, day=date_text(subject.read_on, console.language),
                rules=subject.rules[:12], clauses=subject.clauses[:12], tender=subject.tender[:12])  # fmt: skip
    for approval in found.approvals:
        state = "fresh" if approval in found.fresh else "stale"
        console.say(f"review.approval-{state}", by=approval.said.by, role=console.words(f"role.{approval.said.role}"),
                    day=date_text(approval.event.at.date(), console.language))  # fmt: skip
    if not found.fresh:
        console.say("review.synthetic-needs-none" if found.synthetic else "review.no-approval")


def review_json(console: Console, found: Review) -> dict[str, object]:
    """Where the review stands, for machines."""
    return {
        "blocking": len(found.open_blocks),
        "subject": {
            "pack": found.subject.pack,
            "read_on": found.subject.read_on.isoformat(),
            "rules": found.subject.rules,
            "clauses": found.subject.clauses,
            "tender": found.subject.tender,
        },
        "findings": [
            {
                **console.finding_json(each.finding),
                "waivable": waivable(each.finding),
                "waived": each.waiver is not None,
                "by": each.waiver.said.by if each.waiver else None,
                "reason": each.waiver.said.reason if each.waiver else None,
            }
            for each in found.findings
        ],
        "questions": [
            {
                "id": asked.question.id,
                "text": question_words(console, asked.question),
                "severity": asked.question.severity.value,
                "answer": asked.answer.said.answer if asked.answer else None,
                "by": asked.answer.said.by if asked.answer else None,
            }
            for asked in found.questions
        ],
        "approvals": [
            {"by": one.said.by, "role": one.said.role, "at": one.event.at.isoformat(), "fresh": one in found.fresh}
            for one in found.approvals
        ],
    }


def _chance(now: datetime | None) -> Chance:
    return Chance(lambda: moment_of(now), lambda: secrets.token_bytes(32), lambda: secrets.token_hex(32))


@click.command(cls=Command)
@folder_argument
@_BY
@option("--role", type=_ROLES, default=LAWYER, help="option.role")
@option("--note", default="", metavar="TEXT", help="option.note")
@today_option
@now_option
@common_options
@click.pass_context
def approve(context: click.Context, /, folder: str, today: datetime | None, now: datetime | None, **said: str) -> None:
    """Confirm the rule pack, the clauses, the tender file and every question not answered otherwise."""
    console = console_of(context)
    approval = give_approval(Path(folder), day_of(today), _chance(now), said["by"], said["role"], said["note"])
    console.say("review.approved", by=approval.by, role=console.words(f"role.{approval.role}"), pack=approval.pack,
                count=len(approval.questions))  # fmt: skip
    for question in approval.questions:
        console.line(f"  {question}")
    console.result(approval.payload())


@click.command(cls=Command)
@click.argument("target", metavar="RULE[@FIELD]")
@folder_argument
@_BY
@_REASON
@today_option
@now_option
@common_options
@click.pass_context
def waive(context: click.Context, /, target: str, folder: str, today: datetime | None, **said: Any) -> None:  # noqa: ANN401
    """Take responsibility for one finding, by name and with a reason."""
    console = console_of(context)
    chance = _chance(said["now"])
    waiver = take_responsibility(Path(folder), day_of(today), chance, target, said["by"], said["reason"])
    console.say("review.waived", rule=waiver.rule, field=waiver.field or "–", by=waiver.by)
    console.result(waiver.payload())


@click.command(cls=Command)
@click.argument("question", metavar="QUESTION")
@folder_argument
@option("--yes", "answer", flag_value="yes", help="option.answer-yes")
@option("--no", "answer", flag_value="no", help="option.answer-no")
@option("--not-applicable", "answer", flag_value="not-applicable", help="option.answer-not-applicable")
@_BY
@_REASON
@today_option
@now_option
@common_options
@click.pass_context
def answer(context: click.Context, /, question: str, folder: str, today: datetime | None, **said: Any) -> None:  # noqa: ANN401
    """Answer one review question, by name and with a reason."""
    console = console_of(context)
    if not said["answer"]:
        raise UsageError("review.no-answer")
    given = ReviewAnswer(question, said["answer"], said["by"], said["reason"], "", "")
    found = give_answer(Path(folder), day_of(today), _chance(said["now"]), question, given)
    console.say("review.answer-kept", question=found.question, answer=console.words(f"review-answer.{found.answer}"))
    console.result(found.payload())


@click.command(cls=Command)
@folder_argument
@today_option
@common_options
@click.pass_context
def report(context: click.Context, /, folder: str, today: datetime | None, **_: object) -> None:
    """Make the review report."""
    console = console_of(context)
    made = write_report(Path(folder), day_of(today), lambda name: console.say("progress.file", name=name))
    console.say("review.report-made", folder=made[0].parent, count=len(made))
    console.result({"files": [str(path) for path in made]})


@click.command(cls=Command)
@click.argument("clause", metavar="CLAUSE")
@folder_argument
@option("--document", default=None, metavar="ID", help="option.clause-document")
@today_option
@common_options
@click.pass_context
def why(context: click.Context, /, clause: str, folder: str, document: str | None, **said: Any) -> None:  # noqa: ANN401
    """Say why a clause is in a document."""
    console = console_of(context)
    publication = drafted(Path(folder), day_of(said["today"]))
    spoken = console.language if console.language in publication.tender.languages else None
    language = spoken or publication.tender.prevailing_language
    found = why_here(Path(folder), publication, language, clause, document)
    for one in found:
        _show_trace(console, one)
    console.result({"clauses": [_trace_json(one) for one in found]})


def _show_trace(console: Console, one: ClauseTrace) -> None:
    console.line(f"{one.document_title.best(console.language)} {one.number} {one.title} ({one.id})", bold=True)
    until = date_text(one.valid_to, console.language) if one.valid_to else ""
    holds = console.words("why.holds" if one.here else "why.holds-not", field=one.when)
    for name, value in (
        ("file", one.file),
        ("version", str(one.version)),
        ("basis", one.basis or "–"),
        ("dates", f"{date_text(one.valid_from, console.language)}–{until}"),
        ("approved", one.approved or "–"),
        ("when", holds if one.when else console.words("why.always")),
        ("override", console.words("why.own" if one.own else "why.template")),
    ):
        label = console.words(f"why.{name}")
        console.line(f"  {label}: {value}")


def _trace_json(one: ClauseTrace) -> dict[str, object]:
    return {
        "document": one.document,
        "clause": one.id,
        "number": one.number,
        "file": one.file,
        "version": one.version,
        "basis": one.basis,
        "valid_from": one.valid_from.isoformat(),
        "valid_to": one.valid_to.isoformat() if one.valid_to else None,
        "approved": one.approved,
        "when": one.when,
        "here": one.here,
        "own": one.own,
    }
