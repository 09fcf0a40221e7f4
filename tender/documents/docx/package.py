"""The parts of a DOCX and their ZIP: sorted entries with one fixed time, so that equal pages give equal bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO

from tender.documents.blocks import Page, Run
from tender.documents.docx.body import BULLETS, Body, link_targets
from tender.documents.docx.markup import DECLARATION, attribute, part, text, w, words
from tender.documents.docx.runs import Pen, Revision, address_id
from tender.language import Language
from tender.words import templates_folder
from tender.words import words as words_of

STYLES = "styles/docx-styles.xml"
LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
"""The language of each document as Word names it."""

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/numbering.xml": f"{_WORD}.numbering+xml",
    "word/footnotes.xml": f"{_WORD}.footnotes+xml",
    "word/header1.xml": f"{_WORD}.header+xml",
    "word/footer1.xml": f"{_WORD}.footer+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_INDENT = 340


def docx_bytes(page: Page, created: date, revision: Revision | None = None) -> bytes:
    """`page` as a DOCX.

    Args:
        page: The page; its marks become tracked changes.
        created: The day that the file says it was made on.
        revision: Who made the tracked changes; needed only when something is marked.
    """
    pen = Pen(revision or Revision(page.author, datetime(created.year, created.month, created.day, tzinfo=UTC)),
              link_targets(page))  # fmt: skip
    body = Body(page, pen)
    content = w("body", body.xml(), _section())
    parts = {
        "word/document.xml": part("document", content),
        "word/styles.xml": _styles(page),
        "word/settings.xml": part("settings", _settings(page)),
        "word/numbering.xml": part("numbering", _numbering(len(body.series))),
        "word/footnotes.xml": part("footnotes", _footnotes(pen, pen.notes)),
        "word/header1.xml": part("hdr", _header(page)),
        "word/footer1.xml": part("ftr", _footer(page)),
        "docProps/core.xml": _core(page, created),
        "docProps/app.xml": _app(),
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            {
                "word/document.xml": f"{_OFFICE}/officeDocument",
                "docProps/core.xml": f"{_PACKAGE}/relationships/metadata/core-properties",
                "docProps/app.xml": f"{_OFFICE}/extended-properties",
            }
        ),
        "word/_rels/document.xml.rels": _relations(
            {f"{name}.xml": f"{_OFFICE}/{name.rstrip('1')}" for name in
             ("styles", "settings", "numbering", "footnotes", "header1", "footer1")}, pen.addresses
        ),
        **({"word/_rels/footnotes.xml.rels": _relations({}, pen.addresses)} if pen.addresses else {}),
    }  # fmt: skip
    return packed(parts)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """`parts` as a ZIP: the content types first, then by name, all of one time."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, parts[name], compresslevel=6)
    return stream.getvalue()


def _styles(page: Page) -> bytes:
    looks = templates_folder().joinpath(*STYLES.split("/")).read_text(encoding="utf-8")
    return looks.replace("%LANGUAGE%", LOCALES[page.language]).encode()


def _section() -> str:
    """A4 with the margins of the printed documents, and the header and footer on every page."""
    return w(
        "sectPr",
        '<w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>',
        w("pgSz", w=11906, h=16838),
        w("pgMar", top=1531, right=1134, bottom=1417, left=1701, header=709, footer=624, gutter=0),
    )


def _header(page: Page) -> str:
    banner = page.banner or (page.foot if page.draft else "")
    warning = _plain(banner, "Warning") if banner else ""
    return w("p", w("pPr", w("pStyle", val="Header")), _plain(page.head), w("r", w("tab")) if warning else "", warning)


def _footer(page: Page) -> str:
    word = words_of(Language(page.language)).term("documents.page")
    numbers = f"{_plain(f'{word} ')}{_field('PAGE')}{_plain(' / ')}{_field('NUMPAGES')}"
    foot = _plain(page.foot, "Warning" if page.draft else "")
    return w("p", w("pPr", w("pStyle", val="Footer")), foot, w("r", w("tab")), numbers)


def _plain(value: str, style: str = "") -> str:
    return w("r", w("rPr", w("rStyle", val=style)) if style else "", words("t", value))


def _field(instruction: str) -> str:
    return w("fldSimple", _plain("1"), instr=f" {instruction} ")


def _footnotes(pen: Pen, notes: Sequence[tuple[Run, ...]]) -> str:
    separators = (
        w("footnote", w("p", w("r", w(kind))), type=name, id=number)
        for number, name, kind in (
            (-1, "separator", "separator"),
            (0, "continuationSeparator", "continuationSeparator"),
        )
    )
    call = w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteRef"))
    style = w("pPr", w("pStyle", val="FootnoteText"))
    written = (
        w("footnote", w("p", style, call, _plain(" "), pen.runs(note)), id=number)
        for number, note in enumerate(list(notes), 1)
    )
    return "".join((*separators, *written))


def _settings(page: Page) -> str:
    locale = LOCALES[page.language]
    return "".join(
        (
            w("zoom", percent=100),
            w("defaultTabStop", val=709),
            w("characterSpacingControl", val="doNotCompress"),
            w("footnotePr", w("footnote", id=-1), w("footnote", id=0)),
            w(
                "compat",
                w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15),
            ),
            w("themeFontLang", val=locale),
            w("decimalSymbol", val="." if page.language == "en" else ","),
            w("listSeparator", val="," if page.language == "en" else ";"),
        )
    )


def _numbering(lists: int) -> str:
    """One numbering of bullets, and one of numbers for each numbered list, so that each begins at 1."""
    bullets = w("abstractNum", w("multiLevelType", val="hybridMultilevel"), *_levels(["•", "–", "·"]), abstractNumId=0)
    numbers = w("abstractNum", w("multiLevelType", val="multilevel"), *_levels([]), abstractNumId=1)
    own = (
        w("num", w("abstractNumId", val=1), w("lvlOverride", w("startOverride", val=1), ilvl=0), numId=number)
        for number in range(BULLETS + 1, BULLETS + 1 + lists)
    )
    return "".join((bullets, numbers, w("num", w("abstractNumId", val=0), numId=BULLETS), *own))


def _levels(bullets: Sequence[str]) -> list[str]:
    formats = [("bullet", sign) for sign in bullets] or [
        ("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3)")
    ]  # fmt: skip
    return [
        w(
            "lvl",
            w("start", val=1),
            w("numFmt", val=kind),
            w("lvlText", val=sign),
            w("lvlJc", val="left"),
            w("pPr", w("ind", left=_INDENT * (level + 1), hanging=_INDENT)),
            w("rPr", w("b"), w("color", val="00357A")),
            ilvl=level,
        )
        for level, (kind, sign) in enumerate(formats)
    ]


def _core(page: Page, created: date) -> bytes:
    moment = f"{created:%Y-%m-%d}T00:00:00Z"
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(page.title)}</dc:title><dc:creator>{text(page.author)}</dc:creator>"
        f"<dc:language>{LOCALES[page.language]}</dc:language>"
        f"<cp:lastModifiedBy>{text(page.author)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    ).encode()


def _app() -> bytes:
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{DECLARATION}<Properties xmlns="{namespace}"><Application>Valinta</Application></Properties>'.encode()


def _types() -> bytes:
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _PARTS.items())
    return f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'.encode()


def _relations(targets: Mapping[str, str], addresses: Sequence[str] = ()) -> bytes:
    """Relationships to the parts at `targets`, each with its kind, and to `addresses` outside the file."""
    inside = (
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets.items(), 1)
    )
    outside = (
        f'<Relationship Id="{address_id(place)}" Type="{_OFFICE}/hyperlink" Target={attribute(address)} '
        'TargetMode="External"/>'
        for place, address in enumerate(addresses)
    )
    written = "".join((*inside, *outside))
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{written}</Relationships>'.encode()
