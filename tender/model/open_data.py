"""What the buyer declares of its open data annex (A9): which tables, of which days, protected how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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


_CLIENT = {
    Breakdown.MUNICIPALITY, Breakdown.GROUP, Breakdown.SEX, Breakdown.AGE, Breakdown.EDUCATION, Breakdown.OCCUPATION,
    Breakdown.MONTH,
}  # fmt: skip
ALLOWED: Mapping[Quantity, frozenset[Breakdown]] = {
    Quantity.STOCK: frozenset({*_CLIENT, Breakdown.DURATION}),
    Quantity.INFLOW: frozenset(_CLIENT),
    Quantity.OUTFLOW: frozenset({*_CLIENT, Breakdown.DURATION, Breakdown.DESTINATION}),
    Quantity.HOURS: frozenset({*_CLIENT, Breakdown.DURATION}),
}
"""What a quantity may be broken down by: a spell that begins has no duration, one that is open has not ended."""


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
class Anchors:
    """Figures that a synthesised register reproduces; the stock is that of the risk groups.

    Attributes:
        source: Where the figures are from.
        inflow: Spells that begin in a month, all areas and groups together.
        entry_shares: Share of each group in the inflow.
        exit_rates: Rate of each group at which spells end, per month: a share exp(−rate) outlasts a month.
        open_work: Share of each group's ended spells that end in open work.
        hours_per_month: Work hours in a month of those of each group who found open work.
        job_loss: Share of each group's jobs that end in a month.
        long_term_share: Share of the stock whose spell has lasted for twelve months.
        area_counts: Unemployed jobseekers of the areas, whose proportions the stock has; may be left out.
        tolerance: How far a figure may lie from its anchor, as a share of the anchor.
    """

    source: Text
    inflow: int
    entry_shares: Mapping[str, Decimal]
    exit_rates: Mapping[str, Decimal]
    open_work: Mapping[str, Decimal]
    hours_per_month: Mapping[str, int]
    job_loss: Mapping[str, Decimal]
    long_term_share: Decimal
    area_counts: Mapping[str, int] | None = None
    tolerance: Decimal = Decimal("0.05")


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
        anchors: What a synthesised register must reproduce; only practice and examples need it.
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
    anchors: Anchors | None = None
    grouping: Grouping | None = None
