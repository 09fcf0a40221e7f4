"""A published version as one ZIP: fixed order, fixed times, one folder inside, the same bytes each time."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO

_MODE = 0o100644 << 16
_UNIX = 3


def bundle_name(tender: str, version: int) -> str:
    """File name of the ZIP of a version."""
    return f"{tender}-{version}.zip"


def bundled(files: Mapping[str, bytes], name: str, day: date) -> bytes:
    """`files` as a ZIP.

    Args:
        files: Bytes by relative path.
        name: File name of the ZIP; the folder inside has the same without its ending.
        day: The day that every entry says it is of.
    """
    folder = name.removesuffix(".zip")
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{path}", (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _MODE, _UNIX
            archive.writestr(entry, files[path], compresslevel=9)
    return written.getvalue()
