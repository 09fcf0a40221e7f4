"""What the open data chapter prints of the grouping of clients: the whole points table, and the model card."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tender.language import Text
from tender.model.grouping import Grouping, GroupingMethod
from tender.model.model_card import CardBand, ModelCard, Share
from tender.model.open_data import Breakdown
from tender.model.tender import Tender

NOT_SHOWN = "–"
"""What stands for a share of too few clients."""


@dataclass(frozen=True, slots=True)
class PointsRow:
    """One category of a factor.

    Attributes:
        factor: The factor's words, in its first row; ``None`` in the others.
        category: The category's words.
        points: Its points, or its coefficient.
    """

    factor: Text | None
    category: Text
    points: Decimal


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """One step of the scale.

    Attributes:
        points: The sums of points that it holds for.
        likelihood: The likelihood, per cent.
        group: Words of the group that it leads to.
    """

    points: str
    likelihood: Decimal
    group: Text


@dataclass(frozen=True, slots=True)
class GroupLimit:
    """One risk group.

    Attributes:
        name: Its words.
        lowest: Its lowest likelihood, per cent.
    """

    name: Text
    lowest: Decimal


@dataclass(frozen=True, slots=True)
class GroupingPage:
    """The grouping as it is printed.

    Attributes:
        points: Whether it is a points table; else a logistic model.
        horizon: Months within which work must be found.
        rows: Every category of every factor.
        scale: The steps of the scale; none for a logistic model.
        limits: The risk groups with their limits.
        intercept: Constant of a logistic model; 0 for a points table.
        decimals: Decimals of a logistic likelihood.
    """

    points: bool
    horizon: int
    rows: tuple[PointsRow, ...]
    scale: tuple[ScaleRow, ...]
    limits: tuple[GroupLimit, ...]
    intercept: Decimal
    decimals: int


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One factor of the worked example.

    Attributes:
        factor: The factor's words.
        category: The category's words.
        points: Its points, or its coefficient.
    """

    factor: Text
    category: Text
    points: Decimal


@dataclass(frozen=True, slots=True)
class BandRow:
    """One row of the calibration.

    Attributes:
        band: Sums of points, or likelihoods in per cent.
        expected: Likelihood that the grouping gives.
        clients: Share of the clients, per cent.
        found: Share of these that found work, per cent.
    """

    band: str
    expected: Decimal
    clients: str
    found: str


@dataclass(frozen=True, slots=True)
class FitRow:
    """A risk group's size and outcome.

    Attributes:
        name: Its words.
        clients: Share of the clients, per cent.
        found: Share of these that found work, per cent.
    """

    name: Text
    clients: str
    found: str


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """Errors for some clients.

    Attributes:
        breakdown: ``sex``, ``age`` or ``education``.
        label: Words of the category.
        false_easy: Share of false easy, per cent.
        false_hard: Share of false hard, per cent.
    """

    breakdown: Breakdown
    label: Text
    false_easy: str
    false_hard: str


@dataclass(frozen=True, slots=True)
class CardPage:
    """The model card as it is printed; shares are text, for they are single numbers, ranges or not shown.

    Attributes:
        clients: Clients behind the figures, rounded.
        rounded_to: To what they are rounded.
        threshold: Smallest count of persons that may be known.
        example: The worked example, factor by factor.
        total: Its sum.
        likelihood: Its likelihood, per cent.
        group: Words of its group.
        limit: The limit of that group.
        brier: Brier score; ``None`` when too few clients were followed.
        brier_base: The same for one likelihood for all; ``None`` likewise.
        slope: Slope of the calibration; ``None`` without it.
        intercept: Intercept of the calibration; ``None`` without it.
        bands: Calibration.
        groups: Sizes and outcomes of the groups.
        errors: Errors by sex, age and education.
        near: Share of the clients near a limit.
        corrected: Share of the clients whose group a person corrected.
    """

    clients: int
    rounded_to: int
    threshold: int
    example: tuple[ExampleRow, ...]
    total: Decimal
    likelihood: Decimal
    group: Text
    limit: Decimal
    brier: Decimal | None
    brier_base: Decimal | None
    slope: Decimal | None
    intercept: Decimal | None
    bands: tuple[BandRow, ...]
    groups: tuple[FitRow, ...]
    errors: tuple[ErrorRow, ...]
    near: str
    corrected: str


def grouping_page(tender: Tender) -> GroupingPage | None:
    """The grouping that `tender` declares, to be printed whole; ``None`` when it declares none."""
    grouping = tender.open_data.grouping if tender.open_data else None
    if grouping is None:
        return None
    return GroupingPage(
        points=grouping.method is GroupingMethod.POINTS,
        horizon=grouping.horizon,
        rows=tuple(
            PointsRow(factor.name if number == 0 else None, category.name, category.points)
            for factor in grouping.factors
            for number, category in enumerate(factor.categories)
        ),
        scale=_scale(grouping, tender),
        limits=tuple(GroupLimit(group.name, grouping.limits[group.id]) for group in tender.groups),
        intercept=grouping.intercept or Decimal(0),
        decimals=grouping.decimals,
    )


def _scale(grouping: Grouping, tender: Tender) -> tuple[ScaleRow, ...]:
    ends = [*(step.points - 1 for step in grouping.scale[1:]), int(grouping.highest)]
    return tuple(
        ScaleRow(_span(step.points, end), step.likelihood, tender.group(grouping.group_at(step.likelihood)).name)
        for step, end in zip(grouping.scale, ends, strict=False)
    )


def _span(first: int, last: int) -> str:
    return str(first) if last <= first else f"{first}–{last}"


def card_page(card: ModelCard | None, tender: Tender) -> CardPage | None:
    """The model card of the annex, to be printed; ``None`` when the annex has none."""
    if card is None:
        return None
    example, grouping = card.example, card.grouping
    return CardPage(
        clients=card.clients,
        rounded_to=card.rounded_to,
        threshold=card.threshold,
        example=_example(card),
        total=example.total,
        likelihood=example.likelihood,
        group=tender.group(example.group).name,
        limit=grouping.limits[example.group],
        brier=card.brier,
        brier_base=card.brier_base,
        slope=card.slope,
        intercept=card.intercept,
        bands=tuple(
            BandRow(_band(band), band.expected, share_text(band.clients), share_text(band.found)) for band in card.bands
        ),
        groups=tuple(
            FitRow(tender.group(each.group).name, share_text(each.clients), share_text(each.found))
            for each in card.groups
        ),
        errors=tuple(
            ErrorRow(each.breakdown, each.label, share_text(each.false_easy), share_text(each.false_hard))
            for each in card.errors
        ),
        near=share_text(card.near),
        corrected=share_text(card.corrected),
    )


def _example(card: ModelCard) -> tuple[ExampleRow, ...]:
    rows = []
    for factor, code in zip(card.grouping.factors, card.example.categories, strict=True):
        category = next(each for each in factor.categories if each.code == code)
        rows.append(ExampleRow(factor.name, category.name, category.points))
    return tuple(rows)


def _band(band: CardBand) -> str:
    return _span(int(band.least), int(band.most))


def share_text(share: Share) -> str:
    """A share as it is printed: a whole per cent, the range that it was rounded from, or that it is not shown.

    >>> share_text(Share(62, 1)), share_text(Share(60, 5)), share_text(Share(0, 20)), share_text(Share(None, 0))
    ('62', '57–63', '0–10', '–')
    """
    if share.percent is None:
        return NOT_SHOWN
    if share.step <= 1:
        return str(share.percent)
    least = max(0, (2 * share.percent - share.step) // 2)
    most = min(100, -(-(2 * share.percent + share.step) // 2))
    return f"{least}–{most}"
