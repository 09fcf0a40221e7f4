"""A rendered page read into blocks, by the classes that the layout and the clause functions promise."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tender.documents.blocks.inline import drawing_text, inline_runs
from tender.documents.blocks.nouns import (
    Block,
    Box,
    Cell,
    Clause,
    Kind,
    Page,
    Paragraph,
    Row,
    Run,
    Style,
    Table,
    runs_text,
)
from tender.documents.blocks.tree import Element, read_html
from tender.errors import InputError

COVER, CONTENTS = "cover", "_contents"
"""Ids of the cover and of the list of contents."""

_HEADING = re.compile(r"h([1-6])")
_WIDTH = re.compile(r"w(\d+)")
_BOXES = {
    "missing": Box.ALERT,
    "status-draft": Box.ALERT,
    "status-trial": Box.ALERT,
    "status": Box.STATUS,
    "inset": Box.INSET,
    "statement": Box.STATEMENT,
}
_PARAGRAPHS = {
    "buyer": Style.BUYER,
    "subject": Style.SUBJECT,
    "status-line": Style.STATUS_TITLE,
    "note": Style.NOTE,
    "formula": Style.FORMULA,
    "inset-title": Style.BOX_TITLE,
    "statement-title": Style.BOX_TITLE,
    "figure-caption": Style.CAPTION,
    "role": Style.SIGNATURE_ROLE,
    "party": Style.SIGNATURE_PARTY,
    "line": Style.SIGNATURE_LINE,
}
_INLINE = frozenset({"a", "b", "br", "code", "em", "i", "span", "strong", "sub", "sup", "wbr"})
_FURNITURE = frozenset({"page-head", "page-foot", "skip", "languages"})


@lru_cache(maxsize=64)
def read_page(html: str) -> Page:
    """The blocks of a page of `tender.documents.pages.render_html`; the last pages are remembered.

    Raises:
        InputError: It is no page of ours: it has no body or no clause.
    """
    root = read_html(html)
    body, whole = root.first("body"), root.first("html")
    clauses = tuple(_clauses(body)) if body else ()
    if body is None or whole is None or not any(clause.level for clause in clauses):
        raise InputError("documents.not-a-page")
    return Page(
        language=whole.attributes.get("lang", "fi"),
        title=_title(body) or _text(root.first("title")),
        author=_meta(root, "author"),
        head=_text(body.first("p", "doc")),
        banner=_text(body.first("p", "banner")),
        foot=_text(body.first("p", "version")),
        draft=bool(body.classes & {"draft", "trial"}),
        clauses=clauses,
    )


def _title(body: Element) -> str:
    """Title and subject of the cover; the page's own title may be cut short."""
    return ": ".join(filter(None, (_text(body.first("h1")), _text(body.first("p", "subject")))))


def _meta(root: Element, name: str) -> str:
    found = (element.attributes for element in root.walk() if element.tag == "meta")
    return next((each.get("content", "") for each in found if each.get("name") == name), "")


def _text(element: Element | None) -> str:
    return runs_text(inline_runs(element.children)) if element else ""


def _clauses(body: Element) -> Iterator[Clause]:
    """Cover, contents, clauses and the other sections of the layout, in their order."""
    for part in body.elements():
        if part.classes & _FURNITURE:
            continue
        if part.tag == "main":
            yield from _clauses(part)
        elif "clause" in part.classes:
            yield _clause(part)
        elif "cover" in part.classes:
            yield Clause(COVER, "", 0, _text(part.first("h1")), tuple(_Reader().blocks(part.children)))
        elif "toc" in part.classes:
            yield Clause(CONTENTS, "", 0, _text(part.first("h2")), tuple(_contents(part)))
        else:
            blocks = tuple(_Reader(under=1).blocks([part]))
            name = "-".join(sorted(part.classes)) or part.attributes.get("id") or part.tag
            if blocks:
                yield Clause(f"_{name}", "", 0, _text(part.first("h2")), blocks)


def _clause(section: Element) -> Clause:
    heading = next((child for child in section.elements() if _HEADING.fullmatch(child.tag)), Element("h2"))
    number = _text(next((child for child in heading.elements() if "number" in child.classes), None))
    words = [child for child in heading.children if isinstance(child, str) or "number" not in child.classes]
    level = int(heading.tag[1]) - 1
    title = inline_runs(words)
    numbering = (Run(f"{number}\t"),) if number else ()
    head = Paragraph(Style.HEADING, (*numbering, *title), level)
    body = _Reader(under=level).blocks([child for child in section.children if child is not heading])
    clause_id = section.attributes.get("id", "").removeprefix("c-")
    return Clause(clause_id, number, level, runs_text(title), (head, *body))


def _contents(nav: Element) -> Iterator[Block]:
    for element in nav.walk():
        if _HEADING.fullmatch(element.tag):
            yield Paragraph(Style.CONTENTS_TITLE, inline_runs(element.children))
        elif element.tag == "li":
            level = 2 if "toc-2" in element.classes else 1
            link = next((child for child in element.elements() if child.tag == "a"), Element("a"))
            number = _text(element.first("span", "toc-number"))
            target = link.attributes.get("href", "").removeprefix("#c-")
            words = (Run(f"{number}\t"), *inline_runs(link.children))
            yield Paragraph(Style.CONTENTS, tuple(dataclasses.replace(run, link=target) for run in words), level)


class _Reader:
    """Reads the blocks of one clause; it counts the clause's lists.

    Args:
        under: Level of the clause's heading, above which no heading of its body rises; 0 for the cover.
    """

    def __init__(self, under: int = 0) -> None:
        self._under = under
        self._series = 0

    def blocks(self, children: Iterable[Element | str], box: Box = Box.NONE) -> Iterator[Block]:
        """The blocks of block content; loose inline content becomes paragraphs."""
        loose: list[Element | str] = []
        for child in children:
            if isinstance(child, str) or child.tag in _INLINE:
                loose.append(child)
                continue
            yield from self._loose(loose, box)
            loose = []
            yield from self._block(child, box)
        yield from self._loose(loose, box)

    def _loose(self, children: list[Element | str], box: Box) -> Iterator[Block]:
        runs = inline_runs(children)
        if runs:
            yield Paragraph(Style.BODY, runs, box=box)

    def _block(self, element: Element, box: Box) -> Iterator[Block]:
        tag, classes = element.tag, element.classes
        if tag == "p":
            yield from self._paragraph(element, box)
        elif _HEADING.fullmatch(tag):
            yield self._heading(element, box)
        elif tag in {"ul", "ol"}:
            self._series += 1
            yield from self._items(element, box, 1, self._series)
        elif tag == "table":
            yield from _table(element, box)
        elif tag == "svg":
            yield Paragraph(Style.FIGURE, (Run(drawing_text(element)),), box=box)
        else:
            inside = next((_BOXES[name] for name in _BOXES if name in classes), box)
            yield from self.blocks(element.children, inside)

    def _paragraph(self, element: Element, box: Box) -> Iterator[Block]:
        style = next((_PARAGRAPHS[name] for name in _PARAGRAPHS if name in element.classes), Style.BODY)
        runs = inline_runs(element.children)
        if runs:
            yield Paragraph(style, runs, box=box)

    def _heading(self, element: Element, box: Box) -> Paragraph:
        level = int(element.tag[1]) - 1
        runs = inline_runs(element.children)
        if level == 0:
            return Paragraph(Style.TITLE, runs, box=box)
        if self._under and level > self._under:
            return Paragraph(Style.SUBHEADING, runs, max(level, self._under + 1), box)
        return Paragraph(Style.HEADING, runs, level, box)

    def _items(self, element: Element, box: Box, level: int, series: int) -> Iterator[Block]:
        style = Style.NUMBER if element.tag == "ol" else Style.BULLET
        for item in element.elements():
            first = style
            loose: list[Element | str] = []
            for child in (*item.children, Element("")):
                if isinstance(child, str) or child.tag in _INLINE:
                    loose.append(child)
                    continue
                runs = inline_runs(loose if child.tag != "p" else (*loose, *child.children))
                loose = []
                if runs:
                    yield Paragraph(first, runs, level, box, series)
                    first = Style.CONTINUED
                if child.tag in {"ul", "ol"}:
                    self._series += 1
                    yield from self._items(child, box, level + 1, self._series)


def _table(element: Element, box: Box) -> Iterator[Block]:
    caption = next((child for child in element.elements() if child.tag == "caption"), None)
    if caption is not None:
        yield Paragraph(Style.CAPTION, inline_runs(caption.children), box=box)
    found = (_WIDTH.match(each.attributes.get("class", "")) for each in element.walk() if each.tag == "col")
    widths = tuple(int(match[1]) if match else 0 for match in found)
    rows = tuple(_row(row, head=part.tag == "thead") for part in element.elements() for row in _rows(part))
    headed = any(row.head for row in rows)
    yield Table(rows, widths, Kind.GRID if headed else Kind.FACTS, box)


def _rows(part: Element) -> Iterator[Element]:
    return (row for row in part.walk() if row.tag == "tr")


def _row(element: Element, *, head: bool) -> Row:
    cells = tuple(
        Cell(
            inline_runs(cell.children),
            header=cell.tag == "th",
            numeric="num" in cell.classes,
            span=int(cell.attributes.get("colspan", "1")),
        )
        for cell in element.elements()
        if cell.tag in {"th", "td"}
    )
    return Row(cells, head, bool(element.classes & {"total", "about"}))
