"""What a table asks to be protected: the threshold, named cells, contributors, insiders; from the options."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Any

import click

from tender.annexes.disclosure.attack import PUBLIC, Attacker
from tender.annexes.disclosure.contributions import by_cell, joined, read_contributions, unruled
from tender.annexes.disclosure.protection import contributors, singletons
from tender.annexes.disclosure.rules import Need, by_dominance, by_p_percent, by_threshold, given, strongest
from tender.annexes.disclosure.tables import At, System
from tender.annexes.disclosure.tidy import TidyTable, marked
from tender.cli.annex_table import FILE
from tender.console import Console, option
from tender.errors import UsageError


class Insiders(StrEnum):
    """Who knows more than what is published."""

    SINGLES = "singles"
    """Whoever stands alone in a cell, and so knows that it is 1."""
    CONTRIBUTORS = "contributors"
    """They, and whoever is in a small cell, and so knows that it is at least 1."""


def needs_options(function: Any) -> Any:  # noqa: ANN401 - click decorates anything
    """What a command asks about who must be protected, and from whom."""
    percent = click.IntRange(1, 100)
    for decorate in (
        option("--primary", metavar="COLUMN", help="option.annex-primary"),
        option("--level", type=click.IntRange(1), help="option.annex-level"),
        option("--p-percent", type=percent, help="option.annex-p-percent"),
        option("--dominance", type=click.Tuple([click.IntRange(1, 10), percent]), metavar="N K",
               help="option.annex-dominance"),
        option("--largest", metavar="COLUMNS", help="option.annex-largest"),
        option("--contributions", type=FILE, help="option.annex-contributions"),
        option("--insiders", type=click.Choice([each.value for each in Insiders]), help="option.annex-insiders"),
    ):  # fmt: skip
        function = decorate(function)
    return function


def largest_columns(options: dict[str, Any]) -> tuple[str, ...]:
    """Columns of the table that hold the largest contributions, the largest first."""
    return tuple(name.strip() for name in (options["largest"] or "").split(",") if name.strip())


def has_rules(options: dict[str, Any]) -> bool:
    """Whether a rule on contributors is asked for; the table is then one of amounts."""
    return options["p_percent"] is not None or options["dominance"] is not None


def needs_of(console: Console, source: TidyTable, system: System, options: dict[str, Any]) -> tuple[Need, ...]:
    """The primary cells with what each needs.

    Raises:
        UsageError: A rule on contributors without contributions, or contributions without a rule.
        InputError: The contributions do not fit the table.
    """
    rules = has_rules(options)
    told = bool(options["largest"] or options["contributions"])
    if rules != told:
        raise UsageError("annex.contributors")
    if options["primary"] is not None:
        numbers = system.number_of()
        named = given(system, [numbers[at] for at in marked(source)], options["threshold"], options["level"])
    else:
        named = () if rules else by_threshold(system, options["threshold"])
    return strongest((*named, *_held(console, source, system, options))) if rules else named


def _held(console: Console, source: TidyTable, system: System, options: dict[str, Any]) -> tuple[Need, ...]:
    """Needs by the rules on contributors; cells of few contributors are primary too."""
    file = options["contributions"]
    few: tuple[int, ...] = ()
    cells: dict[At, tuple[int, ...]] = {at: parts for at, parts in source.largest.items() if parts}
    if file:
        listed = read_contributions(file.read_bytes(), file.name, source.dimensions)
        parts = by_cell(system, listed)
        cells = joined(parts, listed.holding)
        few = tuple(
            number for number, cell in enumerate(system.cells)
            if cell.value and number not in system.unlisted and 0 < len(parts.get(cell.at, ())) < options["threshold"]
        )  # fmt: skip
    needs = given(system, few, options["threshold"])
    if options["p_percent"] is not None:
        needs += by_p_percent(system, cells, Fraction(options["p_percent"]))
    if options["dominance"] is not None:
        count, percent = options["dominance"]
        needs += by_dominance(system, cells, count, Fraction(percent))
    if (file or source.largest) and (missing := unruled(system, cells)):
        console.say("annex.unruled", count=len(missing), at=", ".join(system.cells[missing[0]].at))
    return needs


def attackers_of(system: System, needs: tuple[Need, ...], options: dict[str, Any]) -> tuple[Attacker, ...]:
    """Against whom the table is protected."""
    if options["insiders"] is None:
        return (PUBLIC,)
    alone = singletons(system)
    inside: tuple[Attacker, ...] = ()
    if options["insiders"] == Insiders.CONTRIBUTORS.value:
        inside = contributors(system, [need.cell for need in needs if system.cells[need.cell].value > 1])
    return (PUBLIC, *alone, *inside)
