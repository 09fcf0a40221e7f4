"""Comparing two versions of a tender: its data field by field, each document clause by clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
from tender.model.publication import Publication
from tender.publishing.annex_changes import annex_changes
from tender.publishing.orders import EVERYTHING, Wanted
from tender.publishing.sides import PAGE, PageKey, Side
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


def difference(old: Side, new: Side, wanted: Wanted = EVERYTHING) -> Difference:
    """`new` against `old`.

    Args:
        old: The old side.
        new: The new side.
        wanted: Documents and languages to compare.

    Raises:
        UsageError: A document or a language that is wanted is on neither side.
    """
    _check(wanted, (*old.pages, *new.pages))
    keys = [
        key
        for key in dict.fromkeys((*new.pages, *old.pages))
        if wanted.has_document(key[0]) and wanted.languages_of([key[1]])
    ]
    both = [key for key in keys if key in old.pages and key in new.pages]
    return Difference(
        old,
        new,
        (*data_changes(old.tender, new.tender), *annex_changes(old.annex, new.annex)),
        tuple(DocumentDifference(*key, compare(read_page(old.pages[key]), read_page(new.pages[key]))) for key in both),
        added=tuple(key for key in keys if key not in old.pages),
        removed=tuple(key for key in keys if key not in new.pages),
    )


def _check(wanted: Wanted, known: Iterable[PageKey]) -> None:
    documents, languages = {document for document, _ in known}, {language for _, language in known}
    for document in wanted.documents:
        if document not in documents:
            raise UsageError("diff.no-document", document=document)
    for language in wanted.languages:
        if language not in languages:
            raise UsageError("diff.no-language", language=language.value)


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


def version_redlines(old: Side, files: Mapping[str, bytes], publication: Publication) -> dict[str, bytes]:
    """The redlines of `publication`, whose `files` were just made, against the version that it takes the place of.

    Each is in the language of its document; the buyer is the author.
    """
    pages = {
        (match[1], Language(match[2])): data.decode()
        for name, data in files.items()
        if (match := PAGE.fullmatch(name)) is not None and (match[1], Language(match[2])) in old.pages
    }
    new = Side(str(publication.version), publication.tender, pages, annex=publication.annex)
    redlines: dict[str, bytes] = {}
    for language in dict.fromkeys(language for _, language in pages):
        found = difference(old, new, Wanted(languages=(language,)))
        author = publication.tender.buyer.name.best(language)
        for name, data in redline_files(found, language, author, publication.today):
            redlines[f"redline/{name.replace('.redline.', '.')}"] = data
    return redlines
