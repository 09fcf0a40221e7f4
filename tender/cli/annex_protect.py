"""``valinta annex protect``: a table in which nobody is recognised."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path
from typing import Any

import click

from tender.annexes.disclosure.protection import HIDDEN, CellStatus, Protection, Wish, protect
from tender.annexes.disclosure.rules import group_disclosed
from tender.annexes.disclosure.suppression import UnprotectableError
from tender.annexes.disclosure.tables import System
from tender.annexes.disclosure.tidy import STATUS, TidyTable, read_table
from tender.annexes.disclosure.weights import THOUSANDTHS, Weight
from tender.annexes.register.px_tidy import tidy_bytes
from tender.cli.annex_needs import attackers_of, has_rules, largest_columns, needs_of, needs_options
from tender.cli.annex_round import coarsen_table, round_table
from tender.cli.annex_table import FILE, OUT, system_of, table_options, write_out
from tender.console import Command, Console, common_options, console_of, option
from tender.errors import BlockedError, UsageError

_SECONDS = 60.0


@click.command("protect", cls=Command)
@click.argument("table", type=FILE)
@table_options
@option("--weight", type=click.Choice([weight.value for weight in Weight]), default=Weight.VALUE_AND_ONE.value,
        show_default=True, help="option.annex-weight")  # fmt: skip
@needs_options
@option("--round", type=click.IntRange(2, 1000), metavar="BASE", help="option.annex-round")
@option("--seed-file", type=OUT, help="option.annex-seed-file")
@option("--coarsen", is_flag=True, help="option.annex-coarsen")
@option("--ordered", metavar="COLUMN", multiple=True, help="option.annex-ordered")
@option("--seconds", type=click.FloatRange(0.0), default=_SECONDS, show_default=True, help="option.annex-seconds")
@option("--out", type=OUT, help="option.annex-out")
@common_options
@click.pass_context
def protect_command(context: click.Context, /, table: Path, **options: Any) -> None:  # noqa: ANN401
    """Hide what would reveal somebody, or round or merge it away."""
    console = console_of(context)
    source = read_table(
        tidy_bytes(table.read_bytes(), table.name),
        table.name,
        options["freq"],
        options["primary"],
        largest_columns(options),
    )
    system = system_of(source, options)
    if options["round"] and options["coarsen"]:
        raise UsageError("annex.one-way")
    if options["round"]:
        round_table(console, source, system, options)
    elif options["coarsen"]:
        coarsen_table(console, source, system, options)
    else:
        _hide(console, source, system, options)


def _hide(console: Console, source: TidyTable, system: System, options: dict[str, Any]) -> None:
    """Hide counts at the least cost, audit, write, tell."""
    needs = needs_of(console, source, system, options)
    amounts = has_rules(options)
    attackers = attackers_of(system, needs, options)
    wish = Wish(0 if amounts else options["threshold"], Weight(options["weight"]), attackers, whole=not amounts)
    try:
        found = protect(system, needs, wish, time.monotonic, options["seconds"])
    except UnprotectableError as error:
        named = "; ".join(", ".join(system.cells[cell].at) for cell in error.cells)
        raise BlockedError("annex.unprotectable", cells=named) from error
    if options["out"]:
        write_out(options["out"], _csv(source, found))
    _say_protection(console, found, wish, options["out"])
    console.result(_protection_json(found, wish, options["threshold"]))


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
    if len(wish.attackers) > 1:
        console.say("annex.insiders", count=len(wish.attackers) - 1)
    for cell in group_disclosed(found.system):
        if cell not in found.hidden:
            console.say("annex.group", at=", ".join(found.system.cells[cell].at))
    if out:
        console.say("annex.written", file=out)


def _plain(weight: int, wish: Wish) -> float | int:
    """A weight as people read it: thousandths become a decimal number."""
    return weight / THOUSANDTHS if wish.weight is Weight.LOG else weight


def _protection_json(found: Protection, wish: Wish, threshold: int) -> dict[str, Any]:
    spans = {interval.cell: interval for interval in found.intervals}
    system = found.system
    return {
        "threshold": threshold,
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
        "insiders": len(wish.attackers) - 1,
        "group_disclosed": [list(system.cells[cell].at) for cell in group_disclosed(system)],
    }
