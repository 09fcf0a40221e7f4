"""The two sides of a comparison: a tender folder as it would be printed now, or a published folder as it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tender.documents.catalogue import catalogue
from tender.documents.pages import NO_OVERRIDES, render_html
from tender.errors import UsageError
from tender.language import Language
from tender.model.methods import award_hash, payment_hash
from tender.model.publication import Publication
from tender.model.tender import Tender
from tender.publishing.examination import readable_tender, statements_of
from tender.publishing.files import MANIFEST, overrides
from tender.publishing.folder import PUBLISHED, TENDER_FILE, record_state
from tender.publishing.orders import EVERYTHING, Wanted
from tender.record import genesis_hash

TEMPLATE, NEWEST = "template", "published"
"""Words for the old side: the same tender without its own clauses, and its newest published version."""

SOURCE = "source"
"""Where a published folder keeps the tender file and its texts."""

MOST_PAGE_BYTES = 20 * 1024 * 1024

PAGE = re.compile(r"([a-z][a-z0-9-]*)\.(fi|sv|en)\.html")
"""Name of a document's page in a published folder."""

PageKey = tuple[str, Language]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes:
        name: What it is called: its path, with ``template`` for the template.
        tender: The tender.
        pages: HTML by document and language.
    """

    name: str
    tender: Tender
    pages: Mapping[PageKey, str]


def new_side(place: str, today: date, wanted: Wanted = EVERYTHING) -> Side:
    """The side that `place` names; of a tender folder only what is wanted is rendered.

    Raises:
        UsageError: There is nothing to compare.
        BlockedError: The tender cannot be read whole, or a document cannot be made.
    """
    folder = Path(place)
    return published_side(folder) if is_published(folder) else _rendered(folder, today, place, wanted)


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
        return _rendered(folder, today, TEMPLATE, wanted, own=False)
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
    return Side(str(folder), readable_tender(folder / SOURCE), pages)


def _rendered(folder: Path, today: date, name: str, wanted: Wanted, *, own: bool = True) -> Side:
    """Every document of a tender folder as a draft of today."""
    tender = readable_tender(folder)
    publication = _publication(folder, tender, today)
    pages = {}
    for document in (one for one in catalogue() if one.id in tender.documents and wanted.has_document(one.id)):
        context = document.context(publication)
        for language in wanted.languages_of(tender.languages):
            wording = overrides(folder, document, language) if own else NO_OVERRIDES
            pages[document.id, language] = render_html(document, context, publication, language, wording)
    return Side(name, tender, pages)


def _publication(folder: Path, tender: Tender, today: date) -> Publication:
    state = record_state(folder)
    return Publication(
        tender=tender,
        version=len(state.published) + 1,
        today=today,
        draft=True,
        award_hash=award_hash(tender),
        payment_hash=payment_hash(tender),
        statements=statements_of(tender),
        record_head=state.head or genesis_hash(tender.id),
    )
