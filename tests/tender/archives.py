"""Hostile and ordinary ZIP files made by hand, for tests of the guards."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")


@dataclass
class Entry:
    """One entry of a ZIP as it is written, true or not.

    Attributes:
        name: Its name.
        data: Its content.
        flags: General purpose flags.
        method: Compression method that is claimed; the content is deflated when it is 8.
        size: Claimed size; the true one when ``None``.
        at: Claimed place of the local header; the true one when ``None``.
        mode: Unix mode.
        local: Name in the local header; the same one when ``None``.
        crc: Claimed checksum; the true one when ``None``.
    """

    name: bytes
    data: bytes = b"<a/>"
    flags: int = 0
    method: int = 8
    size: int | None = None
    at: int | None = None
    mode: int = 0
    local: bytes | None = None
    crc: int | None = None


def packed(data: bytes) -> bytes:
    """`data` deflated without a header."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


def zip_of(*entries: Entry, comment: bytes = b"", count: int | None = None) -> bytes:
    """A ZIP with `entries`, written as they claim to be."""
    body, directory = b"", b""
    for entry in entries:
        content = packed(entry.data) if entry.method == zipfile.ZIP_DEFLATED else entry.data
        size = len(entry.data) if entry.size is None else entry.size
        crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
        at = len(body) if entry.at is None else entry.at
        local = entry.name if entry.local is None else entry.local
        shared = (entry.flags, entry.method, 0, 33, crc, len(content), size)
        body += LOCAL.pack(b"PK\x03\x04", 20, *shared, len(local), 0) + local + content
        directory += CENTRAL.pack(b"PK\x01\x02", 20, 20, *shared, len(entry.name), 0, 0, 0, 0, entry.mode << 16, at)
        directory += entry.name
    number = len(entries) if count is None else count
    return (
        body
        + directory
        + END.pack(b"PK\x05\x06", 0, 0, number, number, len(directory), len(body), len(comment))
        + comment
    )


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a ZIP by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rebuilt(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The ZIP in `data` with parts put in, changed, or with ``None`` left out."""
    parts = {**parts_of(data), **changes}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(name, content)
    return out.getvalue()


def edited(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The ZIP in `data` with the text of `part` changed; a change that changes nothing is a fault of the test."""
    before = parts_of(data)[part].decode()
    after = change(before)
    assert after != before, f"nothing changed in {part}"
    return rebuilt(data, {part: after.encode()})
