"""From a reviewer's edits to edits of the files that the words came from: texts, own clauses, or a template's clause.

An edit is exact when the words before it are one whole paragraph of one file, marks of Markdown aside. Only exact ones
are ever written; the rest is for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tender.documents.catalogue import Document, catalogue
from tender.documents.clauses import Clause, clauses_of, split_front_matter
from tender.documents.review import Edit, Review
from tender.errors import UsageError
from tender.guards import inside
from tender.language import Language
from tender.publishing.folder import CLAUSES, TENDER_FILE, TEXTS

_ORDER = re.compile(r"^\d+-")
_MARKER = re.compile(r"^(\s*(?:[-*]|\d+[.)]|#{1,6})\s+)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|\*)(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_VARIABLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_MOST_VARIABLES, _LONGEST = 6, 4000
"""More variables or longer words than these are not matched: what a file from outside says must not cost much."""

_SPACE = re.compile(r"\s+")
_ACTIVE = re.compile(r"[{}<>|\\`*_\[\]]")


class Verdict(StrEnum):
    """What can be done with an edit."""

    EXACT = "exact"
    AMBIGUOUS = "ambiguous"
    MARKED_UP = "marked-up"
    DATA = "data"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a reviewer's edit means for the files of the tender.

    Attributes:
        edit: The edit.
        verdict: What can be done with it.
        file: The file, relative to the tender folder; empty when no file holds the words.
        content: What the file would hold, this edit and the exact ones before it included; empty unless exact.
        fresh: Whether the file is new: a template's clause replaced by one of the tender's own.
    """

    edit: Edit
    verdict: Verdict
    file: str = ""
    content: str = ""
    fresh: bool = False


def document_of(review: Review, document_id: str = "") -> Document:
    """The document that a review is about: the one named, else the one with most of its clauses.

    Raises:
        UsageError: There is no such document, or the file has no clause of any.
    """
    known = catalogue()
    if document_id:
        found = [document for document in known if document.id == document_id]
        if not found:
            raise UsageError("documents.unknown-document", document=document_id, known=", ".join(d.id for d in known))
        return found[0]
    shared = {document.id: len(_ids(document) & set(review.clauses)) for document in known}
    best = max(known, key=lambda document: shared[document.id])
    if not shared[best.id]:
        raise UsageError("review.no-clauses")
    return best


def _ids(document: Document) -> set[str]:
    for language in Language:
        try:
            return {clause.id for clause in clauses_of(document.clauses, language)}
        except UsageError:
            continue
    return set()


def proposals(review: Review, folder: Path, document: Document, language: Language) -> tuple[Proposal, ...]:
    """What every edit of `review` means for the files in `folder`; nothing is written."""
    sources = _sources(folder, document, language)
    data = _squeezed((folder / TENDER_FILE).read_text(encoding="utf-8"))
    return tuple(_proposal(edit, sources, data) for edit in review.edits)


def apply(made: Iterable[Proposal], folder: Path) -> tuple[str, ...]:
    """Write the exact ones of `made`; the files written, relative to `folder`."""
    contents = {one.file: one.content for one in made if one.verdict is Verdict.EXACT}
    for name, content in contents.items():
        *rooms, bare = name.split("/")
        place = folder
        for room in rooms:
            place = inside(place, room)
            place.mkdir(exist_ok=True)
        inside(place, bare).write_text(content, encoding="utf-8")
    return tuple(contents)


@dataclass(slots=True)
class _Source:
    """A file that words may come from.

    Attributes:
        file: Its path, relative to the tender folder.
        text: What it holds, or would hold.
        clauses: Ids of the clauses that it may speak in; empty for any.
        fresh: Whether it is not there yet.
        before: How many lines at its start are no words: the front matter of a clause.
    """

    file: str
    text: str
    clauses: frozenset[str]
    fresh: bool = False
    before: int = 0


def _sources(folder: Path, document: Document, language: Language) -> list[_Source]:
    """Texts of the tender, its own clauses, and the template's clauses that it has not replaced."""
    ending = f".{language.value}.md"
    found = [
        _Source(f"{TEXTS}/{path.name}", path.read_text(encoding="utf-8"), frozenset())
        for path in sorted((folder / TEXTS).glob(f"*{ending}"))
    ]
    own = {}
    for path in sorted((folder / CLAUSES / document.clauses).glob(f"*{ending}")):
        own[_ORDER.sub("", path.name.removesuffix(ending))] = path
    for clause_id, path in own.items():
        text = path.read_text(encoding="utf-8")
        name = f"{CLAUSES}/{document.clauses}/{path.name}"
        found.append(_Source(name, text, frozenset({clause_id}), before=_front_lines(text)))
    clauses = (clause for clause in clauses_of(document.clauses, language) if clause.id not in own)
    return [*found, *(_template_source(clause, document, ending) for clause in clauses)]


def _template_source(clause: Clause, document: Document, ending: str) -> _Source:
    name = f"{CLAUSES}/{document.clauses}/{clause.id}{ending}"
    return _Source(name, clause.body, frozenset({clause.id}), fresh=True)


def _front_lines(text: str) -> int:
    if not text.startswith("+++"):
        return 0
    front, _ = split_front_matter(text)
    return len(front.splitlines()) + 2


def _proposal(edit: Edit, sources: list[_Source], data: str) -> Proposal:
    if not edit.old or not edit.new:
        return Proposal(edit, Verdict.ELSEWHERE)
    places = [
        (source, start, end, marker)
        for source in sources
        if not source.clauses or edit.clause in source.clauses
        for start, end, marker in _paragraphs(source)
        if _says(_plain(source.text.splitlines()[start:end], marker), edit.old)
    ]
    if not places:
        verdict = Verdict.DATA if _squeezed(edit.old) in data else Verdict.ELSEWHERE
        return Proposal(edit, verdict, TENDER_FILE if verdict is Verdict.DATA else "")
    source, start, end, marker = places[0]
    if len(places) > 1:
        return Proposal(edit, Verdict.AMBIGUOUS, source.file)
    lines = source.text.splitlines()
    if _ACTIVE.search("".join(lines[start:end])[len(marker) :]) or not _is_prose(edit.new):
        return Proposal(edit, Verdict.MARKED_UP, source.file)
    source.text = "\n".join([*lines[:start], f"{marker}{edit.new}", *lines[end:]]) + "\n"
    return Proposal(edit, Verdict.EXACT, source.file, source.text, source.fresh)


def _paragraphs(source: _Source) -> list[tuple[int, int, str]]:
    """First line, line after the last, and list or heading mark of every paragraph."""
    found: list[tuple[int, int, str]] = []
    open_at: int | None = None
    lines = [*source.text.splitlines(), ""]
    for number, line in enumerate(lines):
        marker = _MARKER.match(line)
        ends = not line.strip() or marker is not None or line.lstrip().startswith(("{%", "|"))
        if open_at is not None and ends:
            first = _MARKER.match(lines[open_at])
            found.append((open_at, number, first[1] if first else ""))
            open_at = None
        if number >= source.before and line.strip() and not line.lstrip().startswith(("{%", "|")) and open_at is None:
            open_at = number
    return found


def _plain(lines: list[str], marker: str) -> str:
    text = " ".join([lines[0].removeprefix(marker), *(line.strip() for line in lines[1:])])
    return _EMPHASIS.sub(r"\2", text)


def _says(source: str, words: str) -> bool:
    """Whether a paragraph of a file becomes `words` on the page; its variables may stand for anything."""
    pieces = _VARIABLE.split(_squeezed(source))
    if len(pieces) == 1:
        return pieces[0] == _squeezed(words)
    if len(pieces) > _MOST_VARIABLES or not "".join(pieces).strip(" .,:;"):
        return False
    return re.fullmatch(".*?".join(map(re.escape, pieces)), _squeezed(words[:_LONGEST])) is not None


def _is_prose(words: str) -> bool:
    """Whether `words` mean the same in Markdown as on the page: nothing in them commands anything."""
    return not (_ACTIVE.search(words) or _MARKER.match(words) or words.startswith("+++") or "\n" in words)


def _squeezed(text: str) -> str:
    """`text` with every kind of space as one: the page holds signs to their numbers with spaces that do not break."""
    return _SPACE.sub(" ", text).strip()
