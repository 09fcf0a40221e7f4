"""The trace matrix: every reply with its codes, its decision, what the decision names, and what differs there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from market_dialogue.coding.codes import ReplyKey, codes_of, replies_of
from market_dialogue.follow_up.fields import CLAUSE
from tender.documents.redline import ClauseChange, Fate
from tender.errors import Finding, Severity
from tender.language import Language
from tender.model.answers import Answer
from tender.model.changes import DataChange, data_changes
from tender.model.questions import Dialogue
from tender.model.tender import Tender
from tender.record.dialogue import Disposition
from tender.record.state import DialogueState, Recorded

ClauseChanges = Mapping[str, Mapping[Language, ClauseChange]]
"""What became of clauses, by ``<document>/<id>`` and language."""


class Result(StrEnum):
    """What became of a reply."""

    CHANGED = "changed"
    PARTLY = "partly"
    NOT_CHANGED = "not-changed"
    NOTED = "noted"

    @property
    def claims_change(self) -> bool:
        """Whether it says that the tender was changed."""
        return self in {Result.CHANGED, Result.PARTLY}


@dataclass(frozen=True, slots=True)
class Target:
    """What a decision names, and what differs there.

    Attributes:
        name: Path of a field, or ``clause:<document>/<id>``.
        changes: Changes of the tender's data at or below the path.
        clause: What became of the clause, by language; empty for a field.
    """

    name: str
    changes: tuple[DataChange, ...]
    clause: Mapping[Language, ClauseChange]

    @property
    def changed(self) -> bool:
        """Whether anything differs there."""
        same = {Fate.UNCHANGED, Fate.RENUMBERED}
        return bool(self.changes) or any(one.fate not in same for one in self.clause.values())


@dataclass(frozen=True, slots=True)
class Trace:
    """One reply and what became of it.

    Attributes:
        reply: The reply.
        codes: Its codes.
        decision: The last decision with its event; ``None`` while there is none.
        targets: What the decision names.
    """

    reply: ReplyKey
    codes: tuple[str, ...]
    decision: Recorded[Disposition] | None
    targets: tuple[Target, ...]

    @property
    def result(self) -> Result | None:
        """What became of it; ``None`` while nobody has decided."""
        return Result(self.decision.said.result) if self.decision else None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A dialogue followed up.

    Attributes:
        traces: Every reply, in the order of the questions and then of the answers.
        changes: Every change of the tender's data since the dialogue opened.
        unnamed: Those of them that no decision names.
    """

    traces: tuple[Trace, ...]
    changes: tuple[DataChange, ...]
    unnamed: tuple[DataChange, ...]

    @property
    def missing(self) -> tuple[ReplyKey, ...]:
        """Replies that nobody has decided about."""
        return tuple(trace.reply for trace in self.traces if trace.decision is None)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the officer should mend or know: a claim that does not hold blocks, because the public would read it."""
        each = (finding for trace in self.traces for finding in _of(trace))
        unnamed = (Finding("follow-up.unnamed", Severity.INFO, one.path, {"path": one.path}) for one in self.unnamed)
        return (*each, *unnamed)


def follow_up(
    dialogue: Dialogue,
    answers: Sequence[Answer],
    state: DialogueState,
    sides: tuple[Tender, Tender],
    clauses: ClauseChanges,
) -> FollowUp:
    """The dialogue followed up.

    Args:
        dialogue: Its questions.
        answers: The answers that count.
        state: What was decided.
        sides: The tender when the dialogue opened, and as it is.
        clauses: What became of the clauses that decisions name.
    """
    changes = data_changes(*sides)
    decisions = {ReplyKey(one.said.answer, one.said.question): one for one in state.dispositions}
    codes = codes_of(state)
    traces = tuple(
        Trace(key, codes.get(key, ()), decisions.get(key), _targets(decisions.get(key), changes, clauses))
        for key in replies_of(dialogue, answers)
    )
    named = [target.name for trace in traces for target in trace.targets]
    unnamed = tuple(one for one in changes if not any(_at(name, one) for name in named))
    return FollowUp(traces, changes, unnamed)


def clauses_named(dispositions: Iterable[Disposition]) -> tuple[str, ...]:
    """The clauses that `dispositions` name, as ``<document>/<id>``, each once."""
    named = (target for one in dispositions for target in one.targets if target.startswith(CLAUSE))
    return tuple(dict.fromkeys(target.removeprefix(CLAUSE) for target in named))


def _targets(
    decision: Recorded[Disposition] | None, changes: Sequence[DataChange], clauses: ClauseChanges
) -> tuple[Target, ...]:
    names = decision.said.targets if decision else ()
    return tuple(
        Target(name, (), clauses.get(name.removeprefix(CLAUSE), {}))
        if name.startswith(CLAUSE)
        else Target(name, tuple(one for one in changes if _at(name, one)), {})
        for name in names
    )


def _at(name: str, change: DataChange) -> bool:
    """Whether `change` lies at or below the path `name`, with or without the ids of items; or holds it whole."""
    paths = (change.path, change.field)
    return any(path == name or path.startswith((f"{name}.", f"{name}[")) for path in paths) or (
        name.startswith((f"{change.path}.", f"{change.path}["))
    )


def _of(trace: Trace) -> Iterable[Finding]:
    values = {"answer": trace.reply.answer, "question": trace.reply.question}
    if trace.decision is None or trace.result is None:
        yield Finding("follow-up.missing", Severity.WARN, "dialogue", values)
        return
    if not any(text.strip() for text in trace.decision.said.reason.values()) and trace.result is not Result.NOTED:
        yield Finding("follow-up.no-reason", Severity.WARN, "dialogue", values)
    if trace.result.claims_change and not trace.targets:
        yield Finding("follow-up.no-target", Severity.WARN, "dialogue", values)
    for target in trace.targets:
        if trace.result.claims_change and not target.changed:
            yield Finding("follow-up.unchanged", Severity.BLOCK, target.name, {**values, "target": target.name})
