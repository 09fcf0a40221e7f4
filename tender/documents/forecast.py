"""The buyer's forecast of clients and volumes, which the call's open data and the dialogue's sample data both print."""

from __future__ import annotations

from dataclasses import dataclass

from tender.documents.rows import (
    ProfileRow,
    VolumeRow,
    YearRow,
    profile_rows,
    volume_rows,
    volume_sum,
    year_rows,
    year_sum,
)
from tender.language import Language, Text
from tender.model.annex import TOTAL, AnnexCell, AnnexTable, Axis, Category, CellStatus
from tender.model.framework import AllocationRule, Industry
from tender.model.groups import Area, RiskGroup
from tender.model.open_data import Breakdown, Quantity
from tender.model.tender import Tender
from tender.words import words

VOLUMES = "volumes"
"""Id of the table of forecast clients by area and group."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the buyer announces of its clients.

    Attributes:
        areas: The areas.
        groups: The risk groups with their definitions.
        volumes: Clients by group and area.
        volume_total: The same, all groups together.
        years: Yearly volumes by group.
        year_total: The same, all groups together.
        profiles: Figures that follow from the volumes, group by group, all groups last.
        industries: Industries with their clients; empty when clients choose.
    """

    areas: tuple[Area, ...]
    groups: tuple[RiskGroup, ...]
    volumes: tuple[VolumeRow, ...]
    volume_total: VolumeRow
    years: tuple[YearRow, ...]
    year_total: YearRow
    profiles: tuple[ProfileRow, ...]
    industries: tuple[Industry, ...]


def forecast_of(tender: Tender) -> Forecast:
    """The forecast of `tender`."""
    volumes, years = volume_rows(tender.groups, tender.areas), year_rows(tender.groups)
    return Forecast(
        areas=tender.areas,
        groups=tender.groups,
        volumes=volumes,
        volume_total=volume_sum(volumes),
        years=years,
        year_total=year_sum(years),
        profiles=profile_rows(tender.groups),
        industries=industries_of(tender),
    )


def industries_of(tender: Tender) -> tuple[Industry, ...]:
    """The industries of `tender`; none when clients choose their provider."""
    return tender.choice.industries if tender.choice.rule is AllocationRule.INDUSTRY else ()


def volume_table(tender: Tender) -> AnnexTable:
    """Forecast clients by area and group, as charts take a table."""
    areas = {area.id: area.name for area in tender.areas}
    groups = {group.id: group.name for group in tender.groups}
    counts = {(area, group.id): group.clients.get(area, 0) for area in areas for group in tender.groups}
    cells = [
        _cell((area, group), sum(n for (a, g), n in counts.items() if area in {a, TOTAL} and group in {g, TOTAL}))
        for area in (TOTAL, *areas)
        for group in (TOTAL, *groups)
    ]
    return AnnexTable(
        id=VOLUMES,
        title=_word("open-data.volumes"),
        quantity=Quantity.STOCK,
        unit=_word("open-data.clients"),
        axes=(
            _axis(Breakdown.MUNICIPALITY, _word("open-data.area"), areas),
            _axis(Breakdown.GROUP, _word("open-data.group"), groups),
        ),
        cells=tuple(cells),
    )


def _cell(at: tuple[str, ...], value: int) -> AnnexCell:
    return AnnexCell(at, value, CellStatus.SHOWN if value else CellStatus.ZERO)


def _axis(breakdown: Breakdown, label: Text, parts: dict[str, Text]) -> Axis:
    whole = Category(TOTAL, _word("open-data.all"))
    return Axis(breakdown.value, label, (whole, *(Category(code, name, TOTAL) for code, name in parts.items())))


def _word(term: str) -> Text:
    """A term in every language."""
    return Text(*(words(language).term(term) for language in (Language.FI, Language.SV, Language.EN)))
