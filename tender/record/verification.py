"""Verification of a record file: SQLite's own check, the schema word for word, the chain, the payloads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial

import apsw

from tender.errors import Finding, Severity
from tender.record.chain import Chain, Row, chain_findings, computed_genesis, payload_findings, shown
from tender.record.events import Kind, commitment_of, key_digest
from tender.record.store import meta, schema_of, version_of

_ROWS = (
    "SELECT seq, CAST(at AS BLOB), CAST(kind AS BLOB), CAST(actor AS BLOB), CAST(commitment AS BLOB),"
    " CAST(publicity AS BLOB), CAST(retain_until AS BLOB), CAST(prev AS BLOB), CAST(hash AS BLOB)"
    " FROM events ORDER BY seq"
)
_STRUCTURE = (
    "SELECT CAST(type AS BLOB), CAST(name AS BLOB), CAST(tbl_name AS BLOB), CAST(sql AS BLOB),"
    " typeof(type) || typeof(name) || typeof(tbl_name) || typeof(sql) FROM sqlite_schema"
)
_KEYED = "SELECT seq, digest, CAST(json AS BLOB) FROM keys LEFT JOIN payloads USING (seq) ORDER BY seq"
_PAYLOADS = "SELECT seq, CAST(salt AS BLOB), CAST(json AS BLOB) FROM payloads ORDER BY seq"


def verify(connection: apsw.Connection, expected_heads: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Everything that does not hold in the record behind `connection`; empty when it is proven whole.

    Args:
        connection: A connection from `tender.record.store.connect`.
        expected_heads: Heads known from publications, receipts and letters. Only they can show that the end of the
            chain was cut off or that the whole chain was written anew.
    """
    findings: list[Finding] = []
    chain = partial(_chain_findings, heads=tuple(expected_heads))
    for examine in (_engine_findings, _structure_findings, chain, _key_findings):
        try:
            findings.extend(examine(connection))
        except (apsw.Error, UnicodeDecodeError) as error:
            findings.append(_engine(str(error)))
    return tuple(findings)


def _engine(detail: str) -> Finding:
    return Finding("record.engine", Severity.BLOCK, "file", {"detail": detail})


def _engine_findings(connection: apsw.Connection) -> Iterator[Finding]:
    """What SQLite itself finds in its pages and rows."""
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield _engine(str(line))
    for table, seq, *_ in connection.execute("PRAGMA foreign_key_check"):
        yield _engine(f"{table}: {seq}")


def _structure_findings(connection: apsw.Connection) -> Iterator[Finding]:
    """Tables and triggers must be exactly ours: a missing trigger would let events be changed."""
    reference = apsw.Connection(":memory:")
    for statement in schema_of(version_of(connection)):
        reference.execute(statement)
    expected, found = set(reference.execute(_STRUCTURE)), set(connection.execute(_STRUCTURE))
    reference.close()
    for row in sorted(expected - found):
        yield _structure("record.structure-missing", row)
    for row in sorted(found - expected, key=str):
        yield _structure("record.structure-foreign", row)
    if meta(connection, "genesis") != computed_genesis(meta(connection, "tender")):
        values = {"tender": shown(meta(connection, "tender"))}
        yield Finding("record.genesis-changed", Severity.BLOCK, "meta.genesis", values)


def _structure(rule: str, row: tuple[object, ...]) -> Finding:
    name = row[1].decode("utf-8", "replace") if isinstance(row[1], bytes) else "?"
    return Finding(rule, Severity.BLOCK, "structure", {"object": name})


def _chain_findings(connection: apsw.Connection, heads: Iterable[str]) -> Iterator[Finding]:
    chain = _read(connection)
    yield from chain_findings(chain, heads)
    yield from payload_findings(chain)


def _key_findings(connection: apsw.Connection) -> Iterator[Finding]:
    """A payload that tells its idempotency key must stand under that key."""
    if version_of(connection) == 1:
        return
    for seq, digest, text in connection.execute(_KEYED):
        told = _table(text or b"").get("key")
        if isinstance(told, str) and key_digest(told) != digest:
            yield Finding("record.key-changed", Severity.BLOCK, f"events[{seq}].key", {"seq": str(seq)})


def _read(connection: apsw.Connection) -> Chain:
    """Rows and commitments in one snapshot, so that a writer at work does not look like a fault."""
    connection.execute("BEGIN")
    try:
        rows = [_row(*values) for values in connection.execute(_ROWS)]
        erasing = {row.seq for row in rows if row.kind == Kind.PAYLOAD_ERASED.value}
        commitments: dict[int, str] = {}
        erasures: dict[int, int | None] = {}
        for seq, salt, text in connection.execute(_PAYLOADS):
            commitments[seq] = commitment_of(salt or b"", text or b"")
            if seq in erasing:
                erasures[seq] = _erased(text or b"")
        return Chain(meta(connection, "tender"), rows, commitments, erasures)
    finally:
        connection.execute("ROLLBACK")


def _row(seq: int, *values: bytes | None) -> Row:
    texts = [None if value is None else _text(value) for value in values]
    at, kind, actor, commitment, publicity, retain_until, prev, own = texts
    return Row(
        seq, at or "", kind or "", actor or "", commitment or "", publicity or "", retain_until, prev or "", own or ""
    )


def _text(value: bytes) -> str:
    """Stored bytes as text; damaged bytes stay visible as lone surrogates, which no hash accepts."""
    return value.decode("utf-8", "surrogateescape")


def _erased(text: bytes) -> int | None:
    """Which event an erasure says that it erased; ``None`` when it does not say it."""
    erased = _table(text).get("erased")
    return erased if type(erased) is int else None


def _table(text: bytes) -> dict[str, object]:
    """The payload in `text`; empty when it is none."""
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, dict) else {}
