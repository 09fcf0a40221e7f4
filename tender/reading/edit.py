"""Changes of a tender file that leave everything else in it as it was, byte for byte.

A value that the file has is replaced in its own place, which its syntax tree tells; a field that it lacks is added by
tomlkit. Either way the result is read again, and refused unless it differs in the changed values only.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item

from tender.errors import InputError, UsageError
from tender.language import Text
from tender.reading.files import MOST_BYTES, TENDER_FILE, contents, tender_path
from tender.reading.literals import Value, entries, literal, plain
from tender.reading.paths import Step, child, steps
from tender.reading.positions import Spot, spots

_BOM = "\ufeff"


def set_value(folder: Path, path: str, value: Value) -> None:
    """Change one value of the tender file in `folder`; the file is replaced at once or not at all.

    Args:
        folder: The tender folder.
        path: Path of the field, such as ``framework.client_cap``.
        value: Its new value.

    Raises:
        UsageError: There is no tender file, or no place for the field in it.
        InputError: The file cannot be taken.
    """
    file = tender_path(folder)
    found = contents(folder, TENDER_FILE, MOST_BYTES)
    if found.text is None:
        raise InputError("edit.not-plain", findings=(found.finding,) if found.finding else ())
    mark = _BOM if file.read_bytes().startswith(_BOM.encode()) else ""
    replace_file(file, mark + edited(found.text, {path: value}))


def edited(source: str, changes: Mapping[str, Value]) -> str:
    """The TOML text `source` with other values.

    Args:
        source: The text; comments, order and spaces survive.
        changes: New value by path. A path that the text lacks is added to its table.

    Raises:
        UsageError: A field has no place in the text, or two changes overlap.
        InputError: `source` is not TOML, or the change would touch something else.
    """
    before = _parsed(source)
    known = spots(source)
    flat = dict(pair for path, value in changes.items() for pair in _flat(path, value, known))
    there = {path: value for path, value in flat.items() if path in known}
    after = spliced(source, {known[path].value or (0, 0): literal(value) for path, value in there.items()})
    for path, value in flat.items():
        if path not in known:
            after = _added(after, path, value)
    _compare(before, after, flat)
    return after


def spliced(source: str, replacements: Mapping[tuple[int, int], str]) -> str:
    """`source` with spans of bytes replaced.

    Args:
        source: The text.
        replacements: New text by first and last byte in the UTF-8 form of `source`.

    Raises:
        UsageError: Two spans overlap.
    """
    data = source.encode("utf-8")
    ordered = sorted(replacements)
    for (start, end), (following, _) in pairwise(ordered):
        if following < end:
            raise UsageError(
                "edit.overlap", field=data[start:end].decode()[:60], other=data[following:end].decode()[:60]
            )
    parts, at = [], 0
    for start, end in ordered:
        parts += [data[at:start], replacements[start, end].encode("utf-8")]
        at = end
    return b"".join([*parts, data[at:]]).decode("utf-8")


def replace_file(file: Path, text: str) -> None:
    """Write `text` into `file` through a file beside it, so that a reader sees the old or the new, never a half."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(text.encode("utf-8"))
            target.flush()
            os.fsync(target.fileno())
        if file.exists():
            shutil.copymode(file, beside)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def _parsed(source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise InputError("edit.not-plain") from error


def _flat(path: str, value: Value, known: Mapping[str, Spot]) -> list[tuple[str, Value]]:
    """The change as changes of values: a table that stands under a header or dots is changed pair by pair."""
    spot = known.get(path)
    if spot is None or spot.value is not None:
        return [(path, value)]
    if not isinstance(value, Text | Mapping):
        raise UsageError("edit.no-place", field=path)
    return [pair for key, item in entries(value).items() for pair in _flat(child(path, key), item, known)]


def _added(source: str, path: str, value: Value) -> str:
    """`source` with one more pair in a table that it has."""
    *way, name = steps(path)
    document = tomlkit.parse(source)
    table: Any = document
    try:
        for step in way:
            table = table[step]
        item = tomlkit.value(literal(value))
        if "\r\n" in source and isinstance(item, Item):
            item.trivia.trail = "\r\n"
        table[name] = item
    except (KeyError, IndexError, TypeError, TOMLKitError) as error:
        raise UsageError("edit.no-place", field=path) from error
    return tomlkit.dumps(document)


def _compare(before: dict[str, Any], after: str, changes: Mapping[str, Value]) -> None:
    """Refuse an edit that touched anything but the changed values."""
    for path, value in changes.items():
        *way, name = steps(path)
        table = _table(before, tuple(way))
        table[name] = plain(value)
    if _parsed(after) != before:
        raise InputError("edit.not-kept", field=", ".join(changes))


def _table(data: dict[str, Any], way: tuple[Step, ...]) -> Any:  # noqa: ANN401 - a table or a list
    table: Any = data
    for step in way:
        table = table[step]
    return table
