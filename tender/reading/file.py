"""Read a tender folder: `tender.toml` to a `Tender` and its source map, with every mistake as a finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tender.errors import Finding, Severity
from tender.model.tender import Tender
from tender.reading.dictionary import dictionary
from tender.reading.files import MOST_BYTES, TENDER_FILE, contents, tender_path
from tender.reading.notes import Notes
from tender.reading.nouns import NounReader
from tender.reading.paths import related
from tender.reading.positions import spots
from tender.reading.references import check_affects
from tender.reading.source_map import SourceMap
from tender.reading.strays import brought_home
from tender.reading.syntax import parsed
from tender.reading.texts import TextLoader, loader, no_files

VERSION = 1
"""The version of the file format that is read."""

LATEST_VERSION = 999
"""Larger numbers are slips, not versions."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of reading a tender folder.

    Attributes:
        tender: The tender, whole even when something is wrong with it; ``None`` when the file is not TOML at all.
        findings: What is wrong, in the order of the file, each with its place.
        source: Where every field stands.
        broken: Paths whose values are placeholders, because the file has none that can be taken.
    """

    tender: Tender | None
    findings: tuple[Finding, ...]
    source: SourceMap
    broken: frozenset[str]

    def locate(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """`findings` of later rules with their places, without those about placeholders: they say nothing new."""
        return tuple(
            finding if finding.place is not None else replace(finding, place=self.source.place(finding.field))
            for finding in findings
            if not any(related(finding.field, path) for path in self.broken)
        )


def read_tender(folder: Path) -> Reading:
    """Read the tender in `folder`.

    Raises:
        UsageError: There is no such folder, no tender file in it, or the system refuses to read it.
    """
    tender_path(folder)
    found = contents(folder, TENDER_FILE, MOST_BYTES)
    if found.text is None:
        return _nothing(found.finding)
    return read_text(found.text, loader(folder))


def read_text(text: str, load: TextLoader = no_files) -> Reading:
    """Read a tender from the text of its file.

    Args:
        text: The TOML text.
        load: Gives the longer texts that lie beside the file; none by default.
    """
    raw, finding = parsed(text, TENDER_FILE)
    if raw is None:
        return _nothing(finding)
    aliases: dict[str, str] = {}
    source = SourceMap(TENDER_FILE, spots(text), aliases)
    newer = _newer(raw, source)
    if newer is not None:
        return _nothing(newer)
    notes = Notes(source, aliases)
    words = dictionary()
    tender: Tender = NounReader(words, notes, load).noun(words.root, brought_home(words, notes, raw), "")
    check_affects(words, notes, tender)
    return Reading(tender, notes.sorted(), source, frozenset(notes.broken))


def _newer(raw: dict[str, Any], source: SourceMap) -> Finding | None:
    """The one finding about a file of a newer format, whose fields mean nothing here."""
    version = raw.get("schema")
    if type(version) is not int or not VERSION < version <= LATEST_VERSION:
        return None
    values = {"found": str(version), "expected": str(VERSION)}
    return Finding("file.version", Severity.BLOCK, "schema", values, place=source.place("schema"))


def _nothing(finding: Finding | None) -> Reading:
    findings = () if finding is None else (finding,)
    return Reading(None, findings, SourceMap(TENDER_FILE, {}), frozenset())
