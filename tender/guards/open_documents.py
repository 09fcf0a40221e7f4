"""The guard of an OpenDocument text or spreadsheet: no scripts, objects of other programs, locks or outside sources."""

from __future__ import annotations

import re

from tender.errors import InputError, Place
from tender.guards.archives import LIMITS, Limits, Package, open_zip
from tender.guards.markup import MAX_ELEMENTS, Deaf
from tender.guards.names import excerpt
from tender.guards.office import PASSIVE_ENDS, ending

TEXT_TYPE = "application/vnd.oasis.opendocument.text"
SHEET_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_KIND = "mimetype"
_MOST_KIND = 100
_ACTIVE_PARTS = re.compile(r"(^|/)(basic|scripts|dialogs|database|macrosignatures)|\.(js|py|bas|class|jar|exe)$")
_SETTINGS = "configurations2/"
_ACTIVE_TAGS = frozenset(
    {
        *("script", "event-listener", "plugin", "applet", "floating-frame", "object-ole", "encryption-data"),
        *("dde-source", "dde-connection-decl", "table-source", "cell-range-source", "database-source-table"),
    }
)
_ACTIVE_FORMULA = re.compile(r"\b(WEBSERVICE|FILTERXML|DDE|CALL|EXEC)\s*\(|file:|https?:", re.IGNORECASE)
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\\\|/|\.\./", re.IGNORECASE)
_HARMLESS_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)


def open_open_document(data: bytes, file: str, kind: str, limits: Limits = LIMITS) -> Package:
    """The OpenDocument file of `kind` in `data` after every guard.

    Raises:
        InputError: It is another format, or something in it is active, linked, locked, damaged or too much.
    """
    package = open_zip(data, file, limits)
    if not package.names or package.names[0] != _KIND or package.start(_KIND, _MOST_KIND) != kind.encode():
        raise InputError("guard.not-open-document", place=Place(file))
    left = MAX_ELEMENTS
    for name in package.names:
        _guard_name(package, name)
        if ending(name.casefold()) in {"xml", "rdf"} and package.start(name, 1):
            left -= package.walk(name, _Content(package.place(excerpt(name))), left)
    return package


def _guard_name(package: Package, name: str) -> None:
    lower = name.casefold()
    known = {"xml", "rdf", "svm", *PASSIVE_ENDS}
    passive = name == _KIND or ending(lower) in known or lower.startswith("objectreplacements/")
    empty_setting = lower.startswith(_SETTINGS) and not package.start(name, 1)
    active = lower.startswith(_SETTINGS) or not passive or _ACTIVE_PARTS.search(lower) is not None
    if active and not empty_setting:
        raise InputError("guard.active-part", place=package.place(excerpt(name)))


class _Content(Deaf):
    """Walks through a part: no scripts and sources, no formula and no link that reaches out by itself."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def open(self, tag: str, attributes: dict[str, str], /) -> None:
        """An element begins."""
        if tag in _ACTIVE_TAGS:
            raise InputError("guard.active-part", place=self.place)
        if _ACTIVE_FORMULA.search(attributes.get("formula", "")):
            raise InputError("guard.active-formula", place=self.place, formula=excerpt(attributes["formula"]))
        target = attributes.get("href", "")
        clicked = tag == "a" and _HARMLESS_LINK.match(target) is not None
        if _OUTSIDE.match(target) and not clicked:
            raise InputError("guard.external-link", place=self.place, target=excerpt(target))
