"""``valinta annex protect --round | --coarsen``: the ways that leave no blanks."""

from __future__ import annotations

import csv
import io
import secrets
import time
from pathlib import Path
from typing import Any

from tender.annexes.disclosure.audit import Interval
from tender.annexes.disclosure.coarsening import Merge, proposals
from tender.annexes.disclosure.protection import CellStatus
from tender.annexes.disclosure.rounding import Rounding, round_small
from tender.annexes.disclosure.rules import group_disclosed
from tender.annexes.disclosure.seen_rounding import seen
from tender.annexes.disclosure.tables import Role, System
from tender.annexes.disclosure.tidy import STATUS, TidyTable
from tender.cli.annex_table import hierarchy_of, write_out
from tender.console import Console
from tender.errors import InputError, Place, UsageError

_ROUNDED = "rounded"
_LEAST_SEED = 16
_OWNER_ONLY = 0o600


def round_table(console: Console, source: TidyTable, system: System, options: dict[str, Any]) -> None:
    """Round the table, write it, tell what it took."""
    seed = _seed(console, options["seed_file"])
    began = time.monotonic()
    found = round_small(system, options["round"], seed, time.monotonic, options["seconds"])
    seconds = time.monotonic() - began
    spans = seen(found)
    if options["out"]:
        write_out(options["out"], _csv(source, found))
    gap = _gap(found)
    console.say("annex.rounded", base=found.base, total=found.total, largest=found.largest, seconds=f"{seconds:.1f}")
    console.say("annex.rounded-proven" if found.proven else "annex.rounded-unproven", least=found.least,
                bound=found.bound, gap=f"{gap * 100:.1f}")  # fmt: skip
    console.say("annex.rounded-seen", width=_narrowest(spans), most=found.most)
    console.say("annex.commitment", commitment=found.commitment)
    if options["out"]:
        console.say("annex.written", file=options["out"])
    console.result(_rounding_json(found, spans, seconds, gap))


def _seed(console: Console, file: Path | None) -> bytes:
    """The secret seed of the file; a new file gets a new one.

    Raises:
        UsageError: No file is named.
        InputError: What the file holds is too short to be secret.
    """
    if file is None:
        raise UsageError("annex.no-seed")
    if not file.exists():
        write_out(file, f"{secrets.token_hex(32)}\n".encode("ascii"), _OWNER_ONLY)
        console.say("annex.new-seed", file=file)
    seed = file.read_bytes().strip()
    if len(seed) < _LEAST_SEED:
        raise InputError("annex.short-seed", place=Place(file.name), file=file.name, least=_LEAST_SEED)
    return seed


def _narrowest(spans: tuple[Interval, ...]) -> int:
    """The fewest counts that a cell which was small, or may have been, can still be."""
    return min((each.most - each.least + 1 for each in spans if each.most is not None), default=0)


def _gap(found: Rounding) -> float:
    return (found.least - found.bound) / found.least if found.least else 0.0


def _status(value: int, role: Role) -> str:
    if value == 0:
        return CellStatus.ZERO.value
    return _ROUNDED if role is Role.OPEN else CellStatus.SHOWN.value


def _csv(source: TidyTable, found: Rounding) -> bytes:
    """The rounded table; whether a count was changed is not said."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*source.dimensions, source.frequency, STATUS])
    for cell in found.system.cells:
        if cell.role is not Role.UNLISTED:
            writer.writerow([*cell.at, cell.value, _status(cell.value, cell.role)])
    return file.getvalue().encode()


def _rounding_json(found: Rounding, spans: tuple[Interval, ...], seconds: float, gap: float) -> dict[str, Any]:
    by_cell = {interval.cell: interval for interval in spans}
    system = found.system
    return {
        "base": found.base,
        "dimensions": list(system.dimensions),
        "cells": [
            {
                "coordinates": dict(zip(system.dimensions, cell.at, strict=True)),
                "value": cell.value,
                "status": _status(cell.value, cell.role),
                "low": by_cell[number].least if number in by_cell else cell.value,
                "high": by_cell[number].most if number in by_cell else cell.value,
            }
            for number, cell in enumerate(system.cells)
            if cell.role is not Role.UNLISTED
        ],
        "cost": found.total,
        "least": found.least,
        "bound": found.bound,
        "largest": found.largest,
        "proven": found.proven,
        "gap": round(gap, 6),
        "seconds": round(seconds, 3),
        "certified": all(each.low.certain and each.high.certain for each in spans),
        "commitment": found.commitment,
        "group_disclosed": [list(system.cells[cell].at) for cell in group_disclosed(system)],
    }


def coarsen_table(console: Console, source: TidyTable, system: System, options: dict[str, Any]) -> None:
    """List the merges that rid the table of small counts.

    Raises:
        UsageError: An ordered column that the table does not have.
    """
    strange = sorted(set(options["ordered"]) - set(source.dimensions))
    if strange:
        raise UsageError("annex.no-dimension", name=strange[0], known=", ".join(source.dimensions))
    counts = {cell.at: cell.value for cell in system.cells if cell.role is not Role.UNLISTED}
    axes = source.axes(hierarchy_of(options))
    merges = proposals(axes, counts, options["threshold"], options["ordered"])
    small = sum(0 < value < options["threshold"] for value in counts.values())
    for merge in merges:
        console.say("annex.merge", dimension=merge.dimension, first=merge.codes[0], second=merge.codes[1],
                    before=merge.before, after=merge.after, lost=merge.lost)  # fmt: skip
    left = merges[-1].after if merges else small
    console.say("annex.coarsened", before=small, after=left, count=len(merges))
    console.result({"threshold": options["threshold"], "small": small, "left": left,
                    "proposals": [_merge_json(merge) for merge in merges]})  # fmt: skip


def _merge_json(merge: Merge) -> dict[str, Any]:
    return {
        "dimension": merge.dimension,
        "codes": list(merge.codes),
        "before": merge.before,
        "after": merge.after,
        "lost": merge.lost,
    }
