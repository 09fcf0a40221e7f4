"""Reading a reviewer's DOCX, as Word wrote it or as LibreOffice saved it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tender.documents.docx.names import PART_PREFIX, clause_of
from tender.documents.review.nouns import Edit, Remark, RemarkKind, Review
from tender.guards import Node, Package, excerpt, open_document, read_tree

DOCUMENT, COMMENTS, STYLES = "word/document.xml", "word/comments.xml", "word/styles.xml"
FOOTNOTES = "word/footnotes.xml"

_CHANGES = {
    "ins": RemarkKind.INSERTED,
    "del": RemarkKind.DELETED,
    "moveTo": RemarkKind.MOVED,
    "moveFrom": RemarkKind.MOVED,
}
_GONE = frozenset({"del", "moveFrom"})
_SKIPPED = frozenset({"Fallback", "drawing", "pict", "instrText", "delInstrText"})
_MARKERS = frozenset({"bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"})
_AROUND = 30
"""Characters of the words around a change."""

_LONGEST = 2000
"""Characters of one remark that are kept."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of a paragraph with the change that they are part of."""

    words: str
    change: str = ""
    author: str = ""
    date: str = ""
    looks: tuple[str, str] | None = None
    comments: tuple[str, ...] = ()


@dataclass(slots=True)
class _Walk:
    """Walks through the body of a document and keeps where it is."""

    clause: str = ""
    clauses: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    def paragraphs(self, node: Node, row: Node | None = None) -> Iterator[tuple[str, list[_Piece]]]:
        """Clause and pieces of every paragraph below `node`."""
        for child in node.nodes():
            if child.tag in _SKIPPED:
                continue
            if child.tag == "p":
                pieces = list(self._pieces(child, _Piece("", *_row_change(row))))
                yield self.clause, pieces
            elif not self._is_marker(child):
                yield from self.paragraphs(child, child if child.tag == "tr" else row)

    def _is_marker(self, node: Node) -> bool:
        """Whether `node` only says where something begins or ends; what it says is kept."""
        if node.tag == "bookmarkStart":
            self._bookmark(node.attributes.get("name", ""))
        elif node.tag in {"commentRangeStart", "commentRangeEnd"}:
            self._comment(node)
        return node.tag in _MARKERS

    def _bookmark(self, name: str) -> None:
        """A clause lasts until the next part begins: LibreOffice moves the ends of bookmarks, but not their starts."""
        clause = clause_of(name)
        if clause:
            self.clause = clause
            self.clauses.append(clause)
        elif name.startswith(PART_PREFIX):
            self.clause = ""

    def _comment(self, node: Node) -> None:
        number = node.attributes.get("id", "")
        if node.tag == "commentRangeStart":
            self.comments.append(number)
        elif number in self.comments:
            self.comments.remove(number)

    def _pieces(self, node: Node, state: _Piece) -> Iterator[_Piece]:
        for child in node.nodes():
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag in _CHANGES:
                yield from self._pieces(child, _changed(state, child))
            elif tag == "r":
                yield from self._run(child, state)
            elif tag == "pPr":
                yield from _looks(child)
            elif not self._is_marker(child):
                yield from self._pieces(child, state)

    def _run(self, run: Node, state: _Piece) -> Iterator[_Piece]:
        looks = run.child("rPr", "rPrChange")
        changed = (looks.attributes.get("author", ""), looks.attributes.get("date", "")) if looks else None
        words = "".join(_words(child) for child in run.nodes())
        called = run.child("footnoteReference")
        if called:
            self.notes[called.attributes.get("id", "")] = self.clause
        if words:
            yield _Piece(words, state.change, state.author, state.date, changed, tuple(self.comments))
        yield from (
            _Piece("", comments=(child.attributes.get("id", ""),))
            for child in run.nodes()
            if child.tag == "commentReference"
        )


def _words(node: Node) -> str:
    if node.tag in {"t", "delText"}:
        return node.text()
    return {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(node.tag, "")


def _changed(state: _Piece, node: Node) -> _Piece:
    """The innermost change wins: what one reviewer inserted and another deleted is deleted."""
    return _Piece("", node.tag, node.attributes.get("author", state.author), node.attributes.get("date", state.date))


def _row_change(row: Node | None) -> tuple[str, str, str]:
    for tag in ("ins", "del"):
        mark = row.child("trPr", tag) if row else None
        if mark:
            return tag, mark.attributes.get("author", ""), mark.attributes.get("date", "")
    return "", "", ""


def _looks(properties: Node) -> Iterator[_Piece]:
    for node in properties.nodes():
        if node.tag == "pPrChange":
            yield _Piece("", looks=(node.attributes.get("author", ""), node.attributes.get("date", "")))


def read_review(data: bytes, file: str) -> Review:
    """What a reviewer wrote into the DOCX in `data`.

    Args:
        data: The file.
        file: Its name as the user knows it.

    Raises:
        InputError: It is no DOCX that may be read.
    """
    package = open_document(data, file)
    walk = _Walk()
    texts = _comment_texts(package)
    paragraphs = [(clause, pieces) for clause, pieces in _paragraphs(package, walk) if pieces]
    remarks: list[Remark] = []
    edits: list[Edit] = []
    seen: dict[str, int] = {}
    said: set[str] = set()
    for clause, pieces in paragraphs:
        seen[clause] = seen.get(clause, 0) + any(piece.words.strip() for piece in pieces)
        remarks.extend(_changes_of(clause, pieces, seen[clause]))
        remarks.extend(_comments_of(clause, pieces, seen[clause], _Spoken(texts, paragraphs, said)))
        if any(piece.change for piece in pieces):
            edits.append(_edit(clause, pieces))
    changed = (edit for edit in edits if edit.old != edit.new)
    return Review(tuple(remarks), tuple(changed), tuple(dict.fromkeys(walk.clauses)), _language(package))


def _paragraphs(package: Package, walk: _Walk) -> Iterator[tuple[str, list[_Piece]]]:
    """Clause and pieces of every paragraph of the body, then of every footnote, in the clause that calls it."""
    yield from walk.paragraphs(read_tree(package, DOCUMENT))
    if FOOTNOTES in package.names:
        for note in read_tree(package, FOOTNOTES).nodes():
            walk.clause = walk.notes.get(note.attributes.get("id", ""), "")
            yield from walk.paragraphs(note)


def _changes_of(clause: str, pieces: list[_Piece], number: int) -> Iterator[Remark]:
    """Changes of the words and of their looks; neighbouring pieces of one change are one remark."""
    for start, end in _stretches(pieces, lambda piece: (piece.change, piece.author, piece.date)):
        piece = pieces[start]
        words = "".join(each.words for each in pieces[start:end])
        if piece.change and words.strip():
            around = _around(pieces, start, end)
            kind = _CHANGES[piece.change]
            yield Remark(clause, kind, excerpt(piece.author), piece.date, words[:_LONGEST], around, number)
    for start, end in _stretches(pieces, lambda piece: piece.looks):
        looks = pieces[start].looks
        if looks is not None:
            words = "".join(each.words for each in pieces[start:end])[:_LONGEST]
            around = _around(pieces, start, end)
            yield Remark(clause, RemarkKind.FORMATTING, excerpt(looks[0]), looks[1], words, around, number)


def _stretches(pieces: list[_Piece], key: Callable[[_Piece], object]) -> Iterator[tuple[int, int]]:
    """Begin and end of every stretch of pieces with one key."""
    start = 0
    for index in range(1, len(pieces) + 1):
        if index == len(pieces) or key(pieces[index]) != key(pieces[start]):
            yield start, index
            start = index


def _around(pieces: list[_Piece], start: int, end: int) -> str:
    before = "".join(piece.words for piece in pieces[:start] if piece.change not in _GONE)[-_AROUND:]
    after = "".join(piece.words for piece in pieces[end:] if piece.change not in _GONE)[:_AROUND]
    return f"{before}…{after}" if before or after else ""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The comments of a file, the words that each is about, and those already told."""

    texts: Mapping[str, Remark]
    paragraphs: list[tuple[str, list[_Piece]]]
    told: set[str]

    def about(self, number: str) -> str:
        """The words that a comment is about."""
        pieces = (piece for _, pieces in self.paragraphs for piece in pieces if number in piece.comments)
        return "".join(piece.words for piece in pieces if piece.change not in _GONE)[:_LONGEST]


def _comments_of(clause: str, pieces: list[_Piece], number: int, spoken: _Spoken) -> Iterator[Remark]:
    for piece in pieces:
        for comment in piece.comments:
            found = spoken.texts.get(comment)
            if found is not None and comment not in spoken.told:
                spoken.told.add(comment)
                about = spoken.about(comment)
                yield Remark(clause, RemarkKind.COMMENT, found.author, found.date, found.text, about, number)


def _comment_texts(package: Package) -> dict[str, Remark]:
    """The comments by their id; clause and place are filled in where they are called."""
    if COMMENTS not in package.names:
        return {}
    found = {}
    for node in read_tree(package, COMMENTS).nodes():
        paragraphs = (_paragraph_text(one) for one in node.walk() if one.tag == "p")
        words = "\n".join(filter(None, paragraphs))[:_LONGEST]
        author, day = excerpt(node.attributes.get("author", "")), node.attributes.get("date", "")
        found[node.attributes.get("id", "")] = Remark("", RemarkKind.COMMENT, author, day, words, "", 0)
    return found


def _paragraph_text(paragraph: Node) -> str:
    return "".join(_words(node) for node in paragraph.walk() if node.tag in {"t", "br"})


def _edit(clause: str, pieces: list[_Piece]) -> Edit:
    old = "".join(piece.words for piece in pieces if piece.change not in {"ins", "moveTo"})
    new = "".join(piece.words for piece in pieces if piece.change not in _GONE)
    authors = tuple(dict.fromkeys(excerpt(piece.author) for piece in pieces if piece.change))
    return Edit(clause, old.strip(), new.strip(), authors)


def _language(package: Package) -> str:
    """The language of the default style: ``fi`` for ``fi-FI``."""
    if STYLES not in package.names:
        return ""
    for node in read_tree(package, STYLES).walk():
        if node.tag == "lang":
            return node.attributes.get("val", "")[:2]
    return ""
