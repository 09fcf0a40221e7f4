"""The guard of a ZIP's directory and of its entries.

Python 3.11's `zipfile` checks no overlaps and limits nothing that a file unpacks to, so both are done here before an
entry is opened. What two readers of ZIP could understand in two ways (several directories, something before or behind)
is refused, so that what was guarded is what is read.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from tender.errors import InputError, Place
from tender.guards.markup import MAX_ELEMENTS, Listener, read_xml
from tender.guards.names import excerpt, guard_name

MIB = 1024 * 1024

_DIRECTORY_END = struct.Struct("<4s4H2LH")
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_DIRECTORY_ENTRY_BYTES = 1024
_RATIO_FLOOR = 64 * 1024
_ENCRYPTED_FLAGS = 0x1 | 0x40
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may be.

    Attributes:
        file_bytes: Most bytes of the file as it came.
        unpacked_bytes: Most bytes of all entries of a ZIP together.
        ratio: Most times that an entry may grow when unpacked; entries under 64 KiB are not judged by it.
        entries: Most entries of a ZIP.
        nested: Whether entries may be archives themselves; they are never opened.
    """

    file_bytes: int = 10 * MIB
    unpacked_bytes: int = 50 * MIB
    ratio: int = 100
    entries: int = 1000
    nested: bool = False


LIMITS = Limits()
"""The limits of bid forms and other uploads."""


class Package:
    """A ZIP whose directory has passed the guards; its entries are read into memory one at a time.

    Args:
        file: The file as the user knows it.
        archive: The opened ZIP.
    """

    def __init__(self, file: str, archive: zipfile.ZipFile) -> None:
        """Keep the archive; `open_zip` is the way to make one."""
        self.file = file
        self._archive = archive
        self._entries = {info.orig_filename: info for info in archive.infolist() if not info.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the entries, folders left out, in the order of the directory."""
        return tuple(self._entries)

    def place(self, part: str) -> Place:
        """`part` of this file, for errors and findings."""
        return Place(self.file, sheet=part)

    def read(self, part: str) -> bytes:
        """The bytes of `part`.

        Raises:
            InputError: The package has no such part, or it cannot be unpacked.
        """
        if part not in self._entries:
            raise InputError("guard.part-missing", place=Place(self.file), part=excerpt(part))
        return self._unpacked(self._entries[part])

    def walk(self, part: str, listener: Listener, most: int = MAX_ELEMENTS) -> int:
        """Read the XML of `part` to `listener`; how many of the `most` allowed elements and attributes it has.

        Raises:
            InputError: There is no such part, or it is no XML that may be read.
        """
        return read_xml(self.read(part), self.place(part), listener, most)

    def start(self, part: str, count: int) -> bytes:
        """The first `count` bytes of `part`, which is in the package."""
        return self._unpacked(self._entries[part], count)

    def _unpacked(self, info: zipfile.ZipInfo, count: int | None = None) -> bytes:
        try:
            with self._archive.open(info) as stream:
                return stream.read(info.file_size if count is None else count)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
            raise InputError("guard.broken-zip", place=self.place(excerpt(info.orig_filename))) from error


def guard_size(data: bytes, file: str, limit: int = LIMITS.file_bytes) -> None:
    """Refuse an empty file and one of more than `limit` bytes.

    Raises:
        InputError: It is empty or too large.
    """
    if not data:
        raise InputError("guard.empty", place=Place(file))
    if len(data) > limit:
        raise InputError("guard.too-large", place=Place(file), found=_mib(len(data)), expected=_mib(limit))


def open_zip(data: bytes, file: str, limits: Limits = LIMITS) -> Package:
    """The ZIP in `data` after every guard of its directory.

    Raises:
        InputError: It is too large, no ZIP, damaged, or its directory hides something.
    """
    guard_size(data, file, limits.file_bytes)
    directory = _guard_directory(data, file, limits)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, EOFError) as error:
        raise InputError("guard.broken-zip", place=Place(file)) from error
    entries = archive.infolist()
    _guard_totals(entries, file, limits)
    for entry in entries:
        _guard_entry(entry, file, limits)
    _guard_twice(entries, file)
    _guard_overlap(data, entries, directory, file)
    package = Package(file, archive)
    for name in () if limits.nested else package.names:
        _guard_nested(package, name)
    return package


def _guard_directory(data: bytes, file: str, limits: Limits) -> int:
    """Where the directory begins: its end record must close the file, point just before itself and promise few entries.

    So nothing lies between or behind, where another reader might find another directory.
    """
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _DIRECTORY_END.size - 0xFFFF))
    if at < 0 or not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise InputError(_what_it_is(data), place=Place(file))
    if at + _DIRECTORY_END.size > len(data):
        raise InputError("guard.broken-zip", place=Place(file))
    _, disk, first, here, total, size, offset, comment = _DIRECTORY_END.unpack_from(data, at)
    if disk or first or here != total or offset + size != at or at + _DIRECTORY_END.size + comment != len(data):
        raise InputError("guard.broken-zip", place=Place(file))
    if total > limits.entries or size > limits.entries * _DIRECTORY_ENTRY_BYTES:
        raise InputError("guard.too-many-entries", place=Place(file), found=total, expected=limits.entries)
    return int(offset)


def _what_it_is(data: bytes) -> str:
    """The message for a file that is no ZIP."""
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        return "guard.encrypted" if locked else "guard.old-workbook"
    return "guard.broken-zip" if data.startswith(b"PK") else "guard.not-zip"


def _guard_totals(entries: list[zipfile.ZipInfo], file: str, limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise InputError("guard.too-many-entries", place=Place(file), found=len(entries), expected=limits.entries)
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked_bytes:
        expected = _mib(limits.unpacked_bytes)
        raise InputError("guard.unpacked-size", place=Place(file), found=_mib(total), expected=expected)


def _guard_entry(entry: zipfile.ZipInfo, file: str, limits: Limits) -> None:
    """One entry by its directory record alone."""
    place = Place(file, sheet=excerpt(entry.orig_filename))
    if entry.flag_bits & _ENCRYPTED_FLAGS:
        raise InputError("guard.entry-encrypted", place=place)
    if entry.compress_type not in _METHODS:
        raise InputError("guard.entry-method", place=place, found=entry.compress_type)
    if entry.file_size > _RATIO_FLOOR and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        raise InputError("guard.ratio", place=place, expected=limits.ratio)
    if not _is_plain_path(entry.orig_filename) or stat.S_ISLNK(entry.external_attr >> 16):
        raise InputError("guard.entry-path", place=place)


def _is_plain_path(name: str) -> bool:
    """Whether `name` is a relative path of ordinary names."""
    parts = name.removesuffix("/").split("/")
    if any(part in {"", ".", ".."} for part in parts):
        return False
    try:
        for part in parts:
            guard_name(part)
    except InputError:
        return False
    return True


def _guard_twice(entries: list[zipfile.ZipInfo], file: str) -> None:
    """Part names of office files are the same in capitals and small letters (ECMA-376 part 2, 6.2.2)."""
    seen: set[str] = set()
    for entry in entries:
        key = entry.orig_filename.casefold()
        if key in seen:
            raise InputError("guard.entry-twice", place=Place(file, sheet=excerpt(entry.orig_filename)))
        seen.add(key)


def _guard_overlap(data: bytes, entries: list[zipfile.ZipInfo], directory: int, file: str) -> None:
    """Every entry must lie before the next one begins, and the last one before the directory."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    limits = [*(entry.header_offset for entry in ordered[1:]), directory][: len(ordered)]
    for entry, limit in zip(ordered, limits, strict=True):
        place = Place(file, sheet=excerpt(entry.orig_filename))
        if entry.header_offset + _LOCAL_HEADER.size > limit:
            raise InputError("guard.overlap", place=place)
        header = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
        if header[0] != b"PK\x03\x04":
            raise InputError("guard.broken-zip", place=place)
        if entry.header_offset + _LOCAL_HEADER.size + header[-2] + header[-1] + entry.compress_size > limit:
            raise InputError("guard.overlap", place=place)


def _guard_nested(package: Package, name: str) -> None:
    start = package.start(name, 8)
    if start.startswith(_ARCHIVES):
        raise InputError("guard.nested-archive", place=package.place(excerpt(name)))
    if start.startswith(_OLE):
        raise InputError("guard.active-part", place=package.place(excerpt(name)))


def _mib(count: int) -> str:
    return f"{count / MIB:.1f}"
