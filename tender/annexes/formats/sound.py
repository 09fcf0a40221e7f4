"""What every format can carry: ids that name files, codes that no spreadsheet runs, cells that say one thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import product
from math import prod

from tender.annexes.formats.plain import plain, strings
from tender.errors import InputError, Place
from tender.guards import excerpt, guard_name
from tender.language import Language, Text
from tender.model.annex import Annex, AnnexCell, AnnexTable, At, Axis, CellStatus, Protected

VALUE, STATUS, SYNTHETIC = "value", "status", "synthetic"
"""Columns of every table beside its axes; no axis is called so."""

MOST_TABLES, MOST_CELLS, MOST_TEXT, MOST_CODE = 100, 200_000, 10_000, 64
"""Most tables, cells of a table, characters of a text and of a code."""

LARGEST = 10**15 - 1
"""Largest value: spreadsheet programs keep 15 digits."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_HASH = re.compile(r"[0-9a-f]{64}|")
_CODES = "codes-"
_NO_LINE = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})


def guard_annex(annex: Annex) -> None:
    """Refuse an annex that some format cannot carry, or whose cells contradict themselves.

    Raises:
        InputError: The first fault, with the table, axis and category it is at.
    """
    guard_shape(annex)
    for table in annex.tables:
        _guard_cells(table)


def guard_shape(annex: Annex, place: Place | None = None) -> None:
    """Everything but the cells.

    Raises:
        InputError: The first fault, at `place`.
    """
    for path, found, expected in _faults(annex):
        raise InputError(
            "annex.package.wrong", place=place, path=excerpt(path, 120), found=excerpt(found), expected=expected
        )


def grid(table: AnnexTable) -> Iterator[At]:
    """The coordinates of `table` in their order, the last axis running fastest."""
    return product(*([category.code for category in axis.categories] for axis in table.axes))


def size(table: AnnexTable) -> int:
    """How many cells `table` must have."""
    return prod(len(axis.categories) for axis in table.axes)


def status_fault(value: int | None, status: CellStatus) -> str:
    """Id of the message when `value` and `status` contradict each other; empty when they agree."""
    if status is CellStatus.HIDDEN:
        return "" if value is None else "annex.cells.hidden"
    if value is None:
        return "annex.cells.blank"
    if status is CellStatus.ZERO and value:
        return "annex.cells.not-zero"
    return "annex.cells.is-zero" if status is CellStatus.SHOWN and not value else ""


Fault = tuple[str, str, str]
"""Where, what was found, and the term of what was expected."""


def _faults(annex: Annex) -> Iterator[Fault]:
    yield from _text("tender", annex.tender)
    yield from _words("title", annex.title)
    yield from _words("publisher", annex.publisher)
    if annex.flow_from > annex.reference_day:
        yield "flow_from", annex.flow_from.isoformat(), "annex.expect.before"
    yield from _protected(annex.protected)
    for key, note in (annex.notes or {}).items():
        yield from _id(f"notes.{key}", key)
        yield from _text(f"notes.{key}", note)
    for path, found in strings(plain(annex.model_card), "model_card"):
        if _is_unfit(found):
            yield path, found, "annex.expect.text"
    if not 1 <= len(annex.tables) <= MOST_TABLES:
        yield "tables", str(len(annex.tables)), "annex.expect.tables"
    yield from _twice("tables", (table.id.casefold() for table in annex.tables))
    for table in annex.tables:
        yield from _table(table)


def _protected(protected: Protected) -> Iterator[Fault]:
    for field in fields(Protected):
        number = getattr(protected, field.name)
        if isinstance(number, int) and not 0 <= number <= LARGEST:
            yield f"protected.{field.name}", str(number), "annex.expect.count"
    if not _HASH.fullmatch(protected.commitment):
        yield "protected.commitment", protected.commitment, "annex.expect.hash"


def _table(table: AnnexTable) -> Iterator[Fault]:
    yield from _id(table.id, table.id)
    if table.id.casefold().startswith(_CODES):
        yield table.id, table.id, "annex.expect.id"
    yield from _words(f"{table.id}.title", table.title)
    yield from _words(f"{table.id}.unit", table.unit)
    yield from _words(f"{table.id}.use", table.use, may_be_missing=True)
    if not table.axes:
        yield f"{table.id}.axes", "0", "annex.expect.axes"
    if size(table) > MOST_CELLS:
        yield table.id, str(size(table)), "annex.expect.cells"
    yield from _twice(f"{table.id}.axes", (axis.id.casefold() for axis in table.axes))
    for axis in table.axes:
        yield from _axis(f"{table.id}.{axis.id}", axis)


def _axis(path: str, axis: Axis) -> Iterator[Fault]:
    yield from _id(path, axis.id)
    if axis.id.casefold() in {VALUE, STATUS, SYNTHETIC}:
        yield path, axis.id, "annex.expect.axis"
    yield from _words(f"{path}.label", axis.label)
    if not axis.categories:
        yield path, "0", "annex.expect.categories"
    yield from _twice(path, (category.code for category in axis.categories))
    parents = {category.code: category.parent for category in axis.categories}
    for category in axis.categories:
        yield from _code(f"{path}.{category.code}", category.code)
        yield from _words(f"{path}.{category.code}.label", category.label)
        if category.parent and not _has_root(category.code, parents):
            yield f"{path}.{category.code}.parent", category.parent, "annex.expect.parent"


def _has_root(code: str, parents: dict[str, str]) -> bool:
    """Whether going up from `code` ends at a category without parent."""
    for _ in parents:
        code = parents[code]
        if not code:
            return True
        if code not in parents:
            return False
    return False


def _id(path: str, found: str) -> Iterator[Fault]:
    try:
        guard_name(found)
    except InputError:
        yield path, found, "annex.expect.id"
    if not _ID.fullmatch(found):
        yield path, found, "annex.expect.id"


def _code(path: str, code: str) -> Iterator[Fault]:
    fits = 0 < len(code) <= MOST_CODE and code == code.strip() and code[0].isalnum() and code.isprintable()
    if not fits:
        yield path, code, "annex.expect.code"


def _words(path: str, text: Text, *, may_be_missing: bool = False) -> Iterator[Fault]:
    if not may_be_missing and not any(text.get(language) for language in Language):
        yield path, "", "annex.expect.words"
    for language in Language:
        found = text.get(language)
        if found is not None:
            yield from _text(f"{path}.{language.value}", found)


def _text(path: str, found: str) -> Iterator[Fault]:
    """A text is one line that XML and UTF-8 can carry, not blank."""
    if _is_unfit(found) or not found.strip():
        yield path, found, "annex.expect.text"


def _is_unfit(found: str) -> bool:
    return len(found) > MOST_TEXT or any(unicodedata.category(sign) in _NO_LINE for sign in found)


def _twice(path: str, ids: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            yield path, one, "annex.expect.once"
        seen.add(one)


def _guard_cells(table: AnnexTable) -> None:
    if tuple(cell.at for cell in table.cells) != tuple(grid(table)):
        raise _wrong(table.id, str(len(table.cells)), "annex.expect.grid")
    for cell in table.cells:
        path = f"{table.id} {', '.join(cell.at)}"
        if cell.value is not None and not 0 <= cell.value <= LARGEST:
            raise _wrong(path, str(cell.value), "annex.expect.count")
        if status_fault(cell.value, cell.status):
            raise _wrong(path, _pair(cell), "annex.expect.pair")


def _pair(cell: AnnexCell) -> str:
    return f"{'' if cell.value is None else cell.value} {cell.status.value}".strip()


def _wrong(path: str, found: str, expected: str) -> InputError:
    return InputError("annex.package.wrong", path=excerpt(path, 120), found=excerpt(found), expected=expected)
