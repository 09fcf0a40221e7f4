"""Does a given reply fit its question: one judge for every way in, so that three ways to answer have one result.

A door (file, form, page, import) hands over what it found as `Given`, still as text; the judge gives the `Reply`, and
says what is wrong by rule id. Whatever blocks makes no reply: half a reply would not be what the respondent said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from market_dialogue.marking import read_marked
from tender.errors import Finding, Severity
from tender.guards import excerpt
from tender.model.answers import Mark, Reply
from tender.model.questions import AskedNumber, Question, QuestionKind

MOST_CHARACTERS = 20_000
"""Longest reply to one question."""

MOST_ROWS = 500
"""Most rows of a table."""

_BREAKS = re.compile("\r\n|[\r\x0b\x0c]")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"[+\-\u2212]?[0-9]{1,15}(?:[.,][0-9]{1,9})?")
_GROUPS = re.compile("(?<=[0-9])[ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")

MARK_RULES = {
    "unclosed": "dialogue.mark-open",
    "unopened": "dialogue.mark-open",
    "no-reason": "dialogue.mark-reason",
    "empty": "dialogue.mark-reason",
}
"""What is said of marks that cannot be read, by their problem."""

Fault = Callable[..., Finding]
"""Makes a finding of a door: rule, severity, part of the reply (``text``, ``number`` …), values."""


@dataclass(frozen=True, slots=True)
class Given:
    """A reply as it came, before anybody judged it; an empty part was not given.

    Attributes:
        text: Words, with trade-secret marks as typed (`market_dialogue.marking`).
        number: The number as it was written.
        low: The lower end as it was written.
        high: The upper end as it was written.
        choices: Ids of choices.
        rows: Rows of a table.
        marks: Marks that the door gives apart from the words, which are then not searched for brackets.
    """

    text: str = ""
    number: str = ""
    low: str = ""
    high: str = ""
    choices: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    marks: tuple[Mark, ...] | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing was given."""
        texts = (self.text, self.number, self.low, self.high)
        cells = (cell for row in self.rows for cell in row)
        return not any(text.strip() for text in (*texts, *cells)) and not any(self.choices)


def plain_lines(text: str) -> str:
    """`text` with bare line feeds: a break of a line or page from another system or a text editor is one too."""
    return _BREAKS.sub("\n", text)


def fit(question: Question, given: Given, fault: Fault) -> tuple[Reply | None, tuple[Finding, ...]]:
    """The reply to `question` that `given` makes, ``None`` when it is blank or something blocks, and what is wrong."""
    if given.blank:
        return None, ()
    text, marks, findings = _words(question, given, fault)
    findings.extend(_form(question, given, fault))
    numbers: dict[str, Decimal | None] = {}
    for name in ("number", "low", "high"):
        numbers[name], found = _number(question, name, getattr(given, name), fault)
        findings.extend(found)
    low, high = numbers["low"], numbers["high"]
    if low is not None and high is not None and low > high:
        values = {"question": question.id, "found": f"{given.low}–{given.high}"}
        findings.append(fault("dialogue.range-turned", Severity.BLOCK, "low", **values))
    if any(finding.blocks for finding in findings):
        return None, tuple(findings)
    rows = tuple(row for row in (tuple(map(_cell, row)) for row in given.rows) if any(row))
    reply = Reply(text, numbers["number"], low, high, tuple(filter(None, given.choices)), rows, marks)
    return reply, tuple(findings)


def _words(question: Question, given: Given, fault: Fault) -> tuple[str, tuple[Mark, ...], list[Finding]]:
    """The words with bare line feeds, their marks, and what is wrong with them."""
    text = plain_lines(given.text)
    texts = (text, *given.choices, *(plain_lines(cell) for row in given.rows for cell in row))
    length = sum(map(len, texts))
    if length > MOST_CHARACTERS:
        values = {"question": question.id, "found": str(length), "expected": str(MOST_CHARACTERS)}
        return "", (), [fault("dialogue.reply-too-long", Severity.BLOCK, "text", **values)]
    unfit = next(filter(None, map(_UNFIT.search, texts)), None)
    if unfit is not None:
        return "", (), [_unfit(question, unfit, fault)]
    if given.marks is not None:
        return text, given.marks, list(_placed(question, text, given.marks, fault))
    read = read_marked(text.strip())
    if read.problem:
        values = {"question": question.id, "found": excerpt(read.near)}
        return "", (), [fault(MARK_RULES[read.problem], Severity.BLOCK, "text", **values)]
    return read.text, read.marks, []


def _unfit(question: Question, unfit: re.Match[str], fault: Fault) -> Finding:
    """A character that no document can carry: it is told with its neighbours, never dropped."""
    near = excerpt(unfit.string[max(0, unfit.start() - 20) : unfit.start() + 20])
    found = f"U+{ord(unfit.group()):04X}, … {near} …"
    return fault("dialogue.unfit-character", Severity.BLOCK, "text", question=question.id, found=found)


def _placed(question: Question, text: str, marks: tuple[Mark, ...], fault: Fault) -> Iterator[Finding]:
    """Marks that lie outside the words, overlap, or have no reason."""
    at = 0
    for mark in marks:
        if not at <= mark.start < mark.end <= len(text) or not mark.reason.strip():
            found = f"{mark.start}–{mark.end}"
            yield fault("dialogue.mark-reason", Severity.BLOCK, "text", question=question.id, found=found)
        at = mark.end


def _form(question: Question, given: Given, fault: Fault) -> Iterator[Finding]:
    """Parts that the question does not ask for."""
    kind = question.kind
    known = [choice.id for choice in question.choices]
    for name in sorted(set(filter(None, given.choices)) - set(known)):
        values = {"question": question.id, "found": excerpt(name), "expected": ", ".join(known) or "–"}
        yield fault("dialogue.unknown-choice", Severity.BLOCK, "choices", **values)
    if len(given.choices) > 1 and not question.several:
        found = excerpt(", ".join(given.choices))
        yield fault("dialogue.one-choice", Severity.BLOCK, "choices", question=question.id, found=found)
    if given.rows and kind is not QuestionKind.TABLE:
        yield fault("dialogue.no-table", Severity.BLOCK, "rows", question=question.id)
    elif len(given.rows) > MOST_ROWS or any(len(row) != len(question.columns) for row in given.rows):
        expected = str(len(question.columns))
        yield fault("dialogue.table-columns", Severity.BLOCK, "rows", question=question.id, expected=expected)


def _cell(written: str) -> str:
    return plain_lines(written).strip()


def _number(question: Question, name: str, written: str, fault: Fault) -> tuple[Decimal | None, list[Finding]]:
    """The number written, and what is wrong with it; a blank is no number, not a zero."""
    if not written.strip():
        return None, []
    measure, ranged = question.measure, question.kind is QuestionKind.RANGE
    if measure is None or ranged != (name != "number"):
        return None, [fault("dialogue.no-number", Severity.BLOCK, name, question=question.id, found=excerpt(written))]
    number = number_in(written)
    values = {"question": question.id, "found": excerpt(written)}
    if number is None:
        return None, [fault("dialogue.not-a-number", Severity.BLOCK, name, **values)]
    limits = {"least": _limit(measure.least), "most": _limit(measure.most), "decimals": str(measure.decimals)}
    if not _within(number, measure):
        return None, [fault("dialogue.number-outside", Severity.BLOCK, name, **values, **limits)]
    return number, []


def number_in(written: str) -> Decimal | None:
    """The number that a person wrote: ``1 400``, ``1400``, ``1,5`` and ``1.5``; ``None`` when it is none.

    >>> number_in("1 400"), number_in("1,5"), number_in("noin 500")
    (Decimal('1400'), Decimal('1.5'), None)
    """
    bare = _GROUPS.sub("", written.strip())
    if _NUMBER.fullmatch(bare) is None:
        return None
    return Decimal(bare.replace(",", ".").replace("\u2212", "-"))


def _within(number: Decimal, measure: AskedNumber) -> bool:
    exact = number == round(number, measure.decimals)
    above = measure.least is None or number >= measure.least
    return exact and above and (measure.most is None or number <= measure.most)


def _limit(number: Decimal | None) -> str:
    return "–" if number is None else f"{number:f}"
