"""The sample data annex of the dialogue (A1, A9): tables of the client groups as an example of what the call will hold.

The figures are those of the tender as drafted; every page says that drafts do not bind the buyer (A2).
"""

from __future__ import annotations

from dataclasses import dataclass

from market_dialogue.drafts import dialogue_of, draft_notice
from tender.documents.document import LAYOUT, Document, Stage
from tender.documents.forecast import Forecast, forecast_of
from tender.documents.open_data import OPEN_DATA_TEXT
from tender.language import NO_TEXT, Text
from tender.model.open_data import OpenTable
from tender.model.publication import Publication
from tender.model.questions import Dialogue
from tender.model.tender import Buyer


@dataclass(frozen=True, slots=True)
class SampleContext:
    """What the sample data annex prints.

    Attributes:
        title: Name of the planned procurement.
        buyer: The contracting authority.
        dialogue: Dates and reply address of the dialogue.
        forecast: Clients and volumes as drafted.
        flow_tables: Tables that the buyer declares for the call; empty when it has declared none.
        description: The planned data in the buyer's own words; empty when there is no such text.
        data_questions: Numbers of the questions that ask which data are needed (Q1, Q5).
    """

    title: Text
    buyer: Buyer
    dialogue: Dialogue
    forecast: Forecast
    flow_tables: tuple[OpenTable, ...]
    description: Text
    data_questions: tuple[int, ...]


def sample_context(publication: Publication) -> SampleContext:
    """The values of the sample data annex of `publication`'s tender.

    Raises:
        UsageError: The tender declares no market dialogue.
    """
    tender = publication.tender
    dialogue = dialogue_of(tender)
    return SampleContext(
        title=tender.title,
        buyer=tender.buyer,
        dialogue=dialogue,
        forecast=forecast_of(tender),
        flow_tables=tender.open_data.tables if tender.open_data else (),
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
