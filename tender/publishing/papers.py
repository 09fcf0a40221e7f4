"""Papers of other stages than the call: a decision, a summary; made outside a publication, in every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tender.documents.document import Document
from tender.documents.pages import render_html
from tender.errors import BlockedError, blocking
from tender.model.methods import award_hash, payment_hash
from tender.model.publication import Publication
from tender.model.tender import Tender
from tender.publishing.files import PAGES
from tender.publishing.folder import overrides
from tender.publishing.orders import Format, Order
from tender.publishing.workshop import Progress, Workshop
from tender.reading.texts import loader
from tender.record import genesis_hash


@dataclass(frozen=True, slots=True)
class Paper:
    """One document with its values.

    Attributes:
        document: The document.
        context: Its values, made by those who know them.
    """

    document: Document
    context: object


def with_text(tender: Tender, folder: Path, text_id: str) -> Tender:
    """`tender` with the text ``texts/<text_id>.<lang>.md`` of its folder, also when its file does not list it.

    Raises:
        BlockedError: The text cannot be used; the findings say why.
    """
    found = loader(folder)(text_id, f"texts.{text_id}")
    if blocking(found.findings):
        raise BlockedError("publish.unreadable", findings=blocking(found.findings))
    return replace(tender, texts={**(tender.texts or {}), text_id: found.text})


def draft_of(tender: Tender, today: date) -> Publication:
    """A draft of `tender`, tied to no record: for papers that come before the call is published."""
    return Publication(
        tender=tender,
        version=1,
        today=today,
        draft=True,
        award_hash=award_hash(tender),
        payment_hash=payment_hash(tender),
        statements=(),
        record_head=genesis_hash(tender.id),
    )


def write_papers(
    folder: Path, target: str, papers: Iterable[Paper], publication: Publication, progress: Progress
) -> tuple[Path, ...]:
    """Write `papers` in every language of the tender: as PDF, and beside it in the other formats of its page.

    Args:
        folder: The tender folder, whose own wording of a clause is used.
        target: The folder inside it that is written to.
        papers: The papers in order.
        publication: The version that they belong to, with the day that they are made on.
        progress: Told the name of each file when it is ready.

    Returns:
        The PDF files in the order of `papers`, languages in the order of the tender.
    """
    home = folder / target
    home.mkdir(parents=True, exist_ok=True)
    written = []
    for name, data in Workshop().make(_orders(folder, papers, publication), progress):
        path = home / name
        path.write_bytes(data)
        if path.suffix == f".{Format.PDF.value}":
            written.append(path)
    return tuple(written)


def _orders(folder: Path, papers: Iterable[Paper], publication: Publication) -> Iterator[Order]:
    for paper in papers:
        for language in publication.tender.languages:
            own = overrides(folder, paper.document, language)
            html = render_html(paper.document, paper.context, publication, language, own)
            for each in PAGES:
                yield Order(f"{paper.document.id}.{language.value}.{each.value}", each, html, publication.today)
