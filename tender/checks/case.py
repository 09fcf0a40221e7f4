"""What a rule is given, and how it says what it found.

A rule looks at a `Case` and yields findings made by `flaw`. What a finding weighs and on which law it rests is not said
there but in `tender.checks.provisions`, so that a lawyer reads severities, sources and dates in one table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from tender.errors import Finding, Severity
from tender.language import Language, Text
from tender.model.tender import Tender
from tender.money import decimal_of

EARLIEST_YEAR, LATEST_YEAR = 1990, 2200
"""Years outside these are placeholders of a broken file or slips that the reader names; rules stay silent on them."""


@dataclass(frozen=True, slots=True)
class PublishedMethods:
    """The methods of the newest published version, as the record has them.

    Attributes:
        version: Number of the version.
        award_hash: Hash of its award method.
        payment_hash: Hash of its payment method.
        closed: Whether tenders were opened, or their published deadline has passed; then nothing may change any more.
    """

    version: int
    award_hash: str
    payment_hash: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause as a document would use it.

    Attributes:
        body: Markdown with template variables.
        basis: Legal or source basis of its front matter.
        file: Its file, relative to the tender folder for an own wording, to the templates otherwise.
        own: Whether the tender folder replaced the wording.
        conditional: Whether it appears under a condition only.
    """

    body: str
    basis: str = ""
    file: str = ""
    own: bool = False
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class DialogueFacts:
    """What the record says of the market dialogue.

    Attributes:
        undocumented: Ids of contacts that lack a day, an organisation, a channel, persons or topics.
        untold: Ids of contacts in which one was told what all have not been given.
        leaks: Where words that will be public hold hidden words or a respondent's name.
        undecided: How many replies nobody has decided about.
        unreasoned: How many decisions lack a reason.
        replies: How many replies there are.
        summary: Whether the summary has been published.
    """

    undocumented: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    leaks: tuple[str, ...] = ()
    undecided: int = 0
    unreasoned: int = 0
    replies: int = 0
    summary: bool = True


Clauses = Mapping[str, Mapping[Language, Mapping[str, ClauseText]]]
"""Clauses in force on the legal day by document id, language and clause id; conditional ones included."""


@dataclass(frozen=True, slots=True)
class Case:
    """All that the rules look at.

    Attributes:
        tender: The tender.
        today: The day of the check.
        published: Methods of the newest published version; ``None`` before the first publication.
        catalogue: Ids of the documents that can be made; ``None`` when not known here.
        stated: Formula ids that have a statement; ``None`` when not known here.
        clauses: Clauses of the documents wanted and of those that follow; ``None`` when not known here.
        notices: Ids of the notices that were sent; none until there is a room for them.
        agreed_groupings: Hashes of groupings on which the data protection officer's opinion on record is favourable.
        dialogue: What the record says of the market dialogue; ``None`` when it has neither answers nor contacts.
        broken: Paths whose values are placeholders, as the reader says; rules that rest on them stay silent.
    """

    tender: Tender
    today: date
    published: PublishedMethods | None = None
    catalogue: frozenset[str] | None = None
    stated: frozenset[str] | None = None
    clauses: Clauses | None = None
    notices: frozenset[str] = frozenset()
    agreed_groupings: frozenset[str] = frozenset()
    dialogue: DialogueFacts | None = None
    broken: frozenset[str] = frozenset()


Check = Callable[[Case], Iterable[Finding]]
"""A rule: it looks at a case and yields what it finds; it never raises on an odd tender."""


def flaw(rule: str, field: str, **values: object) -> Finding:
    """What a rule found; severity and legal basis are stamped on it from the rule pack.

    Args:
        rule: Id of the rule.
        field: Path of the field that the reader should look at.
        values: What the words need; numbers, dates and lists become plain text as a tender file writes them.
    """
    return Finding(rule, Severity.BLOCK, field, {name: plain(value) for name, value in values.items()})


def plain(value: object) -> str:
    """`value` as a tender file writes it: exact numbers with a point, ISO dates, enum values, lists with commas.

    >>> plain(Decimal("40.00")), plain(Fraction(1, 3)), plain(date(2019, 3, 1)), plain(("easy", "hard"))
    ('40', '1/3', '2019-03-01', 'easy, hard')
    """
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal | Fraction | int):
        shortest = decimal_of(value)
        return format(shortest, "f") if shortest is not None else str(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, tuple | list):
        return ", ".join(plain(item) for item in value)
    return str(value)


def known(day: date | datetime) -> bool:
    """Whether `day` can be meant, and is not a placeholder for a day that could not be read."""
    return EARLIEST_YEAR <= day.year <= LATEST_YEAR


def blank(text: Text) -> bool:
    """Whether `text` says nothing in any language; which languages are required is the reader's question."""
    return not any((words or "").strip() for words in (text.fi, text.sv, text.en))
