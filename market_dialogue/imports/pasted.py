"""The text of an e-mail or a document, split at headings such as ``Kysymys 3``, ``Fråga 3:``, ``Question 3`` or ``Q3``.

A bare number is no heading, because answers have numbered lists. What stands before the first heading goes to the
question that the officer names; where none is named, it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from market_dialogue.imports.foreign import Foreign
from tender.errors import Finding, InputError, Place, Severity
from tender.guards import MIB, Node, excerpt, guard_size, open_document, read_tree
from tender.model.questions import Dialogue

_MOST_BYTES = 2 * MIB
_HEADING = re.compile(
    r"\s*(?:(?:kysymys|vastaus kysymykseen|fråga|svar på fråga|question|answer to question)"
    r"\s*(?:nro|nr|no)?\.?\s*|[qk])"
    r"(?P<number>[0-9]{1,3})\s*(?:[:.)\-–—]\s*(?P<rest>.*))?",
    re.IGNORECASE,
)
_BODY = "word/document.xml"


def read_text(data: bytes, file: str) -> str:
    """The text of `data` with bare line feeds.

    Raises:
        InputError: It is empty, too large, or no UTF-8.
    """
    guard_size(data, file, _MOST_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("dialogue.codepage", place=Place(file)) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_document(data: bytes, file: str) -> str:
    """The paragraphs of a DOCX, one a line; deleted text is left out.

    Raises:
        InputError: A guard refuses the file.
    """
    package = open_document(data, file)
    if _BODY not in package.names:
        raise InputError("guard.not-docx", place=Place(file))
    return "\n".join("".join(_pieces(node)) for node in read_tree(package, _BODY).walk() if node.tag == "p")


def _pieces(paragraph: Node) -> Iterator[str]:
    for node in paragraph.walk():
        if node.tag == "t":
            yield node.text()
        elif node.tag in {"br", "tab"}:
            yield "\n" if node.tag == "br" else "\t"


def split_text(text: str, file: str, dialogue: Dialogue, rest: str = "") -> tuple[Foreign, tuple[Finding, ...]]:
    """The answer in `text` by question, and what is wrong with its headings.

    Args:
        text: What was pasted.
        file: Its file.
        dialogue: The dialogue that it answers.
        rest: Id of the question that takes what stands before the first heading.
    """
    ids = {question.number: question.id for question in dialogue.questions}
    cells: dict[str, str] = {}
    findings: list[Finding] = []
    at = rest
    loose: list[str] = []
    for line, written in enumerate(text.split("\n"), start=1):
        heading, words = _HEADING.fullmatch(written), written
        if heading is not None and int(heading["number"]) in ids:
            at = ids[int(heading["number"])]
            words = heading["rest"] or ""
        elif heading is not None:
            values = {"question": heading["number"], "expected": ", ".join(map(str, ids))}
            place = Place(file, line=line)
            findings.append(Finding("dialogue.unknown-question", Severity.BLOCK, "replies", values, place=place))
        if at:
            cells[at] = f"{cells[at]}\n{words}" if at in cells else words
        elif words.strip():
            loose.append(words.strip())
    if loose:
        values = {"found": excerpt(" ".join(loose))}
        findings.append(Finding("dialogue.loose-text", Severity.BLOCK, "replies", values, place=Place(file)))
    return Foreign(1, {question: words.strip("\n") for question, words in cells.items()}), tuple(findings)
