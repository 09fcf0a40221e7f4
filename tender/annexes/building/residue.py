"""What stays with the buyer: the true counts behind an annex, below ``private/``, readable by their owner only.

With them an audit can tell whether a hidden cell is narrower than its protection demands. No extract is kept: these are
the counts of the tables that were declared, and nothing finer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tender.annexes.building.truth import Counts
from tender.annexes.counts import TrueCell, TrueTable
from tender.errors import InputError, Place

COUNTS = "private/annex/counts.json"
SEED = "private/seeds/annex.txt"
"""Where the secret seed of rounding stays; a rebuild draws with the same one, so that draws cannot be averaged out."""

_OWNER_ONLY = 0o600


def keep_counts(folder: Path, tables: Iterable[TrueTable]) -> None:
    """Keep the true counts of `tables` in the tender folder `folder`."""
    said = {
        table.order.id: [
            [list(at), cell.persons, cell.amount, cell.largest, cell.second] for at, cell in table.cells.items()
        ]
        for table in tables
    }
    _keep(folder / COUNTS, json.dumps(said, ensure_ascii=False))


def kept_counts(folder: Path) -> Counts | None:
    """The true counts that a build left in `folder`; ``None`` when there are none here.

    Raises:
        InputError: The file is not what a build writes.
    """
    path = folder / COUNTS
    if not path.is_file():
        return None
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(table): {tuple(map(str, row[0])): TrueCell(*map(int, row[1:])) for row in rows}
            for table, rows in said.items()
        }
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise InputError("annex.counts-broken", place=Place(COUNTS)) from error


def kept_seed(folder: Path) -> str:
    """The secret seed of rounding; empty when there is none yet."""
    path = folder / SEED
    return path.read_text(encoding="ascii").strip() if path.is_file() else ""


def keep_seed(folder: Path, seed: str) -> None:
    """Keep the secret seed of rounding."""
    _keep(folder / SEED, f"{seed}\n")


def _keep(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.touch(mode=_OWNER_ONLY)
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
