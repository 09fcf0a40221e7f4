"""``valinta annex build``: from the register to a package that may be published."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import Any

import click

from tender.cli.annex_table import FILE
from tender.console import Command, Console, common_options, console_of, folder_argument, option
from tender.errors import ValintaError
from tender.publishing.annex_build import SECONDS, Built, Extract, Means, build

_MOST_NAMED = 20
"""Most cells that equal their total, named one by one."""


@click.command("build", cls=Command)
@folder_argument
@option("--seconds", type=click.FloatRange(1.0), default=SECONDS, show_default=True, help="option.annex-seconds")
@option("--known", type=FILE, multiple=True, help="option.annex-build-known")
@option("--accept-bad-rows", is_flag=True, help="option.annex-accept-bad-rows")
@option("--dry-run", is_flag=True, help="option.annex-dry-run")
@common_options
@click.pass_context
def build_command(context: click.Context, /, folder: str, **options: Any) -> None:  # noqa: ANN401
    """Count, protect, audit, write."""
    console = console_of(context)
    means = Means(
        time.monotonic,
        lambda: secrets.token_hex(32),
        options["seconds"],
        lambda extract, tables: _say_extract(console, extract, tables),
        lambda number, blocks, cells: console.say("annex.build-block", number=number, blocks=blocks, cells=cells),
        options["known"],
        options["accept_bad_rows"],
        options["dry_run"],
    )
    try:
        built = build(Path(folder), means)
    except ValintaError as error:
        console.fail(error)
        context.exit(error.exit_code)
    _say(console, built)
    console.result(_plain(console, built))


def _say_extract(console: Console, extract: Extract, tables: int) -> None:
    console.findings(extract.findings)
    console.say("annex.build-counted", file=extract.file, rows=extract.rows, kept=extract.kept,
                outside=extract.outside, refused=extract.refused, tables=tables)  # fmt: skip
    if extract.synthetic:
        console.say("annex.build-synthetic")
    groups = extract.groups
    if groups is not None:
        console.say("annex.group-counted", count=len(groups.people), reckoned=groups.reckoned,
                    corrected=groups.corrected)  # fmt: skip
        if groups.differing:
            console.say("annex.group-differing", count=groups.differing)


def _say(console: Console, built: Built) -> None:
    found, protected = built.guarded, built.annex.protected
    console.say("annex.build-hidden", tables=len(built.annex.tables), cells=built.audit.cells,
                primaries=found.primaries, secondaries=found.hidden - found.primaries)  # fmt: skip
    if protected.base:
        console.say("annex.build-rounded", base=protected.base, largest=protected.largest_change,
                    total=protected.total_change)  # fmt: skip
    if built.public:
        console.say("annex.build-public", count=built.public)
    gap = f"{protected.gap / 10:.1f}"
    console.say("annex.build-proven" if protected.proven else "annex.build-unproven", gap=gap)
    console.say("annex.build-audited", hidden=built.audit.hidden, seconds=f"{built.seconds:.1f}")
    for spot in found.revealing[:_MOST_NAMED]:
        console.say("annex.group", at=f"{spot.table}: {', '.join(spot.at)}")
    if len(found.revealing) > _MOST_NAMED:
        console.say("annex.group-more", count=len(found.revealing) - _MOST_NAMED)
    for place, count in built.written:
        console.say("annex.build-written", folder=place, count=count)
    console.say("annex.build-next" if built.written else "annex.build-dry")


def _plain(console: Console, built: Built) -> dict[str, Any]:
    protected, extract = built.annex.protected, built.extract
    return {
        "tender": built.annex.tender,
        "synthetic": built.annex.synthetic,
        "register": {
            "file": extract.file,
            "rows": extract.rows,
            "kept": extract.kept,
            "outside": extract.outside,
            "refused": extract.refused,
            "findings": [console.finding_json(finding) for finding in extract.findings],
        },
        "tables": [table.id for table in built.annex.tables],
        "cells": built.audit.cells,
        "primaries": built.guarded.primaries,
        "hidden": built.guarded.hidden,
        "public": built.public,
        "guard": protected.guard.value,
        "threshold": protected.threshold,
        "base": protected.base,
        "largest_change": protected.largest_change,
        "total_change": protected.total_change,
        "proven": protected.proven,
        "gap": protected.gap / 1000,
        "group_disclosed": [{"table": spot.table, "at": list(spot.at)} for spot in built.guarded.revealing],
        "seconds": round(built.seconds, 3),
        "written": [str(place) for place, _ in built.written],
    }
