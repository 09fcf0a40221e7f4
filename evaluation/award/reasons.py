"""Obstacles as findings, so that the doors can say in words why a set of bidders cannot be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from evaluation.award.capacity import (
    BUDGET,
    COVERAGE,
    COVERAGE_AREA,
    COVERAGE_CELLS,
    COVERAGE_GROUP,
    TOTAL_CAPACITY,
    VIABLE,
)
from evaluation.award.rules import CHOICE, LOSS, LOSS_CELL, SEPARATE
from tender.errors import Finding, Severity
from tender.model.awards import Obstacle

MINIMUM_QUALITY = "minimum_quality"
"""Rule of the selection that a bid with fewer quality points than the announced minimum breaks."""

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        TOTAL_CAPACITY: "award.obstacle-total-capacity",
        COVERAGE_AREA: "award.obstacle-coverage-area",
        COVERAGE_GROUP: "award.obstacle-coverage-group",
        COVERAGE: "award.obstacle-coverage",
        COVERAGE_CELLS: "award.obstacle-coverage-cells",
        BUDGET: "award.obstacle-budget",
        MINIMUM_QUALITY: "award.obstacle-minimum-quality",
        VIABLE: "award.obstacle-viable",
        CHOICE: "award.obstacle-choice",
        LOSS: "award.obstacle-loss",
        LOSS_CELL: "award.obstacle-loss-cell",
        SEPARATE: "award.obstacle-separate",
    }
)
"""Message id of every rule that an `Obstacle` may name."""


def obstacle_finding(
    obstacle: Obstacle, bidders: tuple[str, ...] = (), names: Mapping[str, str] | None = None
) -> Finding:
    """`obstacle` as a finding, for information: it says why a set was passed by.

    Args:
        obstacle: The obstacle.
        bidders: Ids of the set's bidders.
        names: What to print for an id of an area, a group or a bidder; the ids themselves where it is silent.
    """
    known = names or {}
    values = {name: known.get(value, value) for name, value in obstacle.values.items()}
    shown = ", ".join(known.get(bidder, bidder) for bidder in bidders)
    return Finding(MESSAGES[obstacle.rule], Severity.INFO, "award.selection", {"bidders": shown, **values})
