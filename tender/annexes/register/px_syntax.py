"""The statements of a PX file: ``KEYWORD[language]("what","of")=values;``, read one after another, never guessed.

Strings that follow each other without a comma are one string, as writers break long ones over lines.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tender.errors import InputError, Place
from tender.guards import MIB, excerpt

MOST_BYTES = 256 * MIB
"""Most bytes of a PX file; the largest tables of statistical offices are as large."""

DEFAULT_ENCODING = "cp1252"
"""What files without ``CODEPAGE`` are written in."""

_HEAD = re.compile(r"\s*([A-Z][A-Z0-9-]*)(?:\[([A-Za-z-]{2,12})\])?(\(|=)")
_STRING = re.compile(r'\s*"([^"]*)"')
_AFTER_STRING = re.compile(r"\s*([,;)])")
_WORD = re.compile(r"\s*([^\s\",;()]+(?:\([^\")]*\))?)")
_NUMBER_OR_SIGN = re.compile(r'"([^"]*)"|([^\s";]+)')
_CODEPAGE = re.compile(rb'CODEPAGE\s*=\s*"([^"]{1,40})"')
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement.

    Attributes:
        keyword: Its keyword.
        language: Language code; empty for the file's first language.
        of: What it is about: names of a dimension and, where given, of one of its values.
        values: Its values, strings and bare words alike.
    """

    keyword: str
    language: str
    of: tuple[str, ...]
    values: tuple[str, ...]


def decoded(data: bytes, file: str) -> str:
    """The text of a PX file in the encoding that it declares.

    Raises:
        InputError: It is empty or too large, its encoding is not known, or it is not written in it.
    """
    if not data:
        raise InputError("guard.empty", place=Place(file))
    if len(data) > MOST_BYTES:
        found, expected = f"{len(data) // MIB} MiB", f"{MOST_BYTES // MIB} MiB"
        raise InputError("guard.too-large", place=Place(file), found=found, expected=expected)
    declared = _CODEPAGE.search(data[: 64 * 1024])
    name = declared[1].decode("ascii", "replace") if declared else DEFAULT_ENCODING
    try:
        encoding = "utf-8-sig" if data.startswith(_BOM) else codecs.lookup(name.strip()).name
        return data.decode(encoding)
    except (LookupError, ValueError) as error:
        raise InputError("px.encoding", place=Place(file), file=file, found=excerpt(name)) from error


class PxReader:
    """Reads the statements of one file.

    Args:
        text: Its text.
        file: The file as the user knows it.
    """

    def __init__(self, text: str, file: str) -> None:
        """Start at the beginning."""
        self._text, self._file, self._at = text, file, 0

    def head(self) -> Iterator[Statement]:
        """Every statement before the data.

        Raises:
            InputError: Something is no statement; the message names the line.
        """
        while True:
            match = _HEAD.match(self._text, self._at)
            if match is None:
                raise self._wrong()
            self._at = match.end()
            of = self._names() if match[3] == "(" else ()
            if match[1] == "DATA" and not of:
                return
            yield Statement(match[1], (match[2] or "").lower(), of, self._values())

    def data(self) -> Iterator[tuple[str, str]]:
        """What stands in the cells, one after another: a number, or a sign for what is not shown.

        Raises:
            InputError: The data do not end.
        """
        end = self._text.find(";", self._at)
        if end < 0:
            self._at = len(self._text)
            raise self._wrong()
        for match in _NUMBER_OR_SIGN.finditer(self._text, self._at, end):
            sign, number = match[1], match[2]
            yield (number, "") if number is not None else ("", sign)
        self._at = end

    def _names(self) -> tuple[str, ...]:
        """Names in brackets, and the sign that follows them."""
        names = self._list(")")
        if not self._text.startswith("=", self._at):
            raise self._wrong()
        self._at += 1
        return names

    def _values(self) -> tuple[str, ...]:
        return self._list(";")

    def _list(self, end: str) -> tuple[str, ...]:
        """Strings and words up to `end`; strings side by side are one."""
        found: list[str] = []
        joined = False
        while True:
            string = _STRING.match(self._text, self._at)
            word = None if string else _WORD.match(self._text, self._at)
            match = string or word
            if match is None:
                raise self._wrong()
            self._at = match.end()
            if joined:
                found[-1] += match[1]
            else:
                found.append(match[1])
            after = _AFTER_STRING.match(self._text, self._at)
            joined = after is None
            if after is not None:
                self._at = after.end()
                if after[1] == end:
                    return tuple(found)
                if after[1] != ",":
                    raise self._wrong()

    def _wrong(self) -> InputError:
        line = self._text.count("\n", 0, self._at) + 1
        return InputError("px.syntax", place=Place(self._file, line), file=self._file,
                          found=excerpt(self._text[self._at : self._at + 200], 40) or "–")  # fmt: skip
