"""The press: WeasyPrint with our own fonts, our own files and nothing else."""

from __future__ import annotations

import gc
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from tender.documents.environment import template_source
from tender.documents.hyphenation import teach_compounds
from tender.errors import InputError
from tender.words import templates_folder

SCHEME = "valinta"
"""Scheme of addresses inside the templates folder: ``valinta:styles/fonts/SourceSans3-Regular.ttf``."""

PAGED = "styles/paged.css"
"""The style that only the page engine understands."""

_DESCRIBED = re.compile(r"</title>\s*<desc\b[^>]*>([^<]*)</desc>")
_OWN_FILE = re.compile(rf"{SCHEME}:((?:[\w-]+/)*[\w-]+\.(?:ttf|png))")
_TYPES = {"ttf": "font/ttf", "png": "image/png"}


def press(html: str, created: date) -> bytes:
    """`html` as a tagged PDF/A-3a, as WeasyPrint writes it.

    Args:
        html: A whole page.
        created: The day that the file says it was made on.

    Raises:
        InputError: WeasyPrint complained: of a style it cannot read, a link that leads nowhere, a file it may not have.
    """
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        with _collector_at_rest(), warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile to the collector
            written = _pressed(html, created)
    except FatalURLFetchingError as error:
        raise InputError("documents.page-faulty", reason=error) from error
    finally:
        logger.removeHandler(complaints)
    if complaints.messages:
        raise InputError("documents.page-faulty", reason="; ".join(complaints.messages))
    return written


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


def told_whole(html: str) -> str:
    """`html` with the description of every drawing behind its title: the engine takes the title alone as its words.

    >>> told_whole("<svg><title>Clients</title><desc>Two bars.</desc></svg>")
    '<svg><title>Clients. Two bars.</title></svg>'
    """
    return _DESCRIBED.sub(r". \1</title>", html)


class OwnFiles(URLFetcher):
    """Fetches files of the templates and nothing else."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002  # the network's, never met
        """The file at `url`."""
        body, kind = own_file(url)
        return URLFetcherResponse(url, body, {"Content-Type": kind})  # type: ignore[no-untyped-call]


class _Complaints(logging.Handler):
    """Collects what WeasyPrint complains of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self.messages.append(record.getMessage())


def _pressed(html: str, created: date) -> bytes:
    teach_compounds()
    base = f"{SCHEME}:"
    fetcher = OwnFiles(fail_on_errors=True)  # type: ignore[no-untyped-call]
    fonts = FontConfiguration()  # type: ignore[no-untyped-call]
    paged = CSS(  # type: ignore[no-untyped-call]
        string=template_source(PAGED), base_url=base, url_fetcher=fetcher, font_config=fonts
    )
    page = HTML(string=told_whole(html), base_url=base, url_fetcher=fetcher)  # type: ignore[no-untyped-call]
    document = page.render(font_config=fonts, stylesheets=[paged])  # type: ignore[no-untyped-call]
    document.metadata.created = document.metadata.modified = f"{created:%Y-%m-%d}T00:00:00+00:00"
    written: bytes = document.write_pdf(pdf_variant="pdf/a-3a")
    return written


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """No garbage collection meanwhile: a layout is a million small objects that live to its end (a sixth faster)."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
