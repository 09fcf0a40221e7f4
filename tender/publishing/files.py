"""Every file of a publication: documents, form, frozen methods, statements, sources, and the manifest of hashes."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version as installed_version
from pathlib import Path

from tender.documents.attachments import (
    AWARD_FILE,
    PAYMENT_FILE,
    STATEMENTS_FILE,
    method_bytes,
    pretty,
    statements_bytes,
    volumes_csv,
    volumes_name,
)
from tender.documents.catalogue import CALL_FOR_TENDERS, OPEN_DATA, Document, catalogue
from tender.documents.correction import CORRECTION_NOTICE
from tender.documents.pages import render_html
from tender.language import Language
from tender.model.methods import award_method, payment_method
from tender.model.publication import Publication
from tender.publishing.annex_files import annex_attachments, annex_files
from tender.publishing.folder import CLAUSES, TENDER_FILE, TEXTS, overrides
from tender.publishing.index import index_pages
from tender.publishing.orders import EVERYTHING, FORM, Format, Order, Wanted
from tender.publishing.workshop import Progress, Workshop

MANIFEST = "manifest.json"
SOURCE = "source"
"""Folder of a published version that holds what it was computed from."""
STATEMENTS = f"method/{STATEMENTS_FILE}"
"""Path of the statements inside a published folder."""
CARRIERS = frozenset({CALL_FOR_TENDERS.id, OPEN_DATA.id})
"""Documents whose PDF carries the open data."""
PAGES = (Format.PDF, Format.HTML, Format.DOCX)
"""Formats that are made from a document's page."""
_METHODS = {"award": AWARD_FILE, "payment": PAYMENT_FILE}
_LIBRARIES = ("valinta", "weasyprint", "pydyf", "fonttools", "pikepdf", "openpyxl", "jinja2", "markdown-it-py")

More = Callable[[Mapping[str, bytes]], Mapping[str, bytes]]
"""Makes further files of a publication from those that were made."""


def nothing_more(_: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """No further files."""
    return {}


def publication_files(
    folder: Path,
    publication: Publication,
    progress: Progress,
    workshop: Workshop = Workshop(),  # noqa: B008  # frozen
    wanted: Wanted = EVERYTHING,
    more: More = nothing_more,
) -> dict[str, bytes]:
    """Every file of `publication` by its relative path, the manifest last; the same input gives the same bytes.

    Args:
        folder: The tender folder.
        publication: What is printed.
        progress: Told the name of each file that was made.
        workshop: How pages become files.
        wanted: Which part is made.
        more: Makes further files from those that were made.

    Raises:
        UsageError: Something is wanted that the tender does not have.
    """
    tender = publication.tender
    wanted.check(tender.documents, tender.languages)
    files = dict(workshop.make(_orders(folder, publication, wanted), progress))
    files |= _forms(publication, wanted, progress)
    files |= dict(_data(publication, wanted))
    files |= annex_files(publication, progress) if wanted.has_document(OPEN_DATA.id) else {}
    files |= {f"{SOURCE}/{name}": data for name, data in source_files(folder).items()}
    files |= more(files)
    files |= index_pages(publication, files, wanted_documents(publication), wanted.languages_of(tender.languages))
    files[MANIFEST] = _manifest(publication, files)
    return files


def method_file(name: str) -> str:
    """Path of a frozen method, ``award`` or ``payment``, inside a published folder."""
    return f"method/{_METHODS[name]}"


def _orders(folder: Path, publication: Publication, wanted: Wanted) -> Iterator[Order]:
    """A file for each document, language and format."""
    attachments = {document.id: document.attachments for document in wanted_documents(publication)}
    for (document, language), html in rendered_pages(folder, publication, wanted).items():
        for each in filter(wanted.has_format, PAGES):
            inside = attachments[document] if each is Format.PDF else None
            name = f"{document}.{language.value}.{each.value}"
            own = inside(publication, language) if inside else ()
            data = annex_attachments(publication, language) if each is Format.PDF and document in CARRIERS else ()
            yield Order(name, each, html, publication.today, (*own, *data))


def rendered_pages(
    folder: Path, publication: Publication, wanted: Wanted = EVERYTHING
) -> dict[tuple[str, Language], str]:
    """HTML of every wanted document by its id and language.

    Raises:
        BlockedError: A clause cannot be rendered, or a statement is missing in a version that is no draft.
    """
    return {
        (document.id, language): render_html(
            document, document.context(publication), publication, language, overrides(folder, document, language)
        )
        for language in wanted.languages_of(publication.tender.languages)
        for document in wanted_documents(publication)
        if wanted.has_document(document.id)
    }


def wanted_documents(publication: Publication) -> tuple[Document, ...]:
    """The documents of a publication: those that the tender wants, and the correction notice when it corrects one."""
    wanted = tuple(document for document in catalogue() if document.id in publication.tender.documents)
    return wanted if publication.correction is None else (CORRECTION_NOTICE, *wanted)


def _forms(publication: Publication, wanted: Wanted, progress: Progress) -> dict[str, bytes]:
    """The bid form in each language."""
    from tender.forms.bid_form import write_bid_form

    if not (wanted.has_document(FORM) and wanted.has_format(Format.XLSX)):
        return {}
    forms = {}
    for language in wanted.languages_of(publication.tender.languages):
        name = f"{FORM}.{language.value}.{Format.XLSX.value}"
        forms[name] = write_bid_form(publication, language)
        progress(name)
    return forms


def _data(publication: Publication, wanted: Wanted) -> Iterator[tuple[str, bytes]]:
    """What programs read: the frozen methods, the statements, the announced volumes in each language."""
    tender = publication.tender
    yield method_file("award"), method_bytes(award_method(tender))
    yield method_file("payment"), method_bytes(payment_method(tender))
    yield STATEMENTS, statements_bytes(publication)
    for language in wanted.languages_of(tender.languages):
        yield f"data/{volumes_name(language)}", volumes_csv(publication, language)


def source_files(folder: Path) -> dict[str, bytes]:
    """The tender file, its texts and its own clauses by relative path: with them anyone can compute everything."""
    own = (*sorted((folder / TEXTS).glob("*.md")), *sorted((folder / CLAUSES).glob("*/*.md")))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in (folder / TENDER_FILE, *own)}


def _manifest(publication: Publication, files: Mapping[str, bytes]) -> bytes:
    return pretty(
        {
            "tender": publication.tender.id,
            "version": publication.version,
            "day": publication.today.isoformat(),
            "draft": publication.draft,
            "trial": publication.trial,
            "synthetic": publication.tender.synthetic,
            "award_hash": publication.award_hash,
            "payment_hash": publication.payment_hash,
            "record_head": publication.record_head,
            "lots_commitment": publication.lots_commitment,
            "made_with": {
                "python": ".".join(platform.python_version_tuple()[:2]),
                **{name: installed_version(name) for name in _LIBRARIES},
            },
            "files": {
                name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for name, data in files.items()
            },
        }
    )
