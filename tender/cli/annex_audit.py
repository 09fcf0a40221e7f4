"""``valinta annex audit``: what a published table gives away, and the proof of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from tender.annexes.disclosure.audit import ImpossibleTableError, Interval, Kind, Leak, intervals, leaks
from tender.annexes.disclosure.building import Published, UnsoundTableError, build, build_published
from tender.annexes.disclosure.protection import CellStatus
from tender.annexes.disclosure.rules import Need, by_threshold
from tender.annexes.disclosure.tables import At
from tender.annexes.disclosure.tidy import TidyTable, read_published, read_table
from tender.cli.annex_table import FILE, hierarchy_of, known_of, table_options
from tender.console import Command, Console, common_options, console_of, option
from tender.errors import InputError, Place


@dataclass(frozen=True, slots=True)
class _Audit:
    """A published table with what its reader can derive."""

    tables: Published
    intervals: tuple[Interval, ...]
    leaks: tuple[Leak, ...]
    public: tuple[At, ...]


@click.command("audit", cls=Command)
@click.argument("protected", type=FILE)
@table_options
@option("--truth", type=FILE, help="option.annex-truth")
@common_options
@click.pass_context
def audit_command(context: click.Context, /, protected: Path, **options: Any) -> None:  # noqa: ANN401
    """Name every hidden cell that becomes known or too narrow."""
    console = console_of(context)
    source = read_published(protected.read_bytes(), protected.name, options["freq"])
    found = _audited(source, options)
    for leak in found.leaks:
        interval = leak.interval
        console.say(f"annex.leak-{leak.kind.value}", at=", ".join(found.tables.cells[interval.cell]),
                    low=interval.least, high=_open(console, interval.most))  # fmt: skip
    for at in found.public:
        console.say("annex.leak-public", at=", ".join(at))
    failed = bool(found.leaks or found.public)
    console.say("annex.failed" if failed else "annex.passed", count=len(found.leaks) + len(found.public),
                hidden=len(found.intervals) + len(found.public))  # fmt: skip
    console.result(_audit_json(found))
    context.exit(1 if failed else 0)


def _open(console: Console, most: int | None) -> str:
    return console.words("annex.no-end") if most is None else str(most)


def _audited(source: TidyTable, options: dict[str, Any]) -> _Audit:
    counts = dict(source.counts)
    known = {at: count for file in options["known"] for at, count in known_of(file, source, options).items()}
    public = tuple(at for at, count in counts.items() if count is None and at in known)
    counts |= {at: known[at] for at in public}
    try:
        tables = build_published(source.axes(hierarchy_of(options)), counts)
        found = intervals(tables)
    except UnsoundTableError as error:
        raise source.unsound(error) from error
    except ImpossibleTableError as error:
        raise InputError("annex.impossible", place=Place(source.file), file=source.file) from error
    truth, needs = _truth(tables, options)
    for number in tables.hidden:
        if source.marks.get(tables.cells[number]) == CellStatus.PRIMARY.value and number not in needs:
            truth[number], needs[number] = 0, Need(number, 0, options["threshold"])
    return _Audit(tables, found, leaks(found, truth, needs, options["threshold"]), public)


def _truth(tables: Published, options: dict[str, Any]) -> tuple[dict[int, int], dict[int, Need]]:
    """True counts and the needs that follow, when the original is at hand."""
    file = options["truth"]
    if file is None:
        return {}, {}
    original = read_table(file.read_bytes(), file.name, options["freq"])
    counts = {at: count for at, count in original.counts.items() if count is not None}
    system = build(original.axes(hierarchy_of(options)), counts)
    values = {cell.at: cell.value for cell in system.cells}
    truth = {number: values[tables.cells[number]] for number in tables.hidden if tables.cells[number] in values}
    by_at = {system.cells[need.cell].at: need for need in by_threshold(system, options["threshold"])}
    needs = {number: by_at[tables.cells[number]] for number in truth if tables.cells[number] in by_at}
    return truth, needs


def _audit_json(found: _Audit) -> dict[str, Any]:
    named = {leak.interval.cell: leak.kind for leak in found.leaks}
    return {
        "safe": not (found.leaks or found.public),
        "hidden": len(found.intervals) + len(found.public),
        "leaks": [_cell_json(found, leak.interval, leak.kind) for leak in found.leaks],
        "public": [dict(zip(found.tables.dimensions, at, strict=True)) for at in found.public],
        "cells": [_cell_json(found, interval, named.get(interval.cell)) for interval in found.intervals],
    }


def _cell_json(found: _Audit, interval: Interval, kind: Kind | None) -> dict[str, Any]:
    at = found.tables.cells[interval.cell]
    return {
        "coordinates": dict(zip(found.tables.dimensions, at, strict=True)),
        "low": interval.least,
        "high": interval.most,
        "leak": kind.value if kind else None,
        "certified": interval.low.certain and interval.high.certain,
    }
