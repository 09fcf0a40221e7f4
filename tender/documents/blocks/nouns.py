"""The nouns of a document: runs of text, paragraphs, tables, clauses, the page.

Every noun carries a mark, so one model serves a plain document (nothing marked) and a redline (what came, what went).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """Whether something stands in both versions of a document, only in the new one, or only in the old one."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"


class Style(StrEnum):
    """What a paragraph is."""

    BODY = "body"
    BUYER = "buyer"
    TITLE = "title"
    SUBJECT = "subject"
    STATUS_TITLE = "status-title"
    CONTENTS_TITLE = "contents-title"
    CONTENTS = "contents"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BULLET = "bullet"
    NUMBER = "number"
    CONTINUED = "continued"
    CAPTION = "caption"
    NOTE = "note"
    FORMULA = "formula"
    BOX_TITLE = "box-title"
    FIGURE = "figure"
    SIGNATURE_ROLE = "signature-role"
    SIGNATURE_PARTY = "signature-party"
    SIGNATURE_LINE = "signature-line"


class Box(StrEnum):
    """What a paragraph stands in: a boxed remark, a statement about the method, the cover's status, a gap."""

    NONE = ""
    INSET = "inset"
    STATEMENT = "statement"
    STATUS = "status"
    ALERT = "alert"


class Kind(StrEnum):
    """What a table is: one with a header row, or a box of labels and values."""

    GRID = "grid"
    FACTS = "facts"


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look.

    Attributes:
        text: The text; a line end is a break, a tab leads to the next stop.
        bold: Whether it is strong.
        italic: Whether it is emphasised.
        code: Whether it is an id or a hash.
        script: ``sub``, ``sup`` or empty.
        link: Id of the clause that it leads to; empty for none.
        address: The web or e-mail address that it leads to, with its scheme; empty for none.
        note: The footnote that is called here; such a run has no text of its own.
        mark: Whether it came or went.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    script: str = ""
    link: str = ""
    address: str = ""
    note: tuple[Run, ...] = ()
    mark: Mark = Mark.SAME


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        style: What it is.
        runs: Its text.
        level: Level of a heading, a list item or an entry of the contents, from 1; 0 for others.
        box: What it stands in.
        series: Which list of its clause a list item belongs to, from 1; 0 for others.
        mark: Whether the paragraph itself came or went.
    """

    style: Style
    runs: tuple[Run, ...]
    level: int = 0
    box: Box = Box.NONE
    series: int = 0
    mark: Mark = Mark.SAME


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        runs: Its text.
        header: Whether it heads its row or column.
        numeric: Whether it is aligned right.
        span: Columns that it takes.
    """

    runs: tuple[Run, ...]
    header: bool = False
    numeric: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        cells: Its cells.
        head: Whether it is a header row, repeated on every page.
        strong: Whether it is a total or heads a group of rows.
        mark: Whether it came or went.
    """

    cells: tuple[Cell, ...]
    head: bool = False
    strong: bool = False
    mark: Mark = Mark.SAME


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its caption is the paragraph before it.

    Attributes:
        rows: Its rows.
        widths: Widths of the columns in percent; empty for equal ones.
        kind: What it is.
        box: What it stands in.
        mark: Whether the whole table came or went.
    """

    rows: tuple[Row, ...]
    widths: tuple[int, ...] = ()
    kind: Kind = Kind.GRID
    box: Box = Box.NONE
    mark: Mark = Mark.SAME

    @property
    def columns(self) -> int:
        """Number of columns."""
        return max((sum(cell.span for cell in row.cells) for row in self.rows), default=1)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a document under one id.

    Attributes:
        id: Id of the clause; parts of the layout that are no clauses have an id that begins with an underscore.
        number: Its number in the document; empty for the cover and the layout's parts.
        level: 1 or 2; 0 for the cover and the layout's parts.
        title: Its heading without the number.
        blocks: Its blocks, the heading first.
    """

    id: str
    number: str
    level: int
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A whole document.

    Attributes:
        language: Its language: ``fi``, ``sv`` or ``en``.
        title: Title of the file.
        author: Who gives it.
        head: Text of the page header.
        banner: Warning in the page header, such as that the tender is an example; empty for none.
        foot: Text of the page footer.
        draft: Whether it is a draft or a rehearsal.
        clauses: Its parts in order: cover, contents, clauses, provenance.
    """

    language: str
    title: str
    author: str
    head: str
    banner: str
    foot: str
    draft: bool
    clauses: tuple[Clause, ...]

    def clause(self, clause_id: str) -> Clause | None:
        """The clause with `clause_id`, or ``None``."""
        return next((clause for clause in self.clauses if clause.id == clause_id), None)


def runs_text(runs: Iterable[Run]) -> str:
    """The text of `runs`, footnotes in brackets."""
    return "".join(f" [{runs_text(run.note)}]" if run.note else run.text for run in runs)


def plain_text(block: Block) -> str:
    """The text of `block`: a table row by row, its cells parted by tabs."""
    if isinstance(block, Paragraph):
        return runs_text(block.runs)
    return "\n".join("\t".join(runs_text(cell.runs) for cell in row.cells) for row in block.rows)
