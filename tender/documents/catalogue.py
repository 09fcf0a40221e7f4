"""The catalogue: which documents there are; the upper houses add theirs by entry point."""

from __future__ import annotations

from tender.documents.agreement import agreement_context
from tender.documents.appeal import appeal_context
from tender.documents.attachments import call_attachments
from tender.documents.bid_guide import guide_context
from tender.documents.client_choice import choice_context
from tender.documents.contexts import call_context
from tender.documents.division import division_context
from tender.documents.document import LAYOUT, Document, Stage
from tender.documents.interruption import interruption_context
from tender.documents.open_data import open_data_context
from tender.documents.payment_context import payment_context
from tender.documents.plan_templates import hours_context, plan_context
from tender.errors import UsageError
from tender.language import Text
from tender.plugins import Group, plugins

__all__ = [
    "APPEAL_INSTRUCTIONS",
    "BID_FORM_GUIDE",
    "CALL_FOR_TENDERS",
    "CLIENT_CHOICE",
    "DIVISION_OF_LABOUR",
    "FRAMEWORK_AGREEMENT",
    "HOURS_TRACKING_TEMPLATE",
    "IMPACT_PLAN_TEMPLATE",
    "INTERRUPTION_DECISION",
    "OPEN_DATA",
    "OWN",
    "PAYMENT_ANNEX",
    "Document",
    "Stage",
    "catalogue",
    "find_document",
]

CALL_FOR_TENDERS = Document(
    id="call-for-tenders",
    title=Text("Tarjouspyyntö", "Anbudsförfrågan", "Call for tenders"),
    context=call_context,
    clauses="call-for-tenders",
    layout=LAYOUT,
    stage=Stage.CALL,
    attachments=call_attachments,
)
PAYMENT_ANNEX = Document(
    id="payment-annex",
    title=Text("Hinta- ja maksuliite", "Pris- och betalningsbilaga", "Price and payment annex"),
    context=payment_context,
    clauses="payment-annex",
    layout=LAYOUT,
    stage=Stage.CALL,
)
FRAMEWORK_AGREEMENT = Document(
    id="framework-agreement",
    title=Text("Puitesopimusluonnos", "Utkast till ramavtal", "Draft framework agreement"),
    context=agreement_context,
    clauses="framework-agreement",
    layout=LAYOUT,
    stage=Stage.AGREEMENT,
)
BID_FORM_GUIDE = Document(
    id="bid-form-guide",
    title=Text("Tarjouslomakkeen täyttöohje", "Anvisning för anbudsblanketten", "Guide to the tender form"),
    context=guide_context,
    clauses="bid-form-guide",
    layout=LAYOUT,
    stage=Stage.CALL,
)
OPEN_DATA = Document(
    id="open-data",
    title=Text("Avoin data asiakasryhmistä", "Öppna data om kundgrupperna", "Open data on the client groups"),
    context=open_data_context,
    clauses="open-data",
    layout=LAYOUT,
    stage=Stage.CALL,
)
DIVISION_OF_LABOUR = Document(
    id="division-of-labour",
    title=Text("Työnjaon kuvaus", "Beskrivning av arbetsfördelningen", "Description of the division of labour"),
    context=division_context,
    clauses="division-of-labour",
    layout=LAYOUT,
    stage=Stage.CALL,
)
CLIENT_CHOICE = Document(
    id="client-choice",
    title=Text(
        "Asiakkaiden ohjautuminen ja asiakaskatto",
        "Kundernas väg till serviceproducenten och kundtaket",
        "How clients reach a provider, and the client cap",
    ),
    context=choice_context,
    clauses="client-choice",
    layout=LAYOUT,
    stage=Stage.CALL,
)
IMPACT_PLAN_TEMPLATE = Document(
    id="impact-plan-template",
    title=Text(
        "Vaikuttavuuden johtamisen suunnitelma, lomakepohja",
        "Plan för ledning av effekterna, mall",
        "Impact-management plan, template",
    ),
    context=plan_context,
    clauses="impact-plan-template",
    layout=LAYOUT,
    stage=Stage.CALL,
)
HOURS_TRACKING_TEMPLATE = Document(
    id="hours-tracking-template",
    title=Text(
        "Työtuntien seurantamalli, lomakepohja",
        "Uppföljningsmodell för arbetstimmar, mall",
        "Hours-tracking model, template",
    ),
    context=hours_context,
    clauses="hours-tracking-template",
    layout=LAYOUT,
    stage=Stage.CALL,
)
INTERRUPTION_DECISION = Document(
    id="interruption-decision",
    title=Text(
        "Päätös hankintamenettelyn keskeyttämisestä",
        "Beslut om avbrytande av upphandlingsförfarandet",
        "Decision to interrupt the procurement procedure",
    ),
    context=interruption_context,
    clauses="interruption-decision",
    layout=LAYOUT,
    stage=Stage.DECISION,
)
APPEAL_INSTRUCTIONS = Document(
    id="appeal-instructions",
    title=Text(
        "Oikaisuohje ja valitusosoitus",
        "Rättelseanvisning och besvärsanvisning",
        "Correction instructions and appeal instructions",
    ),
    context=appeal_context,
    clauses="appeal-instructions",
    layout=LAYOUT,
    stage=Stage.DECISION,
)
OWN: tuple[Document, ...] = (
    CALL_FOR_TENDERS,
    BID_FORM_GUIDE,
    PAYMENT_ANNEX,
    OPEN_DATA,
    DIVISION_OF_LABOUR,
    CLIENT_CHOICE,
    IMPACT_PLAN_TEMPLATE,
    HOURS_TRACKING_TEMPLATE,
    FRAMEWORK_AGREEMENT,
    INTERRUPTION_DECISION,
    APPEAL_INSTRUCTIONS,
)
"""Documents of the tender's own floor; the upper houses add theirs by entry point ``valinta.documents``."""


def catalogue() -> tuple[Document, ...]:
    """Every document: the tender's own, then those of the upper houses in the order of their plug-ins."""
    added = tuple(document for _, documents in plugins(Group.DOCUMENTS) for document in documents)
    return OWN + added


def find_document(document_id: str) -> Document:
    """The document with `document_id`; plug-ins are loaded only when it is not one of the tender's own.

    Raises:
        UsageError: There is none.
    """
    for document in OWN:
        if document.id == document_id:
            return document
    known = catalogue()
    for document in known:
        if document.id == document_id:
            return document
    raise UsageError("documents.unknown-document", document=document_id, known=", ".join(d.id for d in known))
