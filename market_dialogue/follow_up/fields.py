"""Values of a tender by the paths that decisions name: ``framework.client_cap``, ``award.criteria[price].weight``."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from decimal import Decimal

from tender.language import Text
from tender.model.questions import Question
from tender.model.tender import Tender

CLAUSE = "clause:"
"""How the name of a clause begins: ``clause:call-for-tenders/regime``."""

_STEP = re.compile(r"\.?([^.\[\]]+)|\[([^\]]*)\]")


def value_at(tender: Tender, path: str) -> object:
    """The value at `path`, items of lists named by their ids in brackets.

    Raises:
        KeyError: There is nothing of that name.
    """
    at: object = tender
    end = 0
    for step in _STEP.finditer(path):
        if step.start() != end:
            break
        at, end = _item(at, step[2]) if step[2] is not None else _member(at, step[1]), step.end()
    if end != len(path) or not path:
        raise KeyError(path)
    return at


def draft_number(tender: Tender, question: Question) -> Decimal | int | None:
    """The number that the drafts have where `question` asks for one; ``None`` when the number stands for itself."""
    if question.measure is None or not question.measure.field:
        return None
    try:
        found = value_at(tender, question.measure.field)
    except KeyError:
        return None
    return found if isinstance(found, int | Decimal) and not isinstance(found, bool) else None


def _member(at: object, name: str) -> object:
    if isinstance(at, Mapping):
        return at[name]
    known = [field.name for field in dataclasses.fields(at)] if dataclasses.is_dataclass(at) else []
    if name not in known:
        raise KeyError(name)
    found: object = getattr(at, name)
    if isinstance(at, Text) and found is None:
        raise KeyError(name)
    return found


def _item(at: object, key: str) -> object:
    items = at if isinstance(at, tuple) else ()
    for item in items:
        if getattr(item, "id", None) == key:
            return item
    raise KeyError(key)
