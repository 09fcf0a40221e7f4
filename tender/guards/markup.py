"""XML from outside: no document types, no entities, not too deep, not too much, and in one walk."""

from __future__ import annotations

from typing import Protocol
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from tender.errors import InputError, Place

MAX_DEPTH = 60
"""Deepest nesting of elements; a worksheet needs about ten."""

MAX_ELEMENTS = 500_000
"""Most elements and attributes of a document, or of all parts of a workbook; a bid form has some thousands."""


class Listener(Protocol):
    """Hears a document from its beginning to its end; a ValueError says that the document breaks its own format."""

    def open(self, tag: str, attributes: dict[str, str], /) -> None:
        """An element begins; the names come without prefixes."""

    def close(self, tag: str, /) -> None:
        """An element ends."""

    def text(self, words: str, /) -> None:
        """Character data, perhaps in several pieces."""


class Deaf:
    """A listener that hears nothing; others override what they need."""

    def open(self, tag: str, attributes: dict[str, str], /) -> None:
        """An element begins; the names come without prefixes."""

    def close(self, tag: str, /) -> None:
        """An element ends."""

    def text(self, words: str, /) -> None:
        """Character data, perhaps in several pieces."""


def read_xml(data: bytes, place: Place, listener: Listener, most: int = MAX_ELEMENTS) -> int:
    """Read the XML in `data` to `listener`; document types, entities and external references are refused.

    Returns:
        How many of the `most` allowed elements and attributes it has.

    Raises:
        InputError: It is no XML, declares a document type or entities, or is too deep or too much.
    """
    parser = make_parser()
    parser.forbid_dtd = True
    parser.reset()
    counter = _Counter(place, listener, most)
    parser.setContentHandler(counter)
    try:
        parser.feed(data)  # in one piece: before expat 2.6 a huge token in many pieces costs quadratic time
        parser.close()
    except DefusedXmlException as error:
        raise InputError("guard.xml-entities", place=place) from error
    except (SAXException, ValueError, LookupError) as error:
        raise InputError("guard.broken-xml", place=place) from error
    return counter.count


class _Counter(ContentHandler):
    """Stops at too much of a document, and hands the rest on."""

    def __init__(self, place: Place, listener: Listener, most: int) -> None:
        super().__init__()
        self.count = 0
        self._place = place
        self._listener = listener
        self._most = most
        self._depth = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the name that SAX calls
        """Count, and hand on."""
        self._depth += 1
        self.count += 1 + len(attrs)
        if self._depth > MAX_DEPTH or self.count > self._most:
            raise InputError("guard.xml-too-much", place=self._place, depth=MAX_DEPTH, elements=MAX_ELEMENTS)
        self._listener.open(_local(name), {_local(key): value for key, value in attrs.items()})

    def endElement(self, name: str) -> None:  # noqa: N802 - the name that SAX calls
        """Hand on."""
        self._depth -= 1
        self._listener.close(_local(name))

    def characters(self, content: str) -> None:
        """Hand on."""
        self._listener.text(content)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
