"""Accepting and rejecting tracked changes, independent of the code under test: plain rules of ECMA-376 on the XML."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def texts(data: bytes, keep: str = "", part: str = "word/document.xml") -> list[str]:
    """The texts of the paragraphs that have any.

    Args:
        data: A DOCX.
        keep: ``ins`` accepts every change, ``del`` rejects every change, empty expects that there is none.
        part: The part of the package.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = ET.fromstring(archive.read(part))
    if keep:
        settle(root, keep, "del" if keep == "ins" else "ins")
    assert not [element.tag for element in root.iter() if element.tag in {f"{W}ins", f"{W}del", f"{W}delText"}]
    found = ("".join(_piece(piece) for piece in paragraph.iter()) for paragraph in root.iter(f"{W}p"))
    return [words for words in found if words]


def settle(element: ET.Element, keep: str, drop: str) -> None:
    """Keep what one kind of change says and drop the other, in place."""
    for child in list(element):
        if child.tag == f"{W}{drop}" or _dropped_row(child, drop):
            element.remove(child)
        elif child.tag == f"{W}p" and child.find(f"{W}pPr/{W}rPr/{W}{drop}") is not None:
            settle(child, keep, drop)
            assert not "".join(_piece(piece) for piece in child.iter()), "a paragraph goes only when it is empty"
            element.remove(child)
        else:
            settle(child, keep, drop)
            if child.tag == f"{W}tbl" and child.find(f"{W}tr") is None:
                element.remove(child)
            if child.tag == f"{W}{keep}":
                at = list(element).index(child)
                element.remove(child)
                for offset, inner in enumerate(list(child)):
                    element.insert(at + offset, inner)
            elif child.tag == f"{W}delText":
                child.tag = f"{W}t"


def _dropped_row(element: ET.Element, drop: str) -> bool:
    return element.tag == f"{W}tr" and element.find(f"{W}trPr/{W}{drop}") is not None


def _piece(element: ET.Element) -> str:
    if element.tag == f"{W}footnoteReference":
        return "*"
    return (
        {f"{W}t": element.text or "", f"{W}tab": "\t", f"{W}br": "\n"}.get(element.tag, "") if _in_text(element) else ""
    )


def _in_text(element: ET.Element) -> bool:
    """A tab stop of a style has attributes, a tab in a text has none."""
    return element.tag != f"{W}tab" or not element.attrib
