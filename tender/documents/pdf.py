"""The door to PDF: one HTML page as one archival, accessible file."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from tender.documents.attachments import Attachment

_CLAUSE = re.compile(r'<section class="clause[^>]* id="([^"]+)">\s*<h\d data-label="([^"]*)"')


def write_pdf(html: str, *, created: date, attachments: tuple[Attachment, ...] = ()) -> bytes:
    """`html` as PDF/A-3a and PDF/UA-1; the same bytes for the same input.

    Args:
        html: A page of `tender.documents.pages.render_html`.
        created: The day that the file says it was made on; the only clock that it knows.
        attachments: What travels inside it.

    Raises:
        InputError: The page asks for something outside the templates, or something that is not there.
    """
    from tender.documents.press import press  # WeasyPrint and pikepdf take half a second to import
    from tender.documents.tagging import finish_pdf

    titles = {anchor: unescape(title) for anchor, title in _CLAUSE.findall(html)}
    return finish_pdf(press(html, created), attachments, created, titles)
