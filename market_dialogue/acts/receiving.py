"""Receiving: however an answer came, it becomes one event with a receipt, or nothing at all.

Attachments are on the disk before the event that names them, so an event never names a file that is not there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import get_ident

from tender.errors import InputError, Place, RecordError
from tender.model.answers import Answer, Attachment
from tender.publishing.examination import readable_tender
from tender.publishing.folder import RECORD_FILE
from tender.record import Event, Item, Publicity, Record, state_of
from tender.record.answers import AnswerReceived
from tender.record.payloads import Keys
from tender.record.state import Recorded
from tender.record.store import trouble
from tender.record.writer import Writer

ATTACHMENTS = "private/dialogue/attachments"
"""Folder in which attachments lie, each under the SHA-256 of its bytes."""

RESPONDENT = "vastaaja"
"""The role in which an answer is put on the record; names stand in the payload only."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a respondent gets for an answer.

    Attributes:
        number: Number of the event.
        answer: Id of the answer.
        received_at: When it came, by the buyer's clock.
        digest: SHA-256 of the canonical answer, 64 hexadecimal digits.
        head: Hash of the event, which chains the answer to all before it.
        repeated: Whether the same sending had come before; nothing was recorded then.
    """

    number: int
    answer: str
    received_at: datetime
    digest: str
    head: str
    repeated: bool


def receive(
    folder: Path,
    answer: Answer,
    files: Mapping[str, bytes],
    key: str,
    clock: Callable[[], datetime],
    salts: Callable[[], bytes],
) -> Receipt:
    """Put `answer` on the record of the tender folder `folder`; when this returns, it is on the disk.

    Args:
        folder: The tender folder.
        answer: The answer; an attachment without a digest gets the one of the file of its name.
        files: Bytes of the attachments by name.
        key: Idempotency key of the sending: the same key again gives the same receipt and no second event.
        clock: Moment of the event.
        salts: Salt of its commitment.

    Raises:
        BlockedError: There is no record yet and the tender file cannot be read whole.
        InputError: An attachment's bytes are missing, the id is another answer's, or the key came before with another
            content.
        RecordError: It cannot be written.
    """
    (receipt,) = receive_all(folder, ((answer, key),), files, clock, salts)
    return receipt


def receive_all(
    folder: Path,
    sendings: Iterable[tuple[Answer, str]],
    files: Mapping[str, bytes],
    clock: Callable[[], datetime],
    salts: Callable[[], bytes],
) -> tuple[Receipt, ...]:
    """Put the answers of `sendings` on the record, all in one transaction or none; the record is read once.

    Args:
        folder: The tender folder.
        sendings: Each answer with the idempotency key of its sending.
        files: Bytes of the attachments by name.
        clock: Moment of the events.
        salts: Salts of their commitments.

    Raises:
        BlockedError: There is no record yet and the tender file cannot be read whole.
        InputError: As for `receive`.
        RecordError: It cannot be written.
    """
    said = tuple(
        AnswerReceived(replace(answer, attachments=tuple(_described(one, files) for one in answer.attachments)), key)
        for answer, key in sendings
    )
    path = folder / RECORD_FILE
    with Record.open(path, clock, salts, None if path.exists() else readable_tender(folder).id) as record:
        known = state_of(record.entries()).dialogue.answers
        keys = {one.said.key: one for one in known}
        ids = {one.said.answer.id for one in known}
        fresh = tuple(one for one in said if one.key not in keys)
        for one in fresh:
            if one.answer.id in ids:
                raise InputError("dialogue.id-taken", id=one.answer.id)
            ids.add(one.answer.id)
        _keep(folder / ATTACHMENTS, tuple(each for one in fresh for each in one.answer.attachments), files)
        items = [Item(one.kind, one.payload(), RESPONDENT, Publicity.AUTHORITY, key=one.key) for one in fresh]
        made = {
            one.key: _receipt(record, event, one) for one, event in zip(fresh, record.append_all(items), strict=True)
        }
        return tuple(made[one.key] if one.key in made else _again(keys[one.key], one.answer) for one in said)


def receive_through(writer: Writer, folder: Path, answer: Answer, files: Mapping[str, bytes], key: str) -> Receipt:
    """Put `answer` on the record through the `writer` that many threads share; when this returns, it is on the disk.

    Args:
        writer: The writer of the record of `folder`.
        folder: The tender folder.
        answer: The answer, under an id that nobody else has.
        files: Bytes of the attachments by name.
        key: Idempotency key of the sending.

    Raises:
        InputError: An attachment's bytes are missing, or the key came before with another content.
        RecordError: It cannot be written.
    """
    whole = replace(answer, attachments=tuple(_described(one, files) for one in answer.attachments))
    said = AnswerReceived(whole, key)
    _keep(folder / ATTACHMENTS, whole.attachments, files)
    event = writer.submit(said.kind, said.payload(), RESPONDENT, Publicity.AUTHORITY, key)
    with Record.read(folder / RECORD_FILE) as record:
        return _receipt(record, event, said)


def attachment_path(folder: Path, digest: str) -> Path:
    """Where the attachment with the SHA-256 `digest` lies in the tender folder `folder`."""
    return folder / ATTACHMENTS / digest


def _receipt(record: Record, event: Event, said: AnswerReceived) -> Receipt:
    """The receipt of `event`: of what was `said` now, or of what had come under the same key before.

    Raises:
        InputError: The key came before with another content, or that content has been erased.
    """
    kept = record.payload(event.seq)
    if kept == said.payload():
        return Receipt(event.seq, said.answer.id, said.answer.received_at, said.digest, event.hash, repeated=False)
    if kept is None:
        raise InputError("dialogue.key-reused", id=said.answer.id)
    return _again(Recorded(event, AnswerReceived.of(Keys(event.seq, kept))), said.answer)


def _again(earlier: Recorded[AnswerReceived], answer: Answer) -> Receipt:
    """The receipt of `earlier`, which `answer` repeats.

    Raises:
        InputError: It says something else, so it is no repetition.
    """
    kept = earlier.said.answer
    if AnswerReceived(replace(answer, received_at=kept.received_at, id=kept.id), "").digest != earlier.said.digest:
        raise InputError("dialogue.key-reused", id=kept.id)
    event = earlier.event
    return Receipt(event.seq, kept.id, kept.received_at, earlier.said.digest, event.hash, repeated=True)


def _described(one: Attachment, files: Mapping[str, bytes]) -> Attachment:
    """`one` with the digest and size of its bytes, when they came along; a bare name stays a name.

    Raises:
        InputError: A digest is named for which no bytes came.
    """
    data = files.get(one.name)
    if data is not None and not one.digest:
        return replace(one, digest=hashlib.sha256(data).hexdigest(), size=len(data))
    if one.digest and one.digest not in {hashlib.sha256(each).hexdigest() for each in files.values()}:
        raise InputError("dialogue.attachment-missing", name=one.name)
    return one


def _keep(home: Path, attachments: tuple[Attachment, ...], files: Mapping[str, bytes]) -> None:
    """Write the bytes that `attachments` name, each whole and on the disk, or not there.

    Raises:
        RecordError: The disk is full or the folder cannot be written.
    """
    held = {hashlib.sha256(data).hexdigest(): data for data in files.values()}
    try:
        for digest in sorted({one.digest for one in attachments if one.digest}):
            _write(home / digest, held[digest])
    except OSError as error:
        raise RecordError(trouble(error), place=Place(ATTACHMENTS), detail=str(error)) from error


def _write(target: Path, data: bytes) -> None:
    """Write `data`, and make its name as durable as its bytes; what is there whole already stays."""
    if target.is_file() and target.read_bytes() == data:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}-{get_ident()}")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(target)
    descriptor = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
