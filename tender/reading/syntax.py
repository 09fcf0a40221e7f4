"""From the text of a tender file to its plain values, or to the one finding that says why it is not TOML."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from tender.errors import Finding, Place, Severity
from tender.reading.scalars import number_of

MOST_DEPTH = 40
"""Most brackets and dots inside each other; no tender comes near, and parsers of nested things stay safe."""

_TOKENS = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}.=\n,\"']",
    re.DOTALL,
)
_OPENERS, _CLOSERS, _QUOTES, _DOT = frozenset("[{"), frozenset("]}"), frozenset("\"'"), "."
_WHERE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_REASONS = (
    ("Expected '='", "equals"),
    ("Expected ']", "header"),
    ("Unclosed array", "list"),
    ("Unclosed inline table", "inline"),
    ("Invalid date", "date"),
    ("Invalid value", "value"),
    ("Expected newline", "line"),
    ("Invalid statement", "line"),
    ("Unterminated string", "string"),
    ("Unescaped", "string"),
    ("Escaped character", "string"),
    ("Invalid hex", "string"),
    ('Expected "', "string"),
    (r"Illegal character '\n'", "string"),
    ("Illegal character", "character"),
    ("Found invalid character", "character"),
    ("Cannot", "duplicate"),
    ("Duplicate", "duplicate"),
)
"""How the messages of `tomllib` begin, and the term ``syntax.<name>`` that says the same to the user."""


def parsed(text: str, file: str) -> tuple[dict[str, Any] | None, Finding | None]:
    """The plain values of a TOML text with exact numbers, or the finding that says where it stops being TOML."""
    deep = _too_deep(text)
    if deep is not None:
        place = _place(text, file, deep)
        return None, Finding("file.too-deep", Severity.BLOCK, values={"expected": str(MOST_DEPTH)}, place=place)
    try:
        return tomllib.loads(text, parse_float=number_of), None
    except tomllib.TOMLDecodeError as error:
        return None, _syntax(text, file, str(error))
    except (ValueError, RecursionError):
        # Whole numbers of more than 4,300 digits, and whatever else Python refuses to hold.
        return None, _finding("value", Place(file))


def _too_deep(text: str) -> int | None:
    """Where nesting goes beyond what is safe, as an offset; ``None`` when it does not."""
    depth = dots = 0
    for token in _TOKENS.finditer(text):
        mark = token.group()
        if mark in _QUOTES:
            return None  # a string that never closes: the parser stops there and says so
        if mark == _DOT:
            dots += 1
        elif len(mark) == 1:
            dots = 0
            depth = max(0, depth + (mark in _OPENERS) - (mark in _CLOSERS))
        if depth + dots > MOST_DEPTH:
            return token.start()
    return None


def _place(text: str, file: str, offset: int) -> Place:
    before = text[:offset]
    return Place(file, before.count("\n") + 1, offset - before.rfind("\n"))


def _syntax(text: str, file: str, message: str) -> Finding:
    reason = next((name for start, name in _REASONS if message.startswith(start)), "other")
    where = _WHERE.search(message)
    if where is None:
        return _finding(reason, Place(file))
    if where["line"] is None:
        return _finding(reason, _place(text, file, len(text.rstrip("\r\n"))))
    return _finding(reason, Place(file, int(where["line"]), int(where["column"])))


def _finding(reason: str, place: Place) -> Finding:
    return Finding("file.syntax", Severity.BLOCK, values={"reason": f"syntax.{reason}"}, place=place)
