"""The newcomer test: who has nothing but the published annex reckons as who knows the true counts, or nearly so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tender.annexes.building.auditing import audited
from tender.annexes.building.linking import Linked, frames_of, linked
from tender.annexes.building.truth import Counts
from tender.annexes.comparing.filling import Filling, filled
from tender.annexes.comparing.report import Move, worths
from tender.annexes.comparing.scenes import layout_of
from tender.annexes.comparing.volumes import Layout, Values, volume
from tender.annexes.comparing.worth import Costs, Rates, total
from tender.annexes.disclosure.audit import Interval
from tender.annexes.disclosure.building import Published
from tender.errors import Finding, Severity
from tender.model.annex import Annex
from tender.model.open_data import OpenData

PASS_MARK = Fraction(2, 100)
"""By which share a newcomer's revenue or cost of a risk group may differ."""

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Sums:
    """One risk group, or all of them.

    Attributes:
        revenue: Its revenue in a year.
        cost: Its cost in a year.
    """

    revenue: Move
    cost: Move

    @property
    def farthest(self) -> Fraction:
        """The larger share by which one of both differs."""
        return max(abs(self.revenue.share), abs(self.cost.share))


@dataclass(frozen=True, slots=True)
class Newcomer:
    """The outcome of the newcomer test.

    Attributes:
        groups: Each risk group.
        whole: All of them together.
        pass_mark: By which share each may differ.
        findings: Where it fails, and what the annex does not tell.
    """

    groups: Mapping[str, Sums]
    whole: Sums
    pass_mark: Fraction
    findings: tuple[Finding, ...]


def newcomer(
    annex: Annex,
    truth: Counts,
    declared: OpenData,
    rates: Mapping[str, Rates],
    filling: Filling = Filling.MIDPOINT,
    pass_mark: Fraction = PASS_MARK,
) -> Newcomer:
    """Rebuild revenue and cost from `annex` alone, and hold them against the same reckoning from the true counts.

    Args:
        annex: The published annex.
        truth: The true counts behind it.
        declared: What the buyer declared of it.
        rates: Prices of each risk group.
        filling: How a bidder fills a hidden cell.
        pass_mark: By which share each group's revenue and cost may differ.
    """
    tables = linked(frames_of(annex))
    layout = layout_of([table.axes for table in annex.tables], tables.dimensions, declared)
    seen = from_annex(annex, tables, filling)
    true = {
        key: Fraction(truth[spots[0].table][spots[0].at].amount)
        for key, spots in zip(tables.cells, tables.spots, strict=True)
    }
    sides = [worths(values, layout, rates, Costs(), layout.all_places) for values in (true, seen)]
    groups = {
        group: Sums(*(Move(getattr(sides[0][group], part), getattr(sides[1][group], part)) for part in _PARTS))
        for group in layout.groups
    }
    whole = Sums(*(Move(getattr(total(sides[0]), part), getattr(total(sides[1]), part)) for part in _PARTS))
    findings = (*_untold(seen, layout), *_failed(groups, pass_mark))
    return Newcomer(groups, whole, pass_mark, findings)


_PARTS = ("revenue", "cost")


def from_annex(annex: Annex, tables: Linked, filling: Filling) -> Values:
    """What a reader takes each cell for who has nothing but the annex."""
    own = {(table.id, cell.at): cell.value for table in annex.tables for cell in table.cells}
    shown = tuple(own[spots[0].table, spots[0].at] for spots in tables.spots)
    places = {spot: number for number, spots in enumerate(tables.spots) for spot in spots}
    spans = [
        Interval(places[spot], span.attacker, span.low, span.high) for spot, span in audited(annex).spans
    ]  # fmt: skip
    published = Published(tables.dimensions, tables.cells, shown, len(shown), tables.sums)
    return {tables.cells[cell]: value for cell, value in filled(published, spans, filling).items()}


def _untold(values: Values, layout: Layout) -> list[Finding]:
    """What the annex must tell of each group, and does not."""
    found = []
    for group in layout.groups:
        told = volume(values, layout, layout.all_places, group)
        for name, amount in (("months", told.months), ("starts", told.starts), ("hours", told.hours)):
            if amount is None:
                found.append(Finding(f"annex.newcomer-{name}", Severity.BLOCK, values={"group": group}))
    return found


def _failed(groups: Mapping[str, Sums], pass_mark: Fraction) -> list[Finding]:
    return [
        Finding("annex.newcomer", Severity.BLOCK, values={
            "group": group, "share": percent(sums.farthest), "mark": percent(pass_mark)})
        for group, sums in groups.items()
        if sums.farthest > pass_mark
    ]  # fmt: skip


def percent(share: Fraction) -> str:
    """A share in per cent with one decimal, rounded half-up; for words only."""
    tenths = int(abs(share) * _PERCENT * 10 + Fraction(1, 2))
    sign = "-" if share < 0 and tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"
