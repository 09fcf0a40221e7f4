"""Rows of the tables that documents print: computed from the tender, typed, not formatted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tender.language import NO_TEXT, Text
from tender.model.criteria import AwardModel, Criterion, CriterionKind, Level, RoundingPoint
from tender.model.groups import Area, RiskGroup
from tender.model.prices import PriceForm, PricePart, PriceRange
from tender.money import exact, round_half_up

_PERCENT = 100

PROFILE_DECIMALS = 1
"""Decimals of the figures that `profile_rows` computes."""


@dataclass(frozen=True, slots=True)
class VolumeRow:
    """Forecast clients of one group, or of all.

    Attributes:
        name: Name of the group; empty for the sum.
        clients: Clients in each area, in the order of the areas.
        total: Clients in all areas.
    """

    name: Text
    clients: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class YearRow:
    """Announced volumes of one group in a year, or of all groups.

    Attributes:
        name: Name of the group; empty for the sum.
        client_months: Client-months.
        work_hours: Verified work hours.
    """

    name: Text
    client_months: int
    work_hours: int


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """What the announced volumes of one group say of it: figures that a bidder would otherwise compute itself.

    Attributes:
        name: Name of the group; empty for all groups.
        clients: Forecast clients at a time.
        share: Their share of all clients, percent, rounded half-up to `PROFILE_DECIMALS`.
        months_per_client: Client-months in a year for each forecast client, rounded likewise.
        hours_per_month: Work hours for each client-month, rounded likewise.
    """

    name: Text
    clients: int
    share: Decimal
    months_per_client: Decimal
    hours_per_month: Decimal


@dataclass(frozen=True, slots=True)
class GroupPrice:
    """The range of one group's unit price.

    Attributes:
        name: Name of the group.
        weight: Announced weight; ``None`` when a price is tendered for the group itself.
        lowest: Unit price at the lower end, rounded as announced.
        highest: Unit price at the upper end, rounded as announced.
        reference: The buyer's own price inside the range; ``None`` when not announced.
    """

    name: Text
    weight: Decimal | None
    lowest: Decimal
    highest: Decimal
    reference: Decimal | None


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One row of the tree of criteria.

    Attributes:
        number: Its number in the tree: ``2`` or ``2.1``.
        criterion: The criterion.
        branch: Whether it only holds sub-criteria.
        depth: 0 for the top level.
    """

    number: str
    criterion: Criterion
    branch: bool
    depth: int


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level of a scale with the points that it earns.

    Attributes:
        level: The announced level.
        points: Points of the criterion, rounded half-up where the method rounds each criterion, else exact.
        acceptable: Whether a tender with this level stays in the comparison.
    """

    level: Level
    points: Decimal | Fraction
    acceptable: bool


@dataclass(frozen=True, slots=True)
class QualityRow:
    """One quality criterion with its scale.

    Attributes:
        number: Its number in the tree.
        criterion: The criterion.
        subject: Subject of the statement about it.
        levels: Its levels with their points, lowest first.
    """

    number: str
    criterion: Criterion
    subject: str
    levels: tuple[LevelRow, ...]


def volume_rows(groups: Iterable[RiskGroup], areas: tuple[Area, ...]) -> tuple[VolumeRow, ...]:
    """Forecast clients group by group."""
    return tuple(
        VolumeRow(group.name, tuple(group.clients.get(area.id, 0) for area in areas), group.client_total)
        for group in groups
    )


def volume_sum(rows: tuple[VolumeRow, ...]) -> VolumeRow:
    """All groups together."""
    columns = zip(*(row.clients for row in rows), strict=True)
    return VolumeRow(NO_TEXT, tuple(sum(column) for column in columns), sum(row.total for row in rows))


def year_rows(groups: Iterable[RiskGroup]) -> tuple[YearRow, ...]:
    """Announced yearly volumes group by group."""
    return tuple(YearRow(group.name, group.client_months, group.work_hours) for group in groups)


def year_sum(rows: tuple[YearRow, ...]) -> YearRow:
    """All groups together."""
    return YearRow(NO_TEXT, sum(row.client_months for row in rows), sum(row.work_hours for row in rows))


def profile_rows(groups: Iterable[RiskGroup]) -> tuple[ProfileRow, ...]:
    """The profile of every group, and of all groups together in the last row; rounded half-up."""
    known = tuple(groups)
    everybody = sum(group.client_total for group in known)
    months, hours = sum(group.client_months for group in known), sum(group.work_hours for group in known)
    figures = [(group.name, group.client_total, group.client_months, group.work_hours) for group in known]
    return tuple(_profile(*figure, everybody) for figure in (*figures, (NO_TEXT, everybody, months, hours)))


def _profile(name: Text, clients: int, months: int, hours: int, everybody: int) -> ProfileRow:
    def ratio(part: int, whole: int, scale: int = 1) -> Decimal:
        return round_half_up(Fraction(part * scale, whole) if whole else Fraction(0), PROFILE_DECIMALS)

    return ProfileRow(name, clients, ratio(clients, everybody, _PERCENT), ratio(months, clients), ratio(hours, months))


def group_prices(part: PricePart, groups: Iterable[RiskGroup]) -> tuple[GroupPrice, ...]:
    """The range of each group's unit price, groups in the order of the tender."""
    if part.form is PriceForm.BASE_TIMES_WEIGHT and part.base is not None and part.weights is not None:
        base, weights = part.base, _aligned(part.weights)
        return tuple(
            _weighted(group.name, base, weights[group.id], part.unit_decimals)
            for group in groups
            if group.id in weights
        )
    ranges = part.groups or {}
    return tuple(
        GroupPrice(group.name, None, ranges[group.id].lowest, ranges[group.id].highest, ranges[group.id].reference)
        for group in groups
        if group.id in ranges
    )


def _aligned(weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """`weights` with equally many decimals, so that they stand under one another: 0,9 · 1,0 · 1,2."""
    decimals = max(-int(weight.as_tuple().exponent) for weight in weights.values())
    return {group: weight.quantize(Decimal(1).scaleb(-decimals)) for group, weight in weights.items()}


def _weighted(name: Text, base: PriceRange, weight: Decimal, decimals: int) -> GroupPrice:
    def unit(price: Decimal) -> Decimal:
        return round_half_up(exact(price) * exact(weight), decimals)

    reference = None if base.reference is None else unit(base.reference)
    return GroupPrice(name, weight, unit(base.lowest), unit(base.highest), reference)


def criterion_rows(criteria: Iterable[Criterion], prefix: str = "", depth: int = 0) -> Iterator[CriterionRow]:
    """The tree of criteria, parents before their children, numbered."""
    for place, criterion in enumerate(criteria, start=1):
        number = f"{prefix}{place}"
        yield CriterionRow(number, criterion, criterion.kind is CriterionKind.BRANCH, depth)
        yield from criterion_rows(criterion.criteria, f"{number}.", depth + 1)


def quality_rows(award: AwardModel) -> tuple[QualityRow, ...]:
    """Every quality criterion with its scale."""
    return tuple(
        QualityRow(row.number, row.criterion, f"award.criteria.{row.criterion.id}", _levels(award, row.criterion))
        for row in criterion_rows(award.criteria)
        if row.criterion.kind is CriterionKind.QUALITY
    )


def _levels(award: AwardModel, criterion: Criterion) -> tuple[LevelRow, ...]:
    ordered = sorted(criterion.scale, key=lambda level: level.value)
    return tuple(
        LevelRow(level, _points(award, criterion, level), criterion.minimum is None or level.value >= criterion.minimum)
        for level in ordered
    )


def _points(award: AwardModel, criterion: Criterion, level: Level) -> Decimal | Fraction:
    found = exact(criterion.weight) * exact(level.share) / _PERCENT
    if award.rounding.at is RoundingPoint.CRITERION:
        return round_half_up(found, award.rounding.decimals)
    return found
