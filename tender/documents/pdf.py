"""One HTML page as one PDF that is archival (PDF/A-3a) and accessible (PDF/UA-1), the same bytes for the same input."""

from __future__ import annotations

import gc
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from tender.documents.hyphenation import teach_finnish
from tender.documents.tagging import finish_pdf
from tender.errors import InputError
from tender.words import templates_folder

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

SCHEME = "valinta"
"""Scheme of addresses inside the templates folder: ``valinta:styles/fonts/SourceSans3-Regular.ttf``."""

_OWN_FILE = re.compile(rf"{SCHEME}:((?:[\w-]+/)*[\w-]+\.(?:ttf|png))")
_TYPES = {"ttf": "font/ttf", "png": "image/png"}


def write_pdf(html: str, *, created: date) -> bytes:
    """`html` as PDF/A-3a and PDF/UA-1.

    Args:
        html: A page of `tender.documents.pages.render_html`.
        created: The day that the file says it was made on; the only clock that it knows.

    Raises:
        InputError: The page asks for something outside the templates, or something that is not there.
    """
    missing = _Missing()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(missing)
    try:
        with _collector_at_rest():
            raw = _written(html, created)
    finally:
        logger.removeHandler(missing)
    if missing.messages:
        raise InputError("documents.page-faulty", reason="; ".join(missing.messages))
    return finish_pdf(raw)


def _written(html: str, created: date) -> bytes:
    """The PDF as WeasyPrint writes it."""
    from weasyprint import HTML  # noqa: PLC0415  # half a second to import

    teach_finnish()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile to the collector
        document = HTML(string=html, base_url=f"{SCHEME}:", url_fetcher=_own_files()).render()
        document.metadata.created = document.metadata.modified = f"{created:%Y-%m-%d}T00:00:00+00:00"
        raw: bytes = document.write_pdf(pdf_variant="pdf/a-3a")
    return raw


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """No garbage collection meanwhile: a layout is a million small objects that all live to its end (a sixth faster)."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def own_file(address: str) -> tuple[bytes, str]:
    """Bytes and media type of a file of the templates.

    Raises:
        ValueError: `address` leads elsewhere: no network, no file of the machine, no folder above.
    """
    match = _OWN_FILE.fullmatch(address)
    if match is None:
        message = f"not a file of the templates: {address}"
        raise ValueError(message)
    name = match[1]
    source = templates_folder().joinpath(*name.split("/"))
    return source.read_bytes(), _TYPES[name.rsplit(".", 1)[1]]


def _own_files() -> URLFetcher:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class OwnFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Fetches files of the templates and nothing else."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            """The file at `url`; `headers` belong to the network that is never met."""
            body, kind = own_file(url)
            return URLFetcherResponse(url, body, {"Content-Type": kind})

    return OwnFiles(fail_on_errors=True)


class _Missing(logging.Handler):
    """Collects what WeasyPrint complains of: a style it cannot read, a link that leads nowhere, a font it lacks."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self.messages.append(record.getMessage())
