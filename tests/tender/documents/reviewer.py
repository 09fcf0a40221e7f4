"""A reviewer at work: tracked changes and comments written into a DOCX, as Word writes them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from xml.sax.saxutils import escape

DOCUMENT, COMMENTS = "word/document.xml", "word/comments.xml"
TYPES, RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
SIGNED = 'w:id="{number}" w:author="{author}" w:date="2018-10-02T09:30:00Z"'
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a DOCX."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A DOCX of `parts`."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def changed(data: bytes, part: str, edit: Callable[[str], str]) -> bytes:
    """`data` with one part edited as text."""
    parts = unpacked(data)
    parts[part] = edit(parts[part].decode()).encode()
    return packed(parts)


class Reviewer:
    """Somebody who comments in Word.

    Args:
        data: The DOCX that was sent.
        author: Who comments.
    """

    def __init__(self, data: bytes, author: str = "Juristi") -> None:
        self._parts = unpacked(data)
        self._author = author
        self._number = 900
        self._comments: list[str] = []

    def replace(self, old: str, new: str = "") -> None:
        """Strike `old` and write `new` after it."""
        inserted = self._change("ins", "t", new) if new else ""
        self._around(old, self._change("del", "delText", old) + inserted)

    def insert(self, after: str, new: str) -> None:
        """Write `new` after some words."""
        self._around(after, f"{self._run('t', after)}{self._change('ins', 't', new)}")

    def embolden(self, words: str) -> None:
        """Make words bold."""
        signed = self._signed()
        look = f"<w:rPr><w:b/><w:rPrChange {signed}><w:rPr/></w:rPrChange></w:rPr>"
        self._around(words, f"<w:r>{look}{self._words('t', words)}</w:r>")

    def comment(self, about: str, text: str) -> None:
        """Comment on words."""
        number = len(self._comments)
        signed = SIGNED.format(number=number, author=self._author)
        self._comments.append(
            f'<w:comment {signed} w:initials="J"><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:comment>'
        )
        call = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
        marks = (f'<w:commentRangeStart w:id="{number}"/>', f'<w:commentRangeEnd w:id="{number}"/>')
        self._around(about, f"{marks[0]}{self._run('t', about)}{marks[1]}{call}")

    def sent_back(self) -> bytes:
        """The file as it comes back."""
        parts = dict(self._parts)
        if self._comments:
            body = "".join(self._comments)
            parts[COMMENTS] = f'<w:comments xmlns:w="{_NAMESPACE}">{body}</w:comments>'.encode()
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
            override = f'<Override PartName="/{COMMENTS}" ContentType="{kind}"/></Types>'
            parts[TYPES] = parts[TYPES].replace(b"</Types>", override.encode())
            relation = (
                '<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                'comments" Target="comments.xml"/></Relationships>'
            )
            parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", relation.encode())
        return packed(parts)

    def _signed(self) -> str:
        self._number += 1
        return SIGNED.format(number=self._number, author=self._author)

    def _words(self, tag: str, words: str) -> str:
        return f'<w:{tag} xml:space="preserve">{escape(words)}</w:{tag}>'

    def _run(self, tag: str, words: str) -> str:
        return f"<w:r>{self._words(tag, words)}</w:r>" if words else ""

    def _change(self, kind: str, tag: str, words: str) -> str:
        return f"<w:{kind} {self._signed()}>{self._run(tag, words)}</w:{kind}>"

    def _around(self, words: str, instead: str) -> None:
        """Part the plain run that holds `words` and put `instead` in their place."""
        document = self._parts[DOCUMENT].decode()
        assert document.count(escape(words)) == 1, f"{words!r} stands {document.count(escape(words))} times"
        at = document.index(escape(words))
        opening = '<w:r><w:t xml:space="preserve">'
        start = document.rindex(opening, 0, at)
        end = document.index("</w:t></w:r>", at)
        before, after = document[start + len(opening) : at], document[at + len(escape(words)) : end]
        assert "<" not in before, "only plain runs are edited here"
        pieces = [f"{opening}{piece}</w:t></w:r>" if piece else "" for piece in (before, after)]
        rest = document[end + len("</w:t></w:r>") :]
        self._parts[DOCUMENT] = f"{document[:start]}{pieces[0]}{instead}{pieces[1]}{rest}".encode()
