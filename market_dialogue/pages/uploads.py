"""Attachments that wait beside a draft: guarded, under random names, outside everything that is served."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from tender.errors import InputError, Place
from tender.guards import safe_name
from tender.guards.attachments import guard_attachment
from tender.model.answers import Attachment
from tender.web.site import Site

UPLOADS = "private/dialogue/uploads"
MOST_FILES = 10
MOST_TOGETHER = 50 * 1024 * 1024
MOST_REASON = 500


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came.

    Attributes:
        name: Its name as the browser gave it.
        data: Its bytes.
        question: Id of the question that it belongs to.
        secret: Why it is a trade secret as a whole; empty when it is not said to be one.
    """

    name: str
    data: bytes
    question: str
    secret: str


def take_upload(site: Site, owner: str, upload: Upload) -> None:
    """Keep one file beside the draft of `owner`.

    Raises:
        InputError: There are enough files already, or the file is refused.
        RecordError: The desk cannot be written.
        OSError: The disk is full.
    """
    name, size = safe_name(upload.name), len(upload.data)
    guard_attachment(upload.data, name)
    kept = uploads_of(site, owner).values()
    if len(kept) >= MOST_FILES or sum(one.size for one in kept) + size > MOST_TOGETHER:
        raise InputError("web-answer.files", place=Place(name), expected=MOST_FILES)
    if any(one.name == name for one in kept):
        raise InputError("web-answer.file-twice", place=Place(name))
    found = site.chance(16).hex()
    _write(site.folder / UPLOADS / found, upload.data)
    digest, secret = hashlib.sha256(upload.data).hexdigest(), upload.secret.strip()[:MOST_REASON]
    site.desk.write(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", (found, owner, name, digest, size, upload.question, secret)
    )


def uploads_of(site: Site, owner: str) -> dict[str, Attachment]:
    """The files that wait beside the draft of `owner`, by their random names."""
    rows = site.desk.rows(
        "SELECT id, name, digest, size, question, secret FROM files WHERE owner = ? ORDER BY name", (owner,)
    )
    return {
        str(found): Attachment(str(name), str(digest), int(str(size)), str(question), str(secret))
        for found, name, digest, size, question, secret in rows
    }


def bytes_of(site: Site, owner: str) -> dict[str, bytes]:
    """The bytes of the waiting files by the names that the respondent gave."""
    home = site.folder / UPLOADS
    return {one.name: (home / found).read_bytes() for found, one in uploads_of(site, owner).items()}


def drop_upload(site: Site, owner: str, found: str) -> None:
    """Take a waiting file away; nothing happens when it is not the `owner`'s."""
    if found in uploads_of(site, owner):
        site.desk.write("DELETE FROM files WHERE id = ? AND owner = ?", (found, owner))
        (site.folder / UPLOADS / found).unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("xb") as stream:
        os.fchmod(stream.fileno(), 0o600)
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
