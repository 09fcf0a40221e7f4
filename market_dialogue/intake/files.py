"""Answers to the market dialogue, from TOML: one file each, nothing merged, nothing dropped silently.

A reply is a plain text, or a table with ``text``, ``number``, ``low``, ``high``, ``choices`` and ``rows``. The files
come from outside, so their number, size, links and names are guarded. A blank reply is absent, not empty.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from market_dialogue.intake.fitting import Given, fit
from tender.errors import Finding, InputError, Place, Severity
from tender.guards import excerpt, guard_name, inside
from tender.model.answers import Answer, Attachment, Reply
from tender.model.questions import Dialogue, Question
from tender.reading.scalars import HELSINKI

MOST_FILES = 2_000
"""Most answer files that are read."""

MOST_BYTES = 1_000_000
"""Largest answer file."""

_KINDS: Mapping[str, type] = {
    "id": str,
    "respondent": str,
    "received_at": datetime,
    "replies": dict,
    "synthetic": bool,
    "attachments": list,
    "question_set": str,
    "business_id": str,
    "contact": str,
}
_PARTS: Mapping[str, type | tuple[type, ...]] = {
    "text": str,
    "number": (int, Decimal),
    "low": (int, Decimal),
    "high": (int, Decimal),
    "choices": list,
    "rows": list,
}
_REQUIRED = ("id", "respondent", "received_at", "replies")


@dataclass(frozen=True, slots=True)
class _Read:
    """One answer with the file that it came from."""

    file: str
    answer: Answer


def read_answers(folder: Path, dialogue: Dialogue) -> tuple[tuple[Answer, ...], tuple[Finding, ...]]:
    """Every answer file in `folder`, in the order of arrival, and everything that is wrong with them.

    A late answer is read and reported; two answers of one respondent both stay and are reported. A file that cannot be
    read gives a finding and no answer.

    Args:
        folder: The folder that holds the files; a missing folder holds none.
        dialogue: The dialogue that they answer.
    """
    paths = sorted(folder.glob("*.toml"))
    read: list[_Read] = []
    findings: list[Finding] = []
    if len(paths) > MOST_FILES:
        values = {"found": str(len(paths)), "expected": str(MOST_FILES)}
        findings.append(Finding("dialogue.too-many", Severity.BLOCK, "answers", values))
    for path in paths[:MOST_FILES]:
        answer, found = _read_one(path, excerpt(path.name), dialogue)
        findings.extend(found)
        if answer is not None:
            read.append(_Read(excerpt(path.name), answer))
    read.sort(key=lambda one: (one.answer.received_at, one.file))
    findings.extend(_late(read, dialogue))
    findings.extend(_twice(read))
    return tuple(one.answer for one in read), tuple(findings)


def _read_one(path: Path, file: str, dialogue: Dialogue) -> tuple[Answer | None, tuple[Finding, ...]]:
    """The answer in `path`, ``None`` when it cannot be read, and what is wrong with it."""
    try:
        table = _table(path)
    except InputError as error:
        return None, (Finding(error.message, Severity.BLOCK, values=error.values, place=Place(file)),)
    return read_answer(table, file, dialogue)


def read_answer(table: Mapping[str, Any], file: str, dialogue: Dialogue) -> tuple[Answer | None, tuple[Finding, ...]]:
    """The answer that the table of an answer file gives, ``None`` when it cannot be taken, and what is wrong with it.

    Args:
        table: The file as a table, exact numbers as `Decimal`.
        file: The file's name, for findings.
        dialogue: The dialogue that it answers.
    """
    findings = list(_shape(table, file))
    if any(finding.blocks for finding in findings):
        return None, tuple(findings)
    questions = {question.id: question for question in dialogue.questions}
    replies: dict[str, Reply] = {}
    for key, value in table["replies"].items():
        reply, found = _reply(key, value, questions, file)
        findings.extend(found)
        if reply is not None:
            replies[key] = reply
    if not replies:
        findings.append(_finding("dialogue.no-replies", Severity.WARN, file, "replies"))
    return _answer(table, replies), tuple(findings)


def _table(path: Path) -> dict[str, Any]:
    """The file as a table.

    Raises:
        InputError: It is a link out of its folder, too large, or no TOML.
    """
    home = inside(path.parent, path.name)
    if not home.is_file():
        raise InputError("dialogue.unreadable", detail=excerpt(path.name))
    try:
        size = home.stat().st_size
        if size > MOST_BYTES:
            raise InputError("dialogue.too-large", found=size, expected=MOST_BYTES)
        return tomllib.loads(home.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ValueError, ArithmeticError, RecursionError, OSError) as error:
        raise InputError("dialogue.unreadable", detail=excerpt(str(error), 120)) from error


def _shape(table: Mapping[str, Any], file: str) -> Iterator[Finding]:
    """Keys that are missing, unknown or of the wrong type, and names of attachments that are no names."""
    for key in sorted(set(_REQUIRED) - set(table)):
        yield _finding("dialogue.missing-key", Severity.BLOCK, file, key, key=key)
    for key, value in table.items():
        if key not in _KINDS:
            known = ", ".join(_KINDS)
            yield _finding("dialogue.unknown-key", Severity.WARN, file, excerpt(key), key=excerpt(key), known=known)
        elif not _fits(key, value):
            yield _finding("dialogue.wrong-type", Severity.BLOCK, file, key, key=key, found=excerpt(str(value)))
    attachments = table.get("attachments", [])
    for one in attachments if isinstance(attachments, list) else []:
        if not _is_attachment(one):
            found = excerpt(str(one.get("name", "") if isinstance(one, dict) else one))
            yield _finding("dialogue.attachment-name", Severity.BLOCK, file, "attachments", found=found)


def _fits(key: str, value: object) -> bool:
    return isinstance(value, _KINDS[key]) and (not isinstance(value, str) or bool(value.strip()))


def _is_attachment(one: object) -> bool:
    """A file's name, or a table with the name, the question that it belongs to, and why it is secret."""
    table = one if isinstance(one, dict) else {"name": one}
    if not set(table) <= {"name", "question", "secret"} or not all(isinstance(value, str) for value in table.values()):
        return False
    try:
        return bool(guard_name(str(table.get("name", ""))))
    except InputError:
        return False


def _reply(
    key: str, value: object, questions: Mapping[str, Question], file: str
) -> tuple[Reply | None, tuple[Finding, ...]]:
    """The reply to question `key`, ``None`` when it cannot be taken, and why."""
    name = excerpt(key)

    def fault(rule: str, severity: Severity, part: str, **values: str) -> Finding:
        field = f"replies.{name}" if part == "text" else f"replies.{name}.{part}"
        return _finding(rule, severity, file, field, **values)

    if key not in questions:
        expected = ", ".join(sorted(questions))
        return None, (fault("dialogue.unknown-question", Severity.BLOCK, "text", question=name, expected=expected),)
    given = _given(value)
    if given is None:
        return None, (fault("dialogue.wrong-type", Severity.BLOCK, "text", key=name, found=excerpt(str(value))),)
    if given.blank:
        return None, (fault("dialogue.empty-reply", Severity.WARN, "text", question=name),)
    return fit(questions[key], given, fault)


def _given(value: object) -> Given | None:
    """What a reply of the file gives; ``None`` when it is neither a text nor a table of known parts."""
    if isinstance(value, str):
        return Given(value)
    if not isinstance(value, dict) or not set(value) <= set(_PARTS):
        return None
    if not all(isinstance(part, _PARTS[name]) and not isinstance(part, bool) for name, part in value.items()):
        return None
    rows = value.get("rows", ())
    if not all(isinstance(one, str) for one in value.get("choices", ())) or not all(map(_is_row, rows)):
        return None
    return Given(
        value.get("text", ""),
        str(value.get("number", "")),
        str(value.get("low", "")),
        str(value.get("high", "")),
        choices=tuple(value.get("choices", ())),
        rows=tuple(map(tuple, rows)),
    )


def _is_row(row: object) -> bool:
    return isinstance(row, list) and all(isinstance(cell, str) for cell in row)


def _answer(table: Mapping[str, Any], replies: Mapping[str, Reply]) -> Answer:
    received = table["received_at"]
    return Answer(
        id=table["id"].strip(),
        respondent=" ".join(table["respondent"].split()),
        received_at=received if received.tzinfo else received.replace(tzinfo=HELSINKI),
        replies=replies,
        attachments=tuple(_attachment(one) for one in table.get("attachments", ())),
        synthetic=table.get("synthetic", False),
        question_set=table.get("question_set", ""),
        business_id=table.get("business_id", ""),
        contact=table.get("contact", ""),
    )


def _attachment(one: str | Mapping[str, str]) -> Attachment:
    if isinstance(one, str):
        return Attachment(one)
    return Attachment(one["name"], question=one.get("question", ""), secret=one.get("secret", ""))


def _late(read: Iterable[_Read], dialogue: Dialogue) -> Iterator[Finding]:
    """Answers that came after the moment that binds every respondent alike."""
    for one in read:
        if one.answer.received_at > dialogue.closes:
            local = one.answer.received_at.astimezone(dialogue.closes.tzinfo)
            values = {"found": f"{local:%Y-%m-%d %H:%M}", "expected": f"{dialogue.closes:%Y-%m-%d %H:%M}"}
            yield _finding("dialogue.late", Severity.WARN, one.file, "received_at", **values)


def _twice(read: Iterable[_Read]) -> Iterator[Finding]:
    """Second answers of one respondent, and ids used twice: both answers stay, a person decides."""
    respondents: dict[str, str] = {}
    ids: dict[str, str] = {}
    for one in read:
        name = one.answer.respondent
        first = respondents.setdefault(name.casefold(), one.file)
        if first != one.file:
            values = {"respondent": excerpt(name), "first": first}
            yield _finding("dialogue.same-respondent", Severity.WARN, one.file, "respondent", **values)
        first = ids.setdefault(one.answer.id, one.file)
        if first != one.file:
            yield _finding("dialogue.same-id", Severity.BLOCK, one.file, "id", id=excerpt(one.answer.id), first=first)


def _finding(rule: str, severity: Severity, file: str, field: str, **values: str) -> Finding:
    return Finding(rule, severity, field, values, place=Place(file))
