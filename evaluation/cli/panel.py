"""``valinta evaluate panel appoint | declare | sheet | score | sign | consensus | statistics | show``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from evaluation.acts.panel import agree, appoint, be_absent, declare, give, seat_of, sign
from evaluation.acts.sheets import member_of, take_sheet, write_sheet
from evaluation.award.panel.board import Board
from evaluation.award.panel.outcome import cell_views, outcome_findings
from evaluation.award.panel.statistics import figures_of
from evaluation.cli.bids import chance_at
from evaluation.cli.shown import points_text
from evaluation.panel_json import consensus_json, figures_json, panel_json
from tender.console import (
    Command,
    Console,
    Group,
    common_options,
    console_of,
    day_of,
    folder_argument,
    now_option,
    option,
    today_option,
)
from tender.errors import UsageError
from tender.language import Language
from tender.model.panel import Appointment, Consensus, Declaration, Evaluator, IndividualScore, MarkKind, Way

_EVALUATOR = option("--evaluator", required=True, metavar="ID", help="option.evaluator")
_PAIR = 2


@click.group(cls=Group)
def panel() -> None:
    """Commands on the panel; the words stand in the term ``help.evaluate.panel``."""


@panel.command("appoint", cls=Command)
@folder_argument
@option("--member", "members", multiple=True, required=True, metavar="ID=NAME[=CRITERION,…]", help="option.member")
@option("--chair", required=True, metavar="ID", help="option.chair")
@option("--reason", default="", metavar="TEXT", help="option.appointment-reason")
@option("--by", required=True, metavar="NAME", help="option.appointed-by")
@now_option
@common_options
@click.pass_context
def appoint_command(
    context: click.Context,
    /,
    folder: str,
    members: tuple[str, ...],
    now: datetime | None,
    **said: object,
) -> None:
    """Appoint the panel, or change it."""
    console = console_of(context)
    chair, reason, by = (str(said[key]) for key in ("chair", "reason", "by"))
    wanted = Appointment(tuple(_member(one) for one in members), chair, reason, by)
    board = appoint(Path(folder), wanted, chance_at(now))
    console.say("panel.appointed", count=len(board.panel.evaluators), chair=chair)
    console.result(panel_json(board))


@panel.command("declare", cls=Command)
@folder_argument
@_EVALUATOR
@option("--bidder", "bidders", multiple=True, metavar="ID", help="option.declared-bidder")
@option("--interest", default="", metavar="TEXT", help="option.interest")
@now_option
@common_options
@click.pass_context
def declare_command(
    context: click.Context,
    /,
    folder: str,
    evaluator: str,
    bidders: tuple[str, ...],
    interest: str,
    now: datetime | None,
    **_: object,
) -> None:
    """Declare for an evaluator: free of interests about bidders, or an interest in one."""
    console = console_of(context)
    if interest and len(bidders) != 1:
        raise UsageError("panel.interest-about-one")
    known = seat_of(Path(folder)).board.bidders
    wanted = [
        Declaration(evaluator, bidder, free=not interest, statement=interest, way=Way.COMMAND)
        for bidder in bidders or known
    ]
    board = declare(Path(folder), wanted, chance_at(now))
    console.say("panel.declared", evaluator=evaluator, count=len(wanted))
    console.result(panel_json(board))


@panel.command("sheet", cls=Command)
@folder_argument
@_EVALUATOR
@option("--into", "target", required=True, type=click.Path(path_type=Path), metavar="FILE", help="option.sheet-into")
@today_option
@common_options
@click.pass_context
def sheet_command(
    context: click.Context, /, folder: str, evaluator: str, target: Path, today: datetime | None, **_: object
) -> None:
    """Write an evaluator's score sheet."""
    console = console_of(context)
    write_sheet(Path(folder), evaluator, target, Language(console.language), day_of(today))
    console.say("panel.sheet", evaluator=evaluator, file=target)
    console.result({"evaluator": evaluator, "file": str(target)})


@panel.command("score", cls=Command)
@folder_argument
@_EVALUATOR
@option("--sheet", "sheet", type=click.Path(path_type=Path), metavar="FILE", help="option.sheet")
@option("--bidder", default="", metavar="ID", help="option.bidder")
@option("--criterion", default="", metavar="ID", help="option.criterion")
@option("--level", type=int, default=None, help="option.level")
@option("--skip", is_flag=True, help="option.skip")
@option("--absent", is_flag=True, help="option.absent")
@option("--reason", default="", metavar="TEXT", help="option.score-reason")
@now_option
@common_options
@click.pass_context
def score_command(
    context: click.Context, /, folder: str, evaluator: str, sheet: Path | None, now: datetime | None, **given: object
) -> None:
    """Give levels for an evaluator: from the sheet, or one by one; or note that the evaluator is absent."""
    console, chance, home = console_of(context), chance_at(now), Path(folder)
    if sheet is not None:
        taken = take_sheet(home, evaluator, sheet, chance)
        new, signed = taken.scores, taken.signed
    elif given["absent"]:
        new, signed = be_absent(home, evaluator, str(given["reason"]), chance), False
    else:
        new, signed = give(home, [_score(evaluator, given)], chance), False
    console.say("panel.given", evaluator=evaluator, count=len(new))
    if signed:
        console.say("panel.signed", evaluator=evaluator)
    board = seat_of(home).board
    missing = board.missing(member_of(board, evaluator))
    console.result({"evaluator": evaluator, "new": len(new), "missing": len(missing), "signed": signed})


@panel.command("sign", cls=Command)
@folder_argument
@_EVALUATOR
@now_option
@common_options
@click.pass_context
def sign_command(context: click.Context, /, folder: str, evaluator: str, now: datetime | None, **_: object) -> None:
    """Sign all that an evaluator gave."""
    console = console_of(context)
    signature = sign(Path(folder), evaluator, "", Way.COMMAND, chance_at(now))
    console.say("panel.signed", evaluator=evaluator)
    console.result({"evaluator": evaluator, "digest": signature.digest})


@panel.command("consensus", cls=Command)
@folder_argument
@option("--bidder", required=True, metavar="ID", help="option.bidder")
@option("--criterion", required=True, metavar="ID", help="option.criterion")
@option("--level", type=int, required=True, help="option.level")
@option("--reason", default="", metavar="TEXT", help="option.consensus-reason")
@option("--moved", multiple=True, metavar="ID=TEXT", help="option.moved")
@option("--changed", default="", metavar="TEXT", help="option.changed")
@option("--present", multiple=True, metavar="ID", help="option.present")
@now_option
@common_options
@click.pass_context
def consensus_command(
    context: click.Context,
    /,
    folder: str,
    moved: tuple[str, ...],
    present: tuple[str, ...],
    now: datetime | None,
    **said: object,
) -> None:
    """Record what the panel agreed on for one bid and one criterion."""
    console = console_of(context)
    wanted = Consensus(
        bidder=str(said["bidder"]),
        criterion=str(said["criterion"]),
        level=int(str(said["level"])),
        reason=str(said["reason"]),
        levels={},
        moved=dict(_pair(one) for one in moved),
        changed=str(said["changed"]),
        present=present,
        way=Way.COMMAND,
    )
    agreed = agree(Path(folder), wanted, chance_at(now))
    low, high = agreed.spread or (agreed.level, agreed.level)
    values = {"bidder": agreed.bidder, "criterion": agreed.criterion, "level": agreed.level}
    console.say("panel.agreed", **values, version=agreed.version, low=low, high=high)
    console.result(consensus_json(agreed))


@panel.command("statistics", cls=Command)
@folder_argument
@common_options
@click.pass_context
def statistics_command(context: click.Context, /, folder: str, **_: object) -> None:
    """Show how the evaluators judged; information only."""
    console = console_of(context)
    board = seat_of(Path(folder)).board
    if not board.revealed:
        waiting = ", ".join(one.id for one in board.judges if not board.done(one)) or "–"
        raise UsageError("panel.not-revealed", waiting=waiting)
    figures = figures_of(board)
    console.say("panel.information")
    rows = [
        [
            name,
            *(points_text(console, value) if value is not None else "–" for value in (severity, figures.drift[name])),
        ]
        for name, severity in figures.severity.items()
    ]
    console.table([console.words(f"panel.{term}") for term in ("evaluator", "severity", "drift")], rows, right=(1, 2))
    for (one, other), value in figures.kappa.items():
        console.say("panel.kappa", one=one, other=other, value="–" if value is None else points_text(console, value))
    alpha = "–" if figures.alpha is None else points_text(console, figures.alpha)
    console.say("panel.alpha", value=alpha, cells=figures.cells)
    for outlier in figures.outliers:
        bidder, criterion = outlier.cell
        console.say("panel.outlier", evaluator=outlier.evaluator, bidder=bidder, criterion=criterion)
    console.result(figures_json(figures))


@panel.command("show", cls=Command)
@folder_argument
@common_options
@click.pass_context
def show_command(context: click.Context, /, folder: str, **_: object) -> None:
    """Show where the panel stands; levels only once everyone has signed."""
    console = console_of(context)
    board = seat_of(Path(folder)).board
    if board.panel.appointment is None:
        console.say("panel.none")
    else:
        _show_members(console, board)
        _show_cells(console, board)
    findings = tuple(outcome_findings(board))
    console.findings(findings)
    console.result(panel_json(board))
    context.exit(1 if findings else 0)


def _show_members(console: Console, board: Board) -> None:
    rows = [
        [
            one.id,
            one.name,
            console.words("panel.free" if one.id not in board.partial else "panel.interest"),
            f"{len(board.owed(one)) - len(board.missing(one))}/{len(board.owed(one))}",
            console.words("panel.yes" if board.done(one) else "panel.no"),
        ]
        for one in board.panel.evaluators
    ]
    heads = ("evaluator", "name", "interests", "given-count", "signed-head")
    console.table([console.words(f"panel.{term}") for term in heads], rows, right=(3,))


def _show_cells(console: Console, board: Board) -> None:
    if not board.revealed:
        console.say("panel.hidden")
        return
    rows = []
    for view in cell_views(board):
        low, high = view.spread or ("–", "–")
        level = "–" if view.consensus is None else str(view.consensus.level)
        rows.append([*view.cell, f"{low}–{high}" if low != high else str(low), level, str(view.versions)])
    heads = ("bidder", "criterion", "spread", "level", "versions")
    console.table([console.words(f"panel.{term}") for term in heads], rows, right=(2, 3, 4))


def _member(text: str) -> Evaluator:
    """``id=name`` or ``id=name=criterion,criterion``."""
    name, _, rest = text.partition("=")
    full, _, criteria = rest.partition("=")
    if not name.strip() or not full.strip():
        raise UsageError("panel.member-form", found=text)
    return Evaluator(name.strip(), full.strip(), tuple(one.strip() for one in criteria.split(",") if one.strip()))


def _pair(text: str) -> tuple[str, str]:
    parts = text.split("=", 1)
    if len(parts) != _PAIR:
        raise UsageError("panel.moved-form", found=text)
    return parts[0].strip(), parts[1].strip()


def _score(evaluator: str, given: dict[str, object]) -> IndividualScore:
    level = given["level"]
    kind = MarkKind.SKIPPED if given["skip"] else MarkKind.LEVEL
    number = int(str(level)) if level is not None else None
    bidder, criterion, reason = (str(given[key]) for key in ("bidder", "criterion", "reason"))
    return IndividualScore(evaluator, bidder, criterion, kind, number, reason, Way.COMMAND)
