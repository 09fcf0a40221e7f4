"""Comparing two versions of a tender: its data field by field, each document clause by clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from tender.documents.blocks import read_page
from tender.documents.changes import ChangeWords, change_words
from tender.documents.docx.package import docx_bytes
from tender.documents.docx.runs import Revision
from tender.documents.redline import Redline, compare
from tender.documents.redline.side import redline_html
from tender.errors import UsageError
from tender.language import Language
from tender.model.changes import DataChange, data_changes
from tender.publishing.sides import PageKey, Side
from tender.reading.dictionary import field_units


@dataclass(frozen=True, slots=True)
class DocumentDifference:
    """One document in one language, compared.

    Attributes:
        document: Its id.
        language: Its language.
        redline: Both versions in one.
    """

    document: str
    language: Language
    redline: Redline

    @property
    def stem(self) -> str:
        """Beginning of the names of its files."""
        return f"{self.document}.{self.language.value}.redline"


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of a tender, compared.

    Attributes:
        old: The old side.
        new: The new side.
        data: Changes of the tender's data.
        documents: The documents that both sides have.
        added: Documents that only the new side has.
        removed: Documents that only the old side has.
    """

    old: Side
    new: Side
    data: tuple[DataChange, ...]
    documents: tuple[DocumentDifference, ...]
    added: tuple[PageKey, ...]
    removed: tuple[PageKey, ...]

    def data_words(self, language: Language) -> tuple[ChangeWords, ...]:
        """The changes of the data in the words of `language`."""
        units = field_units()
        return tuple(change_words(change, language, units) for change in self.data)


def difference(old: Side, new: Side, documents: Iterable[str] = (), languages: Iterable[Language] = ()) -> Difference:
    """`new` against `old`.

    Args:
        old: The old side.
        new: The new side.
        documents: Ids of the documents to compare; all when empty.
        languages: Languages to compare; all when empty.

    Raises:
        UsageError: A document or a language that is asked for is on neither side.
    """
    known = list(dict.fromkeys((*new.pages, *old.pages)))
    wanted = list(_wanted(known, tuple(documents), tuple(languages)))
    both = [key for key in wanted if key in old.pages and key in new.pages]
    return Difference(
        old,
        new,
        data_changes(old.tender, new.tender),
        tuple(DocumentDifference(*key, compare(read_page(old.pages[key]), read_page(new.pages[key]))) for key in both),
        added=tuple(key for key in wanted if key not in old.pages),
        removed=tuple(key for key in wanted if key not in new.pages),
    )


def _wanted(known: list[PageKey], documents: tuple[str, ...], languages: tuple[Language, ...]) -> Iterator[PageKey]:
    for document in documents:
        if document not in {one for one, _ in known}:
            raise UsageError("diff.no-document", document=document, known=", ".join(sorted({one for one, _ in known})))
    for language in languages:
        if language not in {one for _, one in known}:
            raise UsageError("diff.no-language", language=language.value)
    for document, language in known:
        if (not documents or document in documents) and (not languages or language in languages):
            yield document, language


def redline_files(found: Difference, language: Language, author: str, today: date) -> Iterator[tuple[str, bytes]]:
    """The redlines of the documents that changed: DOCX with tracked changes and HTML side by side, by file name.

    Args:
        found: The comparison.
        language: The reader's language.
        author: Who made the changes, as Word shows it.
        today: When, as Word shows it.
    """
    revision = Revision(author, datetime.combine(today, time(), UTC))
    names = (found.old.name, found.new.name)
    for each in found.documents:
        if each.redline.changed:
            yield f"{each.stem}.docx", docx_bytes(each.redline.page, today, revision)
            yield f"{each.stem}.html", redline_html(each.redline, language, names, found.data_words(language)).encode()
