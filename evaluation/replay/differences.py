"""Where two JSON values differ: the path of every differing place, with what was expected and what was found.

A row of a list is named by what it is about (``bids[2345678-9].lines[price]``), not by its number, so that a reader
finds it and an added row shifts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tender.model.methods import Json

NOTHING = "–"
"""What stands for a place that is missing on one side."""

_NAMES = ("bidder", "criterion", "area", "group", "id")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place in which two values differ.

    Attributes:
        path: The place.
        expected: What should stand there, as text.
        found: What stands there, as text.
    """

    path: str
    expected: str
    found: str


def leaves(value: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """Every value that is no list and no table, with its path; an empty list or table is a value too."""
    if isinstance(value, dict) and value:
        for key in value:
            yield from leaves(value[key], f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for name, row in zip(_row_names(value), value, strict=True):
            yield from leaves(row, f"{path}[{name}]")
    else:
        yield path, value


def differences(expected: Json, found: Json, path: str = "") -> Iterator[Difference]:
    """Every place in which `found` is not what is expected, in the order of the paths.

    >>> list(differences({"weight": "40"}, {"weight": "41"}))
    [Difference(path='weight', expected='40', found='41')]
    """
    ours, theirs = dict(leaves(expected, path)), dict(leaves(found, path))
    yield from told(ours, theirs)


def told(ours: Mapping[str, Json], theirs: Mapping[str, Json]) -> Iterator[Difference]:
    """Every path under which two flat tables say something else."""
    missing = object()
    for path in sorted({*ours, *theirs}):
        one, other = ours.get(path, missing), theirs.get(path, missing)
        if one is missing or other is missing or type(one) is not type(other) or one != other:
            yield Difference(path, _text(ours, path), _text(theirs, path))


def _text(values: Mapping[str, Json], path: str) -> str:
    return str(values[path]) if path in values else NOTHING


def _row_names(rows: list[Json]) -> list[str]:
    names = [_row_name(row) for row in rows]
    unique = all(names) and len(set(names)) == len(names)
    return names if unique else [str(number) for number in range(1, len(rows) + 1)]


def _row_name(row: Json) -> str:
    if not isinstance(row, dict):
        return ""
    return "/".join(str(row[name]) for name in _NAMES if isinstance(row.get(name), str))
