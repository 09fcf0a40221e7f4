"""The evaluators' pages: declare, judge alone, sign; and once all have signed, agree. No page shows a price.

An account opens them for the member of the panel whose name it has. Nobody sees another's level before all have signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as Redirect

from evaluation.acts.panel import Seat, agree, declare, give, seat_of, sign
from evaluation.acts.sheets import bidder_names
from evaluation.award.panel.board import Board
from evaluation.award.panel.outcome import CellView, cell_views
from tender.errors import BlockedError, Finding
from tender.model.criteria import Criterion
from tender.model.panel import (
    Cell,
    Consensus,
    Declaration,
    Evaluator,
    IndividualScore,
    MarkKind,
    Way,
    scores_digest,
)
from tender.publishing.release import Chance
from tender.web.entrance import officer
from tender.web.layout import page
from tender.web.site import Site

_LONGEST = 4_000
_MOST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a form that was refused, so that nothing is lost.

    Attributes:
        cell: The bid and criterion of the form.
        level: The level chosen.
        reason: The reason.
        findings: Why it was refused.
    """

    cell: Cell
    level: str
    reason: str
    findings: tuple[Finding, ...]


def panel(site: Site) -> Blueprint:
    """The evaluators' pages of `site`."""
    made = Blueprint("panel", __name__, url_prefix="/panel")

    @made.get("/")
    def home() -> Response:
        seat, me = _here(site)
        return page("panel-home", **_home(seat, me), problems=())

    @made.post("/declare")
    def declaring() -> Response | Redirect:
        return _declare(site)

    @made.get("/score/<criterion>")
    def judging(criterion: str) -> Response:
        seat, me = _here(site)
        return _scores_page(seat, me, criterion, None)

    @made.post("/score/<criterion>")
    def scoring(criterion: str) -> Response | Redirect:
        return _score(site, criterion)

    @made.post("/sign")
    def signing() -> Redirect:
        _, me = _here(site)
        sign(site.folder, me.id, _said("digest"), Way.WEB, _chance(site))
        return redirect("/panel/", 303)

    @made.get("/consensus")
    def agreeing() -> Response:
        seat, me = _here(site)
        return _consensus_page(seat, me, None)

    @made.post("/consensus")
    def agreed() -> Response | Redirect:
        return _agree(site)

    return made


def _here(site: Site) -> tuple[Seat, Evaluator]:
    """The panel, and the member who is here; the officers' entrance for all others."""
    name = officer()
    seat = seat_of(site.folder)
    found = [one for one in seat.board.panel.evaluators if one.name == name]
    if not found:
        abort(page("panel-stranger", 403, name=name))
    return seat, found[0]


def _names(seat: Seat) -> Mapping[str, str]:
    """Name of each bidder; the forms are read once, not for every page."""
    return _read_names(seat.desk.folder, tuple(bid.sha256 for bid in seat.desk.state.bids))


@lru_cache(maxsize=8)
def _read_names(folder: Path, bids: tuple[str, ...]) -> Mapping[str, str]:
    return bidder_names(seat_of(folder)) if bids else {}


def _chance(site: Site) -> Chance:
    return Chance(site.clock, site.salt, lambda: site.salt().hex())


def _home(seat: Seat, me: Evaluator) -> dict[str, object]:
    board = seat.board
    declared = board.panel.declared
    missing = board.missing(me)
    owed = board.owed(me)
    return {
        "me": me,
        "board": board,
        "names": _names(seat),
        "declared": {bidder: declared.get((me.id, bidder)) for bidder in board.bidders},
        "partial": me.id in board.partial,
        "undeclared": [bidder for one, bidder in board.undeclared() if one.id == me.id],
        "criteria": [
            (leaf, sum(cell[1] == leaf.id for cell in owed) - sum(cell[1] == leaf.id for cell in missing))
            for leaf in board.criteria
            if me.judges(leaf.id)
        ],
        "missing": missing,
        "signed": board.panel.signed(me.id),
        "digest": scores_digest(board.panel.scores_of(me.id)),
        "waiting": sum(not board.done(one) for one in board.judges),
    }


def _declare(site: Site) -> Response | Redirect:
    """Put the declarations of the page on the record: free where the box is ticked, else an interest in words."""
    seat, me = _here(site)
    wanted = []
    for number, bidder in enumerate(seat.board.bidders):
        stand, words = _said(f"stand-{number}"), _said(f"interest-{number}")
        if stand in {"free", "interest"}:
            free = stand == "free"
            wanted.append(Declaration(me.id, bidder, free=free, statement="" if free else words, way=Way.WEB))
    try:
        declare(site.folder, wanted, _chance(site))
    except BlockedError as refused:
        return page("panel-home", 400, **_home(seat, me), problems=refused.findings)
    return redirect("/panel/", 303)


def _score(site: Site, criterion: str) -> Response | Redirect:
    seat, me = _here(site)
    bidder, level, reason = _said("bidder"), _said("level"), _said("reason")
    kind = MarkKind.SKIPPED if level == "skip" else MarkKind.LEVEL
    mark = IndividualScore(me.id, bidder, criterion, kind, _number(level), reason, Way.WEB)
    try:
        give(site.folder, [mark], _chance(site))
    except BlockedError as refused:
        return _scores_page(seat, me, criterion, Typed(mark.cell, level, reason, refused.findings))
    return redirect(f"/panel/score/{criterion}", 303)


def _scores_page(seat: Seat, me: Evaluator, criterion: str, typed: Typed | None) -> Response:
    leaf = seat.board.criterion(criterion)
    if leaf is None or not me.judges(criterion):
        abort(404)
    mine = {score.cell[0]: score for score in seat.board.panel.scores_of(me.id) if score.criterion == criterion}
    status = 400 if typed else 200
    values: Mapping[str, object] = {
        "me": me,
        "leaf": leaf,
        "bidders": seat.board.bidders,
        "names": _names(seat),
        "mine": mine,
        "typed": typed,
        "open": seat.board.opened and not seat.board.revealed,
        "following": _following(seat.board, me, leaf),
    }
    return page("panel-score", status, **values)


def _following(board: Board, me: Evaluator, leaf: Criterion) -> str:
    """Id of the next criterion of `me`; empty after the last."""
    own = [one.id for one in board.criteria if me.judges(one.id)]
    at = own.index(leaf.id) + 1
    return own[at] if at < len(own) else ""


def _agree(site: Site) -> Response | Redirect:
    seat, me = _here(site)
    appointment = seat.board.panel.appointment
    if appointment is None or appointment.chair != me.id:
        abort(403)
    cell = (_said("bidder"), _said("criterion"))
    level = _number(_said("level"))
    moved = {one.id: _said(f"moved-{one.id}") for one in seat.board.judges if _said(f"moved-{one.id}")}
    wanted = Consensus(*cell, -1 if level is None else level, _said("reason"), {}, moved, _said("changed"), (), Way.WEB)
    try:
        agree(site.folder, wanted, _chance(site))
    except BlockedError as refused:
        return _consensus_page(seat, me, Typed(cell, _said("level"), wanted.reason, refused.findings))
    return redirect(f"/panel/consensus#cell-{cell[0]}-{cell[1]}", 303)


def _consensus_page(seat: Seat, me: Evaluator, typed: Typed | None) -> Response:
    """Everyone's levels and reasons with what was agreed on; nothing of it before all have signed."""
    board = seat.board
    if not board.revealed:
        abort(page("panel-hidden", 403, waiting=sum(not board.done(one) for one in board.judges)))
    views: tuple[CellView, ...] = cell_views(board)
    appointment = board.panel.appointment
    return page(
        "panel-consensus",
        400 if typed else 200,
        me=me,
        views=views,
        names=_names(seat),
        people={one.id: one.name for one in board.panel.evaluators},
        leaves={leaf.id: leaf for leaf in board.criteria},
        marks={view.cell: board.marks_at(view.cell) for view in views},
        chair=appointment is not None and appointment.chair == me.id,
        typed=typed,
    )


def _said(field: str) -> str:
    """What a field of the form says, without control signs."""
    words = request.form.get(field, "").replace("\r\n", "\n")
    return "".join(sign for sign in words if sign >= " " or sign in "\n\t").strip()[:_LONGEST]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None
