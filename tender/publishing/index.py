"""Which files the opening page of a publication lists, and under which titles."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from tender.annexes.building.fit import FOLDER
from tender.documents.attachments import AWARD_FILE, PAYMENT_FILE, STATEMENTS_FILE, volumes_name
from tender.documents.document import Document
from tender.documents.index_page import Listed, Part, render_index
from tender.language import Language
from tender.model.publication import Publication
from tender.publishing.annex_files import open_data_title
from tender.publishing.bundle import bundle_name
from tender.publishing.orders import FORM
from tender.words import words

INDEX = "index.html"
"""The opening page in the tender's first language, where a browser looks for it."""


def index_pages(
    publication: Publication, files: Mapping[str, bytes], documents: Iterable[Document], languages: tuple[Language, ...]
) -> dict[str, bytes]:
    """The opening page in each of `languages`, and the first one once more as ``index.html``.

    Args:
        publication: What was published or drafted.
        files: Its files, all but these pages and the manifest.
        documents: Documents whose titles the page needs.
        languages: Languages of the pages.
    """
    known = tuple(documents)
    archive = bundle_name(publication.tender.id, publication.version)
    pages: dict[str, bytes] = {}
    for language in languages:
        parts = tuple(_parts(files, known, languages, language))
        pages[f"index.{language.value}.html"] = render_index(publication, parts, language, archive).encode()
    pages[INDEX] = next(iter(pages.values()))
    return pages


def _parts(
    files: Mapping[str, bytes], documents: tuple[Document, ...], languages: tuple[Language, ...], language: Language
) -> Iterator[Part]:
    """The documents language by language, the page's own first; then data and sources."""
    term = words(language).term
    for each in (language, *(other for other in languages if other is not language)):
        titles = {document.id: document.title.best(each) for document in documents}
        titles[FORM] = words(each).term("index.bid-form")
        named = {name: titles[name.split(".")[0]] for name in files if "/" not in name and f".{each.value}." in name}
        if named:
            yield Part(words(each).term("index.documents"), tuple(_listed(files, named)), each)
    redlines = {name: "" for name in files if name.startswith("redline/")}
    if redlines:
        yield Part(term("index.redlines"), tuple(_listed(files, redlines)))
    data = {name: _data_title(name, language) for name in files if name.startswith(("method/", "data/"))}
    yield Part(term("index.data"), tuple(_listed(files, data)))
    opened = {name: open_data_title(name, language) for name in files if name.startswith(f"{FOLDER}/")}
    if opened:
        yield Part(term("index.open-data"), tuple(_listed(files, opened)))
    sources = {name: "" for name in files if name.startswith("source/")}
    yield Part(term("index.sources"), tuple(_listed(files, sources)))


def _listed(files: Mapping[str, bytes], titles: Mapping[str, str]) -> Iterator[Listed]:
    for name, title in titles.items():
        yield Listed(name, title, len(files[name]), hashlib.sha256(files[name]).hexdigest())


def _data_title(name: str, language: Language) -> str:
    bare = name.rsplit("/", 1)[1]
    if bare in {AWARD_FILE, PAYMENT_FILE, STATEMENTS_FILE}:
        return words(language).term(f"attachment.{bare.split('.')[0]}")
    known = {volumes_name(each) for each in Language}
    return words(language).term("attachment.volumes") if bare in known else ""
