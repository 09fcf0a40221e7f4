"""What may be put on the panel's record: one function per act, each yields every reason why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from evaluation.award.panel.board import Board
from tender.errors import Finding, Severity
from tender.model.panel import Appointment, Cell, Consensus, Declaration, IndividualScore, MarkKind, scores_digest

FEWEST = 2
"""Fewest members of a panel: one person alone agrees with nobody."""

MOST_TEXT = 4_000
"""Most characters of a reason."""


def appointment_findings(board: Board, appointment: Appointment) -> Iterator[Finding]:
    """Enough members, each id once, known criteria that are all judged, a chair among them, and a reason when late."""
    members = appointment.evaluators
    if len(members) < FEWEST:
        yield _flaw("panel.too-few", "evaluators", found=len(members), fewest=FEWEST)
    for name, count in Counter(one.id for one in members).items():
        if count > 1:
            yield _flaw("panel.evaluator-twice", f"evaluators.{name}", evaluator=name)
    if appointment.chair not in {one.id for one in members}:
        yield _flaw("panel.chair-unknown", "chair", found=appointment.chair)
    yield from _criteria(board, appointment)
    if (board.opened or board.panel.appointment) and not appointment.reason.strip():
        yield _flaw("panel.appointment-reason", "reason")


def declaration_findings(board: Board, declaration: Declaration) -> Iterator[Finding]:
    """A member, a bidder who has handed in, and what the interest is when there is one."""
    field = f"declarations.{declaration.evaluator}.{declaration.bidder}"
    yield from _member(board, declaration.evaluator, field)
    yield from _bidder(board, declaration.bidder, field)
    if not declaration.free and not declaration.statement.strip():
        yield _flaw("panel.interest-unsaid", field)


def opening_findings(board: Board) -> Iterator[Finding]:
    """Every declaration that is still missing before anything opens, and a panel that interests have made too small."""
    if board.panel.appointment is None:
        return
    for one, bidder in board.undeclared():
        yield _flaw("panel.undeclared", f"declarations.{one.id}.{bidder}", evaluator=one.id, bidder=bidder)
    if len(board.judges) < FEWEST:
        yield _flaw("panel.too-few", "evaluators", found=len(board.judges), fewest=FEWEST)


def score_findings(board: Board, score: IndividualScore) -> Iterator[Finding]:
    """A judge, an opened bid, a level of the announced scale or none at all, a reason, and levels not yet shown."""
    field = f"scores.{score.evaluator}.{score.bidder}.{score.criterion}"
    yield from _member(board, score.evaluator, field)
    yield from _judge(board, score, field)
    yield from _bidder(board, score.bidder, field)
    if not board.opened:
        yield _flaw("panel.not-opened", field)
    elif board.revealed:
        yield _flaw("panel.levels-shown", field, evaluator=score.evaluator)
    if (score.level is None) is (score.kind is MarkKind.LEVEL):
        yield _flaw("panel.level-or-none", field, mark=score.kind.value)
    elif score.level is not None:
        yield from _level(board, score.cell, score.level, field)
    yield from _reason(score.reason, field)


def signature_findings(board: Board, evaluator: str, digest: str) -> Iterator[Finding]:
    """A judge who has given all that is owed, and who signs what is on the record now."""
    field = f"signatures.{evaluator}"
    yield from _member(board, evaluator, field)
    member = board.member(evaluator)
    if member is None:
        return
    if member.id in board.partial:
        yield _flaw("panel.partial", field, evaluator=evaluator)
    for bidder, criterion in board.missing(member):
        values = {"evaluator": evaluator, "bidder": bidder, "criterion": criterion}
        yield _flaw("panel.score-missing", f"scores.{evaluator}.{bidder}.{criterion}", **values)
    if digest != scores_digest(board.panel.scores_of(evaluator)):
        yield _flaw("panel.signed-other", field, evaluator=evaluator)


def consensus_findings(board: Board, consensus: Consensus) -> Iterator[Finding]:
    """A level of the announced scale that rests on all signed levels, with reasons for it and for everyone who moved.

    Bromcom [2022] EWHC 3262: a mean without reasons, off the announced scale. Lancashire Care [2018] EWHC 1589: notes
    that cannot explain the scores.
    """
    field = f"consensus.{consensus.bidder}.{consensus.criterion}"
    yield from _bidder(board, consensus.bidder, field)
    if not board.revealed:
        yield _flaw("panel.not-all-signed", field, waiting=_waiting(board))
    yield from _level(board, consensus.cell, consensus.level, field)
    yield from _reason(consensus.reason, field)
    yield from _basis(board, consensus, field)
    earlier = board.panel.agreed.get(consensus.cell)
    if earlier is not None and not consensus.changed.strip():
        yield _flaw("panel.change-unsaid", field, version=earlier.version, level=earlier.level)


def _criteria(board: Board, appointment: Appointment) -> Iterator[Finding]:
    """Criteria that there are not, and criteria that nobody would judge."""
    known = ", ".join(leaf.id for leaf in board.criteria)
    for one in appointment.evaluators:
        for name in one.criteria:
            if board.criterion(name) is None:
                yield _flaw("panel.criterion-unknown", f"evaluators.{one.id}", found=name, known=known)
    for leaf in board.criteria:
        if not any(one.judges(leaf.id) for one in appointment.evaluators):
            yield _flaw("panel.criterion-unjudged", f"criteria.{leaf.id}", criterion=leaf.id)


def _basis(board: Board, consensus: Consensus, field: str) -> Iterator[Finding]:
    """The individual levels as they are, who was there, and why each who moved did."""
    levels = board.levels_at(consensus.cell)
    if not levels:
        yield _flaw("panel.nobody-judged", field)
    if dict(consensus.levels) != dict(levels):
        yield _flaw("panel.levels-differ", field)
    for who, level in levels.items():
        if level != consensus.level and not consensus.moved.get(who, "").strip():
            yield _flaw("panel.move-unsaid", f"{field}.moved.{who}", evaluator=who, old=level, new=consensus.level)
    judges = {one.id for one in board.judges}
    for who in (*consensus.present, *consensus.moved):
        if who not in judges:
            yield _flaw("panel.stranger", field, found=who)
    if not consensus.present:
        yield _flaw("panel.nobody-present", field)


def _waiting(board: Board) -> str:
    return ", ".join(one.id for one in board.judges if not board.done(one))


def _member(board: Board, evaluator: str, field: str) -> Iterator[Finding]:
    if board.member(evaluator) is None:
        known = ", ".join(one.id for one in board.panel.evaluators) or "–"
        yield _flaw("panel.evaluator-unknown", field, found=evaluator, known=known)


def _judge(board: Board, score: IndividualScore, field: str) -> Iterator[Finding]:
    """Free of interests about every bidder, declared so, and appointed to this criterion."""
    member = board.member(score.evaluator)
    if member is None:
        return
    if member.id in board.partial:
        yield _flaw("panel.partial", field, evaluator=member.id)
    for one, bidder in board.undeclared():
        if one.id == member.id:
            yield _flaw("panel.undeclared", f"declarations.{one.id}.{bidder}", evaluator=one.id, bidder=bidder)
    if board.criterion(score.criterion) is not None and not member.judges(score.criterion):
        yield _flaw("panel.not-yours", field, evaluator=member.id, criterion=score.criterion)


def _bidder(board: Board, bidder: str, field: str) -> Iterator[Finding]:
    if bidder not in board.bidders:
        yield _flaw("panel.bidder-unknown", field, found=bidder, known=", ".join(board.bidders) or "–")


def _level(board: Board, cell: Cell, level: int, field: str) -> Iterator[Finding]:
    leaf = board.criterion(cell[1])
    if leaf is None:
        yield _flaw("panel.criterion-unknown", field, found=cell[1], known=", ".join(one.id for one in board.criteria))
        return
    scale = [step.value for step in leaf.scale]
    if level not in scale:
        yield _flaw("panel.off-scale", field, criterion=leaf.id, found=level, scale=", ".join(map(str, scale)))


def _reason(reason: str, field: str) -> Iterator[Finding]:
    if not reason.strip():
        yield _flaw("panel.reason-missing", field)
    elif len(reason) > MOST_TEXT:
        yield _flaw("panel.reason-long", field, found=len(reason), most=MOST_TEXT)


def _flaw(rule: str, field: str, **values: object) -> Finding:
    return Finding(rule, Severity.BLOCK, f"panel.{field}", {name: str(value) for name, value in values.items()})
