"""Shortest times of a procedure of the full EU regime: tenders, requests to participate, answers.

Sources, as read: HL 56–57 (35 days in an open procedure, 30 with electronic tenders; 30 for requests to participate;
30 after an invitation, 25 with electronic tenders; 15, 15 and 10 when urgent; 15 and 10 after a prior notice; 5 more
when the documents are not openly available), HL 56.5 and 69.4 (answers 6 days before the deadline, 4 when urgent).
Days are counted from the sending of the notice. From memory (Regulation 1182/71), and so a piece of advice only: a
day counts in full, so a deadline at noon needs one day more. Under Annex E the law sets no shortest time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from tender.deadlines.calendar import working_day_from


class Step(StrEnum):
    """What has a shortest time."""

    OPEN = "open"
    REQUESTS = "requests"
    RESTRICTED = "restricted"
    NEGOTIATED = "negotiated"


@dataclass(frozen=True, slots=True)
class Shortest:
    """Shortest times of one step, in days.

    Attributes:
        paper: When tenders are not electronic.
        electronic: When they are.
        urgent: When a state of urgency makes the ordinary time impossible.
        prior_notice: After a prior notice that announced it; ``None`` where it shortens nothing.
    """

    paper: int
    electronic: int
    urgent: int
    prior_notice: int | None


SHORTEST: Mapping[Step, Shortest] = {
    Step.OPEN: Shortest(paper=35, electronic=30, urgent=15, prior_notice=15),
    Step.REQUESTS: Shortest(paper=30, electronic=30, urgent=15, prior_notice=None),
    Step.RESTRICTED: Shortest(paper=30, electronic=25, urgent=10, prior_notice=10),
    Step.NEGOTIATED: Shortest(paper=30, electronic=25, urgent=10, prior_notice=10),
}
"""Shortest times by step (HL 56–57)."""

CLOSED_DOCUMENTS_DAYS = 5
"""Days more when the documents are not openly available from the notice on."""

ANSWERS_BEFORE, ANSWERS_BEFORE_URGENT = 6, 4
"""Days by which answers to questions must be out before the deadline."""

BASIS = "HL 56, 57"
ANSWERS_BASIS = "HL 56.5, 69.4"


def shortest_days(
    step: Step,
    *,
    electronic: bool = True,
    urgent: bool = False,
    prior_notice: bool = False,
    documents_open: bool = True,
) -> int:
    """Shortest time of `step` in days under the circumstances named.

    >>> shortest_days(Step.OPEN), shortest_days(Step.OPEN, electronic=False, documents_open=False)
    (30, 40)
    """
    rule = SHORTEST[step]
    days = rule.electronic if electronic else rule.paper
    if prior_notice and rule.prior_notice is not None:
        days = rule.prior_notice
    if urgent:
        days = min(days, rule.urgent)
    return days if documents_open else days + CLOSED_DOCUMENTS_DAYS


@dataclass(frozen=True, slots=True)
class Earliest:
    """The earliest deadline after a notice.

    Attributes:
        full_days_end: The day whose end completes the shortest time.
        first: First day on which a deadline at the wished hour leaves the whole time.
        advised: The first working day from then on.
    """

    full_days_end: date
    first: date
    advised: date


def earliest_deadline(sent: date, days: int, clock: time) -> Earliest:
    """The earliest deadline at `clock` that leaves `days` full days after a notice sent on `sent`.

    >>> earliest_deadline(date(2026, 11, 18), 30, time(12)).advised
    datetime.date(2026, 12, 21)
    """
    end = sent + timedelta(days=days)
    first = end if (clock.hour, clock.minute) == (23, 59) else end + timedelta(days=1)
    return Earliest(end, first, working_day_from(first))


def answers_by(deadline: date, *, urgent: bool = False) -> date:
    """The last day for answers before `deadline`; a day counted backwards is not moved."""
    return deadline - timedelta(days=ANSWERS_BEFORE_URGENT if urgent else ANSWERS_BEFORE)
