"""Groupings and invented clients for the tests of this room."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from tender.annexes.grouping.figures import Grouped
from tender.annexes.grouping.scoring import Entrant, worked
from tender.errors import Place
from tender.language import Text
from tender.model.grouping import Factor, FactorCategory, Grouping, GroupingMethod, ScaleStep
from tender.model.open_data import Breakdown

LIMITS = {"easy": Decimal(45), "average": Decimal(15), "hard": Decimal(0)}


def category(code: str, points: str, *values: str, least: int | None = None, blank: bool = False) -> FactorCategory:
    return FactorCategory(code, Text(fi=code, sv=code, en=code), Decimal(points), values, least, blank)


def named(text: str) -> Text:
    return Text(fi=text, sv=text, en=text)


MONTHS = Factor(
    "duration",
    named("duration"),
    "unemployed_before",
    (category("under-3", "3", least=0), category("from-3", "1", least=3), category("from-12", "0", least=12)),
)
ENDED = Factor(
    "ended",
    named("ended"),
    "previous_end",
    (
        category("laid-off", "3", "laid-off", "fixed-term"),
        category("dismissed", "1", "dismissed"),
        category("unknown", "0", "unknown", blank=True),
    ),
)
POINTS = Grouping(
    GroupingMethod.POINTS,
    (MONTHS, ENDED),
    LIMITS,
    scale=tuple(
        ScaleStep(points, Decimal(likelihood))
        for points, likelihood in enumerate(("6", "12", "20", "30", "44.9", "45", "62"))
    ),
)
"""Sums 0 to 6; easy from 5 points, average from 2."""

LOGISTIC = Grouping(
    GroupingMethod.LOGISTIC,
    (
        Factor(
            "duration",
            named("duration"),
            "unemployed_before",
            (category("short", "0", least=0), category("long", "-1.25", least=6)),
        ),
        Factor(
            "ended",
            named("ended"),
            "previous_end",
            (category("laid-off", "0.5", "laid-off"), category("other", "0", "other")),
        ),
    ),
    LIMITS,
    intercept=Decimal("-0.25"),
)


def entrant(months: str, ended: str, found: int | None = None, line: int = 2) -> Entrant:
    """A client who found work (1) or did not (0) within the horizon, or was not followed that long."""
    outcome = None if found is None else found == 1
    return Entrant(Place("register.csv", line), {"unemployed_before": months, "previous_end": ended}, outcome)


def client(
    months: str, ended: str, found: int | None, grouping: Grouping = POINTS, at: Mapping[Breakdown, str] | None = None
) -> Grouped:
    one = entrant(months, ended, found)
    where = at or {Breakdown.SEX: "female", Breakdown.AGE: "under-25", Breakdown.EDUCATION: "basic"}
    return Grouped(one, worked(grouping, one), where)
