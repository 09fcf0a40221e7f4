"""What a rendered document says, without its markup: for tests that read words and cells."""

from __future__ import annotations

import re
from html.parser import HTMLParser

SOFT_HYPHEN = "\u00ad"
_SKIPPED = {"style", "title"}


class _Reader(HTMLParser):
    """Collects words, and the words of every table cell; ids in the margin are no words."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.cells: list[str] = []
        self._skipping = 0
        self._in_cell = False
        self._in_margin = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipping += tag in _SKIPPED
        self._in_margin = ("class", "clause-id") in attrs
        if tag in {"td", "th"}:
            self._in_cell = True
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self._skipping -= tag in _SKIPPED
        self._in_margin = False
        if tag in {"td", "th"}:
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._skipping or self._in_margin:
            return
        self.words.append(data)
        if self._in_cell:
            self.cells[-1] += data


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def _settled(text: str) -> str:
    return " ".join(text.replace(SOFT_HYPHEN, "").replace("\u00a0", " ").split())


def plain(html: str) -> str:
    """All words of `html`, with single spaces and without soft hyphens."""
    return _settled(" ".join(_read(html).words))


def misplaced(html: str) -> list[str]:
    """Blocks of `html` that stand inside a paragraph: a clause needs two blank lines after a line that ends a block."""
    return re.findall(r"<p>(?:(?!</p>).)*<(?:div|table|ul|ol)\b.{0,80}", html, re.DOTALL)


def cells(html: str) -> list[str]:
    """The words of every table cell of `html`, in order."""
    return [_settled(cell) for cell in _read(html).cells]
