"""``valinta annex audit``: what a published table gives away, and the proof of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from tender.annexes.disclosure.audit import ImpossibleTableError, Interval, Kind, Leak, intervals, leaks
from tender.annexes.disclosure.building import Published, UnsoundTableError, build, build_published
from tender.annexes.disclosure.certificate import certificate, recheck
from tender.annexes.disclosure.protection import CellStatus
from tender.annexes.disclosure.rules import Need, by_threshold
from tender.annexes.disclosure.tables import At
from tender.annexes.disclosure.tidy import TidyTable, read_published, read_table
from tender.annexes.register.px_tidy import tidy_bytes
from tender.cli.annex_table import FILE, OUT, hierarchy_of, known_of, table_options, write_out
from tender.console import Command, Console, common_options, console_of, option
from tender.errors import InputError, Place


@dataclass(frozen=True, slots=True)
class _Seen:
    """A published table as its reader has it: public counts are put in, and named where they were hidden in vain."""

    tables: Published
    public: tuple[At, ...]


@dataclass(frozen=True, slots=True)
class _Audit:
    """A published table with what its reader can derive."""

    tables: Published
    intervals: tuple[Interval, ...]
    leaks: tuple[Leak, ...]
    public: tuple[At, ...]


@click.command("audit", cls=Command)
@click.argument("protected", type=click.Path(exists=True, path_type=Path))
@table_options
@option("--truth", type=FILE, help="option.annex-truth")
@option("--witness", type=OUT, help="option.annex-witness")
@common_options
@click.pass_context
def audit_command(context: click.Context, /, protected: Path, **options: Any) -> None:  # noqa: ANN401
    """Name every hidden cell that becomes known or too narrow."""
    console = console_of(context)
    if protected.is_dir():
        from tender.cli.annex_folder import audit_folder  # a package needs the publishing rooms, a table does not

        context.exit(audit_folder(console, protected, options["known"]))
    source = read_published(tidy_bytes(protected.read_bytes(), protected.name), protected.name, options["freq"])
    seen = _seen(source, options)
    try:
        known = intervals(seen.tables)
    except ImpossibleTableError as error:
        raise InputError("annex.impossible", place=Place(source.file), file=source.file) from error
    found = _audited(source, seen, known, options)
    if options["witness"]:
        write_out(options["witness"], certificate(seen.tables, known))
    _say(console, found)
    if options["witness"]:
        console.say("annex.witnesses", file=options["witness"], count=2 * len(known))
    console.result(_audit_json(found))
    context.exit(1 if found.leaks or found.public else 0)


@click.command("recheck", cls=Command)
@click.argument("witnesses", type=FILE)
@click.argument("protected", type=FILE)
@table_options
@option("--truth", type=FILE, help="option.annex-truth")
@common_options
@click.pass_context
def recheck_command(
    context: click.Context,
    /,
    witnesses: Path,
    protected: Path,
    **options: Any,  # noqa: ANN401
) -> None:
    """Check an audit's witnesses and proofs without a solver."""
    console = console_of(context)
    source = read_published(tidy_bytes(protected.read_bytes(), protected.name), protected.name, options["freq"])
    seen = _seen(source, options)
    checked = recheck(witnesses.read_bytes(), witnesses.name, seen.tables)
    found = _audited(source, seen, checked.intervals, options)
    for at, side, fault in checked.faults:
        console.say(f"annex.fault-{fault.value}", at=", ".join(at), side=console.words(f"annex.side-{side}"))
    console.say("annex.rechecked", count=2 * len(seen.tables.hidden) - len(checked.faults), faults=len(checked.faults))
    _say(console, found)
    faults = [
        {"coordinates": dict(zip(seen.tables.dimensions, at, strict=True)), "side": side, "fault": fault.value}
        for at, side, fault in checked.faults
    ]
    console.result({**_audit_json(found), "faults": faults})
    context.exit(1 if faults or found.leaks or found.public else 0)


def _say(console: Console, found: _Audit) -> None:
    for leak in found.leaks:
        interval = leak.interval
        console.say(f"annex.leak-{leak.kind.value}", at=", ".join(found.tables.cells[interval.cell]),
                    low=interval.least, high=_open(console, interval.most))  # fmt: skip
    for at in found.public:
        console.say("annex.leak-public", at=", ".join(at))
    count = len(found.leaks) + len(found.public)
    console.say("annex.failed" if count else "annex.passed", count=count,
                hidden=len(found.intervals) + len(found.public))  # fmt: skip


def _open(console: Console, most: int | None) -> str:
    return console.words("annex.no-end") if most is None else str(most)


def _seen(source: TidyTable, options: dict[str, Any]) -> _Seen:
    counts = dict(source.counts)
    known = {at: count for file in options["known"] for at, count in known_of(file, source, options).items()}
    public = tuple(at for at, count in counts.items() if count is None and at in known)
    counts |= {at: known[at] for at in public}
    try:
        return _Seen(build_published(source.axes(hierarchy_of(options)), counts), public)
    except UnsoundTableError as error:
        raise source.unsound(error) from error


def _audited(source: TidyTable, seen: _Seen, known: tuple[Interval, ...], options: dict[str, Any]) -> _Audit:
    """What is given away, as far as the auditor can tell."""
    tables = seen.tables
    truth, needs = _truth(tables, options)
    for number in tables.hidden:
        if source.marks.get(tables.cells[number]) == CellStatus.PRIMARY.value and number not in needs:
            truth[number], needs[number] = 0, Need(number, 0, options["threshold"])
    return _Audit(tables, known, leaks(known, truth, needs, options["threshold"]), seen.public)


def _truth(tables: Published, options: dict[str, Any]) -> tuple[dict[int, int], dict[int, Need]]:
    """True counts and the needs that follow, when the original is at hand."""
    file = options["truth"]
    if file is None:
        return {}, {}
    original = read_table(tidy_bytes(file.read_bytes(), file.name), file.name, options["freq"])
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
