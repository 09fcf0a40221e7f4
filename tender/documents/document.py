"""What a document is: its id and title, where its clauses stand, what it prints, and when it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tender.documents.attachments import Attachment
from tender.language import Language, Text
from tender.model.publication import Publication

LAYOUT = "document.html"
"""The layout of every document so far."""


class Stage(StrEnum):
    """When a document is made."""

    DIALOGUE = "dialogue"
    CALL = "call"
    AGREEMENT = "agreement"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of document.

    Attributes:
        id: Its id, as a tender's ``documents`` names it.
        title: Its title.
        context: Makes the values that its clauses print; a frozen dataclass.
        clauses: Its folder in ``templates/clauses``.
        layout: Its layout in ``templates/layouts``.
        stage: When it is made.
        notice: A notice for the foot of every page, such as that drafts do not bind (A2); ``None`` when there is none.
        attachments: Makes what travels inside its PDF; ``None`` when nothing does.
    """

    id: str
    title: Text
    context: Callable[[Publication], object]
    clauses: str
    layout: str
    stage: Stage
    notice: Callable[[Publication], Text] | None = None
    attachments: Callable[[Publication, Language], tuple[Attachment, ...]] | None = None
