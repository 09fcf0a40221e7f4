"""How a tender may still be changed after it is published: a machine proposes with reasons, a person decides.

The policy stands here and nowhere else. What is proposed follows from what changed; what is refused follows from the
method hashes, the deadline and the opening. Changing payments of a contract in force is another matter: it needs a
review clause (HL 136.2 p. 1) and is no correction of a call for tenders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tender.model.changes import DataChange
from tender.model.corrections import Change, ChangeClass, ClauseChange, Topic
from tender.model.methods import award_hash, payment_hash
from tender.model.tender import ProcedureKind, Regime, Tender

_CLARIFICATION, _CORRECTION, _RESTART = ChangeClass.CLARIFICATION, ChangeClass.CORRECTION, ChangeClass.RESTART

_WEIGHT = {_CLARIFICATION: 0, _CORRECTION: 1, _RESTART: 2}

FULL_REGIME_DAYS = 6
"""Days that must be left after a correction in the full regime (HL 56.5)."""

SHORTENED_DAYS = 4
"""The same when the tender period was shortened for urgency (HL 56.5)."""

LIGHT_DAYS = 10
"""Days that must be left after a correction where the law sets none: our reading of reasonable (HL 3, 109)."""

_ORDINARY = {ProcedureKind.OPEN: 30, ProcedureKind.RESTRICTED: 25, ProcedureKind.NEGOTIATED: 25}
"""Shortest tender periods with electronic tenders (HL 56.2–3); a shorter one was shortened for urgency."""

METHOD = frozenset(
    {Topic.CRITERIA, Topic.WEIGHTS, Topic.FORMULAS, Topic.ROUNDING, Topic.TIES, Topic.SELECTION},
)
"""Topics that a clarification never touches (KHO 2017:139, 2010:69)."""

CONTRACT_DOCUMENTS = frozenset({"framework-agreement", "payment-annex"})
"""Documents whose own wording is contract content."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is proposed for fields of one kind.

    Attributes:
        pattern: Which fields, as a regular expression at the beginning of a path without the ids of items.
        topic: What they are about.
        proposed: The proposed way.
    """

    pattern: str
    topic: Topic
    proposed: ChangeClass

    def holds(self, field: str) -> bool:
        """Whether it is about `field`."""
        return re.match(rf"(?:{self.pattern})(\.|$)", field) is not None


_CRITERION = r"award\.criteria(\.criteria)*"

RULINGS: tuple[Ruling, ...] = (
    # The award method: what decides who wins.
    Ruling(r"award\.basis", Topic.CRITERIA, _RESTART),
    Ruling(_CRITERION + r"\.weight", Topic.WEIGHTS, _CORRECTION),
    Ruling(_CRITERION + r"\.(formula|parameters|minimum|scale)", Topic.FORMULAS, _CORRECTION),
    Ruling(_CRITERION, Topic.CRITERIA, _CORRECTION),
    Ruling(r"award\.rounding", Topic.ROUNDING, _CORRECTION),
    Ruling(r"award\.tie_rule", Topic.TIES, _CORRECTION),
    Ruling(r"award", Topic.SELECTION, _CORRECTION),
    # What is bought, where, and how much of it.
    Ruling(r"object\.(cpv|additional_cpv)", Topic.OBJECT, _RESTART),
    Ruling(r"object\.lots_reason", Topic.WORDING, _CLARIFICATION),
    Ruling(r"object", Topic.OBJECT, _CORRECTION),
    Ruling(r"areas\.(name|nuts)", Topic.WORDING, _CLARIFICATION),
    Ruling(r"areas", Topic.OBJECT, _RESTART),
    Ruling(r"groups\.name", Topic.WORDING, _CLARIFICATION),
    Ruling(r"groups\.definition", Topic.OBJECT, _CORRECTION),
    Ruling(r"groups", Topic.VOLUMES, _CORRECTION),
    Ruling(r"framework\.dynamic\.admit_all_suitable", Topic.SELECTION, _RESTART),
    Ruling(r"framework\.(providers|client_total|client_cap|maximum_value|dynamic)", Topic.VOLUMES, _CORRECTION),
    Ruling(r"framework", Topic.CONTRACT, _CORRECTION),
    Ruling(r"open_data\.grouping", Topic.PAYMENT, _CORRECTION),
    Ruling(r"own_team|budget|texts\.open-data|open_data", Topic.VOLUMES, _CORRECTION),
    # What is paid.
    Ruling(r"prices|billing|bonus_sanction|verification", Topic.PAYMENT, _CORRECTION),
    # Who may take part, and how the procurement goes.
    Ruling(r"suitability|procedure\.exclusion", Topic.SUITABILITY, _CORRECTION),
    Ruling(r"procedure\.(kind|regime)", Topic.PROCEDURE, _RESTART),
    Ruling(r"procedure\.notice", Topic.CONTACTS, _CLARIFICATION),
    Ruling(r"procedure\.publicity", Topic.WORDING, _CLARIFICATION),
    Ruling(r"procedure", Topic.PROCEDURE, _CORRECTION),
    Ruling(r"buyer\.(kind|bilingual)", Topic.PROCEDURE, _CORRECTION),
    Ruling(r"buyer\.portal", Topic.CONTACTS, _CORRECTION),
    Ruling(r"buyer|diary_number", Topic.CONTACTS, _CLARIFICATION),
    Ruling(r"languages|documents|rule_pack|schema|id|synthetic", Topic.PROCEDURE, _CORRECTION),
    # When.
    Ruling(r"timetable\.tenders_until", Topic.DEADLINE, _CORRECTION),
    Ruling(r"timetable\.(production_start|production_end|option_months)", Topic.CONTRACT, _CORRECTION),
    Ruling(r"timetable\.tenders_valid_until", Topic.TIMETABLE, _CORRECTION),
    Ruling(r"timetable", Topic.TIMETABLE, _CLARIFICATION),
    # What the contract says, and words around it.
    Ruling(r"choice|service|division|conditions|impact", Topic.CONTRACT, _CORRECTION),
    Ruling(r"texts\.(impact-plan|hours-tracking)", Topic.CONTRACT, _CORRECTION),
    Ruling(r"title|dialogue|round|texts", Topic.WORDING, _CLARIFICATION),
)
"""What is proposed for each field; the first that holds counts."""

_FALLBACK = Ruling("", Topic.CONTRACT, _CORRECTION)
"""A field that nobody has thought of yet is taken seriously."""


def ruling_on(field: str) -> Ruling:
    """The ruling on `field`, a path without the ids of items."""
    return next((ruling for ruling in RULINGS if ruling.holds(field)), _FALLBACK)


def classified(changes: Iterable[DataChange], regime: Regime) -> tuple[Change, ...]:
    """Every change with its topic and the proposed way of making it.

    Args:
        changes: What changed.
        regime: The regime, for the basis.
    """
    return tuple(_change(change, regime) for change in changes)


def _change(change: DataChange, regime: Regime) -> Change:
    ruling = ruling_on(change.field)
    return Change(change, ruling.topic, ruling.proposed, _basis(ruling, regime))


def _basis(ruling: Ruling, regime: Regime) -> str:
    """The law that the proposal rests on; Annex E gets the principles and the notice provisions that bind it."""
    if ruling.proposed is _CLARIFICATION:
        return "HL 3, 67.2" if regime is Regime.EU else "HL 3, 113.1"
    period = "HL 56.5, 58.1 p. 8" if regime is Regime.EU else "HL 3, 58.1 p. 8, 109"
    return f"{period}; KHO 2017:139" if ruling.topic in METHOD or ruling.proposed is _RESTART else period


def proposal(changes: Iterable[Change], clauses: Iterable[ClauseChange]) -> ChangeClass:
    """The heaviest way that any change proposes; own wording of a contract document is contract content."""
    ways = [change.proposed for change in changes]
    ways += [_CORRECTION for clause in clauses if clause.own_words and clause.document in CONTRACT_DOCUMENTS]
    return max(ways, key=_WEIGHT.__getitem__, default=_CLARIFICATION)


def binding_topics(before: Tender, after: Tender, changes: Iterable[Change]) -> tuple[Topic, ...]:
    """Topics that forbid a mere clarification: the method itself, or whatever moved a method hash."""
    found = tuple(changes)
    topics = [change.topic for change in found if change.topic in METHOD]
    if not topics and (award_hash(before), payment_hash(before)) != (award_hash(after), payment_hash(after)):
        topics = [change.topic for change in found if change.proposed is not _CLARIFICATION]
        topics = topics or [Topic.SELECTION]
    return tuple(dict.fromkeys(topics))


def needs_time(changes: Iterable[Change], clauses: Iterable[ClauseChange]) -> bool:
    """Whether more time is due: anything but a later deadline changed in a way that a correction is made for."""
    weighty = [change for change in changes if change.topic is not Topic.DEADLINE]
    return proposal(weighty, clauses) is not _CLARIFICATION


def earliest_deadline(before: Tender, corrected_on: date) -> date:
    """The first day that the deadline of tenders may be moved to when a correction is published on `corrected_on`.

    Full regime: six days after the correction, four when the tender period was shortened (HL 56.5). Elsewhere the
    period must be reasonable (HL 3, 109): ten days. And always later than it was.
    """
    times = before.timetable
    least = LIGHT_DAYS
    if before.procedure.regime is Regime.EU:
        ordinary = _ORDINARY.get(before.procedure.kind, 0)
        short = (times.tenders_until.date() - times.published).days < ordinary
        least = SHORTENED_DAYS if short else FULL_REGIME_DAYS
    return max(corrected_on + timedelta(days=least), times.tenders_until.date() + timedelta(days=1))


def too_late(before: Tender, moment: datetime) -> bool:
    """Whether the deadline of tenders has passed, so that nothing may be changed any more (HL 3; C-331/04)."""
    return moment >= before.timetable.tenders_until
