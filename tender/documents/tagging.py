"""What WeasyPrint leaves to mend in a tagged PDF: page furniture, header scopes, footnotes, links, the PDF/UA mark.

WeasyPrint marks running headers and footers as content that no structure element owns (Kozea/WeasyPrint#1836), gives
header cells no scope (#2508), tags footnotes as plain spans, says of links the anchors and writes the conformance mark
of one standard only.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

import pikepdf

from tender.documents.attachments import Attachment
from tender.documents.embedding import embed

Content = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
"""One instruction of a page."""

NO_TITLES: Mapping[str, str] = MappingProxyType({})

_RDF_END = b"</rdf:RDF>"
_UA_MARK = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
"""The PDF/UA-1 mark, and the extension schema without which PDF/A does not know it."""

_ARTIFACT = pikepdf.ContentStreamInstruction(
    [pikepdf.Name.Artifact, pikepdf.Dictionary(Type=pikepdf.Name.Pagination)], pikepdf.Operator("BDC")
)


def finish_pdf(
    raw: bytes, attachments: tuple[Attachment, ...], created: date, titles: Mapping[str, str] = NO_TITLES
) -> bytes:
    """`raw` as WeasyPrint wrote it, mended; the same bytes for the same input.

    Args:
        raw: The tagged PDF.
        attachments: What travels inside it.
        created: The day that the file says it was made on.
        titles: Number and title of the clauses by their anchors, for those who hear where a link leads.
    """
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        _describe_links(pdf, titles)
        _tag_footnotes(pdf)
        owned = _owned_content(pdf)
        for number, page in enumerate(pdf.pages):
            _mark_artifacts(pdf, page, owned.get(number, set()))
        _mark_accessible(pdf)
        embed(pdf, attachments, created)
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def _describe_links(pdf: pikepdf.Pdf, titles: Mapping[str, str]) -> None:
    """Say of each link to a clause what the clause is called; WeasyPrint says its anchor, of an address the address."""
    for page in pdf.pages:
        for link in page.get("/Annots", ()):
            target = str(link.get("/Dest", ""))
            if target in titles:
                link.Contents = pikepdf.String(titles[target])


def _tag_footnotes(pdf: pikepdf.Pdf) -> None:
    """Make notes of the footnotes, each with the id that PDF/UA-1 (7.9) asks for, and a label of its number."""
    number = 0
    for area in _kids(_kids(pdf.Root.StructTreeRoot)[0]):
        if not _is_footnote_area(area):
            continue
        for note in _kids(area):
            number += 1
            note.S, note.ID = pikepdf.Name.Note, pikepdf.String(f"note-{number}")
            _kids(note)[0].S = pikepdf.Name.Lbl


def _is_footnote_area(element: pikepdf.Object) -> bool:
    """Whether `element` of the page's floor is a foot of notes: it holds spans and nothing else, each with its mark."""
    kids = _kids(element)
    return (
        str(element.S) == "/NonStruct"
        and bool(kids)
        and all(not isinstance(kid, int) and str(kid.get("/S")) == "/Span" and _opens_with_mark(kid) for kid in kids)
    )


def _opens_with_mark(span: pikepdf.Object) -> bool:
    """Whether `span` begins with a generated element, as the number of a footnote is."""
    kids = _kids(span)
    return bool(kids) and not isinstance(kids[0], int) and str(kids[0].get("/S")) == "/NonStruct"


def _owned_content(pdf: pikepdf.Pdf) -> dict[int, set[int]]:
    """Ids of the marked content that the structure tree owns, by page; header cells get their scope on the way."""
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
    owned: dict[int, set[int]] = {}
    waiting: list[tuple[pikepdf.Object, pikepdf.Object | None, bool]] = []
    waiting.extend((element, None, False) for element in _kids(pdf.Root.StructTreeRoot))
    while waiting:
        element, outer_page, in_head = waiting.pop()
        page = element.get("/Pg", outer_page)
        kind = str(element.get("/S", ""))
        in_head = in_head or kind == "/THead"
        if kind == "/TH":
            _set_scope(element, "/Column" if in_head else "/Row")
        for kid in _kids(element):
            if isinstance(kid, int):
                owned.setdefault(numbers[page.objgen], set()).add(kid)
            elif "/S" in kid:
                waiting.append((kid, page, in_head))
    return owned


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _set_scope(cell: pikepdf.Object, scope: str) -> None:
    """Say whether the header `cell` heads a column or a row."""
    attributes = cell.get("/A")
    if attributes is None:
        cell["/A"] = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name(scope))
    else:
        attributes["/Scope"] = pikepdf.Name(scope)


def _mark_artifacts(pdf: pikepdf.Pdf, page: pikepdf.Page, owned: set[int]) -> None:
    """Turn content that no structure element owns into pagination artifacts."""
    instructions = list(_with_artifacts(pikepdf.parse_content_stream(page), owned))
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def _with_artifacts(instructions: Iterable[Content], owned: set[int]) -> Iterator[Content]:
    """`instructions` with unowned marked content as artifacts; inside an artifact, marks fall away.

    The stack of open marks holds ``True`` for a mark that was dropped.
    """
    dropped: list[bool] = []
    artifact_depth: int | None = None
    for instruction in instructions:
        name = str(instruction.operator)
        if name in {"BDC", "BMC"}:
            dropped.append(artifact_depth is not None)
            if artifact_depth is not None:
                continue
            shown = _ARTIFACT if _is_unowned(instruction, owned) else instruction
            if str(shown.operands[0]) == "/Artifact":
                artifact_depth = len(dropped)
            yield shown
            continue
        if name == "EMC":
            if artifact_depth == len(dropped):
                artifact_depth = None
            if dropped.pop():
                continue
        yield instruction


def _is_unowned(instruction: Content, owned: set[int]) -> bool:
    """Whether marked content has an id that the structure tree does not own."""
    operands = list(instruction.operands)
    properties = operands[1] if len(operands) > 1 else None
    if not isinstance(properties, pikepdf.Dictionary) or "/MCID" not in properties:
        return False
    return int(properties["/MCID"]) not in owned


def _mark_accessible(pdf: pikepdf.Pdf) -> None:
    """Add the PDF/UA-1 mark to the metadata."""
    metadata = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata = _metadata_stream(pdf, metadata.replace(_RDF_END, _UA_MARK + _RDF_END, 1))


def _metadata_stream(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Object:
    stream = pdf.make_stream(content)
    stream.Type = pikepdf.Name.Metadata
    stream.Subtype = pikepdf.Name.XML
    return stream
