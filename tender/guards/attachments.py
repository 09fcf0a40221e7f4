"""The guard of a file that comes with an answer: five passive formats, judged by content, not by name."""

from __future__ import annotations

from collections.abc import Callable

from tender.errors import InputError, Place
from tender.guards.names import guard_name
from tender.guards.office import ending, open_workbook
from tender.guards.open_documents import SHEET_TYPE, TEXT_TYPE, open_open_document
from tender.guards.portable import guard_portable
from tender.guards.word import open_document

_GUARDS: dict[str, Callable[[bytes, str], object]] = {
    "pdf": guard_portable,
    "docx": open_document,
    "xlsx": open_workbook,
    "odt": lambda data, file: open_open_document(data, file, TEXT_TYPE),
    "ods": lambda data, file: open_open_document(data, file, SHEET_TYPE),
}
FORMATS = tuple(_GUARDS)
"""Formats that are taken, by the ends of their names."""


def guard_attachment(data: bytes, name: str) -> None:
    """Refuse a file that is not what its name says, or not passive.

    Args:
        data: Its bytes.
        name: Its bare name.

    Raises:
        InputError: The name is no file's name, the format is not taken, or its guard refuses it.
    """
    guard = _GUARDS.get(ending(guard_name(name).casefold()))
    if guard is None:
        raise InputError("guard.attachment-format", place=Place(name), expected=", ".join(FORMATS).upper())
    guard(data, name)
