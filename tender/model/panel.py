"""The panel: who evaluates, with which interests, which level each gave alone and why, and what they agreed on.

Nothing here is ever overwritten. Every act is a noun of its own with its place in the record; the last one of an
evaluator, bidder and criterion counts, and those before it stay as its earlier versions (EnergySolutions v NDA).
Missing, skipped, absent and zero are four different things: no `IndividualScore` at all, `MarkKind.SKIPPED`,
`MarkKind.ABSENT`, and `MarkKind.LEVEL` with the level 0.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from tender.model.methods import Json, canonical

Cell = tuple[str, str]
"""What is judged: bidder id and criterion id."""


class MarkKind(StrEnum):
    """What an evaluator gave: a level, nothing because of a reason, or nothing because of an absence."""

    LEVEL = "level"
    SKIPPED = "skipped"
    ABSENT = "absent"


class Way(StrEnum):
    """How an evaluator's act came: a page of the web application, a score sheet, or a command."""

    WEB = "web"
    SHEET = "sheet"
    COMMAND = "command"


class LevelsFrom(StrEnum):
    """Where the levels that are scored come from: the panel's consensus, or the small buyer's file of levels."""

    PANEL = "panel"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where an act stands in the record.

    Attributes:
        event: Number of its event; 0 before it is recorded.
        at: When it was recorded, UTC.
    """

    event: int = 0
    at: datetime = datetime(1, 1, 1, tzinfo=UTC)


UNRECORDED = Stamp()
"""The stamp of an act that is not on the record yet."""


@dataclass(frozen=True, slots=True)
class Evaluator:
    """A member of the panel.

    Attributes:
        id: Short id without a name in it, such as ``a1``; it stands in events, which are never erased.
        name: Name, as the comparison memo prints it.
        criteria: Ids of the quality criteria that this evaluator judges; empty for all.
    """

    id: str
    name: str
    criteria: tuple[str, ...] = ()

    def judges(self, criterion: str) -> bool:
        """Whether the evaluator judges `criterion`."""
        return not self.criteria or criterion in self.criteria


@dataclass(frozen=True, slots=True)
class Appointment:
    """The panel was appointed, or its members changed; the last one counts.

    Attributes:
        evaluators: Its members.
        chair: Id of the member who writes the consensus.
        reason: Why it changed or was appointed after the opening; empty for a first panel before the opening.
        by: Name of who appointed it.
        stamp: Its place in the record.
    """

    evaluators: tuple[Evaluator, ...]
    chair: str
    reason: str
    by: str
    stamp: Stamp = UNRECORDED


@dataclass(frozen=True, slots=True)
class Declaration:
    """An evaluator's declaration about one bidder.

    Attributes:
        evaluator: Id of the evaluator.
        bidder: Id of the bidder.
        free: Whether the evaluator has no interest in the matter because of this bidder.
        statement: What the interest is; empty when there is none.
        way: How it came.
        stamp: Its place in the record.
    """

    evaluator: str
    bidder: str
    free: bool
    statement: str
    way: Way
    stamp: Stamp = UNRECORDED


@dataclass(frozen=True, slots=True)
class IndividualScore:
    """What one evaluator gave one bid on one criterion, alone.

    Attributes:
        evaluator: Id of the evaluator.
        bidder: Id of the bidder.
        criterion: Id of the criterion.
        kind: A level, skipped, or absent.
        level: Level of the announced scale; ``None`` unless `kind` is a level.
        reason: Why; never empty.
        way: How it came.
        version: 1 for the first of this evaluator, bidder and criterion.
        stamp: Its place in the record.
    """

    evaluator: str
    bidder: str
    criterion: str
    kind: MarkKind
    level: int | None
    reason: str
    way: Way
    version: int = 1
    stamp: Stamp = UNRECORDED

    @property
    def cell(self) -> Cell:
        """What is judged."""
        return self.bidder, self.criterion


@dataclass(frozen=True, slots=True)
class Signature:
    """An evaluator signed all that they had given; a later version of any of it is unsigned again.

    Attributes:
        evaluator: Id of the evaluator.
        digest: `scores_digest` of what was signed.
        way: How it came.
        stamp: Its place in the record.
    """

    evaluator: str
    digest: str
    way: Way
    stamp: Stamp = UNRECORDED


@dataclass(frozen=True, slots=True)
class Consensus:
    """What the panel agreed on for one bid and one criterion, with its reason.

    Attributes:
        bidder: Id of the bidder.
        criterion: Id of the criterion.
        level: Level of the announced scale.
        reason: Why this level, in words that the decision and the letters print; never empty.
        levels: The individual levels that it rests on, by evaluator id; skipped and absent ones have none.
        moved: Why each evaluator left the level given alone, by evaluator id: everyone whose level differs is here.
        changed: Why this version differs from the one before; empty for a first version.
        present: Ids of the evaluators who agreed on it.
        way: How it came.
        version: 1 for the first of this bidder and criterion.
        stamp: Its place in the record.
    """

    bidder: str
    criterion: str
    level: int
    reason: str
    levels: Mapping[str, int]
    moved: Mapping[str, str]
    changed: str
    present: tuple[str, ...]
    way: Way
    version: int = 1
    stamp: Stamp = UNRECORDED

    @property
    def cell(self) -> Cell:
        """What is judged."""
        return self.bidder, self.criterion

    @property
    def spread(self) -> tuple[int, int] | None:
        """Lowest and highest individual level; ``None`` when nobody gave one."""
        return (min(self.levels.values()), max(self.levels.values())) if self.levels else None


@dataclass(frozen=True, slots=True)
class Panel:
    """All acts of a panel in the order of the record, every version included.

    Attributes:
        appointments: Appointments; the last one counts.
        declarations: Declarations of interests.
        scores: What evaluators gave alone.
        signatures: Signatures.
        consensus: What was agreed on.
    """

    appointments: tuple[Appointment, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    scores: tuple[IndividualScore, ...] = ()
    signatures: tuple[Signature, ...] = ()
    consensus: tuple[Consensus, ...] = ()

    @property
    def appointment(self) -> Appointment | None:
        """The panel in force; ``None`` when the levels come from a file."""
        return self.appointments[-1] if self.appointments else None

    @property
    def evaluators(self) -> tuple[Evaluator, ...]:
        """The members in force, in the order of the appointment."""
        return self.appointment.evaluators if self.appointment else ()

    @property
    def declared(self) -> Mapping[tuple[str, str], Declaration]:
        """The declaration that counts, by evaluator and bidder."""
        return {(one.evaluator, one.bidder): one for one in self.declarations}

    @property
    def given(self) -> Mapping[tuple[str, Cell], IndividualScore]:
        """The individual score that counts, by evaluator and cell."""
        return {(one.evaluator, one.cell): one for one in self.scores}

    @property
    def agreed(self) -> Mapping[Cell, Consensus]:
        """The consensus that counts, by cell."""
        return {one.cell: one for one in self.consensus}

    def scores_of(self, evaluator: str) -> tuple[IndividualScore, ...]:
        """The scores of `evaluator` that count, in the order of bidders and criteria."""
        own = [score for (who, _), score in self.given.items() if who == evaluator]
        return tuple(sorted(own, key=lambda score: score.cell))

    def signed(self, evaluator: str) -> bool:
        """Whether `evaluator` signed exactly what now counts."""
        last = {one.evaluator: one.digest for one in self.signatures}
        return last.get(evaluator) == scores_digest(self.scores_of(evaluator))


NO_PANEL = Panel()
"""No act of any panel."""


def versions(keys: Iterable[object]) -> tuple[int, ...]:
    """The version number of each act, from the keys of all acts in the order of the record.

    >>> versions(["a", "b", "a"])
    (1, 1, 2)
    """
    seen: Counter[object] = Counter()
    found = []
    for key in keys:
        seen[key] += 1
        found.append(seen[key])
    return tuple(found)


def scores_digest(scores: Iterable[IndividualScore]) -> str:
    """SHA-256 of the canonical JSON of `scores`: what a signature binds, in the order of bidders and criteria."""
    rows: list[Json] = [
        [one.evaluator, one.bidder, one.criterion, one.kind.value, one.level, one.reason, one.version]
        for one in sorted(scores, key=lambda score: (score.evaluator, score.cell))
    ]
    return hashlib.sha256(canonical(rows)).hexdigest()
