"""WordprocessingML as text: small elements put together, everything from outside escaped."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def w(tag: str, *children: str, **attributes: object) -> str:
    """The element ``w:<tag>``; attributes that are ``None`` are left out.

    >>> w("jc", val="right")
    '<w:jc w:val="right"/>'
    """
    given = "".join(f" w:{name}={attribute(value)}" for name, value in attributes.items() if value is not None)
    inside = "".join(children)
    return f"<w:{tag}{given}>{inside}</w:{tag}>" if inside else f"<w:{tag}{given}/>"


def attribute(value: object) -> str:
    """`value` as the value of an attribute, quotes included."""
    return quoteattr(_NO_XML.sub("", str(value)))


def text(value: str) -> str:
    """`value` as character data."""
    return escape(_NO_XML.sub("", value))


def words(tag: str, value: str) -> str:
    """The element ``w:t`` or ``w:delText`` with its spaces kept."""
    return f'<w:{tag} xml:space="preserve">{text(value)}</w:{tag}>'


def part(root: str, content: str) -> bytes:
    """A whole part whose root is ``w:<root>``."""
    return f"{DECLARATION}<w:{root} {NAMESPACES}>{content}</w:{root}>".encode()
