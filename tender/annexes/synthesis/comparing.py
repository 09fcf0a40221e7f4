"""How a synthesised register compares with its anchors: every figure with what was declared and how far it lies."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tender.annexes.register.rules import OPEN_WORK
from tender.annexes.synthesis.spells import DAYS_IN_MONTH, MONTHS_PAID, Spell
from tender.model.open_data import Anchors, OpenData
from tender.model.tender import Tender

LONG_TERM_MONTHS = 12
WHOLE = 1.5
"""A count of persons may always differ by one: rounding alone does that."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure beside its anchor.

    Attributes:
        id: What it is: the words are the term ``synthesis.figure.<id>``.
        of: Ids of the area and the group that it is of; empty for all.
        expected: What the anchors say.
        found: What the register has.
        slack: How far it may lie.
    """

    id: str
    of: tuple[str, ...]
    expected: float
    found: float
    slack: float

    @property
    def holds(self) -> bool:
        """Whether the register reproduces it."""
        return abs(self.found - self.expected) <= self.slack

    @property
    def deviation(self) -> float:
        """How far the figure lies from its anchor, as a share of the anchor."""
        return (self.found - self.expected) / self.expected if self.expected else 0.0


def compared(tender: Tender, order: OpenData, spells: Sequence[Spell]) -> tuple[Comparison, ...]:
    """Every anchor with the figure of `spells`; announced hours may lie twice as far, for they rest on three of them.

    Raises:
        ValueError: The order has no anchors.
    """
    anchors = order.anchors
    if anchors is None:
        raise ValueError(tender.id)
    return (*_stock(tender, order, anchors, spells), *_flows(tender, order, anchors, spells))


def _row(anchors: Anchors, name: str, of: tuple[str, ...], pair: tuple[float, float], least: float = 0.0) -> Comparison:
    expected, found = pair
    return Comparison(name, of, expected, found, max(least, float(anchors.tolerance) * expected))


def _stock(tender: Tender, order: OpenData, anchors: Anchors, spells: Sequence[Spell]) -> Iterator[Comparison]:
    standing = [spell for spell in spells if spell.ended is None]
    total = sum(group.client_total for group in tender.groups)
    yield _row(anchors, "stock", (), (total, len(standing)), WHOLE)
    cells = Counter((spell.area, spell.group) for spell in standing)
    for group in tender.groups:
        for area, clients in group.clients.items():
            yield _row(anchors, "stock", (area, group.id), (clients, cells[area, group.id]), WHOLE)
    areas = Counter(spell.area for spell in standing)
    counts = anchors.area_counts or {}
    for area, count in counts.items():
        yield _row(anchors, "area-share", (area,), (count / sum(counts.values()), areas[area] / len(standing)))
    old = sum((order.reference_day - spell.started).days >= LONG_TERM_MONTHS * DAYS_IN_MONTH for spell in standing)
    yield _row(anchors, "long-term", (), (float(anchors.long_term_share), old / len(standing)))


def _flows(tender: Tender, order: OpenData, anchors: Anchors, spells: Sequence[Spell]) -> Iterator[Comparison]:
    months = ((order.reference_day - order.flow_from).days + 1) / DAYS_IN_MONTH
    came = Counter(spell.group for spell in spells if spell.started >= order.flow_from)
    yield _row(anchors, "inflow", (), (anchors.inflow, came.total() / months))
    for group in tender.groups:
        name = group.id
        gone = [spell for spell in spells if spell.group == name and spell.ended is not None]
        worked = [spell.hours for spell in gone if spell.destination == OPEN_WORK and spell.hours is not None]
        share = float(anchors.entry_shares[name])
        yield _row(anchors, "entry-share", (name,), (share, came[name] / came.total()))
        rate = len(gone) / months / group.client_total
        yield _row(anchors, "exit-rate", (name,), (float(anchors.exit_rates[name]), rate))
        yield _row(anchors, "open-work", (name,), (float(anchors.open_work[name]), len(worked) / len(gone)))
        hours = sum(worked) / max(1, len(worked))
        yield _row(anchors, "hours", (name,), (hours_per_job(anchors, name), hours))
        announced = group.work_hours * months / MONTHS_PAID
        yield Comparison("work-hours", (name,), announced, sum(worked), 2 * float(anchors.tolerance) * announced)


def hours_per_job(anchors: Anchors, group: str) -> float:
    """Mean hours of a job of `group` in the months that count: months are lost at the declared share."""
    stays = 1.0 - float(anchors.job_loss[group])
    return anchors.hours_per_month[group] * math.fsum(stays**month for month in range(MONTHS_PAID))
