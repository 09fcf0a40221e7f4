"""From the boxes of a page to a reply; whether it fits its question is judged where every other way in is judged."""

from __future__ import annotations

from market_dialogue.intake.fitting import Given, fit, plain_lines
from market_dialogue.marking import Marked, read_marked
from market_dialogue.pages.drafting import Fields
from tender.errors import Finding, Severity
from tender.model.answers import Reply
from tender.model.questions import Question

MOST_ROWS = 50
"""Most rows of a table that the page offers."""

_BOXES = {"choices": "choice", "rows": "text"}
"""Where the page shows what is wrong with a part, if not at the box of its own name."""


def first(fields: Fields, name: str) -> str:
    """What is in the box `name`; empty when there is none."""
    return fields.get(name, ("",))[0]


def marked_text(fields: Fields) -> Marked:
    """The words of a reply with its marks."""
    return read_marked(plain_lines(first(fields, "text")).strip())


def rows_of(question: Question, fields: Fields) -> tuple[tuple[str, ...], ...]:
    """Rows of a table in which something is written."""
    width = len(question.columns)
    rows = (tuple(first(fields, f"cell-{row}-{column}").strip() for column in range(width)) for row in range(MOST_ROWS))
    return tuple(row for row in rows if any(row))


def judged(question: Question, fields: Fields) -> tuple[Reply | None, tuple[Finding, ...]]:
    """The reply in `fields`, ``None`` when nothing was given or it cannot be sent, and why it cannot."""
    given = Given(
        first(fields, "text"),
        first(fields, "number"),
        first(fields, "low"),
        first(fields, "high"),
        fields.get("choice", ()),
        rows_of(question, fields),
    )

    def fault(rule: str, severity: Severity, part: str, **values: str) -> Finding:
        return Finding(rule, severity, _BOXES.get(part, part), {**values, "question": str(question.number)})

    return fit(question, given, fault)
