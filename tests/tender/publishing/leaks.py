"""Looking for what must never leave: every byte of every file, inside archives, workbooks and PDF streams too."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
_GAPS = ("", " ", "\u00a0", "\u202f", "\u2009", ",", ".", "&nbsp;", "&#160;")
"""What may part a number's thousands."""


def texts(secret: str | int) -> tuple[str, ...]:
    """How a secret may be written: as it is, and a number with its thousands parted."""
    if isinstance(secret, str):
        return (secret,)
    return tuple(dict.fromkeys(f"{secret:,}".replace(",", gap) for gap in _GAPS))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A secret in all its spellings.

    Attributes:
        secret: The secret.
        spellings: Its bytes; a number is one only where no other digit stands beside it, which the pattern asks.
    """

    secret: str
    spellings: tuple[tuple[bytes, re.Pattern[bytes] | None], ...]

    def is_in(self, data: bytes) -> bool:
        """Whether `data` holds it."""
        return any(text in data and (edged is None or edged.search(data)) for text, edged in self.spellings)


def wanted(secret: str | int) -> Wanted:
    """What to look for."""
    spellings: dict[bytes, re.Pattern[bytes] | None] = {}
    for encoding in _ENCODINGS:
        digit = {"utf-16-le": rb"[0-9]\x00", "utf-16-be": rb"\x00[0-9]"}.get(encoding, rb"[0-9]")
        for text in texts(secret):
            with suppress(UnicodeEncodeError):
                body = text.encode(encoding)
                edged = b"(?<!" + digit + b")" + re.escape(body) + b"(?!" + digit + b")"
                spellings[body] = re.compile(edged, re.DOTALL) if isinstance(secret, int) else None
    return Wanted(str(secret), tuple(spellings.items()))


def layers(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """`data` as it is, and everything that is packed in it, with a path that says where."""
    yield name, data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield f"{name}!names", "\n".join(archive.namelist()).encode()
            for entry in archive.namelist():
                yield from layers(f"{name}!{entry}", archive.read(entry))
    elif data.startswith(b"%PDF"):
        yield from _pdf(name, data)


def _pdf(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every stream of a PDF unpacked, attachments among them, every string, and the text of its pages."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for number, each in enumerate(pdf.objects):
            if isinstance(each, pikepdf.Stream):
                raw = each.read_raw_bytes()
                with suppress(pikepdf.PdfError):  # an image is looked at as it is
                    raw = each.read_bytes()
                yield from layers(f"{name}!object-{number}", raw)
            yield f"{name}!strings-{number}", str(pikepdf.Object.unparse(each)).encode()
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
        yield f"{name}!text", done.stdout


def found(files: Mapping[str, bytes], secrets: Iterable[str | int]) -> list[tuple[str, str]]:
    """Where each secret is found: the path and the secret."""
    asked = [wanted(secret) for secret in secrets]
    return [
        (place, one.secret)
        for name, data in files.items()
        for place, layer in layers(name, data)
        for one in asked
        if one.is_in(layer) or one.is_in(place.encode())
    ]


def below(*folders: Path) -> dict[str, bytes]:
    """Every file below `folders`, by path."""
    return {
        str(path.relative_to(folder.parent)): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
