"""Rows of the award decision's tables: every value typed, every id turned into the name that readers know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluation.reports.case import DecisionCase
from evaluation.reports.spoken import Ground, ground, names_of, obstacle_words
from tender.documents.rows import CriterionRow, criterion_rows
from tender.errors import blocking
from tender.language import Text
from tender.model.awards import ProviderSet, ScoredBid, ScoreLine
from tender.model.criteria import Criterion, CriterionKind


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """One received tender.

    Attributes:
        name: Name of the bidder.
        business_id: Its business id; empty when its form could not be read.
        admitted: Whether it is compared.
        chosen: Whether it is chosen.
    """

    name: str
    business_id: str
    admitted: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class GroundsRow:
    """A bidder with grounds: why its tender is not compared, or what was noticed in it.

    Attributes:
        name: Name of the bidder.
        grounds: The grounds.
    """

    name: str
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One line of the comparison table.

    Attributes:
        rank: Rank; equal totals share it.
        name: Name of the bidder.
        price: Comparison price, exact euros a year.
        points: Points on each criterion, in the order of the tender.
        total: Total points.
        chosen: Whether it is chosen.
    """

    rank: int
    name: str
    price: Fraction
    points: tuple[Fraction, ...]
    total: Fraction
    chosen: bool


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Points of one bid on one quality criterion, with words.

    Attributes:
        number: Number of the criterion in the tree.
        name: Its name.
        level: Level that was given.
        level_words: What the announced scale says of the level.
        points: Points.
        weight: Largest points.
        reason: Why this level.
    """

    number: str
    name: Text
    level: int
    level_words: Text
    points: Fraction
    weight: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class BidReasons:
    """The reasons of one bid.

    Attributes:
        name: Name of the bidder.
        rows: One row per quality criterion.
    """

    name: str
    rows: tuple[ReasonRow, ...]


@dataclass(frozen=True, slots=True)
class SetRow:
    """One set of bidders that was considered.

    Attributes:
        names: Names of its bidders.
        points: Sum of total points.
        quality: Sum of quality points.
        price: Sum of comparison prices, euros a year.
        obstacles: Why it cannot be chosen, in words; empty when it could.
        chosen: Whether it is the chosen one.
    """

    names: tuple[str, ...]
    points: Fraction
    quality: Fraction
    price: Fraction
    obstacles: tuple[Text, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """Capacity of one chosen provider.

    Attributes:
        name: Its name.
        tendered: Capacity that it tendered.
        usable: The same, at most the client cap.
        planned: Places planned for it.
    """

    name: str
    tendered: int
    usable: int
    planned: int


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How the clients of one area and group are served.

    Attributes:
        area: Name of the area.
        group: Name of the group.
        need: Forecast clients.
        places: Planned places of each chosen provider, in the order of `CapacityRow`.
        total: Planned places together.
    """

    area: Text
    group: Text
    need: int
    places: tuple[int, ...]
    total: int


def received_rows(case: DecisionCase) -> tuple[ReceivedRow, ...]:
    """Every received tender, in the order of bidder ids."""
    ids = {bid.bidder: bid.business_id for bid in case.bids}
    chosen = case.selection.chosen.bidders
    return tuple(
        ReceivedRow(
            case.name(admission.bidder), ids.get(admission.bidder, ""), admission.admitted, admission.bidder in chosen
        )
        for admission in sorted(case.admissions, key=lambda admission: admission.bidder)
    )


def excluded_rows(case: DecisionCase) -> tuple[GroundsRow, ...]:
    """Tenders that are not compared, with the grounds of their rejection."""
    names = names_of(case)
    return tuple(
        GroundsRow(case.name(admission.bidder), tuple(ground(each, names) for each in blocking(admission.findings)))
        for admission in sorted(case.admissions, key=lambda admission: admission.bidder)
        if not admission.admitted
    )


def remark_rows(case: DecisionCase) -> tuple[GroundsRow, ...]:
    """Compared tenders in which something was noticed that does not stop them."""
    names = names_of(case)
    return tuple(
        GroundsRow(case.name(admission.bidder), tuple(ground(each, names) for each in admission.findings))
        for admission in sorted(case.admissions, key=lambda admission: admission.bidder)
        if admission.admitted and admission.findings
    )


def comparison_rows(case: DecisionCase) -> tuple[ComparisonRow, ...]:
    """The comparison table, best first."""
    leaves = case.publication.tender.award.leaves()
    chosen = case.selection.chosen.bidders
    return tuple(
        ComparisonRow(
            bid.rank,
            bid.name,
            bid.comparison_price,
            tuple(line_of(bid, leaf).points for leaf in leaves),
            bid.total,
            bid.bidder in chosen,
        )
        for bid in case.sheet.bids
    )


def reasons(case: DecisionCase) -> tuple[BidReasons, ...]:
    """Words for every quality score, best bid first."""
    rows = leaf_rows(case, CriterionKind.QUALITY)
    return tuple(BidReasons(bid.name, tuple(_reason(bid, row) for row in rows)) for bid in case.sheet.bids)


def set_rows(case: DecisionCase, sets: Iterable[ProviderSet]) -> tuple[SetRow, ...]:
    """`sets` with names and with their obstacles in words."""
    return tuple(
        SetRow(
            tuple(case.name(bidder) for bidder in each.bidders),
            each.points,
            each.quality,
            each.price,
            tuple(obstacle_words(obstacle, each, case) for obstacle in each.obstacles),
            each.bidders == case.selection.chosen.bidders,
        )
        for each in sets
    )


def capacity_rows(case: DecisionCase) -> tuple[CapacityRow, ...]:
    """Capacities of the chosen providers, best first."""
    cap = case.publication.tender.framework.client_cap
    totals = {bid.bidder: bid.capacity_total for bid in case.bids if bid.capacity_total is not None}
    return tuple(
        CapacityRow(bid.name, totals[bid.bidder], min(totals[bid.bidder], cap), _planned(case, bid.bidder))
        for bid in chosen_bids(case)
    )


def coverage_rows(case: DecisionCase) -> tuple[CoverageRow, ...]:
    """The planned places by area and group; cells without forecast clients are left out."""
    tender = case.publication.tender
    planned = {(place.bidder, place.area, place.group): place.clients for place in case.selection.places}
    rows = []
    for area in tender.areas:
        for group in tender.groups:
            places = tuple(planned.get((bid.bidder, area.id, group.id), 0) for bid in chosen_bids(case))
            need = group.clients.get(area.id, 0)
            if need or any(places):
                rows.append(CoverageRow(area.name, group.name, need, places, sum(places)))
    return tuple(rows)


def chosen_bids(case: DecisionCase) -> tuple[ScoredBid, ...]:
    """The chosen bids, best first."""
    return tuple(bid for bid in case.sheet.bids if bid.bidder in case.selection.chosen.bidders)


def leaf_rows(case: DecisionCase, kind: CriterionKind) -> tuple[CriterionRow, ...]:
    """The numbered criteria of `kind`, in the order of the tender."""
    return tuple(row for row in criterion_rows(case.publication.tender.award.criteria) if row.criterion.kind is kind)


def line_of(bid: ScoredBid, criterion: Criterion) -> ScoreLine:
    """The line of `bid` on `criterion`; `check_case` has made sure that there is one."""
    return next(line for line in bid.lines if line.criterion == criterion.id)


def _reason(bid: ScoredBid, row: CriterionRow) -> ReasonRow:
    criterion, line = row.criterion, line_of(bid, row.criterion)
    level = next(level for level in criterion.scale if level.value == line.value)
    return ReasonRow(
        row.number, criterion.name, level.value, level.description, line.points, criterion.weight, line.reason
    )


def _planned(case: DecisionCase, bidder: str) -> int:
    return sum(place.clients for place in case.selection.places if place.bidder == bidder)
