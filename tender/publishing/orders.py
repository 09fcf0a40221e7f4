"""What is to be made: files of a format from a page, and which part of a publication a draft wants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tender.documents.attachments import Attachment
from tender.errors import UsageError
from tender.language import Language

FORM = "bid-form"
"""Id of the bid form among the things that can be wanted."""


class Format(StrEnum):
    """A format of a publication's files."""

    PDF = "pdf"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Order:
    """One file to be made from one page.

    Attributes:
        name: Its path in the publication.
        format: Its format.
        html: The page.
        created: The day that the file says it was made on.
        attachments: What travels inside it.
    """

    name: str
    format: Format
    html: str
    created: date
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a publication is made.

    Attributes:
        documents: Ids of documents, or ``bid-form``; empty for all that the tender has.
        languages: Languages; empty for all that the tender has.
        formats: Formats; empty for all.
    """

    documents: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    formats: tuple[Format, ...] = ()

    def has_document(self, document: str) -> bool:
        """Whether the document, or the form, is wanted."""
        return not self.documents or document in self.documents

    def has_format(self, each: Format) -> bool:
        """Whether the format is wanted."""
        return not self.formats or each in self.formats

    def languages_of(self, known: Iterable[Language]) -> tuple[Language, ...]:
        """Those of a tender's languages that are wanted."""
        return tuple(language for language in known if not self.languages or language in self.languages)

    def check(self, documents: Iterable[str], languages: Iterable[Language]) -> None:
        """Refuse what a tender with these documents and languages does not have.

        Raises:
            UsageError: A document or a language is none of the tender's.
        """
        has = (*documents, FORM)
        for document in self.documents:
            if document not in has:
                raise UsageError("draft.no-document", document=document, known=", ".join(has))
        spoken = tuple(languages)
        for language in self.languages:
            if language not in spoken:
                raise UsageError("draft.no-language", language=language.value, known=", ".join(spoken))


EVERYTHING = Wanted()
"""All of it, as publishing makes it."""
