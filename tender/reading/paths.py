"""Paths of fields: ``award.criteria[1].weight`` as findings name them, taken apart and put together."""

from __future__ import annotations

import re
from collections.abc import Iterator

Step = str | int
"""One step of a path: the name of a key, or the index of an item."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PART = re.compile(r'\[(?P<index>[0-9]{1,9})\]|\.?(?:"(?P<quoted>(?:\\.|[^"\\])*)"|(?P<bare>[^.\[\]"]+))')


def bare(key: str) -> bool:
    """Whether TOML needs no quotes around `key`."""
    return _BARE.fullmatch(key) is not None


def child(path: str, step: Step) -> str:
    """The path one step below `path`; a key that is not bare is quoted.

    >>> child("award.criteria", 1), child("", "award"), child("groups[0].clients", "a.b")
    ('award.criteria[1]', 'award', 'groups[0].clients."a.b"')
    """
    if isinstance(step, int):
        return f"{path}[{step}]"
    quoted = step.replace("\\", "\\\\").replace('"', '\\"')
    name = step if bare(step) else f'"{quoted}"'
    return f"{path}.{name}" if path else name


def steps(path: str) -> tuple[Step, ...]:
    """The steps of `path` from the top.

    Raises:
        ValueError: `path` is not a path of a field.

    >>> steps("award.criteria[1].weight")
    ('award', 'criteria', 1, 'weight')
    """
    found: list[Step] = []
    at = 0
    while at < len(path):
        part = _PART.match(path, at)
        if part is None:
            raise ValueError(path)
        if part["index"] is not None:
            found.append(int(part["index"]))
        else:
            found.append(part["bare"] or re.sub(r"\\(.)", r"\1", part["quoted"] or ""))
        at = part.end()
    return tuple(found)


def joined(parts: tuple[Step, ...]) -> str:
    """The path with these steps."""
    path = ""
    for step in parts:
        path = child(path, step)
    return path


def ancestors(path: str) -> Iterator[str]:
    """`path`, then each path above it, the whole file (an empty path) last; a path that is none has only the file.

    >>> list(ancestors("groups[0].id"))
    ['groups[0].id', 'groups[0]', 'groups', '']
    """
    try:
        parts = steps(path)
    except ValueError:
        parts = ()
    for length in range(len(parts), -1, -1):
        yield joined(parts[:length])


def related(one: str, other: str) -> bool:
    """Whether one of two fields is the other, or lies inside it; an empty path is no field at all."""
    if not one or not other:
        return False
    shorter, longer = sorted((one, other), key=len)
    return longer == shorter or (longer.startswith(shorter) and longer[len(shorter)] in ".[")
