"""Names and text from outside: a name never leaves its folder, text never becomes a formula or moves a cursor."""

from __future__ import annotations

import re
from pathlib import Path

from tender.errors import InputError

MAX_NAME = 200
"""Most bytes of a file name."""

_RESERVED = frozenset({"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNFIT = re.compile(r'[/\\:*?"<>|]')
_FORMULA_START = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def guard_name(name: str) -> str:
    """`name` when it can be the bare name of a file on every system.

    Raises:
        InputError: It is empty or too long, has separators, control characters or a drive, or is reserved.
    """
    bad = (
        not name.strip(". ")
        or len(name.encode("utf-8", "replace")) > MAX_NAME
        or name != name.rstrip(". ")
        or _UNFIT.search(name) is not None
        or _CONTROL.search(name) is not None
        or _stem(name) in _RESERVED
    )
    if bad:
        raise InputError("guard.file-name", name=excerpt(name))
    return name


def safe_name(name: str) -> str:
    """`name` from outside made into the bare name of a file: the same for a good name, else mended, never refused.

    >>> safe_name("../../etc/passwd"), safe_name("CON.xlsx"), safe_name("Tarjous Äö.xlsx")
    ('passwd', '_CON.xlsx', 'Tarjous Äö.xlsx')
    """
    bare = re.split(r"[/\\]", name)[-1]
    mended = _UNFIT.sub("_", _CONTROL.sub("", _NO_XML.sub("", bare))).strip(". ")
    while len(mended.encode()) > MAX_NAME:
        mended = mended[1:]
    mended = mended.strip(". ") or "_"
    return f"_{mended}" if _stem(mended) in _RESERVED else mended


def inside(folder: Path, name: str) -> Path:
    """The path of a file called `name` in `folder`; a name from outside never leaves it, links included.

    Raises:
        InputError: The name cannot be a file's name, or a link leads out of the folder.
    """
    home = folder.resolve()
    path = (home / guard_name(name)).resolve()
    if path.parent != home:
        raise InputError("guard.file-name", name=excerpt(name))
    return path


def as_text(value: str) -> str:
    """`value` as text that no spreadsheet takes for a formula, without characters that XML cannot carry.

    >>> as_text("=1+1")
    "'=1+1"
    >>> as_text("Tuottaja Oy")
    'Tuottaja Oy'
    """
    clean = _NO_XML.sub("", value)
    return f"'{clean}" if _FORMULA_START.match(clean) else clean


def excerpt(value: str, length: int = 60) -> str:
    r"""The beginning of a text from outside, fit to stand in a message: one line, no control characters.

    >>> excerpt("a\x1b[31m\nb")
    'a [31m b'
    """
    words = " ".join(_CONTROL.sub(" ", _NO_XML.sub(" ", value[: 4 * length])).split())
    return words if len(words) <= length and len(value) <= 4 * length else f"{words[:length]}…"


def _stem(name: str) -> str:
    return name.split(".", 1)[0].strip().casefold()
