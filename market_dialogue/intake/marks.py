"""Trade-secret marks as a respondent types them, ``[[secret part|reason]]``, and as the record keeps them.

The brackets and the reason leave the reply's text; the part and the reason become a `Mark`. The part keeps its own
bars: the reason stands after the last one.
"""

from __future__ import annotations

import re

from tender.model.answers import Mark

_PART = re.compile(r"\[\[(?P<inner>(?:(?!\[\[|\]\]).)*)\]\]", re.DOTALL)


class MarkError(ValueError):
    """A mark that nobody can follow; its only argument is ``open`` or ``reason``, the second what was found."""


def marked(text: str) -> tuple[str, tuple[Mark, ...]]:
    """`text` without brackets and reasons, and its marks in order.

    Raises:
        MarkError: Brackets do not close, nothing stands inside, or a part has no reason.

    >>> marked("Hinta on [[42 e|kate paljastuisi]].")
    ('Hinta on 42 e.', (Mark(start=9, end=13, reason='kate paljastuisi'),))
    """
    plain, marks, at = "", [], 0
    for found in _PART.finditer(text):
        part, bar, reason = found["inner"].rpartition("|")
        if not (bar and part.strip() and reason.strip()):
            raise MarkError("reason", found.group())
        plain += text[at : found.start()]
        marks.append(Mark(len(plain), len(plain) + len(part), " ".join(reason.split())))
        plain += part
        at = found.end()
    plain += text[at:]
    if "[[" in plain or "]]" in plain:
        raise MarkError("open", plain[max(plain.find("[["), 0) :])
    return plain, tuple(marks)


def written(text: str, marks: tuple[Mark, ...]) -> str:
    """`text` with its marks as a respondent would type them; `marked` reads them back."""
    for mark in reversed(marks):
        text = f"{text[: mark.start]}[[{text[mark.start : mark.end]}|{mark.reason}]]{text[mark.end :]}"
    return text
