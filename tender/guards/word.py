"""The guard of a DOCX document that somebody sent back: no macros, no objects, no parts from elsewhere.

A hyperlink to the web or to an e-mail address is let through, for reviewers write such; nothing ever follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tender.errors import InputError, Place
from tender.guards.archives import LIMITS, Limits, Package, open_zip
from tender.guards.markup import Deaf
from tender.guards.names import excerpt
from tender.guards.office import CONTENT_TYPES, PASSIVE_ENDS, XML_ENDS, Relations, ending, guarded

DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

_ACTIVE_PARTS = re.compile(r"vba|embeddings|activex|ctrlprops|customui|webextensions|afchunk|oleobject")
_FONTS = frozenset({"odttf"})
_ACTIVE_TAGS = frozenset({"altChunk", "object", "OLEObject", "control", "subDoc", "attachedTemplate", "mailMerge"})
_ACTIVE_FIELD = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|DATABASE)\b", re.IGNORECASE
)
_HARMLESS_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


def open_document(data: bytes, file: str, limits: Limits = LIMITS) -> Package:
    """The DOCX in `data` after every guard; every XML part has been walked through once.

    Raises:
        InputError: It is no DOCX, or something in it is active, linked, nested, damaged or too much.
    """
    if data and not data.startswith(b"PK"):
        raise InputError("guard.not-docx", place=Place(file))
    return guarded(open_zip(data, file, limits), DOCUMENT_TYPE, "guard.not-docx", (_guard_part_name, _guard_part))


@dataclass(slots=True)
class Node:
    """An element of an XML part, its names without prefixes.

    Attributes:
        tag: Its name.
        attributes: Its attributes.
        children: Elements and texts inside it, in order.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        """The elements directly inside it."""
        return (child for child in self.children if isinstance(child, Node))

    def child(self, *path: str) -> Node | None:
        """The first element below it along `path`; ``None`` when there is none."""
        found: Node | None = self
        for tag in path:
            found = next((node for node in found.nodes() if node.tag == tag), None) if found else None
        return found

    def walk(self) -> Iterator[Node]:
        """It and every element below it, in order."""
        yield self
        for node in self.nodes():
            yield from node.walk()

    def text(self) -> str:
        """All text below it."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class _Planter(Deaf):
    """Grows a tree of nodes."""

    def __init__(self) -> None:
        self.root = Node("")
        self._open = [self.root]

    def open(self, tag: str, attributes: dict[str, str], /) -> None:
        """An element begins."""
        node = Node(tag, attributes)
        self._open[-1].children.append(node)
        self._open.append(node)

    def close(self, _tag: str, /) -> None:
        """An element ends."""
        self._open.pop()

    def text(self, words: str, /) -> None:
        """Character data."""
        self._open[-1].children.append(words)


def read_tree(package: Package, part: str) -> Node:
    """The XML of `part` as a tree.

    Raises:
        InputError: There is no such part, or it is no XML that may be read.
    """
    planter = _Planter()
    package.walk(part, planter)
    return next(planter.root.nodes())


class _Content(Deaf):
    """Walks through any other part: no objects or controls, and no field that fetches or runs something."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._code: list[str] | None = None

    def open(self, tag: str, attributes: dict[str, str], /) -> None:
        """An element begins."""
        if tag in _ACTIVE_TAGS:
            raise InputError("guard.active-part", place=self.place)
        if tag == "instrText":
            self._code = []
        if tag == "fldSimple" and _ACTIVE_FIELD.match(attributes.get("instr", "").strip()):
            raise InputError("guard.active-part", place=self.place)

    def text(self, words: str, /) -> None:
        """Character data."""
        if self._code is not None:
            self._code.append(words)

    def close(self, tag: str, /) -> None:
        """An element ends."""
        if tag == "instrText" and self._code is not None:
            code, self._code = "".join(self._code), None
            if _ACTIVE_FIELD.match(code.strip()):
                raise InputError("guard.active-part", place=self.place)


def _guard_part_name(package: Package, name: str) -> None:
    lower = name.casefold()
    end = ending(lower)
    passive = end in XML_ENDS or end in PASSIVE_ENDS or end in _FONTS or lower.startswith("word/printersettings")
    if not passive or _ACTIVE_PARTS.search(lower):
        raise InputError("guard.active-part", place=package.place(excerpt(name)))


def _guard_part(package: Package, name: str, most: int) -> int:
    """Walk through one part with what is left of the elements allowed; how many it took."""
    end = ending(name.casefold())
    if end == "rels":
        return package.walk(name, Relations(package.place(name), _HARMLESS_LINK), most)
    if end == "xml" and name != CONTENT_TYPES:
        return package.walk(name, _Content(package.place(name)), most)
    return 0
