"""Trade-secret marks that a respondent types: ``[[the secret|why it is one]]``; nothing half-marked becomes public.

The written form travels in drafts and text boxes; a `Reply` keeps plain text and places. What the public sees is cut,
never painted over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tender.model.answers import Mark

_OPEN, _CLOSE, _SPLIT = "[[", "]]", "|"
_BRACKETS = re.compile(r"\[\[|\]\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its marks read.

    Attributes:
        text: The text without the signs of marks.
        marks: The marks, in order.
        problem: Why the marks cannot be read: ``unclosed``, ``unopened``, ``no-reason`` or ``empty``; empty when they
            can. Then `text` is the written form and `marks` are none.
        near: The text around the problem.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    problem: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text.

    Attributes:
        text: The piece.
        reason: Why it is secret; empty when it is public.
    """

    text: str
    reason: str = ""


def read_marked(written: str) -> Marked:
    """The text and marks of `written`.

    >>> read_marked("Hinta on [[12 €|hinnoittelu]].").marks
    (Mark(start=9, end=13, reason='hinnoittelu'),)
    >>> read_marked("Hinta on [[12 €]]").problem
    'no-reason'
    """
    plain, marks, at = "", [], 0
    while (opened := _BRACKETS.search(written, at)) is not None:
        near = written[opened.start() : opened.start() + 40]
        closed = _BRACKETS.search(written, opened.end())
        if opened.group() == _CLOSE:
            return Marked(written, problem="unopened", near=written[max(0, opened.start() - 40) : opened.end()])
        if closed is None or closed.group() == _OPEN:
            return Marked(written, problem="unclosed", near=near)
        secret, split, reason = written[opened.end() : closed.start()].rpartition(_SPLIT)
        if not split or not reason.strip():
            return Marked(written, problem="no-reason", near=near)
        if not secret.strip():
            return Marked(written, problem="empty", near=near)
        plain += written[at : opened.start()]
        marks.append(Mark(len(plain), len(plain) + len(secret), reason.strip()))
        plain += secret
        at = closed.end()
    return Marked(plain + written[at:], tuple(marks))


def write_marked(text: str, marks: Iterable[Mark]) -> str:
    """The written form of `text` with `marks`; what reading gives back."""
    return "".join(
        f"{_OPEN}{part.text}{_SPLIT}{part.reason}{_CLOSE}" if part.reason else part.text for part in parts(text, marks)
    )


def parts(text: str, marks: Iterable[Mark]) -> tuple[Part, ...]:
    """The pieces of `text`, public and secret by turns, empty ones left out."""
    found, at = [], 0
    for mark in marks:
        found += [Part(text[at : mark.start]), Part(text[mark.start : mark.end], mark.reason)]
        at = mark.end
    return tuple(part for part in (*found, Part(text[at:])) if part.text)


def mark_quote(written: str, quote: str, reason: str) -> str | None:
    """`written` with the first unmarked `quote` marked for `reason`; ``None`` when it cannot be."""
    marked = read_marked(written)
    clean = reason.translate({ord("|"): "/", ord("["): "(", ord("]"): ")"}).strip()
    start = marked.text.find(quote)
    if marked.problem or not quote.strip() or not clean or start < 0:
        return None
    new = Mark(start, start + len(quote), clean)
    if any(mark.start < new.end and new.start < mark.end for mark in marked.marks):
        return None
    return write_marked(marked.text, sorted((*marked.marks, new), key=lambda mark: mark.start))
