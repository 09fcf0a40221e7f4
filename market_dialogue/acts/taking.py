"""Taking files that came: each becomes answers on the record with receipts, all of a file or none of it."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from market_dialogue.acts.receiving import Receipt, receive_all
from market_dialogue.answer_form import read_answer_form
from market_dialogue.drafts import dialogue_of
from market_dialogue.intake import MOST_BYTES, read_answer
from tender.errors import Finding, InputError, Place, Severity, UsageError
from tender.guards import MIB, excerpt, guard_size, inside
from tender.model.answers import Answer
from tender.model.tender import Tender
from tender.publishing.examination import readable_tender
from tender.publishing.folder import record_state

MOST_ATTACHMENT_BYTES = 20 * MIB
"""Largest attachment that is kept."""

_XLSX = b"PK"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one file.

    Attributes:
        file: Its name.
        receipts: A receipt for each answer that it holds; none when something blocks, or in a rehearsal.
        answers: The answers that it holds, whether recorded or not.
        findings: All that is wrong with it or worth knowing.
    """

    file: str
    receipts: tuple[Receipt, ...]
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """Clock and salts, and whether anything is recorded.

    Attributes:
        clock: Moment of the events.
        salts: Salts of their commitments.
        at: When the answers came, by the buyer's clock; ``None`` when the file says it, else now.
        rehearsal: Whether nothing is recorded.
    """

    clock: Callable[[], datetime]
    salts: Callable[[], bytes]
    at: datetime | None = None
    rehearsal: bool = False


def take_files(folder: Path, files: Iterable[Path], door: Door) -> tuple[Taken, ...]:
    """Take answer forms and answer files; a file that blocks changes nothing, the others are taken all the same.

    Raises:
        BlockedError: The tender file cannot be read whole.
        RecordError: The record cannot be written.
        UsageError: The tender declares no market dialogue, or a file is not there.
    """
    tender = readable_tender(folder)
    dialogue_of(tender)
    paths = tuple(files)
    for path in paths:
        if not path.is_file():
            raise UsageError("dialogue.no-file", file=path.name)
    return tuple(_take(folder, tender, path, door) for path in paths)


@dataclass(frozen=True, slots=True)
class Batch:
    """The answers of one file, not recorded yet.

    Attributes:
        file: Name of the file.
        key: SHA-256 of its bytes, from which each answer's idempotency key is made.
        home: Folder in which attachments lie that the answers name.
        answers: What it holds.
        findings: What is wrong with it or worth knowing.
    """

    file: str
    key: str
    home: Path
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]


def record_answers(folder: Path, batch: Batch, door: Door) -> Taken:
    """Put the answers of one file on the record, all of them or, when anything blocks, none.

    Raises:
        BlockedError: There is no record yet and the tender file cannot be read whole.
        RecordError: The record cannot be read or written; nothing of the file is recorded then.
    """
    held, more = _attached(batch)
    findings = (*batch.findings, *more, *_clashes(folder, batch))
    if door.rehearsal or any(finding.blocks for finding in findings):
        return Taken(batch.file, (), batch.answers, findings)
    sendings = tuple((answer, f"{batch.key}-{number}") for number, answer in enumerate(batch.answers))
    return Taken(batch.file, receive_all(folder, sendings, held, door.clock, door.salts), batch.answers, findings)


def _attached(batch: Batch) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """Bytes of the attachments that lie beside the file, and what is wrong with them."""
    held: dict[str, bytes] = {}
    findings: list[Finding] = []
    for name in sorted({one.name for answer in batch.answers for one in answer.attachments}):
        try:
            path = inside(batch.home, name)
            if path.is_file():
                held[name] = read_bytes(path, excerpt(name))
            else:
                place = Place(batch.file)
                findings.append(
                    Finding("dialogue.attachment-absent", Severity.WARN, "attachments", {"name": name}, place=place)
                )
        except InputError as error:
            findings.append(told(error, batch.file))
    return held, tuple(findings)


def _clashes(folder: Path, batch: Batch) -> Iterator[Finding]:
    """Ids that another answer has already, on the record or in the same file; nothing is recorded then."""
    keys = {one.said.answer.id: one.said.key for one in record_state(folder).dialogue.answers}
    for number, answer in enumerate(batch.answers):
        key = f"{batch.key}-{number}"
        if keys.setdefault(answer.id, key) != key:
            yield Finding(
                "dialogue.id-taken", Severity.BLOCK, "id", {"id": excerpt(answer.id)}, place=Place(batch.file)
            )


def read_bytes(path: Path, file: str) -> bytes:
    """The bytes of a file from outside, never more than an attachment may have.

    Raises:
        InputError: It is empty or too large.
    """
    with path.open("rb") as opened:
        data = opened.read(MOST_ATTACHMENT_BYTES + 1)
    guard_size(data, file, MOST_ATTACHMENT_BYTES)
    return data


def told(error: InputError, file: str) -> Finding:
    """The refusal of a guard as a finding that blocks the file."""
    return Finding(error.message, Severity.BLOCK, values=error.values, place=error.place or Place(file))


def answer_id(respondent: str, key: str) -> str:
    """An id for an answer that brings none: the respondent's name in plain letters, and the beginning of its key.

    >>> answer_id("Työ & Toivo Oy", "abcdef0123")
    'tyo-toivo-oy-abcdef'
    """
    plain = unicodedata.normalize("NFKD", respondent).encode("ascii", "ignore").decode().lower()
    return "-".join([*re.findall(r"[a-z0-9]+", plain)[:4], key[:6]])


def _take(folder: Path, tender: Tender, path: Path, door: Door) -> Taken:
    file = excerpt(path.name)
    try:
        data = read_bytes(path, file)
        answer, findings = _read(data, file, tender, door)
    except InputError as error:
        return Taken(file, (), (), (told(error, file),))
    answers = () if answer is None else (answer,)
    return record_answers(folder, Batch(file, hashlib.sha256(data).hexdigest(), path.parent, answers, findings), door)


def _read(data: bytes, file: str, tender: Tender, door: Door) -> tuple[Answer | None, tuple[Finding, ...]]:
    """The answer in an answer form or an answer file.

    Raises:
        InputError: A guard refuses it.
    """
    key = hashlib.sha256(data).hexdigest()
    if data.startswith(_XLSX) or not file.casefold().endswith(".toml"):
        reading = read_answer_form(data, file, tender, key, door.at or door.clock())
        answer = reading.answer
        return answer and replace(answer, id=answer_id(answer.respondent, key)), reading.findings
    if len(data) > MOST_BYTES:
        raise InputError("dialogue.too-large", found=len(data), expected=MOST_BYTES)
    try:
        table = tomllib.loads(data.decode("utf-8"), parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise InputError("dialogue.unreadable", detail=excerpt(str(error), 120)) from error
    answer, findings = read_answer(table, file, dialogue_of(tender))
    return answer and replace(answer, received_at=door.at or answer.received_at), findings
