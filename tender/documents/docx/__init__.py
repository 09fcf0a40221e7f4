"""The door to DOCX: one HTML page as one Word document with real styles, for those who comment in Word."""

from __future__ import annotations

from datetime import date

from tender.documents.blocks import read_page
from tender.documents.docx.package import docx_bytes

__all__ = ["write_docx"]


def write_docx(html: str, *, created: date) -> bytes:
    """`html` as DOCX; the same bytes for the same input.

    Args:
        html: A page of `tender.documents.pages.render_html`.
        created: The day that the file says it was made on; the only clock that it knows.

    Raises:
        InputError: It is no page of ours.
    """
    return docx_bytes(read_page(html), created)
