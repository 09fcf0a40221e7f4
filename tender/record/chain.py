"""Proof of the chain: pure functions from stored rows to findings that name event and field.

A hash says that a row changed, not where. `changed_field` finds out by trying: it is the field whose repair makes the
hash fit again (the neighbours' hashes, the payload's commitment, every kind, every single changed byte). What no trial
proves is not named.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tender.errors import Finding, Severity
from tender.model.methods import Json
from tender.record.events import Kind, Publicity, event_hash, genesis_hash, moment_of

NAMED_AT_MOST = 20
"""Damaged events whose changed field is searched for; the search tries thousands of repairs for each."""

_CLOSE = 2
_HEXADECIMAL = b"0123456789abcdef"
_ALPHABETS = {
    "retain_until": b"0123456789-",
    "at": b"0123456789-:.TZ",
    "commitment": _HEXADECIMAL,
    "prev": _HEXADECIMAL,
    "actor": bytes(range(32, 256)),
}
"""Bytes that each field can have been written with."""

_KINDS = frozenset(kind.value for kind in Kind)
_CLASSES = frozenset(publicity.value for publicity in Publicity)


@dataclass(frozen=True, slots=True)
class Row:
    """One stored event as text, nothing interpreted.

    Attributes:
        seq: Number of the event.
        at: Stored moment.
        kind: Stored kind, known or not.
        actor: Who.
        commitment: Commitment to the payload.
        publicity: Stored publicity class, known or not.
        retain_until: Stored day or ``None``.
        prev: Hash of the event before.
        hash: Hash of the rest.
    """

    seq: int
    at: str
    kind: str
    actor: str
    commitment: str
    publicity: str
    retain_until: str | None
    prev: str
    hash: str

    def computed(self) -> str:
        """The hash that the other fields give; empty when they are no longer text."""
        fields: dict[str, Json] = {
            "seq": self.seq,
            "at": self.at,
            "kind": self.kind,
            "actor": self.actor,
            "commitment": self.commitment,
            "publicity": self.publicity,
            "retain_until": self.retain_until,
            "prev": self.prev,
        }
        try:
            return event_hash(fields)
        except ValueError:
            return ""

    def holds(self) -> bool:
        """Whether the stored hash is the hash of the other fields."""
        return self.computed() == self.hash


@dataclass(frozen=True, slots=True)
class Chain:
    """All rows of a record with what they are checked against.

    Attributes:
        tender: Tender id, from which the genesis hash follows.
        rows: Rows by growing number.
        commitments: Commitment computed from the stored payload, by event number; erased payloads are absent.
        erasures: Number of the event that each erasure event names, by its own number; ``None`` when it names none.
    """

    tender: str
    rows: Sequence[Row]
    commitments: Mapping[int, str]
    erasures: Mapping[int, int | None]


def computed_genesis(tender: str) -> str:
    """The genesis hash of `tender`; empty when the stored id is no longer text."""
    try:
        return genesis_hash(tender)
    except ValueError:
        return ""


def chain_findings(chain: Chain, heads: Iterable[str] = ()) -> Iterator[Finding]:
    """Everything that does not hold in `chain`.

    Args:
        chain: The rows.
        heads: Heads known from publications, receipts and letters; each must stand in the chain.
    """
    known = tuple(heads)
    damaged = 0
    for index, row in enumerate(chain.rows):
        previous = chain.rows[index - 1] if index else None
        yield from _gap(previous, row)
        if not row.holds():
            damaged += 1
            yield _changed(chain, index, known, search=damaged <= NAMED_AT_MOST)
        elif not _follows(chain, previous, row):
            yield _unlinked(chain, index)
        yield from _unreadable(row)
        if previous is not None and row.at < previous.at:
            yield _finding("record.clock-back", row.seq, "at", Severity.WARN, at=row.at, before=previous.at)
    yield from _missing_heads(chain, known)


def payload_findings(chain: Chain) -> Iterator[Finding]:
    """Every payload that was changed, that is missing without an erasure event, or that should not be there."""
    erased = {seq: by for by, seq in chain.erasures.items() if seq is not None}
    for row in chain.rows:
        yield from _payload(row, chain.commitments.get(row.seq), erased.get(row.seq))
    numbers = {row.seq for row in chain.rows}
    for seq in sorted(set(chain.commitments) - numbers):
        yield _finding("record.payload-stray", seq, "payload")
    for by, said in sorted(chain.erasures.items()):
        if said is None or said not in numbers or said >= by:
            yield _finding("record.erasure-unknown", by, "payload", found=str(said))


def _payload(row: Row, stored: str | None, erasure: int | None) -> Iterator[Finding]:
    """What is wrong with the payload of `row`, given the commitment of what is stored and the event that erased it."""
    if stored is None:
        if erasure is None:
            yield _finding("record.payload-missing", row.seq, "payload")
    elif erasure is not None:
        yield _finding("record.payload-left", row.seq, "payload", erasure=str(erasure))
    elif stored != row.commitment and not dataclasses.replace(row, commitment=stored).holds():
        yield _finding("record.payload-changed", row.seq, "payload")


def changed_field(chain: Chain, index: int, heads: Sequence[str] = ()) -> tuple[str, str]:
    """The field of the damaged row at `index` whose repair makes its hash fit, and the repaired value.

    Both are empty when no trial proves one field.
    """
    row = chain.rows[index]
    computed = row.computed()
    following = chain.rows[index + 1].prev if index + 1 < len(chain.rows) else ""
    if computed and (computed == following or computed in heads or _distance(computed, row.hash) <= _CLOSE):
        return "hash", computed
    for field, value in _repairs(chain, index):
        if _repaired(row, field, value).holds():
            return field, value or ""
    return "", ""


def _repaired(row: Row, field: str, value: str | None) -> Row:
    values = dataclasses.asdict(row) | {field: int(value) if field == "seq" and value else value}
    return Row(**values)


def _repairs(chain: Chain, index: int) -> Iterator[tuple[str, str | None]]:
    """Possible original values of the row at `index`, the cheap and likely ones first."""
    row = chain.rows[index]
    yield "prev", chain.rows[index - 1].hash if index else computed_genesis(chain.tender)
    if row.seq in chain.commitments:
        yield "commitment", chain.commitments[row.seq]
    yield from (("kind", kind.value) for kind in Kind)
    yield from (("publicity", publicity.value) for publicity in Publicity)
    yield from (("seq", str(seq)) for seq in range(1, len(chain.rows) + 2))
    yield from (("actor", actor) for actor in sorted({other.actor for other in chain.rows}))
    yield "retain_until", None
    for field, alphabet in _ALPHABETS.items():
        yield from ((field, value) for value in _one_byte_away(getattr(row, field) or "", alphabet))


def _one_byte_away(text: str, alphabet: bytes) -> Iterator[str]:
    raw = text.encode("utf-8", "surrogateescape")
    for position in range(len(raw)):
        for byte in alphabet:
            try:
                yield (raw[:position] + bytes([byte]) + raw[position + 1 :]).decode()
            except UnicodeDecodeError:
                continue


def _distance(one: str, other: str) -> int:
    """In how many places two hashes differ; large when their lengths do."""
    if len(one) != len(other):
        return max(len(one), len(other))
    return sum(a != b for a, b in zip(one, other, strict=True))


def _follows(chain: Chain, previous: Row | None, row: Row) -> bool:
    if previous is None:
        return row.seq != 1 or row.prev == computed_genesis(chain.tender)
    return row.seq != previous.seq + 1 or row.prev == previous.hash or row.prev == previous.computed()


def _gap(previous: Row | None, row: Row) -> Iterator[Finding]:
    first = previous.seq + 1 if previous else 1
    if row.seq > first:
        yield _finding("record.gap", first, "", first=str(first), last=str(row.seq - 1))


def _changed(chain: Chain, index: int, heads: Sequence[str], *, search: bool) -> Finding:
    row = chain.rows[index]
    field, value = changed_field(chain, index, heads) if search else ("", "")
    if field == "seq":
        return _finding("record.reordered", row.seq, "seq", was=value)
    if not field:
        return _finding("record.event-changed", row.seq, "")
    return _finding("record.field-changed", row.seq, field, changed=f"record-field.{field}", original=value or "–")


def _unlinked(chain: Chain, index: int) -> Finding:
    """The row is whole but does not follow its neighbour: it belongs after another event, or after none left."""
    row = chain.rows[index]
    if index == 0:
        return _finding("record.genesis", row.seq, "prev", tender=chain.tender)
    after = next((other.seq for other in chain.rows if other.hash == row.prev), None)
    if after is not None:
        return _finding("record.reordered", row.seq, "seq", was=str(after + 1))
    return _finding("record.link", row.seq, "prev", previous=str(chain.rows[index - 1].seq))


def _unreadable(row: Row) -> Iterator[Finding]:
    """Values that hold in the chain but that this version does not know."""
    if not row.holds():
        return
    if row.kind not in _KINDS:
        yield _finding("record.kind-unknown", row.seq, "kind", found=row.kind)
    if row.publicity not in _CLASSES:
        yield _finding("record.publicity-unknown", row.seq, "publicity", found=row.publicity)
    try:
        moment_of(row.at)
    except ValueError:
        yield _finding("record.moment-unknown", row.seq, "at", found=row.at)


def _missing_heads(chain: Chain, heads: Sequence[str]) -> Iterator[Finding]:
    present = {computed_genesis(chain.tender), *(row.hash for row in chain.rows)}
    for head in heads:
        if head not in present:
            values = {"head": head, "last": str(chain.rows[-1].seq if chain.rows else 0)}
            yield Finding("record.head-missing", Severity.BLOCK, "head", values)


def shown(text: str) -> str:
    """`text` fit for printing: bytes that are no text become escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def _finding(rule: str, seq: int, field: str, severity: Severity = Severity.BLOCK, **values: str) -> Finding:
    path = f"events[{seq}].{field}" if field else f"events[{seq}]"
    return Finding(rule, severity, path, {"seq": str(seq), **{name: shown(value) for name, value in values.items()}})
