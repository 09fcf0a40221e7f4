"""The record: an append-only chain of salted commitments in SQLite, from which the state of a tender is derived."""

from __future__ import annotations

from tender.record.backups import Restored, restore
from tender.record.events import Entry, Event, Item, Kind, Publicity, genesis_hash
from tender.record.record import Record
from tender.record.state import State, state_of

__all__ = [
    "Entry",
    "Event",
    "Item",
    "Kind",
    "Publicity",
    "Record",
    "Restored",
    "State",
    "genesis_hash",
    "restore",
    "state_of",
]
