"""``valinta evaluate panel | score | select | decide | interrupt``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from evaluation.acts.award import score_bids, select
from evaluation.acts.deciding import decide
from evaluation.acts.interruption import interrupt
from evaluation.cli.bids import chance_at
from evaluation.cli.shown import names_of, show_admissions, show_points, show_selection
from evaluation.sheets import selection_json, sheet_json
from tender.console import (
    Command,
    Group,
    common_options,
    console_of,
    day_of,
    folder_argument,
    now_option,
    option,
    today_option,
)

_ACTOR = option("--actor", default="hankintayksikkö", metavar="NAME", help="option.actor")


_LATER = {
    "explain": "evaluation.cli.explain:explain_command",
    "check-proof": "evaluation.cli.proof:check_proof_command",
    "formulas": "evaluation.cli.formulas:formulas_command",
    "panel": "evaluation.cli.panel:panel",
    "robustness": "evaluation.cli.robustness:robustness_command",
    "replay": "evaluation.cli.replay:replay_command",
    "bundle": "evaluation.cli.replay:bundle_command",
    "letters": "evaluation.cli.letters:letters_command",
}


@click.group(cls=Group, lazy=_LATER)
def evaluate() -> None:
    """Commands on the award; the words stand in the term ``help.evaluate``."""


@evaluate.command("score", cls=Command)
@folder_argument
@now_option
@_ACTOR
@common_options
@click.pass_context
def score_command(context: click.Context, /, folder: str, now: datetime | None, actor: str, **_: object) -> None:
    """Admit and score the opened bids."""
    console = console_of(context)
    scored = score_bids(Path(folder), chance_at(now), actor)
    show_admissions(console, scored.admissions, names_of(console, scored))
    console.line()
    show_points(console, scored)
    console.result(
        {
            "admissions": {admission.bidder: admission.admitted for admission in scored.admissions},
            "sheet": sheet_json(scored.sheet),
        }
    )


@evaluate.command("select", cls=Command)
@folder_argument
@now_option
@_ACTOR
@common_options
@click.pass_context
def select_command(context: click.Context, /, folder: str, now: datetime | None, actor: str, **_: object) -> None:
    """Choose the providers by the published rule."""
    console = console_of(context)
    scored, selection = select(Path(folder), chance_at(now), actor)
    show_selection(console, selection, names_of(console, scored))
    console.result(selection_json(selection))


@evaluate.command("decide", cls=Command)
@folder_argument
@today_option
@now_option
@_ACTOR
@common_options
@click.pass_context
def decide_command(
    context: click.Context, /, folder: str, today: datetime | None, now: datetime | None, actor: str, **_: object
) -> None:
    """Write the award decision."""
    console = console_of(context)
    decided = decide(
        Path(folder), day_of(today or now), chance_at(now), actor, lambda name: console.say("progress.file", name=name)
    )
    for path in decided.documents:
        console.say("evaluate.decided", file=path)
    for path in decided.annexes:
        console.say("evaluate.decision-annex", file=path)
    console.say("evaluate.bundle", file=decided.bundle)
    console.result(
        {
            "chosen": list(decided.selection.chosen.bidders),
            "documents": [str(path) for path in decided.documents],
            "annexes": [str(path) for path in decided.annexes],
            "bundle": str(decided.bundle),
        }
    )


@evaluate.command("interrupt", cls=Command)
@folder_argument
@today_option
@now_option
@_ACTOR
@common_options
@click.pass_context
def interrupt_command(
    context: click.Context, /, folder: str, today: datetime | None, now: datetime | None, actor: str, **_: object
) -> None:
    """Write the decision to interrupt the procurement."""
    console = console_of(context)
    made = interrupt(
        Path(folder), day_of(today or now), chance_at(now), actor, lambda name: console.say("progress.file", name=name)
    )
    for path in made.documents:
        console.say("evaluate.interrupted", file=path)
    for path in made.annexes:
        console.say("evaluate.decision-annex", file=path)
    console.result({name: [str(path) for path in getattr(made, name)] for name in ("documents", "annexes")})
