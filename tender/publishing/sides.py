"""The two sides of a comparison: a tender folder as it would be printed now, or a published folder as it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tender.documents.catalogue import catalogue
from tender.documents.pages import NO_OVERRIDES, render_html
from tender.errors import UsageError
from tender.language import Language
from tender.model.annex import Annex
from tender.model.tender import Tender
from tender.publishing.examination import readable_tender
from tender.publishing.files import MANIFEST
from tender.publishing.folder import PUBLISHED, TENDER_FILE, overrides
from tender.publishing.next_version import next_version
from tender.publishing.open_data import packed_annex
from tender.publishing.orders import EVERYTHING, Wanted

TEMPLATE, NEWEST = "template", "published"
"""Words for the old side: the same tender without its own clauses, and its newest published version."""

SOURCE = "source"
"""Where a published folder keeps the tender file and its texts."""

MOST_PAGE_BYTES = 20 * 1024 * 1024

PAGE = re.compile(r"(?!index\.)([a-z][a-z0-9-]*)\.(fi|sv|en)\.html")
"""Name of a document's page in a published folder, whose opening page is none."""

PageKey = tuple[str, Language]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes:
        name: What it is called: its path, with ``template`` for the template.
        tender: The tender.
        pages: HTML by document and language.
        draft: Whether its pages say that they are drafts.
        annex: Its open data annex; ``None`` where there is none.
    """

    name: str
    tender: Tender
    pages: Mapping[PageKey, str]
    draft: bool = True
    annex: Annex | None = None


def new_side(place: str, today: date, wanted: Wanted = EVERYTHING, *, draft: bool = True) -> Side:
    """The side that `place` names; of a tender folder only what is wanted is rendered.

    Args:
        place: A tender folder or a published folder.
        today: The day that rendered pages bear.
        wanted: Documents and languages.
        draft: Whether pages are rendered as drafts, or as they would be published: against published ones, only that
            compares like with like.

    Raises:
        UsageError: There is nothing to compare.
        BlockedError: The tender cannot be read whole, or a document cannot be made.
    """
    folder = Path(place)
    return (
        published_side(folder)
        if is_published(folder)
        else _rendered(folder, today, wanted, Side(place, readable_tender(folder), {}, draft))
    )


def old_side(place: str, new: str, today: date, wanted: Wanted = EVERYTHING) -> Side:
    """The side that `place` names; ``template`` and ``published`` are about the folder `new`.

    Raises:
        UsageError: There is nothing to compare, or the folder has no published version.
        BlockedError: The tender cannot be read whole, or a document cannot be made.
    """
    folder = Path(new)
    if place == TEMPLATE and not Path(place).exists():
        if is_published(folder):
            raise UsageError("diff.template-of-published", folder=new)
        return _rendered(folder, today, wanted, Side(TEMPLATE, readable_tender(folder), {}), own=False)
    if place == NEWEST and not (Path(place) / TENDER_FILE).exists():
        return published_side(newest_published(folder))
    return new_side(place, today, wanted)


def is_published(folder: Path) -> bool:
    """Whether `folder` is what draft or publish wrote."""
    return (folder / MANIFEST).is_file() and (folder / SOURCE / TENDER_FILE).is_file()


def newest_published(folder: Path) -> Path:
    """The folder of the newest published version of the tender in `folder`.

    Raises:
        UsageError: There is none.
    """
    versions = [place for place in (folder / PUBLISHED).glob("*") if place.name.isdigit() and is_published(place)]
    if not versions:
        raise UsageError("diff.nothing-published", folder=folder)
    return max(versions, key=lambda place: int(place.name))


def published_side(folder: Path) -> Side:
    """A published folder as it stands.

    Raises:
        UsageError: It has no pages.
    """
    pages: dict[PageKey, str] = {}
    for path in sorted(folder.glob("*.html")):
        match = PAGE.fullmatch(path.name)
        if match and path.stat().st_size <= MOST_PAGE_BYTES:
            pages[match[1], Language(match[2])] = path.read_text(encoding="utf-8", errors="replace")
    if not pages:
        raise UsageError("diff.no-pages", folder=folder)
    said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    tender = readable_tender(folder / SOURCE)
    return Side(str(folder), tender, pages, bool(said.get("draft")), packed_annex(folder, tender))


def _rendered(folder: Path, today: date, wanted: Wanted, side: Side, *, own: bool = True) -> Side:
    """`side` with every wanted document of its tender."""
    tender = side.tender
    publication = next_version(folder, side.tender, today, draft=side.draft)
    pages = {}
    for document in (one for one in catalogue() if one.id in tender.documents and wanted.has_document(one.id)):
        context = document.context(publication)
        for language in wanted.languages_of(tender.languages):
            wording = overrides(folder, document, language) if own else NO_OVERRIDES
            pages[document.id, language] = render_html(document, context, publication, language, wording)
    return replace(side, pages=pages, annex=publication.annex)
