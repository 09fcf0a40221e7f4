"""Cells of a workbook and their references, such as ``C7``."""

from __future__ import annotations

import re
from dataclasses import dataclass

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Target:
    """One cell of one sheet.

    Attributes:
        sheet: Name of the sheet.
        ref: Reference of the cell.
    """

    sheet: str
    ref: str


def position(ref: str) -> tuple[int, int]:
    """Column and row of a reference, both from 1.

    >>> position("AA10")
    (27, 10)

    Raises:
        ValueError: It is no reference.
    """
    match = _REFERENCE.fullmatch(ref)
    if match is None:
        raise ValueError(ref)
    column = 0
    for letter in match[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return column, int(match[2])


def reference(column: int, row: int) -> str:
    """The reference of a column and row, both from 1.

    >>> reference(27, 10)
    'AA10'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
