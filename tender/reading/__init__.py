"""The reading room: from a tender folder to a `Tender`, all mistakes at once, each with its file, line and column."""

from tender.reading.file import Reading, read_tender
from tender.reading.source_map import SourceMap

__all__ = ["Reading", "SourceMap", "read_tender"]
