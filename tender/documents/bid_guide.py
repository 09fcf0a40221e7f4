"""The context of the printed guide of the tender form: every cell that a bidder fills in, and what follows from it.

The cells are those of `tender.model.prices.price_cells` and the comparison price is that of the statement, so that the
form, the guide and the engine say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tender.documents.rows import (
    GroupPrice,
    VolumeRow,
    YearRow,
    group_prices,
    volume_rows,
    volume_sum,
    year_rows,
    year_sum,
)
from tender.language import Text
from tender.model.clauses import SuitabilityRequirement
from tender.model.criteria import Criterion
from tender.model.framework import Framework
from tender.model.groups import Area
from tender.model.prices import PriceForm, PriceModel, PricePart, PriceRange, PriceUnit, price_cells
from tender.model.publication import Publication
from tender.model.tender import Buyer, Tender
from tender.model.timetable import Timetable


@dataclass(frozen=True, slots=True)
class CellRow:
    """One price cell of the form.

    Attributes:
        number: Its number among the price cells, from 1.
        unit: What the price is for.
        group: Name of the group; ``None`` for a base price.
        range: The buyer's range, both ends allowed.
        decimals: Most decimals of the tendered price.
        unit_decimals: Decimals to which a group's unit price is rounded before it is multiplied.
    """

    number: int
    unit: PriceUnit
    group: Text | None
    range: PriceRange
    decimals: int
    unit_decimals: int


@dataclass(frozen=True, slots=True)
class GuideContext:
    """What the guide of the tender form prints.

    Attributes:
        title: Name of the procurement.
        buyer: The contracting authority.
        diary_number: Diary number of the case; empty before there is one.
        timetable: Until when questions and tenders come.
        cells: The price cells in the order of the form.
        prices: The price model: VAT, zero, rounding.
        weighted_capitation: Capitation by group when it follows from a base price; else empty.
        weighted_outcome: The same of the outcome price.
        framework: Number of providers and the client cap.
        areas: The areas, for the grid of capacity.
        volumes: Forecast clients by group and area, for the grid of capacity.
        volume_total: The same, all groups together.
        years: Announced yearly volumes by group, for the comparison price.
        year_total: The same, all groups together.
        ranked: Whether tenders are compared, so that there is a comparison price.
        suitability: Demands that are answered yes or no.
        annexes: Criteria that demand a document with the tender.
        award_hash: Hash of the award method that the form carries.
        payment_hash: Hash of the payment method that the form carries.
        version: Version of the call that the form belongs to.
        published: Day of this version.
    """

    title: Text
    buyer: Buyer
    diary_number: str
    timetable: Timetable
    cells: tuple[CellRow, ...]
    prices: PriceModel
    weighted_capitation: tuple[GroupPrice, ...]
    weighted_outcome: tuple[GroupPrice, ...]
    framework: Framework
    areas: tuple[Area, ...]
    volumes: tuple[VolumeRow, ...]
    volume_total: VolumeRow
    years: tuple[YearRow, ...]
    year_total: YearRow
    ranked: bool
    suitability: tuple[SuitabilityRequirement, ...]
    annexes: tuple[Criterion, ...]
    award_hash: str
    payment_hash: str
    version: int
    published: date


def guide_context(publication: Publication) -> GuideContext:
    """The context of the guide of the tender form of `publication`."""
    tender = publication.tender
    prices, ranked = tender.prices, not tender.framework.dynamic.admit_all_suitable
    volumes, years = volume_rows(tender.groups, tender.areas), year_rows(tender.groups)
    return GuideContext(
        title=tender.title,
        buyer=tender.buyer,
        diary_number=tender.diary_number,
        timetable=tender.timetable,
        cells=cell_rows(publication),
        prices=prices,
        weighted_capitation=_weighted(prices.capitation, tender),
        weighted_outcome=_weighted(prices.outcome, tender),
        framework=tender.framework,
        areas=tender.areas,
        volumes=volumes,
        volume_total=volume_sum(volumes),
        years=years,
        year_total=year_sum(years),
        ranked=ranked,
        suitability=tender.suitability,
        annexes=tender.award.demanded_annexes() if ranked else (),
        award_hash=publication.award_hash,
        payment_hash=publication.payment_hash,
        version=publication.version,
        published=publication.today,
    )


def cell_rows(publication: Publication) -> tuple[CellRow, ...]:
    """Every price cell of the form of `publication`, numbered."""
    tender = publication.tender
    names = {group.id: group.name for group in tender.groups}
    parts = {"capitation": tender.prices.capitation, "outcome": tender.prices.outcome}
    return tuple(
        CellRow(
            number,
            cell.unit,
            names[cell.group] if cell.group else None,
            cell.range,
            cell.decimals,
            parts[cell.part].unit_decimals,
        )
        for number, cell in enumerate(price_cells(tender.prices), start=1)
    )


def _weighted(part: PricePart, tender: Tender) -> tuple[GroupPrice, ...]:
    return group_prices(part, tender.groups) if part.form is PriceForm.BASE_TIMES_WEIGHT else ()
