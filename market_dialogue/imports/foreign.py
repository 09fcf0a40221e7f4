"""An answer of another system before it is ours: columns of text, and where each of them goes.

Nothing is dropped in silence: a column with content that goes nowhere is told, and so is a row that is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from market_dialogue.drafts import question_set
from market_dialogue.intake.fitting import Given, fit, number_in
from tender.errors import Finding, Place, Severity, UsageError
from tender.guards import excerpt
from tender.model.answers import Answer, Channel, Reply
from tender.model.questions import Dialogue, Question, QuestionKind

MOST_ROWS = 5_000
"""Most answers of one file."""

MOST_NAME = 200
_ABOUT = ("respondent", "business_id", "contact")
_PARTS = ("text", "number", "low", "high", "choices")
_NOWHERE = "-"
_SEVERAL = re.compile(r"\s*[;\n]\s*")


@dataclass(frozen=True, slots=True)
class Foreign:
    """One answer as it came.

    Attributes:
        row: Its number in the file, from 1.
        cells: Text by column.
        received_at: When it came, where the file says it.
    """

    row: int
    cells: Mapping[str, str]
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Targets:
    """Where columns go.

    Attributes:
        given: By column: ``respondent``, ``business_id``, ``contact``, a question's id, ``<id>.<part>``, or ``-``.
        respondent: The respondent when no column names it.
        channel: How the answers came.
    """

    given: Mapping[str, str]
    respondent: str = ""
    channel: Channel = Channel.IMPORT


def targets_of(pairs: Iterable[str], dialogue: Dialogue) -> dict[str, str]:
    """The mapping that ``COLUMN=TARGET`` pairs give.

    Raises:
        UsageError: A pair has no equals sign, or its target is none.
    """
    found: dict[str, str] = {}
    ids = [question.id for question in dialogue.questions]
    for pair in pairs:
        column, equals, target = pair.rpartition("=")
        question, _, part = target.partition(".")
        known = target in {*_ABOUT, _NOWHERE} or (question in ids and part in {"", *_PARTS})
        if not (equals and column.strip() and known):
            raise UsageError("dialogue.bad-map", found=excerpt(pair), known=", ".join([*_ABOUT, *ids, _NOWHERE]))
        found[column.strip()] = target
    return found


def answer_of(
    foreign: Foreign, file: str, dialogue: Dialogue, targets: Targets, at: datetime
) -> tuple[Answer | None, tuple[Finding, ...]]:
    """The answer that `foreign` makes, without an id, ``None`` when something blocks, and what is wrong with it.

    Args:
        foreign: The answer as it came.
        file: The file's name.
        dialogue: The dialogue that it answers.
        targets: Where its columns go.
        at: When it came, if it does not say so itself.
    """
    place = Place(file, line=foreign.row)
    gathered: dict[str, list[str]] = {}
    findings: list[Finding] = []
    for column, text in foreign.cells.items():
        target = _target(column, dialogue, targets)
        if not text.strip() or target == _NOWHERE:
            continue
        if target:
            gathered.setdefault(target, []).append(text.strip())
        else:
            values = {"column": excerpt(column), "found": excerpt(text)}
            findings.append(Finding("dialogue.column-nowhere", Severity.WARN, excerpt(column), values, place=place))
    said = {target: "\n".join(texts) for target, texts in gathered.items()}
    about = {name: " ".join(said.get(name, "").split()) for name in _ABOUT}
    about["respondent"] = about["respondent"] or " ".join(targets.respondent.split())
    if not about["respondent"] or any(len(value) > MOST_NAME or "\0" in value for value in about.values()):
        findings.append(Finding("dialogue.row-no-respondent", Severity.BLOCK, "respondent", place=place))
    replies = dict(_replies(said, dialogue, place, findings))
    if not replies:
        findings.append(Finding("dialogue.no-replies", Severity.WARN, "replies", place=place))
    if any(finding.blocks for finding in findings):
        return None, tuple(findings)
    answer = Answer("", about["respondent"], foreign.received_at or at, replies, channel=targets.channel)
    whole = replace(answer, business_id=about["business_id"], contact=about["contact"])
    return replace(whole, question_set=question_set(dialogue)), tuple(findings)


def _target(column: str, dialogue: Dialogue, targets: Targets) -> str:
    """Where `column` goes: as mapped, else to the question of the same id; empty when nowhere."""
    if column in targets.given:
        return targets.given[column]
    return next((one.id for one in dialogue.questions if one.id.casefold() == column.casefold()), "")


def _replies(
    said: Mapping[str, str], dialogue: Dialogue, place: Place, findings: list[Finding]
) -> Iterator[tuple[str, Reply]]:
    for question in dialogue.questions:

        def fault(rule: str, severity: Severity, part: str, name: str = question.id, **values: str) -> Finding:
            return Finding(rule, severity, f"{name}.{part}", values, place=place)

        reply, found = fit(question, _given(question, said), fault)
        findings.extend(found)
        if reply is not None:
            yield question.id, reply


def _given(question: Question, said: Mapping[str, str]) -> Given:
    """What the columns give for `question`; a bare number or choice goes where its kind asks for it."""
    parts = {part: said.get(f"{question.id}.{part}", "") for part in _PARTS}
    plain = said.get(question.id, "")
    if question.kind is QuestionKind.CHOICE and not parts["choices"]:
        parts["choices"] = plain
    elif question.kind is QuestionKind.NUMBER and not parts["number"] and number_in(plain) is not None:
        parts["number"] = plain
    else:
        parts["text"] = "\n".join(filter(None, (parts["text"], plain)))
    chosen = tuple(_choice(question, one) for one in _SEVERAL.split(parts["choices"]) if one)
    return Given(parts["text"], parts["number"], parts["low"], parts["high"], chosen)


def _choice(question: Question, said: str) -> str:
    """The id of the choice with this id or label, in any language; what is none stays and is refused."""
    plain = said.strip().casefold()
    for choice in question.choices:
        labels = (choice.id, choice.label.fi, choice.label.sv, choice.label.en)
        if plain in {label.strip().casefold() for label in labels if label}:
            return choice.id
    return said
