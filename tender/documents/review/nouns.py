"""The nouns of a review: remarks, and the paragraphs that they edit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RemarkKind(StrEnum):
    """What a reviewer did."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    COMMENT = "comment"
    FORMATTING = "formatting"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a reviewer did.

    Attributes:
        clause: Id of the clause; empty outside every clause.
        kind: What was done.
        author: Who did it, as the file says.
        date: When, as the file says; empty when it does not.
        text: The inserted or deleted words, or the comment.
        about: For a comment the words that it is about, for the rest the words around it, the place marked with ``…``.
        paragraph: Which paragraph of the clause, from 1, empty ones not counted.
    """

    clause: str
    kind: RemarkKind
    author: str
    date: str
    text: str
    about: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Edit:
    """A paragraph whose words a reviewer changed.

    Attributes:
        clause: Id of its clause; empty outside every clause.
        old: Its words before; empty for a new paragraph.
        new: Its words after; empty for one that went.
        authors: Who changed it.
    """

    clause: str
    old: str
    new: str
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What a reviewer's file holds.

    Attributes:
        remarks: Every remark in the order of the file.
        edits: The paragraphs whose words changed, in the order of the file.
        clauses: Ids of the clauses that the file has.
        language: Language of the document as its styles say; empty when they do not.
    """

    remarks: tuple[Remark, ...]
    edits: tuple[Edit, ...]
    clauses: tuple[str, ...]
    language: str
