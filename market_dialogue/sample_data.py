"""The sample data annex of the dialogue (A1, A9): tables of the client groups as an example of what the call will hold.

The figures are those of the tender as drafted; every page says that drafts do not bind the buyer (A2).
"""

from __future__ import annotations

from dataclasses import dataclass

from market_dialogue.drafts import dialogue_of, draft_notice
from tender.documents.document import LAYOUT, Document, Stage
from tender.documents.open_data import OPEN_DATA_TEXT, industries_of
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
from tender.model.framework import Industry
from tender.model.groups import Area, RiskGroup
from tender.model.publication import Publication
from tender.model.questions import Dialogue
from tender.model.tender import Buyer

FLOW_TABLES = ("stock", "started", "ended", "hours", "vacancies")
"""Flow tables that the call's open data are planned to hold (A9); words: ``sample-data.flow.…``, ``.columns.…``."""


@dataclass(frozen=True, slots=True)
class SampleContext:
    """What the sample data annex prints.

    Attributes:
        title: Name of the planned procurement.
        buyer: The contracting authority.
        dialogue: Dates and reply address of the dialogue.
        areas: The areas.
        groups: The risk groups with their definitions as drafted.
        volumes: Drafted number of clients by group and area.
        volume_total: The same, all groups together.
        years: Drafted yearly volumes by group.
        year_total: The same, all groups together.
        profiles: Figures that follow from the volumes, all groups last.
        industries: Industries with their clients; empty when clients choose.
        flow_tables: Ids of the flow tables that are planned for the call.
        description: The planned data in the buyer's own words; empty when there is no such text.
        data_questions: Numbers of the questions that ask which data are needed (Q1, Q5).
    """

    title: Text
    buyer: Buyer
    dialogue: Dialogue
    areas: tuple[Area, ...]
    groups: tuple[RiskGroup, ...]
    volumes: tuple[VolumeRow, ...]
    volume_total: VolumeRow
    years: tuple[YearRow, ...]
    year_total: YearRow
    profiles: tuple[ProfileRow, ...]
    industries: tuple[Industry, ...]
    flow_tables: tuple[str, ...]
    description: Text
    data_questions: tuple[int, ...]


def sample_context(publication: Publication) -> SampleContext:
    """The values of the sample data annex of `publication`'s tender.

    Raises:
        UsageError: The tender declares no market dialogue.
    """
    tender = publication.tender
    dialogue = dialogue_of(tender)
    volumes, years = volume_rows(tender.groups, tender.areas), year_rows(tender.groups)
    return SampleContext(
        title=tender.title,
        buyer=tender.buyer,
        dialogue=dialogue,
        areas=tender.areas,
        groups=tender.groups,
        volumes=volumes,
        volume_total=volume_sum(volumes),
        years=years,
        year_total=year_sum(years),
        profiles=profile_rows(tender.groups),
        industries=industries_of(tender),
        flow_tables=FLOW_TABLES,
        description=(tender.texts or {}).get(OPEN_DATA_TEXT, NO_TEXT),
        data_questions=tuple(q.number for q in dialogue.questions if f"texts.{OPEN_DATA_TEXT}" in q.affects),
    )


SAMPLE_DATA = Document(
    id="dialogue-sample-data",
    title=Text(
        "Esimerkkiaineisto asiakasryhmistä",
        "Exempelmaterial om kundgrupperna",
        "Sample data on the client groups",
    ),
    context=sample_context,
    clauses="dialogue-sample-data",
    layout=LAYOUT,
    stage=Stage.DIALOGUE,
    notice=draft_notice,
)
