"""The context of the open data chapter: what the annex holds, where it comes from, and the tables themselves (A9).

An entrant must be able to price the service from the annex alone (KHO 2019:109). Every table that is printed has one
`TableNote` with its source, day and use; a richer annex adds notes and tables without a change of those that are there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
from tender.language import NO_TEXT, Text
from tender.model.framework import AllocationRule, Industry
from tender.model.groups import Area, RiskGroup
from tender.model.publication import Publication
from tender.model.tender import Buyer, Tender

OPEN_DATA_TEXT = "open-data"
"""Id of the tender's text in which the buyer describes its material."""


@dataclass(frozen=True, slots=True)
class TableNote:
    """What a reader must know of one table of the annex.

    Attributes:
        id: Id of the table; its words are the terms ``open-data.table.…``, ``open-data.source.…``, ``open-data.use.…``.
        day: Day on which its figures were fixed.
    """

    id: str
    day: date


@dataclass(frozen=True, slots=True)
class OpenDataContext:
    """What the open data chapter prints.

    Attributes:
        title: Name of the procurement.
        buyer: The contracting authority, which answers for the figures.
        notes: Source, day and use of every table of the chapter.
        areas: The areas.
        groups: The risk groups with their definitions.
        volumes: Forecast clients by group and area.
        volume_total: The same, all groups together.
        years: Announced yearly volumes by group.
        year_total: The same, all groups together.
        profiles: Figures that follow from the volumes, group by group, all groups last.
        industries: Industries with their forecast clients; empty when clients choose.
        description: The material in the buyer's own words; empty when there is no such text.
        ranked: Whether the yearly volumes are the factors of a comparison price.
        version: Version of the annex.
        published: Day of this version.
    """

    title: Text
    buyer: Buyer
    notes: tuple[TableNote, ...]
    areas: tuple[Area, ...]
    groups: tuple[RiskGroup, ...]
    volumes: tuple[VolumeRow, ...]
    volume_total: VolumeRow
    years: tuple[YearRow, ...]
    year_total: YearRow
    profiles: tuple[ProfileRow, ...]
    industries: tuple[Industry, ...]
    description: Text
    ranked: bool
    version: int
    published: date


def open_data_context(publication: Publication) -> OpenDataContext:
    """The context of the open data chapter of `publication`."""
    tender = publication.tender
    volumes, years = volume_rows(tender.groups, tender.areas), year_rows(tender.groups)
    return OpenDataContext(
        title=tender.title,
        buyer=tender.buyer,
        notes=tuple(TableNote(table, publication.today) for table in table_ids(tender)),
        areas=tender.areas,
        groups=tender.groups,
        volumes=volumes,
        volume_total=volume_sum(volumes),
        years=years,
        year_total=year_sum(years),
        profiles=profile_rows(tender.groups),
        industries=industries_of(tender),
        description=(tender.texts or {}).get(OPEN_DATA_TEXT, NO_TEXT),
        ranked=not tender.framework.dynamic.admit_all_suitable,
        version=publication.version,
        published=publication.today,
    )


def industries_of(tender: Tender) -> tuple[Industry, ...]:
    """The industries of `tender`; none when clients choose their provider."""
    return tender.choice.industries if tender.choice.rule is AllocationRule.INDUSTRY else ()


def table_ids(tender: Tender) -> tuple[str, ...]:
    """Ids of the tables that the chapter of `tender` prints, in their order."""
    industries = ("industries",) if industries_of(tender) else ()
    return ("groups", "volumes", *industries, "years", "profiles")
