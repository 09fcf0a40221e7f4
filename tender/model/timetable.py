"""The days and hours of a tender; moments carry their time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Timetable:
    """When each step happens; `tender.checks` says whether the order and the periods hold.

    Attributes:
        published: Day on which the call for tenders is to be published.
        questions_until: Last moment for bidders' questions.
        answers_by: Day by which the answers are published to all.
        tenders_until: Deadline of tenders, with clock time and zone (HL 68 p. 3).
        opening: When tenders are opened.
        decision: Planned day of the award decision.
        tenders_valid_until: Until when tenders bind their bidders (HL 68 p. 10).
        production_start: First day of production (A4: 1.3.2019).
        production_end: Last day of production without options.
        option_months: Months by which the buyer may prolong.
    """

    published: date
    questions_until: datetime
    answers_by: date
    tenders_until: datetime
    opening: datetime
    decision: date
    tenders_valid_until: date
    production_start: date
    production_end: date
    option_months: int = 0
