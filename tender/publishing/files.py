"""Every file of a publication: documents, form, frozen methods, statements, sources, and the manifest of hashes."""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version as installed_version
from pathlib import Path

from tender.documents.catalogue import Document, catalogue
from tender.language import Language
from tender.model.methods import award_method, canonical, payment_method
from tender.model.publication import Publication
from tender.model.statements import as_plain
from tender.model.tender import Tender
from tender.publishing.folder import CLAUSES, TENDER_FILE, TEXTS

MANIFEST = "manifest.json"
STATEMENTS_FILE = "method/statements.json"
_ORDER = re.compile(r"^\d+-")
_LIBRARIES = ("valinta", "weasyprint", "pydyf", "fonttools", "pikepdf", "openpyxl", "jinja2", "markdown-it-py")

Progress = Callable[[str], None]
"""Told the name of each file before it is made."""


def publication_files(folder: Path, publication: Publication, progress: Progress) -> dict[str, bytes]:
    """Every file of `publication` by its relative path, the manifest last; the same input gives the same bytes."""
    files = dict(_contents(folder, publication, progress))
    files[MANIFEST] = _manifest(publication, files)
    return files


def method_file(name: str) -> str:
    """Path of a frozen method, ``award`` or ``payment``, inside a published folder."""
    return f"method/{name}_method.json"


def _contents(folder: Path, publication: Publication, progress: Progress) -> Iterator[tuple[str, bytes]]:
    tender = publication.tender
    for language in tender.languages:
        for document in _wanted(tender):
            name = f"{document.id}.{language.value}.pdf"
            progress(name)
            yield name, _pdf(folder, document, publication, language)
        name = f"bid-form.{language.value}.xlsx"
        progress(name)
        yield name, _form(publication, language)
    for name, method in (("award", award_method(tender)), ("payment", payment_method(tender))):
        yield method_file(name), canonical(method) + b"\n"
    yield STATEMENTS_FILE, _pretty(as_plain(publication.statements))
    yield from _sources(folder)


def _wanted(tender: Tender) -> tuple[Document, ...]:
    return tuple(document for document in catalogue() if document.id in tender.documents)


def _pdf(folder: Path, document: Document, publication: Publication, language: Language) -> bytes:
    from tender.documents.pages import render_html
    from tender.documents.pdf import write_pdf

    own = overrides(folder, document, language)
    html = render_html(document, document.context(publication), publication, language, own)
    return write_pdf(html, created=publication.today)


def overrides(folder: Path, document: Document, language: Language) -> dict[str, str]:
    """The tender folder's own wording of `document` by clause id: ``clauses/<document>/[<order>-]<id>.<lang>.md``."""
    ending = f".{language.value}.md"
    return {
        _ORDER.sub("", path.name.removesuffix(ending)): path.read_text(encoding="utf-8")
        for path in sorted((folder / CLAUSES / document.clauses).glob(f"*{ending}"))
    }


def _form(publication: Publication, language: Language) -> bytes:
    from tender.forms.bid_form import write_bid_form

    return write_bid_form(publication, language)


def _sources(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The tender file, its texts and its own clauses: with them anyone can compute everything again."""
    own = (*sorted((folder / TEXTS).glob("*.md")), *sorted((folder / CLAUSES).glob("*/*.md")))
    for path in (folder / TENDER_FILE, *own):
        yield f"source/{path.relative_to(folder).as_posix()}", path.read_bytes()


def _manifest(publication: Publication, files: Mapping[str, bytes]) -> bytes:
    return _pretty(
        {
            "tender": publication.tender.id,
            "version": publication.version,
            "day": publication.today.isoformat(),
            "draft": publication.draft,
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


def _pretty(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"
