"""The notice of the preliminary market consultation: what is published in Hilma so that anybody may take part.

Rules PMC-01–PMC-07: it is no call for tenders, everybody gets the same material and time, answers become public, taking
part neither helps nor harms.
"""

from __future__ import annotations

from dataclasses import dataclass

from market_dialogue.drafts import dialogue_of, draft_notice
from tender.documents.document import LAYOUT, Document, Stage
from tender.language import Text
from tender.model.groups import Area
from tender.model.publication import Publication
from tender.model.questions import Dialogue
from tender.model.tender import Buyer, Object, Regime
from tender.model.timetable import Timetable

NOTICE_SUBTYPE = "E1"
"""The eForms subtype of a pre-market consultation notice (eForms SDK 1.15, notice type ``pmc``)."""


@dataclass(frozen=True, slots=True)
class NoticeContext:
    """What the notice of the market consultation prints.

    Attributes:
        title: Name of the planned procurement.
        buyer: The contracting authority, also the controller of the contact persons' data.
        full_regime: Whether the full EU part of the procurement act applies, so that its sections 65–66 may be cited.
        subject: What is planned to be bought.
        areas: The areas.
        timetable: When production is meant to begin.
        dialogue: Questions, dates, reply address and publicity.
        attachments: What travels with the invitation; empty when nothing does.
        subtype: The eForms subtype of the notice.
    """

    title: Text
    buyer: Buyer
    full_regime: bool
    subject: Object
    areas: tuple[Area, ...]
    timetable: Timetable
    dialogue: Dialogue
    attachments: tuple[Text, ...]
    subtype: str


def notice_context(publication: Publication) -> NoticeContext:
    """The values of the notice of the market consultation of `publication`'s tender.

    Raises:
        UsageError: The tender declares no market dialogue.
    """
    tender = publication.tender
    dialogue = dialogue_of(tender)
    return NoticeContext(
        title=tender.title,
        buyer=tender.buyer,
        full_regime=tender.procedure.regime is Regime.EU,
        subject=tender.object,
        areas=tender.areas,
        timetable=tender.timetable,
        dialogue=dialogue,
        attachments=dialogue.attachments,
        subtype=NOTICE_SUBTYPE,
    )


CONSULTATION_NOTICE = Document(
    id="market-consultation-notice",
    title=Text(
        "Ilmoitus markkinakartoituksesta",
        "Annons om marknadsundersökning",
        "Notice of preliminary market consultation",
    ),
    context=notice_context,
    clauses="market-consultation-notice",
    layout=LAYOUT,
    stage=Stage.DIALOGUE,
    notice=draft_notice,
)
