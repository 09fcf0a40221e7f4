"""A process that appends to a record until it is killed, acknowledging each event on its standard output.

Run as a script by `test_durability`: ``appender.py PATH NAME [COUNT [KEY]]``;
with a key, events are numbered keys that other processes use too.
"""

from __future__ import annotations

import secrets
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from tender.model.methods import Json
from tender.record import Kind, Publicity, Record


def main(path: str, name: str, most: str = "1000000", key: str = "") -> None:
    """Append events by `name` to the record at `path`; one line ``seq hash`` for each, only after it is on the disk."""
    with Record.open(Path(path), lambda: datetime.now(UTC), lambda: secrets.token_bytes(32), "durability") as record:
        for number in count():
            if number >= int(most):
                return
            payload: dict[str, Json] = {"by": name, "number": number, "text": "ä" * (number * 37 % 3000)}
            event = record.append(Kind.NOTE, payload, name, Publicity.AUTHORITY, key=key and f"{key}-{number}")
            sys.stdout.write(f"{event.seq} {event.hash}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
