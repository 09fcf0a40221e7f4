"""The court and archive bundle: the whole record with its files, or the copy of it that a party or anybody may see.

Every event travels with its place in the chain; its payload only where the reader may see it. Every file has its diary
number, publicity class, day of retention and hash in `INDEX`; what is withheld is named there with its ground, never
dropped in silence. A file in which an accepted trade secret stands, in any of its formats, is withheld as a whole.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tender.errors import UsageError, blocking
from tender.language import Language
from tender.model.methods import Json
from tender.model.tender import Tender
from tender.publishing.examination import readable_tender
from tender.publishing.folder import RECORD_FILE, swap_folder
from tender.publishing.secrets import Secret, read_secrets, without_secrets
from tender.record import Entry, Kind, Publicity, Record, state_of
from tender.words import words

INDEX = "index.json"
EVENTS = "events.json"
LETTERS = "letters.json"
REPORT = "report-124.{language}.json"
ITEMS = (
    "buyer",
    "admitted",
    "excluded",
    "low",
    "lots",
    "chosen",
    "received",
    "procedure",
    "questions",
    "interests",
    "interruption",
)
"""What the report on the procurement procedure tells (HL 124), as far as the record knows it."""


class Reader(StrEnum):
    """Whom a copy is for."""

    COURT = "court"
    PARTY = "party"
    PUBLIC = "public"


_SEEN: Mapping[Reader, frozenset[Publicity]] = {
    Reader.COURT: frozenset(Publicity),
    Reader.PARTY: frozenset({Publicity.PUBLIC, Publicity.PARTY}),
    Reader.PUBLIC: frozenset({Publicity.PUBLIC}),
}
_CLASSES: tuple[tuple[str, Publicity], ...] = (
    ("published/", Publicity.PUBLIC),
    ("private/decision/", Publicity.PARTY),
    ("bids/", Publicity.AUTHORITY),
    ("private/evaluation/", Publicity.AUTHORITY),
    ("private/letters/", Publicity.AUTHORITY),
    ("private/protocol/", Publicity.AUTHORITY),
    ("private/scores.toml", Publicity.AUTHORITY),
    ("private/secrets.toml", Publicity.AUTHORITY),
    ("private/answers/", Publicity.PERSONAL),
    ("answers/", Publicity.PERSONAL),
    (RECORD_FILE, Publicity.PERSONAL),
)
"""Publicity class of every file that is taken, by the beginning of its path; other files stay where they are."""

_GROUNDS: Mapping[Publicity, str] = {
    Publicity.PARTY: "JulkL 11",
    Publicity.AUTHORITY: "JulkL 6.1 p. 3, 7.2",
    Publicity.PERSONAL: "JulkL 24; GDPR 5",
}
_CLAIMED = "JulkL 24.1 p. 20"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was exported.

    Attributes:
        folder: The folder written.
        files: How many files it has.
        events: How many events the record has.
        withheld: How many payloads and files the reader does not see.
        head: Head of the record's chain.
    """

    folder: Path
    files: int
    events: int
    withheld: int
    head: str


def export(folder: Path, target: Path, reader: Reader = Reader.COURT) -> Exported:
    """Write the bundle of `folder` for `reader` to `target`: all of it, or nothing.

    Raises:
        UsageError: `target` is there already, or there is no record.
        RecordError: The chain does not verify.
        BlockedError: The tender cannot be read.
    """
    if target.exists():
        raise UsageError("export.target-exists", target=target)
    if not (folder / RECORD_FILE).is_file():
        raise UsageError("export.no-record", folder=folder)
    tender, secrets = readable_tender(folder), read_secrets(folder)
    with Record.read(folder / RECORD_FILE) as record:
        broken = blocking(record.verify())
        entries = tuple(record.entries())
        head = record.head
        copied = _copied(record) if reader is Reader.COURT else b""
    if broken:
        raise UsageError("export.broken", count=len(broken))
    seen = () if reader is Reader.COURT else secrets
    files, withheld = _files(folder, reader, secrets)
    rows = [_event(entry, reader, seen) for entry in entries]
    files[EVENTS] = _pretty([*rows])
    for language in tender.languages:
        files[REPORT.format(language=language.value)] = _pretty(_report(tender, entries, language))
    if reader is Reader.COURT:
        files[RECORD_FILE] = copied
        files[LETTERS] = _pretty([one.said.payload() for one in state_of(entries).letters])
    hidden = [row for row in rows if isinstance(row, dict) and row["payload"] is None]
    files[INDEX] = _pretty(_index(tender, reader, head, files, withheld, entries))
    swap_folder(target, files)
    return Exported(target, len(files), len(entries), len(hidden) + len(withheld), head)


def _files(folder: Path, reader: Reader, secrets: tuple[Secret, ...]) -> tuple[dict[str, bytes], dict[str, str]]:
    """The files that `reader` sees, and the ground of each that it does not."""
    found: dict[str, bytes] = {}
    withheld: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        kind = None if name.startswith(f"{RECORD_FILE}-") else _class(name)
        if kind is None or path.is_symlink() or not path.is_file():
            continue
        if kind not in _SEEN[reader]:
            withheld[name] = _GROUNDS[kind]
        else:
            found[name] = path.read_bytes()
    if reader is not Reader.COURT:
        hidden = {_stem(name) for name, data in found.items() if _holds(data, secrets)}
        withheld |= {name: _CLAIMED for name in found if _stem(name) in hidden}
    return {name: data for name, data in found.items() if name not in withheld}, withheld


def _copied(record: Record) -> bytes:
    """The record as one file: what still stands in its journal is in the copy."""
    with TemporaryDirectory() as place:
        record.backup(Path(place) / RECORD_FILE)
        return (Path(place) / RECORD_FILE).read_bytes()


def _class(name: str) -> Publicity | None:
    return next((kind for start, kind in _CLASSES if name.startswith(start)), None)


def _stem(name: str) -> str:
    """A document's path without its format: what is secret in its page is secret in its PDF."""
    return name.rpartition(".")[0] or name


def _holds(data: bytes, secrets: tuple[Secret, ...]) -> bool:
    """Whether a secret passage stands in `data` or in anything packed in it, as HTML, XML or JSON write it too."""
    said = [secret.text for secret in secrets if secret.text]
    written = [
        json.dumps(text, ensure_ascii=ascii_only)[1:-1].encode() for text in said for ascii_only in (True, False)
    ]
    written += [text.encode() for text in said]
    shown = [_shown(text) for text in said]
    return any(
        any(text in part for text in written) or any(text in _shown(part.decode(errors="ignore")) for text in shown)
        for part in (unpacked(data) if said else ())
    )


def _shown(text: str) -> str:
    """`text` as a reader of the page sees it: entities are characters, whatever spaces one space."""
    return " ".join(unescape(text).split())


def unpacked(data: bytes) -> Iterator[bytes]:
    """`data`, and everything in it when it is a ZIP; DOCX and XLSX are ZIPs too."""
    yield data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from unpacked(archive.read(name))


def _event(entry: Entry, reader: Reader, secrets: tuple[Secret, ...]) -> Json:
    event = entry.event
    seen = event.publicity in _SEEN[reader]
    payload: Json = None
    if seen and entry.payload is not None:
        payload = _cleared(dict(entry.payload), secrets)
    return {
        "seq": event.seq,
        "at": event.at.isoformat(),
        "kind": event.kind.value,
        "actor": event.actor,
        "publicity": event.publicity.value,
        "retain_until": event.retain_until.isoformat() if event.retain_until else None,
        "commitment": event.commitment,
        "prev": event.prev,
        "hash": event.hash,
        "withheld": "" if seen else _GROUNDS[event.publicity],
        "payload": payload,
    }


def _cleared(value: Json, secrets: tuple[Secret, ...]) -> Json:
    """`value` without secret passages in any of its texts: in the texts themselves, before JSON escapes a quote."""
    if isinstance(value, str):
        return without_secrets(value, secrets)
    if isinstance(value, dict):
        return {without_secrets(name, secrets): _cleared(each, secrets) for name, each in value.items()}
    if isinstance(value, list):
        return [_cleared(each, secrets) for each in value]
    return value


def _index(
    tender: Tender,
    reader: Reader,
    head: str,
    files: Mapping[str, bytes],
    withheld: Mapping[str, str],
    entries: tuple[Entry, ...],
) -> Json:
    days = [entry.event.retain_until for entry in entries if entry.event.retain_until]
    kept = max(days).isoformat() if days else None
    own = Publicity.AUTHORITY if reader is Reader.COURT else Publicity(reader.value)
    listed: dict[str, Json] = {
        name: {
            "diary_number": tender.diary_number,
            "publicity": (_class(name) or own).value,
            "retain_until": kept,
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        for name, data in sorted(files.items())
    }
    return {
        "tender": tender.id,
        "diary_number": tender.diary_number,
        "reader": reader.value,
        "record_head": head,
        "retention": "HL 124.4",
        "files": listed,
        "withheld": dict(sorted(withheld.items())),
    }


def _report(tender: Tender, entries: tuple[Entry, ...], language: Language) -> Json:
    """The report of HL 124, item by item: what the record and the tender say, or that a person must fill it in."""
    said = words(language)
    values = _items(tender, entries, language)
    return {
        "title": said.term("report-124.title"),
        "diary_number": tender.diary_number,
        "items": [
            {
                "item": item,
                "what": said.term(f"report-124.{item}"),
                "says": values[item] or said.term("report-124.open"),
            }
            for item in ITEMS
        ],
    }


def _items(tender: Tender, entries: tuple[Entry, ...], language: Language) -> dict[str, Json]:
    """What is known, by item; empty where the record has nothing of it."""
    state = state_of(entries)
    admitted, decision = state.admissions, state.decision
    chosen = list(decision.said.chosen) if decision else []
    excluded = {key: ", ".join(rules) for key, rules in admitted.said.excluded.items()} if admitted else {}
    told = [entry.event.kind for entry in entries]
    interrupted = decision is not None and not chosen
    return {
        "buyer": [tender.buyer.name.best(language), tender.title.best(language), str(tender.object.estimated_value)],
        "admitted": list(admitted.said.admitted) if admitted else [],
        "excluded": dict(excluded),
        "low": _numbers(entries, Kind.BIDDER_ASKED),
        "lots": tender.object.lots_reason.get(language) or "",
        "chosen": [*chosen],
        "received": [*sorted({one.said.bidder for one in state.bids_received})],
        "procedure": tender.procedure.kind.value,
        "questions": _numbers(entries, Kind.CLARIFICATION),
        "interests": _numbers(entries, Kind.DECLARATION),
        "interruption": _numbers(entries, Kind.DECIDED) if interrupted and Kind.DECIDED in told else [],
    }


def _numbers(entries: tuple[Entry, ...], kind: Kind) -> Json:
    """Numbers of the events of `kind`: where in the record it stands."""
    return [entry.event.seq for entry in entries if entry.event.kind is kind]


def _pretty(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
