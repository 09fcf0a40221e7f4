"""The context of the open data chapter: what the annex holds, where it comes from, and the tables themselves (A9).

An entrant must be able to price the service from the annex alone (KHO 2019:109). The forecast's tables have one
`TableNote` each with source, day and use; the register's tables come from the built annex and carry their own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from tender.documents.chapter import PriceBasis, chart_plan, flow_months, price_bases
from tender.documents.forecast import Forecast, forecast_of, industries_of, volume_table
from tender.documents.grouping import CardPage, GroupingPage, card_page, grouping_page
from tender.language import NO_TEXT, Text
from tender.model.annex import Annex, AnnexTable
from tender.model.open_data import Guard, OpenTable, Quantity
from tender.model.publication import Publication
from tender.model.tender import Buyer, Tender

OPEN_DATA_TEXT = "open-data"
"""Id of the tender's text in which the buyer describes its material."""


@dataclass(frozen=True, slots=True)
class TableNote:
    """What a reader must know of one table of the forecast.

    Attributes:
        id: Id of the table; its words are the terms ``open-data.table.…``, ``open-data.source.…``, ``open-data.use.…``.
        day: Day on which its figures were fixed.
    """

    id: str
    day: date


@dataclass(frozen=True, slots=True)
class NotedFact:
    """One further fact of the annex.

    Attributes:
        id: Its id; its words are the term ``annex.note.<id>``.
        value: Its value: a number where it is one, so that each language writes it its own way.
    """

    id: str
    value: Decimal | str


@dataclass(frozen=True, slots=True)
class OpenDataContext:
    """What the open data chapter prints.

    Attributes:
        title: Name of the procurement.
        buyer: The contracting authority, which answers for the figures.
        notes: Source, day and use of every table of the forecast.
        forecast: The buyer's forecast of clients and volumes.
        volume_chart: Forecast clients by area and group, to be drawn.
        annex: The register's tables; ``None`` before they are built, and where none are declared.
        pending: The declared tables while they are not built; empty afterwards.
        stocks: Tables of clients at one moment or at the ends of months.
        flows: Tables of spells that began or ended.
        amounts: Tables of hours.
        charts: By table, the axes that it is drawn along.
        bases: What the annex comes to in a year, group by group; empty where no stock is published by group.
        flow_months: Months of the flow period; 0 without an annex.
        figures: Numbers that the register's tables have, hidden ones included.
        rounded: Whether small counts are rounded; else they are hidden.
        gap: By how many percent the protection may hide more than the least possible; 0 when it is proven the least.
        facts_noted: Further facts of the annex.
        grouping: How a client comes into a risk group; ``None`` when the tender declares no grouping.
        card: How well that fits; ``None`` before the annex is built, and without a grouping.
        description: The material in the buyer's own words; empty when there is no such text.
        ranked: Whether the yearly volumes are the factors of a comparison price.
        version: Version of the annex.
        published: Day of this version.
    """

    title: Text
    buyer: Buyer
    notes: tuple[TableNote, ...]
    forecast: Forecast
    volume_chart: AnnexTable
    annex: Annex | None
    pending: tuple[OpenTable, ...]
    stocks: tuple[AnnexTable, ...]
    flows: tuple[AnnexTable, ...]
    amounts: tuple[AnnexTable, ...]
    charts: Mapping[str, tuple[str, ...]]
    bases: tuple[PriceBasis, ...]
    flow_months: int
    figures: int
    rounded: bool
    gap: Decimal
    facts_noted: tuple[NotedFact, ...]
    grouping: GroupingPage | None
    card: CardPage | None
    description: Text
    ranked: bool
    version: int
    published: date


def open_data_context(publication: Publication) -> OpenDataContext:
    """The context of the open data chapter of `publication`."""
    tender, annex = publication.tender, publication.annex
    tables = annex.tables if annex else ()
    return OpenDataContext(
        title=tender.title,
        buyer=tender.buyer,
        notes=tuple(TableNote(table, publication.today) for table in table_ids(tender)),
        forecast=forecast_of(tender),
        volume_chart=volume_table(tender),
        annex=annex,
        pending=tender.open_data.tables if tender.open_data and annex is None else (),
        stocks=_counting(tables, Quantity.STOCK),
        flows=_counting(tables, Quantity.INFLOW, Quantity.OUTFLOW),
        amounts=_counting(tables, Quantity.HOURS),
        charts=chart_plan(tables),
        bases=price_bases(annex) if annex else (),
        flow_months=flow_months(annex) if annex else 0,
        figures=sum(len(table.cells) for table in tables),
        rounded=annex is not None and annex.protected.guard is Guard.ROUND,
        gap=Decimal(annex.protected.gap if annex else 0) / 10,
        facts_noted=noted_facts(annex),
        grouping=grouping_page(tender),
        card=card_page(annex.model_card if annex else None, tender),
        description=(tender.texts or {}).get(OPEN_DATA_TEXT, NO_TEXT),
        ranked=not tender.framework.dynamic.admit_all_suitable,
        version=publication.version,
        published=publication.today,
    )


def _counting(tables: tuple[AnnexTable, ...], *quantities: Quantity) -> tuple[AnnexTable, ...]:
    """Those of `tables` that count one of `quantities`, in the order of the quantities."""
    return tuple(table for quantity in quantities for table in tables if table.quantity is quantity)


def noted_facts(annex: Annex | None) -> tuple[NotedFact, ...]:
    """The notes of `annex` in their order; what is written as a number becomes one."""
    notes = (annex.notes or {}) if annex else {}
    return tuple(NotedFact(name, _number(value)) for name, value in notes.items())


def _number(value: str) -> Decimal | str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return number if number.is_finite() else value


def table_ids(tender: Tender) -> tuple[str, ...]:
    """Ids of the forecast's tables in the chapter of `tender`, in their order."""
    industries = ("industries",) if industries_of(tender) else ()
    return ("groups", "volumes", *industries, "years", "profiles")
