"""Renders one document to PDF, for the eye: ``python -m tests.tender.documents.preview DOCUMENT OUT.pdf [options]``."""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tender.documents import catalogue
from tender.documents.catalogue import Document
from tender.documents.pages import render_html
from tender.documents.pdf import write_pdf
from tender.language import Language
from tender.model.methods import award_hash, payment_hash
from tender.model.publication import Publication
from tender.model.statements import Statement
from tender.model.tender import Tender
from tender.plugins import Group, plugin, plugin_names
from tests.sample import sample_tender


def named(path: str) -> Any:
    """The object at ``package.module:name``."""
    module, name = path.split(":")
    return getattr(importlib.import_module(module), name)


def statements_of(tender: Tender) -> tuple[Statement, ...]:
    """Every statement that the installed plug-ins make about `tender`."""
    found: list[Statement] = []
    for name in plugin_names(Group.STATEMENTS):
        try:
            found.extend(plugin(Group.STATEMENTS, name)(tender))
        except ModuleNotFoundError as error:
            print(f"no statements: {error}", file=sys.stderr)  # noqa: T201  # a tool for the terminal
    return tuple(found)


def publication_of(tender: Tender, *, draft: bool) -> Publication:
    """A publication of `tender` on its announced day."""
    return Publication(
        tender,
        version=1,
        today=tender.timetable.published,
        draft=draft,
        award_hash=award_hash(tender),
        payment_hash=payment_hash(tender),
        statements=statements_of(tender),
        record_head="5f" * 32,
        lots_commitment="a7" * 32,
    )


def read_folder(folder: Path) -> Tender:
    """The tender of `folder`, with its findings on the screen."""
    from tender.reading import read_tender  # the room may still be in the making

    reading = read_tender(folder)
    for finding in reading.findings:
        print(finding, file=sys.stderr)  # noqa: T201  # a tool for the terminal
    assert reading.tender is not None
    return reading.tender


def main() -> None:
    """Render the document that the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("document")
    parser.add_argument("out", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--documents", help="package.module:NAME of a tuple of Documents")
    parser.add_argument("--context", help="package.module:NAME of a Callable[[Publication], object]")
    parser.add_argument("--language", default="fi")
    parser.add_argument("--final", action="store_true")
    arguments = parser.parse_args()
    tender = read_folder(arguments.folder) if arguments.folder else sample_tender()
    publication = publication_of(tender, draft=not arguments.final)
    document = _document(arguments.document, arguments.documents)
    make: Callable[[Publication], object] = named(arguments.context) if arguments.context else document.context
    start = time.process_time()
    html = render_html(document, make(publication), publication, Language(arguments.language))
    arguments.out.with_suffix(".html").write_text(html, encoding="utf-8")
    middle = time.process_time()
    arguments.out.write_bytes(write_pdf(html, created=publication.today))
    end = time.process_time()
    print(f"{arguments.out}: HTML {middle - start:.2f} s, PDF {end - middle:.2f} s")  # noqa: T201


def _document(document_id: str, more: str | None) -> Document:
    added: tuple[Document, ...] = named(more) if more else ()
    for document in added:
        if document.id == document_id:
            return document
    return catalogue.find_document(document_id)


if __name__ == "__main__":
    main()
