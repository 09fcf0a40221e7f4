"""A bid as a folder or a ZIP: the price form, quality answers, declarations, annexes; nothing is unpacked to disk.

Which file is the price form is told by the form's own stamp. Annexes are known by the id of the criterion that demands
them, at the beginning of their names: ``impact-plan.pdf``. Other files are kept, hashed and named.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from tender.errors import Finding, InputError, Place, Severity
from tender.forms.bid_form import form_version
from tender.guards import MIB, Limits, Package, excerpt, open_zip, read_xml
from tender.guards.attachments import FORMATS, guard_attachment
from tender.guards.markup import Deaf
from tender.model.bids import Bid, Reply
from tender.model.tender import Tender

_LIMITS = Limits(file_bytes=64 * MIB, unpacked_bytes=200 * MIB, entries=300, nested=True)
_OFFICE = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ENDINGS = (*FORMATS, "xml")


@dataclass(frozen=True, slots=True)
class BidPackage:
    """A bid of several files.

    Attributes:
        form: Name of the price form; empty when there is none or more than one.
        form_data: Its bytes.
        parts: SHA-256 of every file by its name.
        findings: What is wrong with the package; a bad file is kept and never opened.
    """

    form: str
    form_data: bytes
    parts: Mapping[str, str]
    findings: tuple[Finding, ...]


def is_package(data: bytes) -> bool:
    """Whether `data` is a ZIP of files rather than one office file."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _OFFICE not in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return False


def packed_folder(folder: Path) -> bytes:
    """The files of `folder` as one ZIP; the same files give the same bytes.

    Raises:
        InputError: It holds a link or something else that is no file.
    """
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                raise InputError("bid-package.no-file", place=Place(folder.name), found=excerpt(name))
            if path.is_file():
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    return packed.getvalue()


def open_package(data: bytes, file: str) -> BidPackage:
    """The package in `data` after every guard.

    Raises:
        InputError: It is no ZIP that may be opened.
    """
    package = open_zip(data, file, _LIMITS)
    contents = {name: package.read(name) for name in package.names}
    parts = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    forms = [name for name, content in contents.items() if _is_form(content, name)]
    findings = list(_refused(package, contents))
    if len(forms) != 1:
        rule = "bid-package.forms" if forms else "bid-package.no-form"
        values = {"found": ", ".join(excerpt(name) for name in forms or contents) or "–"}
        findings.append(Finding(rule, Severity.BLOCK, "form", values, place=Place(file)))
    form = forms[0] if len(forms) == 1 else ""
    return BidPackage(form, contents.get(form, b""), parts, tuple(findings))


def annex_findings(tender: Tender, bid: Bid, parts: Mapping[str, str]) -> Iterator[Finding]:
    """Annexes that the bid says it encloses and its package lacks: something to ask about, never a refusal."""
    if not parts:
        return
    stems = [PurePosixPath(name).stem.casefold() for name in parts]
    for annex in tender.award.demanded_annexes():
        enclosed = any(stem.startswith(annex.id.casefold()) for stem in stems)
        if bid.annexes.get(annex.id) is Reply.YES and not enclosed:
            values = {"bidder": bid.name, "annex": annex.name.best(tender.prevailing_language), "id": annex.id}
            yield Finding("bid-package.annex-missing", Severity.WARN, f"bids.{bid.bidder}.annexes.{annex.id}", values)


def _is_form(content: bytes, name: str) -> bool:
    try:
        return name.casefold().endswith(".xlsx") and form_version(content, PurePosixPath(name).name) is not None
    except InputError:
        return False


def _refused(package: Package, contents: Mapping[str, bytes]) -> Iterator[Finding]:
    """Files that are not what their names say, not passive, or of a format that is not taken."""
    for name, content in contents.items():
        bare = PurePosixPath(name).name
        try:
            if bare.casefold().endswith(".xml"):
                read_xml(content, Place(package.file, sheet=excerpt(name)), Deaf())
            else:
                guard_attachment(content, bare)
        except InputError as error:
            values = {"found": excerpt(name), "reason": error.message, "expected": ", ".join(_ENDINGS).upper()}
            yield Finding("bid-package.file-refused", Severity.WARN, name, values, place=package.place(excerpt(name)))
