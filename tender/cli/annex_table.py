"""What the commands on one table share: its file, its hierarchy, what is public already."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tender.annexes.disclosure.building import UnsoundTableError, build
from tender.annexes.disclosure.rules import THRESHOLD
from tender.annexes.disclosure.tables import At, System, with_public
from tender.annexes.disclosure.tidy import TidyTable, read_hierarchy, read_table
from tender.annexes.register.px_tidy import tidy_bytes
from tender.console import option
from tender.errors import InputError, Place, UsageError

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
"""A file that must be there."""

OUT = click.Path(dir_okay=False, path_type=Path)
"""A file that will be written."""

_ANYBODY = 0o666
"""What a file may be opened for, as far as the machine lets it."""


def write_out(file: Path, data: bytes, mode: int = _ANYBODY) -> None:
    """Write `data` to the file that an option names; a new file may be opened as `mode` says.

    Raises:
        UsageError: Its folder is not there, or nothing may be written in it.
    """
    try:
        file.touch(mode=mode)
        file.write_bytes(data)
    except OSError as error:
        raise UsageError("annex.unwritable", file=file) from error


def table_options(function: Any) -> Any:  # noqa: ANN401 - click decorates anything
    """What every command asks about a table."""
    for decorate in (
        option("--threshold", type=click.IntRange(1, 1000), default=THRESHOLD, show_default=True,
               help="option.annex-threshold"),
        option("--hierarchy", type=FILE, help="option.annex-hierarchy"),
        option("--freq", metavar="COLUMN", help="option.annex-freq"),
        option("--known", type=FILE, multiple=True, help="option.annex-known"),
    ):  # fmt: skip
        function = decorate(function)
    return function


def system_of(source: TidyTable, options: dict[str, Any]) -> System:
    """The tables with what is already public."""
    axes = source.axes(hierarchy_of(options))
    counts = {at: count for at, count in source.counts.items() if count is not None}
    try:
        system = build(axes, counts)
    except UnsoundTableError as error:
        raise source.unsound(error) from error
    for file in options["known"]:
        known = known_of(file, source, options)
        try:
            system = with_public(system, known)
        except ValueError as error:
            raise InputError("annex.known", place=Place(file.name), file=file.name, at=str(error)) from error
    return system


def hierarchy_of(options: dict[str, Any]) -> dict[str, list[tuple[str, str, str]]]:
    """Codes with their parents by dimension; empty without ``--hierarchy``."""
    file = options["hierarchy"]
    return read_hierarchy(file.read_bytes(), file.name) if file else {}


def known_of(file: Path, source: TidyTable, options: dict[str, Any]) -> dict[At, int]:
    """Counts that an earlier release or another publisher shows."""
    known = read_table(tidy_bytes(file.read_bytes(), file.name), file.name, options["freq"], hidden=True)
    if known.dimensions != source.dimensions:
        raise InputError("annex.known-columns", place=Place(file.name, 1), file=Place(file.name, 1),
                         expected=", ".join(source.dimensions))  # fmt: skip
    return {at: count for at, count in known.counts.items() if count is not None}
