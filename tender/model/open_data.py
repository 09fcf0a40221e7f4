"""What the buyer declares of its open data annex (A9): which tables, of which days, protected how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tender.language import NO_TEXT, Text
from tender.model.grouping import Grouping


class Quantity(StrEnum):
    """What a table counts."""

    STOCK = "stock"
    """Clients at the end of the reference day, or of each month when the table has months."""
    INFLOW = "inflow"
    """Spells that began in the flow period."""
    OUTFLOW = "outflow"
    """Spells that ended in the flow period."""
    HOURS = "hours"
    """Verified hours in open work of those who found it in the flow period: an amount, not a count."""


class Breakdown(StrEnum):
    """What a table may be broken down by."""

    MUNICIPALITY = "municipality"
    GROUP = "group"
    SEX = "sex"
    AGE = "age"
    EDUCATION = "education"
    OCCUPATION = "occupation"
    DURATION = "duration"
    """Months since the spell began: in a stock so far, of an ended spell in all."""
    DESTINATION = "destination"
    """Why the spell ended."""
    MONTH = "month"


class Guard(StrEnum):
    """How the tables are kept from revealing anybody."""

    SUPPRESS = "suppress"
    """Small counts are hidden, and what would give them away."""
    ROUND = "round"
    """Small counts become 0 or the base, and all sums still hold; nothing is left blank."""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """One table of the open data annex.

    Attributes:
        id: Short id; the name of its file.
        title: Its title.
        quantity: What it counts.
        dimensions: What it is broken down by, in the order of its axes; totals are part of every table.
        use: What a bidder needs it for.
    """

    id: str
    title: Text
    quantity: Quantity
    dimensions: tuple[Breakdown, ...]
    use: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class OpenData:
    """The open data annex, as the buyer orders it from its register.

    Attributes:
        reference_day: Day whose stock is counted; the last day of the flow period.
        flow_from: First day of the flow period.
        guard: How the tables are protected.
        age_limits: First years of the age classes after the youngest.
        duration_limits: First months of the duration classes after the shortest.
        tables: The tables.
        threshold: Smallest count of persons that may be known; zeros are shown.
        base: Least count that is not zero when tables are rounded.
        share_limit: Percentage p of the p % rule for hours: what the largest part may be known to within.
        grouping: How a client comes into a risk group; ``None`` while the register itself names the groups.
    """

    reference_day: date
    flow_from: date
    guard: Guard
    age_limits: tuple[int, ...]
    duration_limits: tuple[int, ...]
    tables: tuple[OpenTable, ...]
    threshold: int = 5
    base: int = 5
    share_limit: int = 10
    grouping: Grouping | None = None
