"""Files of a tender folder, taken with care: size, encoding, links that lead out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tender.errors import Finding, Place, Severity, UsageError

TENDER_FILE = "tender.toml"
TEXT_FOLDER = "texts"
MOST_BYTES = 2 * 1024 * 1024
"""Most bytes of a tender file."""

MOST_TEXT_BYTES = 512 * 1024
"""Most bytes of a text beside it."""

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds, or why it cannot be taken.

    Attributes:
        text: The text without a byte order mark; ``None`` when it cannot be taken.
        finding: Why not.
    """

    text: str | None
    finding: Finding | None = None


def tender_path(folder: Path) -> Path:
    """The tender file in `folder`.

    Raises:
        UsageError: There is no such folder, or no tender file in it.
    """
    if not folder.is_dir():
        raise UsageError("reading.no-folder", folder=folder)
    path = folder / TENDER_FILE
    if not path.is_file():
        raise UsageError("reading.no-file", folder=folder, file=TENDER_FILE)
    return path


def contents(folder: Path, name: str, most_bytes: int, *, field: str = "") -> Contents:
    """The text of the file `name` inside `folder`.

    Args:
        folder: The tender folder.
        name: Path below it, made by the program.
        most_bytes: Most bytes that are taken.
        field: The field that names the file, for the finding.

    Raises:
        UsageError: The system refuses to read it.
    """
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return _refused(name, "file.outside", field)
    try:
        with path.open("rb") as source:
            data = source.read(most_bytes + 1)
    except OSError as error:
        raise UsageError("reading.unreadable", file=name, reason=error.strerror or "") from error
    if len(data) > most_bytes:
        return _refused(name, "file.too-large", field, expected=str(most_bytes // 1024))
    return _decoded(name, data.removeprefix(_BOM), field)


def _decoded(name: str, data: bytes, field: str) -> Contents:
    try:
        return Contents(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        found = f"0x{data[error.start]:02X}"
        return _refused(name, "file.encoding", field, Place(name, line, column), found=found)


def _refused(name: str, rule: str, field: str, place: Place | None = None, **values: str) -> Contents:
    values = {"file": name, **values}
    return Contents(None, Finding(rule, Severity.BLOCK, field, values, place=place or Place(name)))
