"""``valinta annex synthesise``: an invented register that reproduces the tender's anchors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tender.annexes.register.register import PRIVATE, REGISTER
from tender.annexes.synthesis.comparing import Comparison, compared
from tender.annexes.synthesis.fitting import fits_of
from tender.annexes.synthesis.spells import Spell, synthesise
from tender.annexes.synthesis.writing import NAME, csv_bytes, parquet_bytes
from tender.console import Command, Console, common_options, console_of, folder_argument, option
from tender.errors import BlockedError, InputError, Place, UsageError, blocking
from tender.language import Language
from tender.model.open_data import OpenData
from tender.model.tender import Tender
from tender.reading.file import read_tender

SEED_FILE = "seeds/register.txt"
"""Where a tender may keep the seed of its invented register, below its private folder."""


@click.command("synthesise", cls=Command)
@folder_argument
@option("--seed", metavar="TEXT", help="option.synthesis-seed")
@option("--format", "kind", type=click.Choice(["csv", "parquet"]), default="csv", show_default=True,
        help="option.synthesis-format")  # fmt: skip
@option("--check", "dry", is_flag=True, help="option.synthesis-check")
@common_options
@click.pass_context
def synthesise_command(context: click.Context, /, folder: str, **options: Any) -> None:  # noqa: ANN401
    """Invent a register, compare it with its anchors and write it."""
    console = console_of(context)
    tender, order = _ordered(Path(folder))
    seed = _seed(Path(folder), options["seed"], tender)
    target = Path(folder) / PRIVATE / REGISTER / f"{NAME}.{options['kind']}"
    if not options["dry"]:
        _guard(target)
    spells = synthesise(tender, seed, fits_of(order))
    figures = compared(tender, order, spells)
    if not options["dry"]:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_bytes(spells, options["kind"], target.parent.parent))
    misses = [one for one in figures if not one.holds]
    _say(console, tender, figures)
    console.line()
    console.say("synthesis.checked" if options["dry"] else "synthesis.written", spells=len(spells), file=target,
                clients=len({one.client for one in spells}), seed=seed)  # fmt: skip
    console.say("synthesis.misses" if misses else "synthesis.holds", count=len(misses), figures=len(figures))
    file = None if options["dry"] else str(target)
    console.result({"file": file, "seed": seed, "spells": len(spells), "reproduced": not misses,
                    "figures": [_figure_json(one) for one in figures]})  # fmt: skip
    context.exit(1 if misses else 0)


def _ordered(folder: Path) -> tuple[Tender, OpenData]:
    """The tender and its open data with anchors.

    Raises:
        BlockedError: The tender file has mistakes.
        UsageError: It declares no anchors.
    """
    reading = read_tender(folder)
    if reading.tender is None or blocking(reading.findings):
        raise BlockedError("synthesis.mistakes", findings=blocking(reading.findings))
    order = reading.tender.open_data
    if order is None or order.anchors is None:
        raise UsageError("synthesis.no-anchors")
    return reading.tender, order


def _seed(folder: Path, wished: str | None, tender: Tender) -> str:
    """The wished seed, else the one that the folder keeps, else the tender's id: nothing here is secret.

    Raises:
        InputError: The kept file is no text.
    """
    kept = folder / PRIVATE / SEED_FILE
    if wished is not None:
        return wished
    try:
        return kept.read_text(encoding="utf-8").strip() if kept.is_file() else tender.id
    except UnicodeDecodeError as error:
        raise InputError("annex.not-utf8", place=Place(SEED_FILE), file=f"{PRIVATE}/{SEED_FILE}") from error


def _guard(target: Path) -> None:
    """Refuse to lay an invented register beside another one.

    Raises:
        UsageError: The folder holds another extract.
    """
    others = (
        [path.name for path in target.parent.glob("*") if path.name != target.name] if target.parent.is_dir() else []
    )
    if others:
        raise UsageError("synthesis.in-use", folder=target.parent, found=", ".join(sorted(others)))


def _bytes(spells: tuple[Spell, ...], kind: str, private: Path) -> bytes:
    return csv_bytes(spells) if kind == "csv" else parquet_bytes(spells, private)


def _say(console: Console, tender: Tender, figures: tuple[Comparison, ...]) -> None:
    """The table of figures beside their anchors."""
    heads = [console.words(f"synthesis.head.{name}") for name in ("figure", "anchor", "found", "deviation", "holds")]
    named = {**{area.id: area.name for area in tender.areas}, **{group.id: group.name for group in tender.groups}}
    names = {part: name.best(console.language).split(":")[0] for part, name in named.items()}
    rows = [
        [
            ", ".join([console.words(f"synthesis.figure.{one.id}"), *(names[part] for part in one.of)]),
            _number(one.expected, console.language),
            _number(one.found, console.language),
            f"{100 * one.deviation:+.1f} %".replace("-", "\u2212").replace(".", _point(console.language)),
            console.words("synthesis.yes" if one.holds else "synthesis.no"),
        ]
        for one in figures
    ]
    console.table(heads, rows, right=(1, 2, 3))


def _number(value: float, language: Language) -> str:
    """A figure as people read it: whole when large, three decimals when it is a share."""
    shown = f"{value:,.0f}" if value >= _LARGE else f"{value:.3f}"
    return shown if language is Language.EN else shown.replace(",", "\u00a0").replace(".", ",")


def _point(language: Language) -> str:
    return "." if language is Language.EN else ","


_LARGE = 10


def _figure_json(one: Comparison) -> dict[str, object]:
    return {"figure": one.id, "of": list(one.of), "anchor": round(one.expected, 6), "found": round(one.found, 6),
            "slack": round(one.slack, 6), "holds": one.holds}  # fmt: skip
