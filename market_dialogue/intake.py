"""Answers to the market dialogue, from ``answers/*.toml``: one file each, nothing merged, nothing dropped silently.

The files come from outside, so their number, size, links and names are guarded. A blank reply is absent, not empty.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tender.errors import Finding, InputError, Place, Severity
from tender.guards import excerpt, guard_name, inside
from tender.model.answers import Answer, Attachment, Reply
from tender.model.questions import Dialogue
from tender.reading.scalars import HELSINKI

MOST_FILES = 2_000
"""Most answer files that are read."""

MOST_BYTES = 1_000_000
"""Largest answer file."""

MOST_CHARACTERS = 20_000
"""Longest reply to one question."""

_KINDS: Mapping[str, type] = {
    "id": str,
    "respondent": str,
    "received_at": datetime,
    "replies": dict,
    "synthetic": bool,
    "attachments": list,
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
    findings = tuple(_shape(table, file))
    if any(finding.blocks for finding in findings):
        return None, findings
    questions = {question.id for question in dialogue.questions}
    judged = {key: _reply_finding(key, value, questions, file) for key, value in table["replies"].items()}
    findings += tuple(finding for finding in judged.values() if finding is not None)
    replies = {key: value.strip() for key, value in table["replies"].items() if judged[key] is None}
    if not replies:
        findings += (_finding("dialogue.no-replies", Severity.WARN, file, "replies"),)
    return _answer(table, replies), findings


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
        return tomllib.loads(home.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, OSError) as error:
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
    for name in attachments if isinstance(attachments, list) else []:
        if not _is_file_name(name):
            yield _finding("dialogue.attachment-name", Severity.BLOCK, file, "attachments", found=excerpt(str(name)))


def _fits(key: str, value: object) -> bool:
    return isinstance(value, _KINDS[key]) and (not isinstance(value, str) or bool(value.strip()))


def _is_file_name(name: object) -> bool:
    try:
        return isinstance(name, str) and bool(guard_name(name))
    except InputError:
        return False


def _reply_finding(key: str, value: object, questions: Collection[str], file: str) -> Finding | None:
    """Why the reply to question `key` cannot be taken; ``None`` when it can."""
    field, question = f"replies.{excerpt(key)}", excerpt(key)
    if key not in questions:
        values = {"question": question, "expected": ", ".join(sorted(questions))}
        return _finding("dialogue.unknown-question", Severity.BLOCK, file, field, **values)
    if not isinstance(value, str):
        return _finding("dialogue.wrong-type", Severity.BLOCK, file, field, key=question, found=excerpt(str(value)))
    if len(value) > MOST_CHARACTERS:
        values = {"question": question, "found": str(len(value)), "expected": str(MOST_CHARACTERS)}
        return _finding("dialogue.reply-too-long", Severity.BLOCK, file, field, **values)
    if not value.strip():
        return _finding("dialogue.empty-reply", Severity.WARN, file, field, question=question)
    return None


def _answer(table: Mapping[str, Any], replies: Mapping[str, str]) -> Answer:
    received = table["received_at"]
    return Answer(
        table["id"].strip(),
        " ".join(table["respondent"].split()),
        received if received.tzinfo else received.replace(tzinfo=HELSINKI),
        {question: Reply(text) for question, text in replies.items()},
        tuple(Attachment(name) for name in table.get("attachments", ())),
        table.get("synthetic", False),
    )


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
