"""What the events that decide the course of a tender say: one noun per kind, written to and read from its payload.

Acts append these payloads and `tender.record.state` reads them back, so both sides agree on every key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import ClassVar, Self

from tender.errors import RecordError
from tender.model.methods import Json
from tender.record.events import Kind


class Keys:
    """A payload being read: every value has its expected type, or the reading stops with its event and key.

    Args:
        seq: Number of the event, for the error.
        payload: The payload.
    """

    def __init__(self, seq: int, payload: Mapping[str, Json]) -> None:
        """Keep what is read."""
        self._seq = seq
        self._payload = payload

    @property
    def seq(self) -> int:
        """Number of the event."""
        return self._seq

    def part(self, key: str) -> Keys:
        """The table under `key`, to be read in its turn."""
        return Keys(self._seq, self._table(key))

    def parts(self, key: str) -> dict[str, Keys]:
        """The table of tables under `key`, each to be read in its turn."""
        return {name: Keys(self._seq, self._as_table(key, value)) for name, value in self._table(key).items()}

    def items(self, key: str) -> tuple[Keys, ...]:
        """The list of tables under `key`, each to be read in its turn."""
        found = self._payload.get(key)
        if not isinstance(found, list):
            raise self._unfit(key)
        return tuple(Keys(self._seq, self._as_table(key, value)) for value in found)

    def later_items(self, key: str) -> tuple[Keys, ...]:
        """The list of tables under `key`; empty when there is none."""
        return self.items(key) if key in self._payload else ()

    def later_rows(self, key: str) -> tuple[tuple[str, ...], ...]:
        """The list of lists of texts under `key`; empty when there is none."""
        found = self._payload.get(key, [])
        if not isinstance(found, list):
            raise self._unfit(key)
        return tuple(self._texts(key, row) for row in found)

    def text(self, key: str) -> str:
        """The text under `key`."""
        return self._text(key, self._payload.get(key))

    def number(self, key: str) -> int:
        """The whole number under `key`."""
        found = self._payload.get(key)
        if not isinstance(found, int) or isinstance(found, bool):
            raise self._unfit(key)
        return found

    def day(self, key: str) -> date:
        """The day under `key`."""
        try:
            return date.fromisoformat(self.text(key))
        except ValueError as error:
            raise self._unfit(key) from error

    def flag(self, key: str) -> bool:
        """Whether it is so; false when the payload is older than the key."""
        found = self._payload.get(key, False)
        if not isinstance(found, bool):
            raise self._unfit(key)
        return found

    def later_text(self, key: str) -> str:
        """The text under `key`; empty when the payload is older than the key."""
        return self._text(key, self._payload.get(key, ""))

    def later_texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under `key`; empty when the payload is older than the key."""
        return self.texts(key) if key in self._payload else ()

    def later_table(self, key: str) -> dict[str, str]:
        """The text by name under `key`; empty when the payload is older than the key."""
        return self.table(key) if key in self._payload else {}

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under `key`."""
        return self._texts(key, self._payload.get(key))

    def table(self, key: str) -> dict[str, str]:
        """The text by name under `key`."""
        return {name: self._text(key, value) for name, value in self._table(key).items()}

    def numbers(self, key: str) -> dict[str, int]:
        """The whole number by name under `key`."""
        return {name: Keys(self._seq, {key: value}).number(key) for name, value in self._table(key).items()}

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """The list of texts by name under `key`."""
        return {name: self._texts(key, value) for name, value in self._table(key).items()}

    def fractions(self, key: str) -> dict[str, Fraction]:
        """The exact number by name under `key`."""
        try:
            return {name: Fraction(value) for name, value in self.table(key).items()}
        except (ValueError, ZeroDivisionError) as error:
            raise self._unfit(key) from error

    def _text(self, key: str, found: Json) -> str:
        if not isinstance(found, str):
            raise self._unfit(key)
        return found

    def _texts(self, key: str, found: Json) -> tuple[str, ...]:
        if not isinstance(found, list):
            raise self._unfit(key)
        return tuple(self._text(key, value) for value in found)

    def _table(self, key: str) -> dict[str, Json]:
        return self._as_table(key, self._payload.get(key))

    def _as_table(self, key: str, found: Json) -> dict[str, Json]:
        if not isinstance(found, dict):
            raise self._unfit(key)
        return found

    def _unfit(self, key: str) -> RecordError:
        return RecordError("record.payload-shape", seq=self._seq, key=key)


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A version of the call for tenders went out, with its frozen methods.

    Attributes:
        version: Version number, from 1.
        published_on: The day.
        award_hash: Hash of the frozen award method.
        payment_hash: Hash of the frozen payment method.
        manifest: SHA-256 of the manifest of everything published.
        lots_commitment: SHA-256 of the secret seed that lots would be drawn with; empty when lots are not used.
        trial: Whether it was a rehearsal that no lawyer has confirmed.
        made_as: From version 2: how it was made, ``clarification`` or ``correction``; who decided is the event's actor.
        proposed: From version 2: how the changes themselves proposed to make it.
        reason: From version 2: why, by language.
        waivers: Numbers of the events by which persons took responsibility for findings that still stood.
    """

    kind: ClassVar[Kind] = Kind.PUBLISHED

    version: int
    published_on: date
    award_hash: str
    payment_hash: str
    manifest: str
    lots_commitment: str = ""
    trial: bool = False
    made_as: str = ""
    proposed: str = ""
    reason: Mapping[str, str] = field(default_factory=dict)
    waivers: tuple[str, ...] = ()

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {
            "version": self.version,
            "published_on": self.published_on.isoformat(),
            "award_hash": self.award_hash,
            "payment_hash": self.payment_hash,
            "manifest": self.manifest,
            "lots_commitment": self.lots_commitment,
            "trial": self.trial,
            "made_as": self.made_as,
            "proposed": self.proposed,
            "reason": dict(self.reason),
            "waivers": list(self.waivers),
        }

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(
            keys.number("version"),
            keys.day("published_on"),
            keys.text("award_hash"),
            keys.text("payment_hash"),
            keys.text("manifest"),
            keys.text("lots_commitment"),
            keys.flag("trial"),
            keys.later_text("made_as"),
            keys.later_text("proposed"),
            keys.later_table("reason"),
            keys.later_texts("waivers"),
        )


@dataclass(frozen=True, slots=True)
class BidReceived:
    """A bid came from the portal; a later one of the same bidder takes its place.

    Attributes:
        bidder: Bidder id.
        file: Name of the file.
        sha256: Hash of the file.
        version: Published version that the form belongs to.
        form: Name of the price form inside the file, when the file is a package; empty when it is the form itself.
        parts: SHA-256 of every file of the package by its name.
        received_at: When it came by the portal's clock, ISO 8601 with its zone; empty when the portal said nothing.
        late: Whether that was after the published deadline; a late bid takes the place of no timely one.
    """

    kind: ClassVar[Kind] = Kind.BID_RECEIVED

    bidder: str
    file: str
    sha256: str
    version: int
    form: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    received_at: str = ""
    late: bool = False

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        came = {"bidder": self.bidder, "file": self.file, "sha256": self.sha256, "received_at": self.received_at}
        return {**came, "version": self.version, "form": self.form, "parts": dict(self.parts), "late": self.late}

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(
            keys.text("bidder"),
            keys.text("file"),
            keys.text("sha256"),
            keys.number("version"),
            keys.later_text("form"),
            keys.later_table("parts"),
            keys.later_text("received_at"),
            keys.flag("late"),
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """The bids were opened; nothing is scored before this.

    Attributes:
        version: Published version in force.
        bids: SHA-256 of each opened bid by bidder id.
        present: Who was there.
    """

    kind: ClassVar[Kind] = Kind.OPENED

    version: int
    bids: Mapping[str, str]
    present: tuple[str, ...] = ()

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {"version": self.version, "bids": dict(self.bids), "present": list(self.present)}

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(keys.number("version"), keys.table("bids"), keys.texts("present"))


@dataclass(frozen=True, slots=True)
class Admissions:
    """Which bids are compared, and why the others are not.

    Attributes:
        admitted: Bidder ids.
        excluded: Rule ids of the blocking findings by bidder id.
    """

    kind: ClassVar[Kind] = Kind.ADMITTED

    admitted: tuple[str, ...]
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        excluded: dict[str, Json] = {bidder: list(rules) for bidder, rules in self.excluded.items()}
        return {"admitted": list(self.admitted), "excluded": excluded}

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(keys.texts("admitted"), keys.lists("excluded"))


@dataclass(frozen=True, slots=True)
class Scores:
    """The points of every admitted bid under the frozen award method.

    Attributes:
        version: Published version in force.
        award_hash: Hash of the award method that was used.
        sheet: SHA-256 of the canonical score sheet.
        totals: Exact total points by bidder id.
        levels_from: ``panel`` when the levels are the panel's consensus, ``file`` when they were read from a file.
    """

    kind: ClassVar[Kind] = Kind.SCORED

    version: int
    award_hash: str
    sheet: str
    totals: Mapping[str, Fraction]
    levels_from: str = "file"

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        totals: dict[str, Json] = {bidder: str(points) for bidder, points in self.totals.items()}
        return {
            "version": self.version,
            "award_hash": self.award_hash,
            "sheet": self.sheet,
            "totals": totals,
            "levels_from": self.levels_from,
        }

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(
            keys.number("version"),
            keys.text("award_hash"),
            keys.text("sheet"),
            keys.fractions("totals"),
            keys.later_text("levels_from") or "file",
        )


@dataclass(frozen=True, slots=True)
class ProvidersSelected:
    """The providers that the published rule chose.

    Attributes:
        chosen: Bidder ids.
        tie_key: Tie key that decided; empty when there was no tie.
        lots: Order of the drawn lots, when lots were drawn.
    """

    kind: ClassVar[Kind] = Kind.SELECTED

    chosen: tuple[str, ...]
    tie_key: str = ""
    lots: tuple[str, ...] = ()

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {"chosen": list(self.chosen), "tie_key": self.tie_key, "lots": list(self.lots)}

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(keys.texts("chosen"), keys.text("tie_key"), keys.texts("lots"))


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """The award decision (HL 123), or the decision to interrupt the procurement (HL 125).

    Attributes:
        decided_on: The day.
        chosen: Bidder ids; empty when the procurement is interrupted.
        document: SHA-256 of the decision document.
    """

    kind: ClassVar[Kind] = Kind.DECIDED

    decided_on: date
    chosen: tuple[str, ...]
    document: str

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {"decided_on": self.decided_on.isoformat(), "chosen": list(self.chosen), "document": self.document}

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says."""
        return cls(keys.day("decided_on"), keys.texts("chosen"), keys.text("document"))
