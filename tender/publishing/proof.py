"""Proof of a published folder by its manifest alone: anyone who has the folder can run it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tender.errors import Finding, Place, Severity, UsageError
from tender.publishing.files import MANIFEST, method_file


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


def verify(folder: Path) -> Proof:
    """Prove that every file in `folder` has the hash that its manifest names, and the methods theirs.

    Raises:
        UsageError: `folder` has no manifest, or one that cannot be read.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise UsageError("verify.no-manifest", folder=folder)
    data = path.read_bytes()
    try:
        manifest = json.loads(data)
        listed = {str(name): str(file["sha256"]) for name, file in manifest["files"].items()}
        methods = {name: str(manifest[f"{name}_hash"]) for name in ("award", "payment")}
        tender, version = str(manifest["tender"]), int(manifest["version"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError("verify.bad-manifest", folder=folder) from error
    findings = (*_changed_files(folder, listed), *_changed_methods(folder, methods))
    return Proof(tender, version, len(listed), hashlib.sha256(data).hexdigest(), findings)


def _changed_files(folder: Path, listed: Mapping[str, str]) -> Iterator[Finding]:
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    for name in sorted({*present, *listed}):
        if name not in listed:
            yield Finding("verify.stranger", Severity.BLOCK, values={"file": name}, place=Place(name))
        elif name not in present:
            yield Finding("verify.missing", Severity.BLOCK, values={"file": name}, place=Place(name))
        else:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            if found != listed[name]:
                values = {"file": name, "found": found[:12], "expected": listed[name][:12]}
                yield Finding("verify.changed", Severity.BLOCK, values=values, place=Place(name))


def _changed_methods(folder: Path, methods: Mapping[str, str]) -> Iterator[Finding]:
    for name, expected in methods.items():
        path = folder / method_file(name)
        if not path.is_file():
            continue
        found = hashlib.sha256(path.read_bytes().removesuffix(b"\n")).hexdigest()
        if found != expected:
            values = {"method": f"method.{name}", "found": found[:12], "expected": expected[:12]}
            yield Finding("verify.method", Severity.BLOCK, values=values, place=Place(method_file(name)))
