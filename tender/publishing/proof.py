"""Proof of a published folder, or of its ZIP, by the manifest alone: anyone who has either can run it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tender.errors import Finding, Place, Severity, UsageError
from tender.guards import MIB, Limits, guard_size, open_zip
from tender.publishing.files import MANIFEST, method_file

ZIP_LIMITS = Limits(file_bytes=500 * MIB, unpacked_bytes=1000 * MIB, entries=5000, nested=True)
"""How much the ZIP of a publication may be; forms and DOCX files in it are archives themselves."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a manifest says and whether its folder agrees.

    Attributes:
        tender: Id of the tender.
        version: Version number.
        files: How many files the manifest names.
        manifest_hash: SHA-256 of the manifest, to be compared with the record or a letter.
        findings: What does not agree; empty when the folder is proven.
    """

    tender: str
    version: int
    files: int
    manifest_hash: str
    findings: tuple[Finding, ...]


class Shelf(Protocol):
    """Where files are read from by relative path: a folder or a ZIP."""

    @property
    def names(self) -> frozenset[str]:
        """Paths of all files."""

    def read(self, name: str) -> bytes:
        """The bytes of a file that is there."""


class _Folder:
    """A published folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.names = frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

    def read(self, name: str) -> bytes:
        """The bytes of a file that is there."""
        return (self._folder / name).read_bytes()


class _Zip:
    """A ZIP of a published folder, with or without a folder inside."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes() if path.stat().st_size <= ZIP_LIMITS.file_bytes else b""
        guard_size(data, path.name, ZIP_LIMITS.file_bytes)
        self._package = open_zip(data, path.name, ZIP_LIMITS)
        firsts = {name.split("/", 1)[0] if "/" in name else "" for name in self._package.names}
        self._prefix = f"{firsts.pop()}/" if len(firsts) == 1 and "" not in firsts else ""
        self.names = frozenset(name.removeprefix(self._prefix) for name in self._package.names)

    def read(self, name: str) -> bytes:
        """The bytes of a file that is there."""
        return self._package.read(f"{self._prefix}{name}")


def shelf_of(place: Path) -> Shelf:
    """The files of a folder or a ZIP, each read when it is asked for.

    Raises:
        InputError: The ZIP is damaged, too large, or hides something.
    """
    return _Folder(place) if place.is_dir() else _Zip(place)


def verify(place: Path) -> Proof:
    """Prove that every file of `place` has the hash that its manifest names, and the methods theirs.

    Args:
        place: A published folder, or its ZIP.

    Raises:
        InputError: The ZIP is damaged, too large, or hides something.
        UsageError: There is no manifest, or one that cannot be read.
    """
    shelf = shelf_of(place)
    if MANIFEST not in shelf.names:
        raise UsageError("verify.no-manifest", folder=place)
    data = shelf.read(MANIFEST)
    try:
        manifest = json.loads(data)
        listed = {str(name): str(file["sha256"]) for name, file in manifest["files"].items()}
        methods = {name: str(manifest[f"{name}_hash"]) for name in ("award", "payment")}
        tender, version = str(manifest["tender"]), int(manifest["version"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError("verify.bad-manifest", folder=place) from error
    findings = (*_changed_files(shelf, listed), *_changed_methods(shelf, methods))
    return Proof(tender, version, len(listed), hashlib.sha256(data).hexdigest(), findings)


def _changed_files(shelf: Shelf, listed: Mapping[str, str]) -> Iterator[Finding]:
    present = shelf.names - {MANIFEST}
    for name in sorted({*present, *listed}):
        if name not in listed:
            yield Finding("verify.stranger", Severity.BLOCK, values={"file": name}, place=Place(name))
        elif name not in present:
            yield Finding("verify.missing", Severity.BLOCK, values={"file": name}, place=Place(name))
        else:
            found = hashlib.sha256(shelf.read(name)).hexdigest()
            if found != listed[name]:
                values = {"file": name, "found": found[:12], "expected": listed[name][:12]}
                yield Finding("verify.changed", Severity.BLOCK, values=values, place=Place(name))


def _changed_methods(shelf: Shelf, methods: Mapping[str, str]) -> Iterator[Finding]:
    for name, expected in methods.items():
        path = method_file(name)
        if path not in shelf.names:
            continue
        found = hashlib.sha256(shelf.read(path).removesuffix(b"\n")).hexdigest()
        if found != expected:
            values = {"method": f"method.{name}", "found": found[:12], "expected": expected[:12]}
            yield Finding("verify.method", Severity.BLOCK, values=values, place=Place(path))
