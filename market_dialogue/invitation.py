"""The invitation to the market dialogue: its document and the values that it prints (A1–A3).

It is a market consultation, not a call for tenders (HL 65): every page carries the draft notice (A2), and price ranges
are not printed, because the drafts of the dialogue have none yet; preliminary weights are.
"""

from __future__ import annotations

from dataclasses import dataclass

from market_dialogue.account import DIALOGUE_SUMMARY
from market_dialogue.clarifications.document import CLARIFICATIONS
from market_dialogue.drafts import dialogue_of, draft_notice
from market_dialogue.memo import DIALOGUE_MEMO
from market_dialogue.notice import CONSULTATION_NOTICE
from market_dialogue.sample_data import SAMPLE_DATA
from tender.documents.agreement import WeightRow, weight_rows
from tender.documents.document import LAYOUT, Document, Stage
from tender.language import NO_TEXT, Text
from tender.model.clauses import Condition
from tender.model.framework import Framework
from tender.model.groups import Area, RiskGroup
from tender.model.indicators import Theme
from tender.model.prices import Billing
from tender.model.publication import Publication
from tender.model.questions import Dialogue
from tender.model.tender import Buyer, Regime
from tender.model.timetable import Timetable

CONCEPT = "concept"
"""Id of the tender's text that describes the concept with its six flows (A3)."""


@dataclass(frozen=True, slots=True)
class InvitationContext:
    """What the clauses of the invitation print.

    Attributes:
        title: Name of the planned procurement.
        buyer: The contracting authority.
        full_regime: Whether the full EU part of the procurement act applies, so that its sections 65–66 may be cited.
        description: What is planned to be bought.
        areas: The areas.
        groups: The risk groups.
        framework: Number of providers, clients and cap as drafted.
        timetable: When production is meant to begin.
        conditions: What the whole depends on.
        concept: The concept in the buyer's own words; empty when there is no such text.
        billing: Billing periods as drafted.
        weights: Preliminary weights; empty when both prices are tendered by group.
        themes: Themes that complementary indicators may take into account; empty without such a model.
        dialogue: Questions, dates, reply address and notices.
        attachments: What travels with the invitation; empty when nothing does.
        attachment_questions: Numbers of the questions that invite an attachment (Q4).
    """

    title: Text
    buyer: Buyer
    full_regime: bool
    description: Text
    areas: tuple[Area, ...]
    groups: tuple[RiskGroup, ...]
    framework: Framework
    timetable: Timetable
    conditions: tuple[Condition, ...]
    concept: Text
    billing: Billing
    weights: tuple[WeightRow, ...]
    themes: tuple[Theme, ...]
    dialogue: Dialogue
    attachments: tuple[Text, ...]
    attachment_questions: tuple[int, ...]


def invitation_context(publication: Publication) -> InvitationContext:
    """The values of the invitation of `publication`'s tender.

    Raises:
        UsageError: The tender declares no market dialogue.
    """
    tender = publication.tender
    dialogue = dialogue_of(tender)
    return InvitationContext(
        title=tender.title,
        buyer=tender.buyer,
        full_regime=tender.procedure.regime is Regime.EU,
        description=tender.object.description,
        areas=tender.areas,
        groups=tender.groups,
        framework=tender.framework,
        timetable=tender.timetable,
        conditions=tender.conditions,
        concept=(tender.texts or {}).get(CONCEPT, NO_TEXT),
        billing=tender.billing,
        weights=weight_rows(tender),
        themes=tuple(Theme) if tender.bonus_sanction else (),
        dialogue=dialogue,
        attachments=dialogue.attachments,
        attachment_questions=tuple(q.number for q in dialogue.questions if q.invites_attachment),
    )


INVITATION = Document(
    id="dialogue-invitation",
    title=Text("Kutsu markkinavuoropuheluun", "Inbjudan till marknadsdialog", "Invitation to market dialogue"),
    context=invitation_context,
    clauses="dialogue-invitation",
    layout=LAYOUT,
    stage=Stage.DIALOGUE,
    notice=draft_notice,
)
DOCUMENTS: tuple[Document, ...] = (
    CONSULTATION_NOTICE,
    INVITATION,
    SAMPLE_DATA,
    DIALOGUE_SUMMARY,
    DIALOGUE_MEMO,
    CLARIFICATIONS,
)
"""Documents of the market dialogue, for the entry point ``valinta.documents``."""
