"""From the boxes of a page to a reply: what cannot be read is told, never dropped and never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from market_dialogue.marking import Marked, read_marked
from market_dialogue.pages.drafting import Fields
from tender.errors import Finding, Severity
from tender.guards import excerpt
from tender.language import NO_TEXT
from tender.model.answers import Reply
from tender.model.questions import AskedNumber, Question, QuestionKind

MOST_CHARACTERS = 20_000
"""Most characters of one reply."""

MOST_ROWS = 50
_ANY_NUMBER = AskedNumber(NO_TEXT, decimals=2)
_NUMBER = re.compile(r"[-\u2212]?[0-9]{1,15}(?:[.,][0-9]{1,10})?")
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?:\D|$))")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def measure_of(question: Question) -> AskedNumber | None:
    """The number that a question asks for; one without a unit for a question of numbers that does not say."""
    asks = question.kind in {QuestionKind.NUMBER, QuestionKind.RANGE}
    return question.measure or (_ANY_NUMBER if asks else None)


def clean_text(text: str) -> str:
    """`text` with bare line feeds and without characters that no document can carry."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def first(fields: Fields, name: str) -> str:
    """What is in the box `name`; empty when there is none."""
    return fields.get(name, ("",))[0]


def marked_text(fields: Fields) -> Marked:
    """The words of a reply with its marks."""
    return read_marked(first(fields, "text").strip())


def typed_number(text: str) -> Decimal | None:
    """The number that a person typed, with a decimal comma or point and spaces between thousands.

    >>> typed_number("1 234,5"), typed_number("1,2,3"), typed_number("")
    (Decimal('1234.5'), None, None)
    """
    bare = _SPACES.sub("", text.strip())
    return Decimal(bare.replace(",", ".").replace("\u2212", "-")) if _NUMBER.fullmatch(bare) else None


def rows_of(question: Question, fields: Fields) -> tuple[tuple[str, ...], ...]:
    """Rows of a table in which something is written."""
    width = len(question.columns)
    rows = (tuple(first(fields, f"cell-{row}-{column}").strip() for column in range(width)) for row in range(MOST_ROWS))
    return tuple(row for row in rows if any(row))


def reply_of(question: Question, fields: Fields) -> Reply | None:
    """The reply in `fields`; ``None`` when nothing was given. Only for fields without problems."""
    marked = marked_text(fields)
    numbers = {name: typed_number(first(fields, name)) for name in ("number", "low", "high")}
    known = {choice.id for choice in question.choices}
    choices = tuple(choice for choice in fields.get("choice", ()) if choice in known)
    reply = Reply(marked.text, **numbers, choices=choices, rows=rows_of(question, fields), marks=marked.marks)
    return None if reply == Reply() else reply


def problems_of(question: Question, fields: Fields) -> tuple[Finding, ...]:
    """Why the reply in `fields` cannot be sent; empty when it can, or nothing was given."""
    return tuple(_problems(question, fields))


def _problems(question: Question, fields: Fields) -> Iterator[Finding]:
    marked = marked_text(fields)
    number = str(question.number)
    if marked.problem:
        yield _problem(f"web-answer.mark-{marked.problem}", "text", question=number, found=excerpt(marked.near))
    if len(marked.text) > MOST_CHARACTERS:
        yield _problem("web-answer.long", "text", question=number, found=str(len(marked.text)),
                       expected=str(MOST_CHARACTERS))  # fmt: skip
    for name in ("number", "low", "high"):
        yield from _number_problems(question, name, first(fields, name).strip())
    low, high = (typed_number(first(fields, name)) for name in ("low", "high"))
    if low is not None and high is not None and low > high:
        yield _problem("web-answer.turned", "low", question=number, low=str(low), high=str(high))
    if len(fields.get("choice", ())) > 1 and not question.several:
        yield _problem("web-answer.several", "choice", question=number)


def _number_problems(question: Question, name: str, typed: str) -> Iterator[Finding]:
    number, measure = typed_number(typed), measure_of(question)
    if not typed or measure is None:
        return
    values = {"question": str(question.number), "found": excerpt(typed)}
    if number is None or _decimals(number) > measure.decimals:
        yield _problem("web-answer.number", name, **values, decimals=str(measure.decimals))
    elif not _fits(number, measure):
        limits = {"least": _limit(measure.least), "most": _limit(measure.most)}
        yield _problem("web-answer.limits", name, **values, **limits)


def _fits(number: Decimal, measure: AskedNumber) -> bool:
    return (measure.least is None or number >= measure.least) and (measure.most is None or number <= measure.most)


def _limit(limit: Decimal | None) -> str:
    return "–" if limit is None else f"{limit:f}"


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _problem(rule: str, field: str, **values: str) -> Finding:
    return Finding(rule, Severity.BLOCK, field, values)
