"""The body of a document in WordprocessingML: clauses in bookmarks, paragraphs by style, tables with header rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tender.documents.blocks import Block, Box, Clause, Mark, Page, Paragraph, Style, Table
from tender.documents.docx.markup import w, words
from tender.documents.docx.names import PART_PREFIX, bookmark_name
from tender.documents.docx.runs import Pen
from tender.documents.docx.tables import table_xml
from tender.language import Language

CONTENTS_FIELD = r' TOC \o "1-2" \h \z '
"""The field that Word makes the list of contents with: headings of two levels, as links, with page numbers."""

BULLETS = 1
"""The numbering of bulleted lists; numbered lists come after it, each with its own."""

_STYLES = {
    Style.BODY: "Normal",
    Style.BUYER: "Buyer",
    Style.TITLE: "Title",
    Style.SUBJECT: "Subtitle",
    Style.STATUS_TITLE: "BoxTitle",
    Style.CONTENTS_TITLE: "TOCHeading",
    Style.CONTINUED: "ListContinue",
    Style.CAPTION: "Caption",
    Style.NOTE: "TableNote",
    Style.FORMULA: "Formula",
    Style.BOX_TITLE: "BoxTitle",
    Style.FIGURE: "Figure",
    Style.SIGNATURE_ROLE: "SignatureRole",
    Style.SIGNATURE_PARTY: "SignatureParty",
    Style.SIGNATURE_LINE: "SignatureLine",
}
_LEVELLED = {
    Style.HEADING: "Heading",
    Style.SUBHEADING: "Subheading",
    Style.CONTENTS: "TOC",
    Style.BULLET: "ListBullet",
    Style.NUMBER: "ListNumber",
}
_BOXES = {Box.INSET: ("2A6EBB", "F5F8FC", 32), Box.STATEMENT: ("00357A", "", 6), Box.STATUS: ("078364", "F1F8F6", 32),
          Box.ALERT: ("AE332D", "FBF3F2", 32)}  # fmt: skip
_BOX_INDENT = 227
_LIST_INDENT, _DEEPEST_LIST = 340, 3
_LAST_HEADING, _FIRST_SUBHEADING = 4, 2


@dataclass(slots=True)
class Body:
    """Writes the body of one page.

    Attributes:
        page: The page.
        pen: Writes its runs.
        series: The numbered lists met so far, as clause and series; their place gives the numbering's id.
    """

    page: Page
    pen: Pen
    series: list[tuple[str, int]] = field(default_factory=list)
    _bookmarks: int = 0
    _clause: str = ""
    _field_open: bool = False

    def xml(self) -> str:
        """Everything inside ``w:body`` but the section's properties."""
        return "".join(self._section(clause) for clause in self.page.clauses)

    def _section(self, clause: Clause) -> str:
        self._clause = clause.id
        content = "".join(self._blocks(clause))
        if clause.blocks and all(_is_entry(block) for block in clause.blocks):
            content = w("sdt", _contents_properties(), w("sdtContent", content))
        self._bookmarks += 1
        name = f"{PART_PREFIX}{self._bookmarks}" if clause.id.startswith("_") else bookmark_name(clause.id)
        start = w("bookmarkStart", id=self._bookmarks, name=name)
        return start + content + w("bookmarkEnd", id=self._bookmarks)

    def _blocks(self, clause: Clause) -> Iterator[str]:
        entries = [block for block in clause.blocks if isinstance(block, Paragraph) and block.style is Style.CONTENTS]
        in_field = bool(entries) and entries[0].mark is entries[-1].mark is Mark.SAME
        for index, block in enumerate(clause.blocks):
            if isinstance(block, Table):
                yield self._table(block)
            elif block.style is Style.CONTENTS:
                first, last = in_field and block is entries[0], in_field and block is entries[-1]
                yield self._entry(block, first=first, last=last)
            else:
                yield self._paragraph(block, breaks=_begins_page(clause, index))

    def _paragraph(self, paragraph: Paragraph, *, breaks: bool = False) -> str:
        properties = self._properties(paragraph, breaks=breaks)
        return w("p", properties, self.pen.runs(paragraph.runs, paragraph=paragraph.mark))

    def _properties(self, paragraph: Paragraph, *, breaks: bool = False) -> str:
        box = _BOXES.get(paragraph.box)
        listed = paragraph.style in {Style.BULLET, Style.NUMBER, Style.CONTINUED}
        mark = "" if paragraph.mark is Mark.SAME else w("rPr", self.pen.tracked(paragraph.mark))
        return w(
            "pPr",
            w("pStyle", val=style_id(paragraph)),
            w("pageBreakBefore") if breaks else "",
            self._numbering(paragraph),
            _border(*box) if box else "",
            w("shd", val="clear", color="auto", fill=box[1]) if box and box[1] else "",
            _indent(paragraph) if box or (listed and paragraph.style is Style.CONTINUED) else "",
            mark,
        )

    def _numbering(self, paragraph: Paragraph) -> str:
        if paragraph.style is Style.BULLET:
            number = BULLETS
        elif paragraph.style is Style.NUMBER:
            key = (self._clause, paragraph.series)
            if key not in self.series:
                self.series.append(key)
            number = BULLETS + 1 + self.series.index(key)
        else:
            return ""
        return w("numPr", w("ilvl", val=min(paragraph.level, _DEEPEST_LIST) - 1), w("numId", val=number))

    def _table(self, table: Table) -> str:
        spacer = Paragraph(Style.BODY, (), mark=table.mark)
        properties = self._properties(spacer).replace(w("pStyle", val="Normal"), w("pStyle", val="Spacer"))
        return table_xml(table, self.pen, Language(self.page.language)) + w("p", properties)

    def _entry(self, entry: Paragraph, *, first: bool, last: bool) -> str:
        """An entry of the contents; the page numbers come when Word makes the field anew, which it is told to do."""
        begin = _field_begin(CONTENTS_FIELD) if first else ""
        end = _field_char("end") if last else ""
        return w("p", self._properties(entry), begin, self.pen.runs(entry.runs, paragraph=entry.mark), end)


def style_id(paragraph: Paragraph) -> str:
    """Id of the paragraph's style in ``styles.xml``."""
    style = paragraph.style
    if style not in _LEVELLED:
        return _STYLES[style]
    level = paragraph.level
    if style is Style.HEADING:
        return f"Heading{min(level, _LAST_HEADING)}"
    if style is Style.SUBHEADING:
        return "Subheading" if level <= _FIRST_SUBHEADING else f"Heading{min(level, _LAST_HEADING)}"
    return f"{_LEVELLED[style]}{level}" if style is Style.CONTENTS or level > 1 else _LEVELLED[style]


def _is_entry(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style in {Style.CONTENTS, Style.CONTENTS_TITLE}


def _begins_page(clause: Clause, index: int) -> bool:
    """Whether a new page begins here: at the contents, and at what the layout puts after the clauses."""
    return index == 0 and clause.id.startswith("_") and clause.level == 0


def _contents_properties() -> str:
    gallery = w("docPartGallery", val="Table of Contents") + w("docPartUnique")
    return w("sdtPr", w("docPartObj", gallery))


def _field_char(kind: str, dirty: str | None = None) -> str:
    return w("r", w("fldChar", fldCharType=kind, dirty=dirty))


def _field_begin(instruction: str) -> str:
    code = w("r", words("instrText", instruction))
    return _field_char("begin", dirty="true") + code + _field_char("separate")


def _border(colour: str, _fill: str, size: int) -> str:
    return w("pBdr", w("left", val="single", sz=size, space=8, color=colour))


def _indent(paragraph: Paragraph) -> str:
    boxed = _BOX_INDENT if paragraph.box is not Box.NONE else 0
    if paragraph.style in {Style.BULLET, Style.NUMBER}:
        return w("ind", left=boxed + _LIST_INDENT * paragraph.level, hanging=_LIST_INDENT)
    if paragraph.style is Style.CONTINUED:
        return w("ind", left=boxed + _LIST_INDENT * paragraph.level)
    return w("ind", left=boxed)


def link_targets(page: Page) -> frozenset[str]:
    """Ids of the clauses that have a bookmark."""
    return frozenset(clause.id for clause in page.clauses if not clause.id.startswith("_"))
