"""Runs in WordprocessingML: looks, breaks, links, footnotes, and what came or went as tracked changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from tender.documents.blocks import Mark, Run
from tender.documents.docx.markup import w, words
from tender.documents.docx.names import bookmark_name

_TAGS: Mapping[Mark, str] = {Mark.INSERTED: "ins", Mark.DELETED: "del"}

_SCRIPTS = {"sub": "subscript", "sup": "superscript"}


@dataclass(frozen=True, slots=True)
class Revision:
    """Who made the tracked changes of a redline, and when.

    Attributes:
        author: The name that Word shows.
        at: The moment that Word shows.
    """

    author: str
    at: datetime


@dataclass(slots=True)
class Pen:
    """Writes runs; it numbers tracked changes and collects footnotes.

    Attributes:
        revision: Who made the tracked changes.
        targets: Ids of the clauses that links may lead to.
        notes: The footnotes written so far.
        addresses: The web and e-mail addresses met so far; their place gives the relationship's id.
    """

    revision: Revision
    targets: frozenset[str]
    notes: list[tuple[Run, ...]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    _changes: int = 0

    def tracked(self, mark: Mark, content: str = "") -> str:
        """`content` as inserted or deleted; as it is when it stands in both versions."""
        if mark is Mark.SAME:
            return content
        self._changes += 1
        moment = f"{self.revision.at:%Y-%m-%dT%H:%M:%SZ}"
        return w(_TAGS[mark], content, id=self._changes, author=self.revision.author, date=moment)

    def runs(self, runs: Iterable[Run], *, paragraph: Mark = Mark.SAME, bold: bool = False) -> str:
        """`runs` of a paragraph.

        Args:
            runs: The runs.
            paragraph: Mark of the whole paragraph or row; its runs share it.
            bold: Whether all of them are strong.
        """
        marked = (
            dataclasses.replace(run, mark=run.mark if paragraph is Mark.SAME else paragraph, bold=run.bold or bold)
            for run in runs
        )
        linked = groupby(marked, key=lambda run: (run.link, run.address))
        return "".join(self._linked(*target, list(group)) for target, group in linked)

    def _linked(self, target: str, address: str, runs: list[Run]) -> str:
        known = target in self.targets
        written = "".join(
            self.tracked(mark, "".join(self._run(run, linked=known or bool(address)) for run in group))
            for mark, group in groupby(runs, key=lambda run: run.mark)
        )
        if address:
            return f'<w:hyperlink r:id="{self._relation(address)}" w:history="1">{written}</w:hyperlink>'
        return w("hyperlink", written, anchor=bookmark_name(target), history="1") if known else written

    def _relation(self, address: str) -> str:
        """Id of the relationship that leads to `address`."""
        if address not in self.addresses:
            self.addresses.append(address)
        return address_id(self.addresses.index(address))

    def _run(self, run: Run, *, linked: bool) -> str:
        if run.note:
            return self._note(run)
        look = "".join(
            (
                w("rStyle", val="Hyperlink") if linked else w("rStyle", val="Code") if run.code else "",
                w("b") if run.bold else "",
                w("i") if run.italic else "",
                w("vertAlign", val=_SCRIPTS[run.script]) if run.script else "",
            )
        )
        return w("r", w("rPr", look) if look else "", _pieces(run.text, deleted=run.mark is Mark.DELETED))

    def _note(self, run: Run) -> str:
        self.notes.append(tuple(_under(run.mark)(inner) for inner in run.note))
        return w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteReference", id=len(self.notes)))


def address_id(place: int) -> str:
    """Id of the relationship that leads to the address at `place`, from 0."""
    return f"address{place + 1}"


def _under(mark: Mark) -> Callable[[Run], Run]:
    """Lays the mark of a footnote's call on the footnote's text."""
    return lambda run: run if mark is Mark.SAME else dataclasses.replace(run, mark=mark)


def _pieces(text: str, *, deleted: bool) -> str:
    """Text with its tabs and line ends as elements."""
    tag = "delText" if deleted else "t"
    written: list[str] = []
    for index, line in enumerate(text.split("\n")):
        written.extend([w("br")] if index else [])
        for number, piece in enumerate(line.split("\t")):
            written.extend([w("tab")] if number else [])
            written.extend([words(tag, piece)] if piece else [])
    return "".join(written)
