"""The catalogue: which documents there are; the upper houses add theirs by entry point."""

from __future__ import annotations

from tender.documents.agreement import agreement_context
from tender.documents.attachments import call_attachments
from tender.documents.contexts import call_context
from tender.documents.document import LAYOUT, Document, Stage
from tender.documents.payment_context import payment_context
from tender.errors import UsageError
from tender.language import Text
from tender.plugins import Group, plugins

__all__ = [
    "CALL_FOR_TENDERS",
    "FRAMEWORK_AGREEMENT",
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
OWN: tuple[Document, ...] = (CALL_FOR_TENDERS, PAYMENT_ANNEX, FRAMEWORK_AGREEMENT)
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
