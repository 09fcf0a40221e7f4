"""``valinta annex protect | audit``: tables in which nobody is recognised, and the proof of it."""

from __future__ import annotations

import csv
import io
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from tender.annexes.disclosure.audit import ImpossibleTableError, Interval, Kind, Leak, intervals, leaks
from tender.annexes.disclosure.building import Published, UnsoundTableError, build, build_published
from tender.annexes.disclosure.protection import HIDDEN, CellStatus, Protection, Wish, protect
from tender.annexes.disclosure.rules import THRESHOLD, Need, by_threshold, given, group_disclosed
from tender.annexes.disclosure.suppression import UnprotectableError
from tender.annexes.disclosure.tables import At, System, with_public
from tender.annexes.disclosure.tidy import STATUS, TidyTable, marked, read_hierarchy, read_published, read_table
from tender.annexes.disclosure.weights import THOUSANDTHS, Weight
from tender.console import Command, Console, Group, common_options, console_of, option
from tender.errors import BlockedError, InputError, Place

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SECONDS = 60.0


@click.group(cls=Group)
def annex() -> None:
    """Commands on the open-data annex; the words stand in the term ``help.annex``."""


def _table_options(function: Any) -> Any:  # noqa: ANN401 - click decorates anything
    """What both commands ask about a table."""
    for decorate in (
        option("--threshold", type=click.IntRange(1, 1000), default=THRESHOLD, show_default=True,
               help="option.annex-threshold"),
        option("--hierarchy", type=_FILE, help="option.annex-hierarchy"),
        option("--freq", metavar="COLUMN", help="option.annex-freq"),
        option("--known", type=_FILE, multiple=True, help="option.annex-known"),
    ):  # fmt: skip
        function = decorate(function)
    return function


@annex.command("protect", cls=Command)
@click.argument("table", type=_FILE)
@_table_options
@option("--weight", type=click.Choice([weight.value for weight in Weight]), default=Weight.VALUE_AND_ONE.value,
        show_default=True, help="option.annex-weight")  # fmt: skip
@option("--primary", metavar="COLUMN", help="option.annex-primary")
@option("--level", type=click.IntRange(1), help="option.annex-level")
@option("--seconds", type=click.FloatRange(0.0), default=_SECONDS, show_default=True, help="option.annex-seconds")
@option("--out", type=click.Path(dir_okay=False, path_type=Path), help="option.annex-out")
@common_options
@click.pass_context
def protect_command(context: click.Context, /, table: Path, **options: Any) -> None:  # noqa: ANN401
    """Hide what would reveal somebody, at the least cost, and prove it."""
    console = console_of(context)
    source = read_table(table.read_bytes(), table.name, options["freq"], options["primary"])
    system = _system(source, options)
    needs = _needs(source, system, options)
    wish = Wish(options["threshold"], Weight(options["weight"]))
    try:
        found = protect(system, needs, wish, time.monotonic, options["seconds"])
    except UnprotectableError as error:
        named = "; ".join(", ".join(system.cells[cell].at) for cell in error.cells)
        raise BlockedError("annex.unprotectable", cells=named) from error
    if options["out"]:
        options["out"].write_bytes(_csv(source, found))
    _say_protection(console, found, wish, options["out"])
    console.result(_protection_json(found, wish))


def _system(source: TidyTable, options: dict[str, Any]) -> System:
    """The tables with what is already public."""
    axes = source.axes(_hierarchy(options))
    counts = {at: count for at, count in source.counts.items() if count is not None}
    try:
        system = build(axes, counts)
    except UnsoundTableError as error:
        raise source.unsound(error) from error
    for file in options["known"]:
        known = _known(file, source, options)
        try:
            system = with_public(system, known)
        except ValueError as error:
            raise InputError("annex.known", place=Place(file.name), file=file.name, at=str(error)) from error
    return system


def _hierarchy(options: dict[str, Any]) -> dict[str, list[tuple[str, str, str]]]:
    file = options["hierarchy"]
    return read_hierarchy(file.read_bytes(), file.name) if file else {}


def _known(file: Path, source: TidyTable, options: dict[str, Any]) -> dict[At, int]:
    """Counts that an earlier release or another publisher shows."""
    known = read_table(file.read_bytes(), file.name, options["freq"], hidden=True)
    if known.dimensions != source.dimensions:
        raise InputError("annex.known-columns", place=Place(file.name, 1), file=Place(file.name, 1),
                         expected=", ".join(source.dimensions))  # fmt: skip
    return {at: count for at, count in known.counts.items() if count is not None}


def _needs(source: TidyTable, system: System, options: dict[str, Any]) -> tuple[Need, ...]:
    if options["primary"] is None:
        return by_threshold(system, options["threshold"])
    numbers = system.number_of()
    return given(system, [numbers[at] for at in marked(source)], options["threshold"], options["level"])


def _csv(source: TidyTable, found: Protection) -> bytes:
    """The protected table: an empty count and the status ``hidden`` for every hidden cell."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*source.dimensions, source.frequency, STATUS])
    for number in range(found.published.listed):
        cell, status = found.system.cells[number], found.status(number)
        secret = status in {CellStatus.PRIMARY, CellStatus.SECONDARY}
        writer.writerow([*cell.at, "" if secret else cell.value, HIDDEN if secret else status.value])
    return file.getvalue().encode()


def _say_protection(console: Console, found: Protection, wish: Wish, out: Path | None) -> None:
    primaries = len(found.suppression.primaries)
    console.say("annex.hidden", cells=found.published.listed, primaries=primaries,
                secondaries=len(found.hidden) - primaries)  # fmt: skip
    cost, bound = _plain(found.cost, wish), _plain(found.bound, wish)
    if found.proven:
        console.say("annex.proven", cost=cost, seconds=f"{found.suppression.seconds:.1f}")
    else:
        gap = f"{float(found.gap * 100):.1f}"
        console.say("annex.unproven", cost=cost, bound=bound, gap=gap, seconds=f"{found.suppression.seconds:.1f}")
    console.say("annex.audited", count=len(found.intervals))
    for cell in group_disclosed(found.system):
        if cell not in found.hidden:
            console.say("annex.group", at=", ".join(found.system.cells[cell].at))
    if out:
        console.say("annex.written", file=out)


def _plain(weight: int, wish: Wish) -> float | int:
    """A weight as people read it: thousandths become a decimal number."""
    return weight / THOUSANDTHS if wish.weight is Weight.LOG else weight


def _protection_json(found: Protection, wish: Wish) -> dict[str, Any]:
    spans = {interval.cell: interval for interval in found.intervals}
    system = found.system
    return {
        "threshold": wish.threshold,
        "weight": wish.weight.value,
        "dimensions": list(system.dimensions),
        "cells": [
            {
                "coordinates": dict(zip(system.dimensions, system.cells[number].at, strict=True)),
                "value": system.cells[number].value,
                "status": found.status(number).value,
                "low": spans[number].least if number in spans else system.cells[number].value,
                "high": spans[number].most if number in spans else system.cells[number].value,
            }
            for number in range(found.published.listed)
        ],
        "cost": _plain(found.cost, wish),
        "bound": _plain(found.bound, wish),
        "proven": found.proven,
        "gap": round(float(found.gap), 6),
        "seconds": round(found.suppression.seconds, 3),
        "certified": all(each.low.certain and each.high.certain for each in found.intervals),
        "group_disclosed": [list(system.cells[cell].at) for cell in group_disclosed(system)],
    }


@dataclass(frozen=True, slots=True)
class _Audit:
    """A published table with what its reader can derive."""

    tables: Published
    intervals: tuple[Interval, ...]
    leaks: tuple[Leak, ...]
    public: tuple[At, ...]


@annex.command("audit", cls=Command)
@click.argument("protected", type=_FILE)
@_table_options
@option("--truth", type=_FILE, help="option.annex-truth")
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
    known = {at: count for file in options["known"] for at, count in _known(file, source, options).items()}
    public = tuple(at for at, count in counts.items() if count is None and at in known)
    counts |= {at: known[at] for at in public}
    try:
        tables = build_published(source.axes(_hierarchy(options)), counts)
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
    system = build(original.axes(_hierarchy(options)), counts)
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
