"""The tender's documents: the published version, or before it the drafts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort

from tender.documents.catalogue import catalogue
from tender.guards import inside
from tender.language import Language
from tender.publishing.folder import DRAFT, published_folder, record_state
from tender.web.layout import language_here, page
from tender.web.security import PAPER_POLICY
from tender.web.site import Site

SHOWN = {"html": "text/html", "pdf": "application/pdf"}
SAVED = frozenset({"docx", "xlsx", "csv", "json"})
_PARTS = 3
"""Id, language and format of a document's file, between dots."""


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A document in one language.

    Attributes:
        title: Its title, or its id when the catalogue does not know it.
        files: Names of its files by format, in the order html, pdf, docx, xlsx.
    """

    title: str
    files: tuple[tuple[str, str], ...]


def papers_folder(folder: Path) -> Path | None:
    """Where the documents lie: the version in force, else the drafts, else nowhere."""
    version = record_state(folder).in_force
    found = published_folder(folder, version.version) if version else folder / DRAFT
    return found if found.is_dir() else None


def papers_of(folder: Path, language: Language) -> tuple[PaperFile, ...]:
    """The documents of `folder` in `language`, in the order of their ids."""
    home = papers_folder(folder)
    titles = {document.id: document.title.best(language) for document in catalogue()}
    names = sorted(path.name for path in home.iterdir() if path.is_file()) if home else []
    found: dict[str, dict[str, str]] = {}
    for name in names:
        document, dot, rest = name.partition(f".{language.value}.")
        if dot and (rest in SHOWN or rest in SAVED):
            found.setdefault(document, {})[rest] = name
    return tuple(PaperFile(titles.get(document, document), _ordered(files)) for document, files in found.items())


def _ordered(files: dict[str, str]) -> tuple[tuple[str, str], ...]:
    order: Iterable[str] = (*SHOWN, "docx", "xlsx", "csv", "json")
    return tuple((kind, files[kind]) for kind in order if kind in files)


def paper_pages(site: Site) -> Blueprint:
    """Pages of the documents."""
    pages = Blueprint("papers", __name__, url_prefix="/documents")

    @pages.get("/")
    def index() -> Response:
        return page("documents", papers=papers_of(site.folder, language_here()))

    @pages.get("/<name>")
    def document(name: str) -> Response:
        home = papers_folder(site.folder)
        kind = name.rpartition(".")[2]
        if home is None or len(name.split(".")) != _PARTS or not (kind in SHOWN or kind in SAVED):
            abort(404)
        path = inside(home, name)
        if not path.is_file():
            abort(404)
        response = Response(path.read_bytes(), mimetype=SHOWN.get(kind, "application/octet-stream"))
        response.headers["Content-Security-Policy"] = PAPER_POLICY
        if kind in SAVED:
            response.headers.set("Content-Disposition", "attachment", filename=name)
        return response

    return pages
