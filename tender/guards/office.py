"""The guard of an XLSX workbook: no macros, no embedded objects, no links to the world, ordinary parts only.

A `mailto:` hyperlink is let through because Excel itself makes one of a typed e-mail address; nothing ever follows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tender.errors import InputError, Place
from tender.guards.archives import LIMITS, Limits, Package, open_zip
from tender.guards.markup import MAX_ELEMENTS, Deaf
from tender.guards.names import excerpt

CONTENT_TYPES = "[Content_Types].xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

XML_ENDS = frozenset({"xml", "rels"})
PASSIVE_ENDS = frozenset({"vml", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf"})
_ACTIVE_PARTS = re.compile(
    r"vba|macrosheets|dialogsheets|externallinks|embeddings|activex|ctrlprops|customui|webextensions"
    r"|(^|/)(connections|xlmacro|intlmacro)|querytables|oleobject"
)
ACTIVE_TYPES = re.compile(
    r"macro|vba|activex|oleobject|externallink|connections|querytable|controlproperties|customui|extensibility"
    r"|attachedtemplate|dialogsheet|webextension|/relationships/(package|control|frame|subdocument)$",
    re.IGNORECASE,
)
_MAIL = re.compile(r"mailto:", re.IGNORECASE)
"""The only hyperlinks that a workbook may lead out by."""
_ACTIVE_TAGS = frozenset(
    {"ddeLink", "oleLink", "oleObject", "oleObjects", "control", "controls", "externalBook", "externalReference"}
)
_FORMULA_TAGS = frozenset({"f", "formula", "formula1", "formula2", "definedName"})
_ACTIVE_FORMULA = re.compile(
    r"\b(WEBSERVICE|FILTERXML|DDE|CALL|REGISTER(\.ID)?|EXEC|RTD|IMPORT(DATA|XML|HTML|RANGE|FEED))\s*\("
    r"|\|\s*['!]|\[\d+\]|file:|https?:|\\\\",
    re.IGNORECASE,
)


def open_workbook(data: bytes, file: str, limits: Limits = LIMITS) -> Package:
    """The XLSX workbook in `data` after every guard; every XML part has been walked through once.

    Raises:
        InputError: It is no XLSX workbook, or something in it is active, linked, nested, damaged or too much.
    """
    return guarded(open_zip(data, file, limits), WORKBOOK_TYPE, "guard.not-xlsx", (_guard_part_name, _guard_part))


Guards = tuple[Callable[[Package, str], None], Callable[[Package, str, int], int]]
"""Guard of a part's name, and guard of a part with what is left of the elements allowed."""


def guarded(package: Package, kind: str, stranger: str, guards: Guards) -> Package:
    """`package` after the guards of its format; every XML part has been walked through once.

    Args:
        package: The unpacked file.
        kind: Content type of its main part.
        stranger: Message when it is no file of this format.
        guards: What the format lets through.

    Raises:
        InputError: It is another format, or a guard stops it.
    """
    guard_name, guard_part = guards
    if CONTENT_TYPES not in package.names:
        raise InputError(stranger, place=Place(package.file))
    for name in package.names:
        guard_name(package, name)
    types = ContentTypes(package.place(CONTENT_TYPES), kind)
    package.walk(CONTENT_TYPES, types)
    if not types.found:
        raise InputError(stranger, place=Place(package.file))
    left = MAX_ELEMENTS
    for name in package.names:
        left -= guard_part(package, name, left)
    return package


class ContentTypes(Deaf):
    """Walks through the content types: none may be active; `found` says whether the `wanted` one is among them."""

    def __init__(self, place: Place, wanted: str) -> None:
        self.place = place
        self.found = False
        self._wanted = wanted

    def open(self, _tag: str, attributes: dict[str, str], /) -> None:
        """An element begins."""
        kind = attributes.get("ContentType", "")
        if kind == self._wanted:
            self.found = True
        if ACTIVE_TYPES.search(kind):
            raise InputError("guard.active-part", place=self.place)


class Relations(Deaf):
    """Walks through relationships: none may lead to an active part, only `harmless` hyperlinks out of the file."""

    def __init__(self, place: Place, harmless: re.Pattern[str]) -> None:
        self.place = place
        self._harmless = harmless

    def open(self, _tag: str, attributes: dict[str, str], /) -> None:
        """An element begins."""
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        harmless = kind.endswith("/hyperlink") and self._harmless.match(target)
        if attributes.get("TargetMode", "Internal").lower() != "internal" and not harmless:
            raise InputError("guard.external-link", place=self.place, target=excerpt(target))
        if ACTIVE_TYPES.search(kind):
            raise InputError("guard.active-part", place=self.place)


class _Content(Deaf):
    """Walks through any other part: no objects, controls or links, and no formula that calls the world."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._formula: list[str] | None = None

    def open(self, tag: str, _attributes: dict[str, str], /) -> None:
        """An element begins."""
        if tag in _ACTIVE_TAGS:
            raise InputError("guard.active-part", place=self.place)
        if tag in _FORMULA_TAGS:
            self._formula = []

    def text(self, words: str, /) -> None:
        """Character data."""
        if self._formula is not None:
            self._formula.append(words)

    def close(self, tag: str, /) -> None:
        """An element ends."""
        if tag in _FORMULA_TAGS and self._formula is not None:
            formula, self._formula = "".join(self._formula), None
            if _ACTIVE_FORMULA.search(formula):
                raise InputError("guard.active-formula", place=self.place, formula=excerpt(formula))


def _guard_part_name(package: Package, name: str) -> None:
    """Only parts that a workbook without active content has; Excel's printer settings are never opened."""
    lower = name.casefold()
    end = ending(lower)
    passive = end in XML_ENDS or end in PASSIVE_ENDS or lower.startswith("xl/printersettings/")
    if not passive or _ACTIVE_PARTS.search(lower):
        raise InputError("guard.active-part", place=package.place(excerpt(name)))


def _guard_part(package: Package, name: str, most: int) -> int:
    """Walk through one part with what is left of the elements allowed; how many it took."""
    end = ending(name.casefold())
    if end == "rels":
        return package.walk(name, Relations(package.place(name), _MAIL), most)
    if end == "xml" and name != CONTENT_TYPES:
        return package.walk(name, _Content(package.place(name)), most)
    return 0


def ending(name: str) -> str:
    """What follows the last dot of a part's name."""
    return name.rpartition(".")[2]
