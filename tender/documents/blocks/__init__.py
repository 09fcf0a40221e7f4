"""A document as typed blocks: read from its HTML page, written to DOCX, compared for redlines."""

from tender.documents.blocks.nouns import (
    Block,
    Box,
    Cell,
    Clause,
    Kind,
    Mark,
    Page,
    Paragraph,
    Row,
    Run,
    Style,
    Table,
    plain_text,
    runs_text,
)
from tender.documents.blocks.page import read_page

__all__ = [
    "Block",
    "Box",
    "Cell",
    "Clause",
    "Kind",
    "Mark",
    "Page",
    "Paragraph",
    "Row",
    "Run",
    "Style",
    "Table",
    "plain_text",
    "read_page",
    "runs_text",
]
