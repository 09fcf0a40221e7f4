"""Attachments: five formats pass when they are passive; everything else ends in one clear error."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tender.errors import InputError
from tender.guards.attachments import guard_attachment
from tender.guards.open_documents import SHEET_TYPE, TEXT_TYPE


def pdf(change: str = "", *, password: str = "") -> bytes:
    """A PDF of one page with something active in it, packed in an object stream."""
    made = pikepdf.new()
    made.add_blank_page()
    if change:
        made.Root[pikepdf.Name("/OpenAction" if change == "open" else "/Extra")] = ACTIVE[change](made)
    target = BytesIO()
    lock = pikepdf.Encryption(owner="x", user=password) if password else None
    made.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=lock or False)
    return target.getvalue()


def _action(kind: str, **more: Any) -> Any:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)


ACTIVE: dict[str, Callable[[Any], Any]] = {
    "open": lambda made: _action("JavaScript", JS="app.alert(1)"),
    "indirect": lambda made: made.make_indirect(_action("JavaScript", JS="app.alert(1)")),
    "nested": lambda made: pikepdf.Array([pikepdf.Array([pikepdf.Dictionary(A=_action("Launch", F="calc.exe"))])]),
    "submit": lambda made: _action("SubmitForm", F="x"),
    "elsewhere": lambda made: _action("GoToR", F="x.pdf"),
    "files": lambda made: pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary()),
    "stream": lambda made: made.make_stream(b"x", EF=pikepdf.Dictionary()),
    "forms": lambda made: pikepdf.Dictionary(XFA=pikepdf.Array()),
}

CONTENT = (
    '<office:document-content xmlns:office="o" xmlns:text="t" xmlns:xlink="l" xmlns:table="b" xmlns:draw="d">'
    "<office:scripts/>{}</office:document-content>"
)


def open_document(kind: str = TEXT_TYPE, inside: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """An OpenDocument file."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), kind)
        archive.writestr("content.xml", CONTENT.format(inside))
        archive.writestr("Configurations2/accelerator/current.xml", b"")
        for name, data in (more or {}).items():
            archive.writestr(name, data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("malli.pdf", pdf()),
        ("malli.PDF", pdf()),
        ("malli.odt", open_document()),
        ("malli.ods", open_document(SHEET_TYPE)),
        ("linkki.odt", open_document(inside='<text:a xlink:href="https://example.invalid/">x</text:a>')),
        ("kuva.odt", open_document(inside='<draw:image xlink:href="Pictures/1.png"/>', more={"Pictures/1.png": b"x"})),
    ],
)
def test_a_passive_file_is_taken(name: str, data: bytes) -> None:
    """Nothing is raised."""
    guard_attachment(data, name)


@pytest.mark.parametrize("change", ACTIVE, ids=str)
def test_an_active_pdf_is_refused(change: str) -> None:
    """However deep it lies."""
    with pytest.raises(InputError, match=r"guard\.active-part"):
        guard_attachment(pdf(change), "malli.pdf")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"", "guard.empty"),
        ("a.pdf", b"%PDF-1.7 rubbish", "guard.broken-pdf"),
        ("a.pdf", b"PK\x03\x04", "guard.not-pdf"),
        ("a.pdf", pdf(password="x"), "guard.encrypted"),
        ("a.pdf", pdf()[:300], "guard.broken-pdf"),
        ("a.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024), "guard.too-large"),
        ("a.odt", pdf(), "guard.not-zip"),
        ("a.odt", open_document(SHEET_TYPE), "guard.not-open-document"),
        ("a.ods", open_document(), "guard.not-open-document"),
        ("a.docx", open_document(), "guard.not-docx"),
        ("a.xlsx", open_document(), "guard.not-xlsx"),
        ("a.odt", open_document(more={"Basic/Standard/Module1.xml": b"<a/>"}), "guard.active-part"),
        ("a.odt", open_document(more={"Scripts/python/a.py": b"x"}), "guard.active-part"),
        ("a.odt", open_document(more={"Configurations2/menubar/menubar.xml": b"<a/>"}), "guard.active-part"),
        ("a.odt", open_document(more={"Object 1": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}), "guard.active-part"),
        ("a.odt", open_document(more={"Pictures/a.png": b"PK\x03\x04aaaa"}), "guard.nested-archive"),
        ("a.odt", open_document(more={"Pictures/a.png": b"0" * 20_000_000}), "guard.ratio"),
        ("a.odt", open_document(inside="<draw:object-ole/>"), "guard.active-part"),
        ("a.odt", open_document(inside="<office:event-listener/>"), "guard.active-part"),
        ("a.odt", open_document(inside='<draw:image xlink:href="https://e.invalid/x.png"/>'), "guard.external-link"),
        ("a.odt", open_document(inside='<draw:image xlink:href="//e.invalid/x.png"/>'), "guard.external-link"),
        ("a.odt", open_document(inside='<draw:image xlink:href="../../x.png"/>'), "guard.external-link"),
        ("a.odt", open_document(inside='<text:a xlink:href="file:///etc/passwd"/>'), "guard.external-link"),
        ("a.odt", open_document(inside='<text:a xlink:href="javascript:x"/>'), "guard.external-link"),
        ("a.ods", open_document(SHEET_TYPE, '<table:c table:formula="of:=WEBSERVICE(&quot;x&quot;)"/>'),
         "guard.active-formula"),
        ("a.ods", open_document(SHEET_TYPE, "<table:table-source/>"), "guard.active-part"),
        ("a.exe", b"MZ", "guard.attachment-format"),
        ("a.docm", b"PK", "guard.attachment-format"),
        ("a.html", b"<script>", "guard.attachment-format"),
        ("a", b"x", "guard.attachment-format"),
        ("../a.pdf", pdf(), "guard.file-name"),
        ("con.pdf", pdf(), "guard.file-name"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_anything_else_is_refused(name: str, data: bytes, message: str) -> None:
    """With the reason."""
    with pytest.raises(InputError) as caught:
        guard_attachment(data, name)
    assert caught.value.message == message
