"""``valinta annex compare``: what each way to protect costs a bidder, and whether a newcomer can price."""

from __future__ import annotations

import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from tender.annexes.building.fit import FOLDER
from tender.annexes.building.residue import kept_counts
from tender.annexes.building.truth import Counts
from tender.annexes.comparing.filling import Filling
from tender.annexes.comparing.newcomer import Newcomer, newcomer
from tender.annexes.comparing.report import Comparison, compared
from tender.annexes.comparing.scenes import AnnexScene, TableScene
from tender.annexes.comparing.variants import THRESHOLDS, Method, Terms
from tender.annexes.comparing.worth import PLAIN, Rates, rates_of
from tender.annexes.counts import TrueTable
from tender.annexes.disclosure.tidy import read_table
from tender.annexes.formats.package_reading import read_package
from tender.annexes.register.px_tidy import tidy_bytes
from tender.cli.annex_comparison import comparison_json, markdown, newcomer_json, say_comparison, say_newcomer
from tender.cli.annex_table import FILE, OUT, hierarchy_of, system_of, write_out
from tender.console import Command, Console, common_options, console_of, option
from tender.errors import BlockedError, UsageError
from tender.model.annex import Annex
from tender.model.open_data import OpenData
from tender.model.tender import Tender
from tender.reading import read_tender

_SECONDS = 20.0
_MOST_OFF = "2"
_GROUPS = ("group", "risk", "ryhmä", "riskiryhmä", "grupp", "riskgrupp")


@click.command("compare", cls=Command)
@click.argument("target", type=click.Path(exists=True, path_type=Path), default=".")
@option("--threshold", type=click.IntRange(2, 1000), multiple=True, default=THRESHOLDS, show_default=True,
        help="option.annex-thresholds")  # fmt: skip
@option("--fill", type=click.Choice([rule.value for rule in Filling]), default=Filling.MIDPOINT.value,
        show_default=True, help="option.annex-fill")  # fmt: skip
@option("--pass-mark", type=click.FloatRange(0, 100), default=_MOST_OFF, show_default=True,
        help="option.annex-pass-mark")  # fmt: skip
@option("--group", metavar="COLUMN", help="option.annex-group")
@option("--place", metavar="COLUMN", help="option.annex-place")
@option("--ordered", metavar="COLUMN", multiple=True, help="option.annex-ordered")
@option("--hierarchy", type=FILE, help="option.annex-hierarchy")
@option("--freq", metavar="COLUMN", help="option.annex-freq")
@option("--seconds", type=click.FloatRange(1.0), default=_SECONDS, show_default=True, help="option.annex-each")
@option("--out", type=OUT, help="option.annex-report")
@common_options
@click.pass_context
def compare_command(context: click.Context, /, target: Path, **options: Any) -> None:  # noqa: ANN401
    """Try every way to protect, and reckon as a bidder would."""
    console = console_of(context)
    if target.is_dir():
        found, test = _folder(console, target, options)
    else:
        found, test = _table(console, target, options), None
    say_comparison(console, found, Filling(options["fill"]), priced=test is not None)
    if test is not None:
        say_newcomer(console, test)
    if options["out"]:
        write_out(options["out"], markdown(console, found, test, Filling(options["fill"])).encode())
        console.say("annex.report-written", file=options["out"])
    console.result({**comparison_json(found, options["fill"]), "newcomer": newcomer_json(console, test)})
    context.exit(1 if test is not None and test.findings else 0)


def _terms(options: dict[str, Any]) -> Terms:
    return Terms(Filling(options["fill"]), time.monotonic, options["seconds"])


def _trying(console: Console, method: Method, threshold: int) -> None:
    console.say("annex.trying", method=console.words(f"annex.method-{method.value}"), threshold=threshold)


def _table(console: Console, file: Path, options: dict[str, Any]) -> Comparison:
    source = read_table(tidy_bytes(file.read_bytes(), file.name), file.name, options["freq"])
    system_of(source, {**options, "known": ()})  # a total that is no sum is refused with its line
    group = options["group"] or next((name for name in source.dimensions if name.casefold() in _GROUPS), None)
    known = ", ".join(source.dimensions)
    if group is None:
        raise UsageError("annex.no-group", known=known)
    for name in (group, *([options["place"]] if options["place"] else []), *options["ordered"]):
        if name not in source.dimensions:
            raise UsageError("annex.no-dimension", name=name, known=known)
    place = options["place"] or next((name for name in source.dimensions if name != group), "")
    counts = {at: count for at, count in source.counts.items() if count is not None}
    scene = TableScene(source.axes(hierarchy_of(options)), counts, group, place, options["ordered"])
    rates: dict[str, Rates] = dict.fromkeys(scene.layout.groups, PLAIN)
    return compared(scene, rates, _terms(options), lambda *of: _trying(console, *of), options["threshold"])


def _folder(console: Console, folder: Path, options: dict[str, Any]) -> tuple[Comparison, Newcomer]:
    tender, declared = _declared(folder)
    counts = kept_counts(folder)
    if counts is None or not (folder / FOLDER).is_dir():
        raise UsageError("annex.not-built", folder=folder)
    annex = read_package(folder / FOLDER)
    scene = AnnexScene(_counted(annex, counts, declared), declared)
    rates = rates_of(tender.prices, scene.layout.groups)
    mark = Fraction(Decimal(str(options["pass_mark"]))) / 100
    test = newcomer(annex, counts, declared, rates, Filling(options["fill"]), mark)
    terms = _terms(options)
    return compared(scene, rates, terms, lambda *of: _trying(console, *of), options["threshold"]), test


def _declared(folder: Path) -> tuple[Tender, OpenData]:
    reading = read_tender(folder)
    if reading.tender is None:
        raise BlockedError("annex.unread", folder=folder, findings=reading.findings)
    if reading.tender.open_data is None:
        raise UsageError("annex.undeclared", folder=folder)
    return reading.tender, reading.tender.open_data


def _counted(annex: Annex, counts: Counts, declared: OpenData) -> tuple[TrueTable, ...]:
    """The true tables behind the package.

    Raises:
        BlockedError: Package, counts and declaration are not of one build (``annex.other-build``).
    """
    orders = {order.id: order for order in declared.tables}
    tables = []
    for table in annex.tables:
        true = counts.get(table.id, {})
        if table.id not in orders or true.keys() != {cell.at for cell in table.cells}:
            raise BlockedError("annex.other-build", table=table.id)
        tables.append(TrueTable(orders[table.id], table.axes, true))
    return tuple(tables)
