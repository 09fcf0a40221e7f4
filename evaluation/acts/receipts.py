"""The portal's own record: its opening protocol is imported with its hash, and says when each bid came.

Valinta is not the submission channel: whether a bid is late follows from the portal's clock alone.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path

from evaluation.acts.desk import BIDS, append, desk_of
from tender.errors import Finding, FrozenError, InputError, Place, Severity, UsageError
from tender.guards import MIB, excerpt, guard_size, safe_name
from tender.publishing.release import Chance
from tender.record import Publicity, State
from tender.record.intake import ProtocolImported

COLUMNS = ("file", "received_at", "sha256")
"""Columns of a protocol: name of the bid's file, moment with its zone, SHA-256 where the portal gives one."""

_MOST_BYTES = 2 * MIB
_MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the portal says of a bid.

    Attributes:
        at: When it came, ISO 8601 with its zone; empty when the portal says nothing.
        findings: What does not fit.
    """

    at: str
    findings: tuple[Finding, ...]

    def after(self, until: datetime) -> bool:
        """Whether it came after `until`; a bid whose receipt nobody knows is not called late."""
        return bool(self.at) and datetime.fromisoformat(self.at) > until


def import_protocol(folder: Path, path: Path, portal: str, by: str, chance: Chance) -> ProtocolImported:
    """Keep the portal's protocol and put what it says on the record.

    Args:
        folder: The tender folder.
        path: A CSV file with `COLUMNS`, separated by semicolons or commas.
        portal: Name of the portal.
        by: Name of who imports it.
        chance: Clock and salts.

    Raises:
        UsageError: There is no such file.
        InputError: A row cannot be used; the first one is named.
        FrozenError: The bids are opened already.
    """
    desk = desk_of(folder)
    if desk.state.opening is not None:
        raise FrozenError("frozen.already-opened")
    if not path.is_file():
        raise UsageError("intake.no-file", file=path.name)
    data = path.read_bytes()
    rows = _rows(data, path.name)
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"{sha256[:12]}-{safe_name(path.name)}"
    kept = folder / BIDS / "protocols" / name
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(data)
    received = {file: row["received_at"] for file, row in rows.items()}
    hashes = {file: row["sha256"].casefold() for file, row in rows.items() if row["sha256"]}
    said = ProtocolImported(portal, name, sha256, received, hashes, by)
    append(desk, said, chance, "hankintayksikkö", Publicity.AUTHORITY)
    return said


def receipt_of(state: State, file: str, sha256: str) -> Receipt:
    """What the last imported protocol says of the bid file `file` with the hash `sha256`."""
    if not state.intake.protocols:
        return Receipt("", ())
    protocol = state.intake.protocols[-1].said
    at = protocol.received.get(file, "")
    if not at:
        values = {"file": excerpt(file), "portal": protocol.portal}
        return Receipt("", (Finding("bid.not-in-protocol", Severity.WARN, "received_at", values),))
    expected = protocol.files.get(file, sha256)
    if expected != sha256:
        values = {"file": excerpt(file), "found": sha256[:16], "expected": expected[:16]}
        return Receipt(at, (Finding("bid.protocol-hash", Severity.WARN, "sha256", values),))
    return Receipt(at, ())


def _rows(data: bytes, file: str) -> dict[str, Mapping[str, str]]:
    guard_size(data, file, _MOST_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("protocol.encoding", place=Place(file)) from error
    first = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text), delimiter=";" if ";" in first else ",")
    if not {"file", "received_at"} <= set(reader.fieldnames or ()):
        found = excerpt(", ".join(reader.fieldnames or ()))
        raise InputError("protocol.columns", place=Place(file, line=1), found=found, expected=", ".join(COLUMNS))
    rows: dict[str, Mapping[str, str]] = {}
    for number, row in enumerate(reader, start=2):
        name = (row.get("file") or "").strip()
        moment = _moment((row.get("received_at") or "").strip())
        if not name or name in rows or moment is None or number > _MOST_ROWS:
            found = excerpt(" ".join(str(value) for value in row.values()))
            raise InputError("protocol.row", place=Place(file, line=number), found=found)
        rows[name] = {"received_at": moment, "sha256": (row.get("sha256") or "").strip()}
    return rows


def _moment(text: str) -> str | None:
    """An ISO moment with its zone; ``None`` for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.isoformat() if moment.tzinfo is not None else None
