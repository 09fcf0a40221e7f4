"""Redlines: two versions of a document compared clause by clause, as tracked changes and side by side."""

from tender.documents.redline.merge import ClauseChange, Fate, Redline, compare

__all__ = ["ClauseChange", "Fate", "Redline", "compare"]
