"""The commands of ``valinta design``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from evaluation.acts.design import Simulated, design, draw_flow
from evaluation.acts.design_papers import write_design
from evaluation.design.client_flow import Executor
from evaluation.design.designed import Designed, proposed_values
from evaluation.design.weights.rounds import Chances
from evaluation.reports.design_words import lack_text, names_in, repair_text, shadow_text
from tender.console import (
    Command,
    Console,
    common_options,
    console_of,
    day_of,
    folder_argument,
    option,
    today_option,
)
from tender.errors import UsageError
from tender.language import number_text
from tender.model.design import WeightDesign
from tender.money import round_half_up

_SEED = option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="option.design-seed")
_LOCAL = "local"


def _replications(default: int) -> Callable[[Any], Any]:
    most = click.IntRange(10, 1_000_000)
    return option("--replications", type=most, default=default, show_default=True, help="option.replications")


@click.command("weights", cls=Command)
@folder_argument
@_SEED
@_replications(1000)
@option("--no-papers", is_flag=True, help="option.no-papers")
@today_option
@common_options
@click.pass_context
def weights_command(
    context: click.Context, /, folder: str, seed: int, replications: int, today: datetime | None, **given: object
) -> None:
    """Propose weights and prices."""
    console = console_of(context)
    designed = design(
        Path(folder), Chances(seed, replications), lambda number: console.say("design.round", number=number)
    )
    _show_design(console, designed)
    files: tuple[Path, ...] = ()
    if not given["no_papers"]:
        files = write_design(
            Path(folder), designed, day_of(today), seed, lambda name: console.say("progress.file", name=name)
        )
    for path in files:
        console.say("design.written", file=path)
    console.result(_design_json(designed, files))
    context.exit(0 if designed.design.proposal is not None else 1)


@click.command("simulate", cls=Command)
@folder_argument
@_SEED
@_replications(10_000)
@option("--cap", type=click.IntRange(min=1), help="option.design-cap")
@option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="option.design-workers")
@option("--cluster", metavar="ADDRESS", help="option.cluster")
@common_options
@click.pass_context
def simulate_command(context: click.Context, /, folder: str, seed: int, replications: int, **given: object) -> None:
    """Draw how clients may flow."""
    console = console_of(context)
    label = console.words("design.drawing")
    workers, cap, cluster = given["workers"], given["cap"], given["cluster"]
    shown: Any = click.progressbar(length=replications, label=label, file=sys.stderr)
    with _executor(workers if isinstance(workers, int) else 1, str(cluster) if cluster else "") as executor, shown:
        told: Callable[[int], None] = shown.update
        found = draw_flow(
            Path(folder), Chances(seed, replications), cap if isinstance(cap, int) else None, executor, told
        )
    _show_flow(console, found)
    console.result(_flow_json(found))


@contextmanager
def _executor(workers: int, cluster: str) -> Iterator[Executor | None]:
    """Where blocks run: here, in processes, or on a cluster of Dask's.

    Raises:
        UsageError: A cluster is asked for and ``distributed`` is not installed.
    """
    if cluster:
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError("design.no-cluster") from error
        settings: dict[str, Any] = (
            {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
            if cluster == _LOCAL
            else {"address": cluster}
        )
        with Client(**settings) as client:
            yield client.get_executor()
    elif workers > 1:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            yield pool
    else:
        yield None


def _show_design(console: Console, designed: Designed) -> None:
    made = designed.design
    names = names_in(designed, console.language)
    for prices, term in ((made.outlook_before, "design.as-it-stands"), (made.outlook, "design.as-proposed")):
        if prices is not None:
            console.say(
                term,
                cost=_number(console, prices.cost, 0),
                year=_number(console, prices.client_year, 0),
                share=_number(console, prices.outcome_share * 100, 1),
                easy=_number(console, prices.easy_share * 100, 1),
                spread=_number(console, prices.spread, 2),
            )
    for path, *values in proposed_values(designed):
        old, new = (number_text(value, console.language) for value in values)
        console.say("design.change", path=path, old=old, new=new)
    for name, lack in made.lacking.items():
        console.line(f"  {lack_text(name, lack, names, console.language)}")
    for shadow in made.shadows:
        console.line(f"  {shadow_text(shadow, names, console.language)}")
    _show_end(console, made, names)


def _show_end(console: Console, made: WeightDesign, names: Mapping[str, str]) -> None:
    if made.proposal is None:
        console.say("design.impossible")
        for repair in made.repairs:
            console.line(f"  – {repair_text(repair, names, console.language)}")
    elif made.steps[-1].residual is not None:
        residual = _number(console, made.steps[-1].residual * 100, 2)
        console.say("design.settled", rounds=len(made.steps), residual=residual)


def _show_flow(console: Console, found: Simulated) -> None:
    flow = found.found
    console.say("design.spend", mean=_euros(console, flow.spend.mean), low=_euros(console, flow.spend.low),
                high=_euros(console, flow.spend.high), tail=_euros(console, flow.spend.tail),
                months=found.inputs.months)  # fmt: skip
    console.say("design.waiting", mean=_number(console, Fraction(flow.waiting.mean), 1),
                high=_number(console, Fraction(flow.waiting.high), 0),
                bounced=_number(console, Fraction(flow.bounced.mean), 0))  # fmt: skip
    heads = [console.words(f"design.head.{name}") for name in ("provider", "cap", "clients", "full", "deepest")]
    console.table(
        heads,
        [
            [
                one.id,
                str(given.cap),
                _number(console, Fraction(one.clients), 0),
                _number(console, Fraction(one.full) * 100, 1),
                _euros(console, -min(*one.cash, 0)),
            ]
            for one, given in zip(flow.providers, found.inputs.providers, strict=True)
        ],
        right=(1, 2, 3, 4),
    )
    shares = ", ".join(_number(console, Fraction(share) * 100, 0) for share in flow.outcome_share)
    console.say("design.outcome-shares", shares=shares)


def _design_json(designed: Designed, files: tuple[Path, ...]) -> dict[str, Any]:
    made = designed.design
    return {
        "possible": made.proposal is not None,
        "changes": [
            {"path": path, "before": str(old), "after": str(new)} for path, old, new in proposed_values(designed)
        ],
        "lacking": {name: str(lack) for name, lack in made.lacking.items()},
        "shadows": [
            {"rule": one.rule, "limit": str(one.limit), "worth": str(one.worth), "goal": one.goal,
             "until": None if one.until is None else str(one.until)}
            for one in made.shadows
        ],
        "repairs": [{"rule": one.rule, "limit": str(one.limit), "needed": str(one.needed)} for one in made.repairs],
        "residuals": [None if one.residual is None else str(one.residual) for one in made.steps],
        "files": [str(path) for path in files],
    }  # fmt: skip


def _flow_json(found: Simulated) -> dict[str, Any]:
    flow = found.found
    spend = {name: getattr(flow.spend, name) for name in ("mean", "low", "middle", "high", "tail")}
    return {
        "replications": flow.replications,
        "seed": flow.seed,
        "spend_cents": spend,
        "waiting": flow.waiting.mean,
        "bounced": flow.bounced.mean,
        "any_full": flow.any_full,
        "providers": {one.id: {"clients": one.clients, "full": one.full} for one in flow.providers},
        "outcome_share": list(flow.outcome_share),
    }


def _number(console: Console, value: Fraction, decimals: int) -> str:
    return number_text(round_half_up(value, decimals), console.language)


def _euros(console: Console, cents: float) -> str:
    return _number(console, Fraction(cents) / 100, 0)
