"""Bookmarks of clauses: a name that Word takes, and the way back to the clause's id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

PREFIX = "cl_"
PART_PREFIX = "part_"
"""Begins the bookmarks of what is no clause: the contents, the table of clauses, where a moved clause was."""

_LONGEST = 40
"""Characters of a bookmark name that Word takes."""

_PLAIN = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_DIGITS = 8


def bookmark_name(clause_id: str) -> str:
    """The bookmark of a clause; hyphens become underscores, and an id that does not fit gets a digest.

    >>> bookmark_name("price-points")
    'cl_price_points'
    """
    if _PLAIN.fullmatch(clause_id) and len(PREFIX) + len(clause_id) <= _LONGEST:
        return PREFIX + clause_id.replace("-", "_")
    digest = hashlib.sha256(clause_id.encode()).hexdigest()[:_DIGITS]
    readable = re.sub("[^A-Za-z0-9]", "", clause_id)[: _LONGEST - len(PREFIX) - _DIGITS - 2]
    return f"{PREFIX}{readable}__{digest}"


def clause_of(bookmark: str, known: Iterable[str] = ()) -> str | None:
    """The id of the clause that `bookmark` marks; ``None`` when it marks none.

    Args:
        bookmark: Name of a bookmark.
        known: Ids of clauses, by which names with a digest are found again.

    >>> clause_of("cl_price_points")
    'price-points'
    """
    if not bookmark.startswith(PREFIX):
        return None
    for clause_id in known:
        if bookmark_name(clause_id) == bookmark:
            return clause_id
    return bookmark.removeprefix(PREFIX).replace("_", "-")
