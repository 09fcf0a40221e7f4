"""Earlier work of drafts, by the hash of all that it was made from: the page, the day, our press, its libraries.

What is kept here is a convenience only. An entry proves itself before it is used, a damaged one counts as missing, and
the whole folder can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache
from importlib.metadata import version as installed_version
from importlib.resources import files as package_files
from pathlib import Path

from tender.publishing.orders import Order
from tender.words import templates_folder

STORE = ".cache"
"""Name of the store in a tender folder."""

LIBRARIES = ("valinta", "weasyprint", "pydyf", "fonttools", "pikepdf", "pyphen", "tinycss2", "tinyhtml5", "cssselect2")
"""Libraries whose versions decide what a page becomes."""

MOST_BYTES = 200 * 1024 * 1024
_DIGEST = 32


class Store:
    """Files by the key of all that they were made from.

    Args:
        folder: Where they lie; made when the first one comes.
        most_bytes: How much it may hold after `trim`.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

    def get(self, key: str) -> bytes | None:
        """The bytes kept under `key`; ``None`` when there are none, or damaged ones."""
        path = self._folder / key
        try:
            kept = path.read_bytes()
            path.touch()  # trimming takes the longest unused ones first
        except OSError:
            return None
        data = kept[_DIGEST:]
        return data if kept[:_DIGEST] == hashlib.sha256(data).digest() else None

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`; a disk that is full or locked is no reason to fail."""
        partial = self._folder / f"{key}.{os.getpid()}"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(hashlib.sha256(data).digest() + data)
            partial.replace(self._folder / key)

    def trim(self) -> None:
        """Drop the longest unused files until the rest fits."""
        with suppress(OSError):
            found = sorted(
                ((path.stat(), path) for path in self._folder.iterdir()), key=lambda pair: pair[0].st_mtime_ns
            )
            excess = sum(stat.st_size for stat, _ in found) - self._most_bytes
            for stat, path in found:
                if excess <= 0:
                    break
                path.unlink()
                excess -= stat.st_size


def order_key(order: Order) -> str:
    """SHA-256 of all that decides the bytes of `order`."""
    parts = [recipe(), order.format.value, order.created.isoformat(), order.html]
    for each in order.attachments:
        data = hashlib.sha256(each.data).hexdigest()
        parts += [each.name, each.description, each.relationship.value, each.media_type, data]
    joined = hashlib.sha256()
    for part in parts:
        joined.update(hashlib.sha256(part.encode()).digest())
    return joined.hexdigest()


@cache
def recipe() -> str:
    """SHA-256 of what makes files of pages: our code, styles, fonts and terms, and the versions of the libraries."""
    joined = hashlib.sha256()
    for name in LIBRARIES:
        joined.update(f"{name} {installed_version(name)}\n".encode())
    rooms = [package_files("tender.documents").joinpath(*room) for room in ((), ("blocks",), ("docx",))]
    looks = [templates_folder().joinpath(*room) for room in (("styles",), ("styles", "fonts"), ("terms",))]
    for place in (*rooms, *looks):
        for source in sorted((each for each in place.iterdir() if each.is_file()), key=lambda each: each.name):
            joined.update(hashlib.sha256(source.read_bytes()).digest())
    return joined.hexdigest()
